/** Trains encoder-decoder models from pairs of texts: data, batches, the loop, the package. */
@NullMarked
package io.lexstream.trainer.seq2seq;

import org.jspecify.annotations.NullMarked;
