/** What a summary of sentences is made by: passages, features of their sentences, the choice among them, and themes. */
@NullMarked
package io.lexstream.summary;

import org.jspecify.annotations.NullMarked;
