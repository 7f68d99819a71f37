/** Records as people read and write them: JSON lines in, JSON lines out. */
@NullMarked
package io.lexstream.ops.records;

import org.jspecify.annotations.NullMarked;
