/** What many pieces of feedback say together: figures of a window, themes, rising terms, and when they are unusual. */
@NullMarked
package io.lexstream.feedback;

import org.jspecify.annotations.NullMarked;
