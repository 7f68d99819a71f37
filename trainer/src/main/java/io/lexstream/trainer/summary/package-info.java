/** Training of extractive summarizers: which sentences a summary would quote, and how many of them. */
@NullMarked
package io.lexstream.trainer.summary;

import org.jspecify.annotations.NullMarked;
