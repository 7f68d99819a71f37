/** The feedback pipeline: which tasks read a text, when, and in which language, as a file of stages says. */
@NullMarked
package io.lexstream.pipeline;

import org.jspecify.annotations.NullMarked;
