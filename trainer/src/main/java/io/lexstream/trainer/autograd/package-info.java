/** Runs ONNX graphs on tensors that remember how they came about, and so trains them. */
@NullMarked
package io.lexstream.trainer.autograd;

import org.jspecify.annotations.NullMarked;
