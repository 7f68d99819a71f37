/** Windows of event time over what the pipeline says: their figures, and alerts about them. See docs/pipeline.md. */
@NullMarked
package io.lexstream.processors.feedback;

import org.jspecify.annotations.NullMarked;
