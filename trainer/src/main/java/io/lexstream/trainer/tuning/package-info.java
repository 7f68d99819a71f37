/** Fine-tunes an encoder and the heads behind it: batches, learning rate, checkpoints, the loop. */
@NullMarked
package io.lexstream.trainer.tuning;

import org.jspecify.annotations.NullMarked;
