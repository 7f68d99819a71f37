/** Which language a text is in, its sentences, and what must survive a translation untouched. */
@NullMarked
package io.lexstream.language;

import org.jspecify.annotations.NullMarked;
