/** Decides whether a trained version may serve, and whether labels may be trained on. */
@NullMarked
package io.lexstream.trainer.gate;

import org.jspecify.annotations.NullMarked;
