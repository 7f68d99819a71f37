/** Reading, editing and writing ONNX graphs. */
@NullMarked
package io.lexstream.onnx;

import org.jspecify.annotations.NullMarked;
