/** The terminal that a command was started in, if it was one. */
@NullMarked
package io.lexstream.ops.terminal;

import org.jspecify.annotations.NullMarked;
