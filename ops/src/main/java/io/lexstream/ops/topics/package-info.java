/** The topics as they should be, and how they are made. */
@NullMarked
package io.lexstream.ops.topics;

import org.jspecify.annotations.NullMarked;
