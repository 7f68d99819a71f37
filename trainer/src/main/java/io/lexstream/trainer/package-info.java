/** Training data, training runs and evaluation. */
@NullMarked
package io.lexstream.trainer;

import org.jspecify.annotations.NullMarked;
