/** How good generated texts are, beside texts that people wrote: BLEU, chrF, ROUGE, lengths, copies; with intervals. */
@NullMarked
package io.lexstream.trainer.metrics;

import org.jspecify.annotations.NullMarked;
