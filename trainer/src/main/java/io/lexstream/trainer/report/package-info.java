/** What a training run looked like, as a page for people. */
@NullMarked
package io.lexstream.trainer.report;

import org.jspecify.annotations.NullMarked;
