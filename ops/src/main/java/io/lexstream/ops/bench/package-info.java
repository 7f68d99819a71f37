/** What the pipeline is worth: measured beside its parts, and beside simpler designs. */
@NullMarked
package io.lexstream.ops.bench;

import org.jspecify.annotations.NullMarked;
