/**
 * ONNX Runtime, for all who run a graph: sessions, batches, what is done to a graph on its way in, and what frees all
 * of it.
 */
@NullMarked
package io.lexstream.runtime;

import org.jspecify.annotations.NullMarked;
