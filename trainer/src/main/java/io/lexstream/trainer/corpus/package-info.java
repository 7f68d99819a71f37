/** The project's own customer messages in four parallel languages, and the grammar that makes more of them. */
@NullMarked
package io.lexstream.trainer.corpus;

import org.jspecify.annotations.NullMarked;
