/** ONNX Runtime, for all who run a graph: sessions, what is done to a graph on its way in, and freed memory. */
@NullMarked
package io.lexstream.runtime;

import org.jspecify.annotations.NullMarked;
