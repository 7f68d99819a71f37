/** Runs texts through models: tokenizers, classifiers, slots and the batch engine. */
@NullMarked
package io.lexstream.inference;

import org.jspecify.annotations.NullMarked;
