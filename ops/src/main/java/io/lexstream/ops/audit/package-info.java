/** The exactly-once audit: real processes, killed at seeded moments, and every record of theirs counted afterwards. */
@NullMarked
package io.lexstream.ops.audit;

import org.jspecify.annotations.NullMarked;
