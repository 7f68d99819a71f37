/** How Lexstream is run: command line and local mode. */
@NullMarked
package io.lexstream.ops;

import org.jspecify.annotations.NullMarked;
