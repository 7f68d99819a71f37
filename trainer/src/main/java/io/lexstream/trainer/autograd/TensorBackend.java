package io.lexstream.trainer.autograd;

import java.util.List;
import java.util.Map;

/**
 * The tensor library behind the trainer: just what an exported Transformer and its optimiser need.
 *
 * <p>Work happens in steps: what an operation returns lives until {@link #endStep()}. Used by one thread. Shapes and
 * meanings are those of the ONNX operators of the same name, with NumPy's broadcasting.
 */
public interface TensorBackend extends AutoCloseable {
    /** A float tensor that outlives the steps; {@code trainable} ones get gradients. */
    Tensor parameter(float[] values, long[] shape, boolean trainable);

    /** Replaces a parameter's values. */
    void assign(Tensor parameter, float[] values);

    /** Begins a step; with {@code gradients}, operations are recorded for {@link #backward}. */
    void beginStep(boolean gradients);

    /** Frees what the step made. */
    void endStep();

    Tensor floats(float[] values, long... shape);

    Tensor longs(long[] values, long... shape);

    Tensor add(Tensor a, Tensor b);

    Tensor sub(Tensor a, Tensor b);

    Tensor mul(Tensor a, Tensor b);

    Tensor div(Tensor a, Tensor b);

    Tensor pow(Tensor a, Tensor b);

    Tensor neg(Tensor a);

    Tensor sqrt(Tensor a);

    Tensor erf(Tensor a);

    Tensor tanh(Tensor a);

    Tensor exp(Tensor a);

    Tensor log(Tensor a);

    Tensor abs(Tensor a);

    Tensor sigmoid(Tensor a);

    Tensor relu(Tensor a);

    /** GELU in its exact form, {@code x / 2 (1 + erf(x / sqrt 2))} (Hendrycks and Gimpel 2016). */
    Tensor gelu(Tensor a);

    /** The smaller of both, element by element. */
    Tensor minimum(Tensor a, Tensor b);

    /** The larger of both, element by element. */
    Tensor maximum(Tensor a, Tensor b);

    /** Truth values, as are those of all comparisons. */
    Tensor equal(Tensor a, Tensor b);

    Tensor less(Tensor a, Tensor b);

    Tensor lessOrEqual(Tensor a, Tensor b);

    Tensor isNaN(Tensor a);

    /** Of truth values. */
    Tensor not(Tensor a);

    /** Of truth values. */
    Tensor and(Tensor a, Tensor b);

    /** Of truth values. */
    Tensor or(Tensor a, Tensor b);

    Tensor matMul(Tensor a, Tensor b);

    /** {@code x [.., in] * weight [in, out] + bias [out]}. */
    Tensor linear(Tensor x, Tensor weight, Tensor bias);

    /** Over the last dimension (Ba et al. 2016). */
    Tensor layerNorm(Tensor x, Tensor scale, Tensor bias, float epsilon);

    Tensor softmax(Tensor a, int axis);

    Tensor mean(Tensor a, int[] axes, boolean keepDimensions);

    Tensor sum(Tensor a, int[] axes, boolean keepDimensions);

    Tensor transpose(Tensor a, int... permutation);

    Tensor reshape(Tensor a, long... shape);

    Tensor concat(List<Tensor> parts, int axis);

    /** Elements {@code start} to {@code end} (exclusive) of one axis. */
    Tensor slice(Tensor a, int axis, long start, long end);

    /** Rows of {@code table [n, width]} at {@code ids [..]}: {@code [.., width]}. */
    Tensor embedding(Tensor table, Tensor ids);

    Tensor toFloat(Tensor a);

    /** Whole numbers; what stands behind the point is cut off. */
    Tensor toLong(Tensor a);

    /** Values that are not zero become true; what {@link #where} takes as its condition. */
    Tensor toBoolean(Tensor a);

    Tensor expand(Tensor a, long... shape);

    Tensor where(Tensor condition, Tensor a, Tensor b);

    /**
     * {@code -sum(weights * sum(targets * log softmax(logits)))} over all rows.
     *
     * @param logits [rows, labels]
     * @param targets [rows, labels], each row a distribution
     * @param weights [rows]
     */
    Tensor crossEntropy(Tensor logits, Tensor targets, Tensor weights);

    /**
     * Cross entropy with one right label a row, and, in a step with gradients, what {@link #backward} would do with its
     * mean over the rows, in fewer passes over the logits: its gradient is known (softmax less target).
     *
     * @param logits [rows, labels]
     * @param targets the right label of each row
     * @param smoothing share of each target that is spread over all labels (Szegedy et al. 2016)
     */
    LabelLoss labelLoss(Tensor logits, int[] targets, double smoothing);

    /** Adds to the gradients of all trainable parameters; once a step. */
    void backward(Tensor loss);

    /** The parameter's gradient, summed since the last update, as {@link Tensor#floats}. */
    float[] gradient(Tensor parameter);

    /**
     * One step of AdamW (Loshchilov and Hutter 2019) with the gradients clipped to a global norm (Pascanu et al. 2013),
     * after which they are zero.
     */
    void adamW(Map<String, AdamState> parameters, AdamStep step);

    @Override
    void close();

    /**
     * A parameter and the moving averages of its gradient and of its square, all of one shape.
     *
     * @param decayed whether weight decay applies (not to biases and norms)
     */
    record AdamState(Tensor parameter, Tensor firstMoment, Tensor secondMoment, boolean decayed) {
        /**
         * Of a parameter that has not been trained yet; one with a single dimension, a bias or norm, does not decay.
         */
        public static AdamState fresh(TensorBackend backend, Tensor parameter) {
            int elements = parameter.floats().length;
            return new AdamState(
                    parameter,
                    backend.parameter(new float[elements], parameter.shape(), false),
                    backend.parameter(new float[elements], parameter.shape(), false),
                    parameter.shape().length > 1);
        }
    }

    /**
     * @param number 1 for the first
     * @param clipNorm largest norm of all gradients together; 0 = any
     * @param beta2 how much of the squares' average stays
     */
    record AdamStep(int number, double learningRate, double weightDecay, double clipNorm, double beta2) {
        /** With the usual 0.999. */
        public AdamStep(int number, double learningRate, double weightDecay, double clipNorm) {
            this(number, learningRate, weightDecay, clipNorm, 0.999);
        }
    }

    /**
     * What {@link #labelLoss} found.
     *
     * @param sum of the rows' cross entropies, without smoothing
     * @param hits rows whose largest logit is the right one; not counted in a step with gradients, where it is 0
     */
    record LabelLoss(double sum, int hits) {}
}
