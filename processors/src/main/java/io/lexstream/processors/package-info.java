/** The event flow: topologies, prefetch, the model watcher, settings, metrics. */
@NullMarked
package io.lexstream.processors;

import org.jspecify.annotations.NullMarked;
