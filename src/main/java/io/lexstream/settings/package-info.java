/** What the operator decides: every setting of every service, in one file that each of them can read. */
@NullMarked
package io.lexstream.settings;

import org.jspecify.annotations.NullMarked;
