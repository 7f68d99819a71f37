/** What output may look like where it goes. */
@NullMarked
package io.lexstream.ops.terminal;

import org.jspecify.annotations.NullMarked;
