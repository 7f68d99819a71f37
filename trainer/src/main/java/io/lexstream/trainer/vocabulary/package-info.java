/** Subword vocabularies: trained from text, written as a standard {@code tokenizer.json}, read back. */
@NullMarked
package io.lexstream.trainer.vocabulary;

import org.jspecify.annotations.NullMarked;
