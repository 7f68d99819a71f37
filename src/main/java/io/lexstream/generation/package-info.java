/** Encoder-decoder models: their files and settings, the layouts they come in, and batched decoding with a cache. */
@NullMarked
package io.lexstream.generation;

import org.jspecify.annotations.NullMarked;
