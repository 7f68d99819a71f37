/** The packages that Lexstream starts with. */
@NullMarked
package io.lexstream.ops.models;

import org.jspecify.annotations.NullMarked;
