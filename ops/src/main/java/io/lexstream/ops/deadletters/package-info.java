/** Dead letters: looked at, and sent again. */
@NullMarked
package io.lexstream.ops.deadletters;

import org.jspecify.annotations.NullMarked;
