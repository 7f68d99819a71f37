package io.lexstream.trainer.autograd;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch by way of DJL.
 *
 * <p>DJL attaches a result to the manager of its first operand, which may be a parameter's and lives on: every result
 * is therefore moved to the step's manager. PyTorch collects gradients for one collector a process at a time.
 */
public final class DjlBackend implements TensorBackend {
    private static final float BETA1 = 0.9f;
    private static final float EPSILON = 1e-8f;

    private final Engine engine = Engine.getEngine("PyTorch");
    private final NDManager parameters = engine.newBaseManager();
    private @Nullable NDManager step;
    private @Nullable GradientCollector collector;

    private DjlBackend() {}

    /** @param threads that one operation may use */
    public static DjlBackend open(int threads) {
        DjlBackend backend = new DjlBackend();
        JniUtils.setNumThreads(threads);
        return backend;
    }

    private record DjlTensor(NDArray array) implements Tensor {
        @Override
        public long[] shape() {
            return array.getShape().getShape();
        }

        @Override
        public float[] floats() {
            return array.toFloatArray();
        }
    }

    @Override
    public Tensor parameter(float[] values, long[] shape, boolean trainable) {
        NDArray array = parameters.create(FloatBuffer.wrap(values), new Shape(shape), DataType.FLOAT32);
        if (trainable) {
            array.setRequiresGradient(true);
        }
        return new DjlTensor(array);
    }

    @Override
    public void assign(Tensor parameter, float[] values) {
        nd(parameter).set(FloatBuffer.wrap(values));
    }

    @Override
    public void beginStep(boolean gradients) {
        step = parameters.newSubManager();
        if (gradients) {
            collector = engine.newGradientCollector();
        }
    }

    @Override
    public void endStep() {
        closeCollector();
        if (step != null) {
            step.close();
            step = null;
        }
    }

    @Override
    public Tensor floats(float[] values, long... shape) {
        return keep(manager().create(values, new Shape(shape)));
    }

    @Override
    public Tensor longs(long[] values, long... shape) {
        return keep(manager().create(values, new Shape(shape)));
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return keep(nd(a).add(nd(b)));
    }

    @Override
    public Tensor sub(Tensor a, Tensor b) {
        return keep(nd(a).sub(nd(b)));
    }

    @Override
    public Tensor mul(Tensor a, Tensor b) {
        return keep(nd(a).mul(nd(b)));
    }

    @Override
    public Tensor div(Tensor a, Tensor b) {
        return keep(nd(a).div(nd(b)));
    }

    @Override
    public Tensor pow(Tensor a, Tensor b) {
        return keep(nd(a).pow(nd(b)));
    }

    @Override
    public Tensor neg(Tensor a) {
        return keep(nd(a).neg());
    }

    @Override
    public Tensor sqrt(Tensor a) {
        return keep(nd(a).sqrt());
    }

    @Override
    public Tensor erf(Tensor a) {
        return keep(nd(a).erf());
    }

    @Override
    public Tensor tanh(Tensor a) {
        return keep(nd(a).tanh());
    }

    @Override
    public Tensor exp(Tensor a) {
        return keep(nd(a).exp());
    }

    @Override
    public Tensor log(Tensor a) {
        return keep(nd(a).log());
    }

    @Override
    public Tensor abs(Tensor a) {
        return keep(nd(a).abs());
    }

    @Override
    public Tensor sigmoid(Tensor a) {
        return keep(JniUtils.sigmoid(pt(a)));
    }

    @Override
    public Tensor minimum(Tensor a, Tensor b) {
        return keep(nd(a).minimum(nd(b)));
    }

    @Override
    public Tensor maximum(Tensor a, Tensor b) {
        return keep(nd(a).maximum(nd(b)));
    }

    @Override
    public Tensor equal(Tensor a, Tensor b) {
        return keep(nd(a).eq(nd(b)));
    }

    @Override
    public Tensor less(Tensor a, Tensor b) {
        return keep(nd(a).lt(nd(b)));
    }

    @Override
    public Tensor lessOrEqual(Tensor a, Tensor b) {
        return keep(nd(a).lte(nd(b)));
    }

    @Override
    public Tensor isNaN(Tensor a) {
        return keep(nd(a).isNaN());
    }

    @Override
    public Tensor not(Tensor a) {
        return keep(nd(a).logicalNot());
    }

    @Override
    public Tensor and(Tensor a, Tensor b) {
        return keep(nd(a).logicalAnd(nd(b)));
    }

    @Override
    public Tensor or(Tensor a, Tensor b) {
        return keep(nd(a).logicalOr(nd(b)));
    }

    @Override
    public Tensor relu(Tensor a) {
        return keep(JniUtils.relu(pt(a)));
    }

    @Override
    public Tensor gelu(Tensor a) {
        return keep(JniUtils.gelu(pt(a)));
    }

    @Override
    public Tensor matMul(Tensor a, Tensor b) {
        return keep(JniUtils.matmul(pt(a), pt(b)));
    }

    @Override
    public Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        Tensor outIn = transpose(weight, 1, 0); // a view
        return keep(JniUtils.linear(pt(x), pt(outIn), pt(bias)));
    }

    @Override
    public Tensor layerNorm(Tensor x, Tensor scale, Tensor bias, float epsilon) {
        return keep(JniUtils.layerNorm(pt(x), nd(scale).getShape(), pt(scale), pt(bias), epsilon));
    }

    @Override
    public Tensor softmax(Tensor a, int axis) {
        return keep(nd(a).softmax(axis));
    }

    @Override
    public Tensor mean(Tensor a, int[] axes, boolean keepDimensions) {
        return keep(nd(a).mean(axes, keepDimensions));
    }

    @Override
    public Tensor sum(Tensor a, int[] axes, boolean keepDimensions) {
        return keep(nd(a).sum(axes, keepDimensions));
    }

    @Override
    public Tensor transpose(Tensor a, int... permutation) {
        return keep(nd(a).transpose(permutation));
    }

    @Override
    public Tensor reshape(Tensor a, long... shape) {
        return keep(nd(a).reshape(shape));
    }

    @Override
    public Tensor concat(List<Tensor> parts, int axis) {
        return keep(
                NDArrays.concat(new NDList(parts.stream().map(DjlBackend::nd).toList()), axis));
    }

    @Override
    public Tensor slice(Tensor a, int axis, long start, long end) {
        return keep(JniUtils.slice(pt(a), axis, start, end, 1));
    }

    @Override
    public Tensor embedding(Tensor table, Tensor ids) {
        return keep(JniUtils.embedding(pt(ids), pt(table), false));
    }

    @Override
    public Tensor toFloat(Tensor a) {
        return cast(a, DataType.FLOAT32);
    }

    @Override
    public Tensor toLong(Tensor a) {
        return cast(a, DataType.INT64);
    }

    @Override
    public Tensor toBoolean(Tensor a) {
        return cast(a, DataType.BOOLEAN);
    }

    @Override
    public Tensor expand(Tensor a, long... shape) {
        return keep(nd(a).broadcast(new Shape(shape)));
    }

    @Override
    public Tensor where(Tensor condition, Tensor a, Tensor b) {
        Shape shape = together(together(nd(condition).getShape(), nd(a).getShape()), nd(b).getShape());
        return keep(NDArrays.where(wide(condition, shape), wide(a, shape), wide(b, shape)));
    }

    /** DJL's where does not broadcast. */
    private NDArray wide(Tensor tensor, Shape shape) {
        NDArray array = nd(tensor);
        return array.getShape().equals(shape) ? array : nd(keep(array.broadcast(shape)));
    }

    private static Shape together(Shape a, Shape b) {
        return new Shape(HostBroadcast.shape(a.getShape(), b.getShape()));
    }

    @Override
    public Tensor crossEntropy(Tensor logits, Tensor targets, Tensor weights) {
        Tensor logProbabilities = keep(nd(logits).logSoftmax(1));
        Tensor perRow = neg(sum(mul(logProbabilities, targets), new int[] {1}, false));
        return sum(mul(perRow, weights), new int[] {0}, false);
    }

    @Override
    public LabelLoss labelLoss(Tensor logits, int[] targets, double smoothing) {
        int rows = targets.length;
        long labels = logits.shape()[1];
        PtNDArray plain = attached(JniUtils.detachGradient(pt(logits)));
        PtNDArray column = pt(longs(Arrays.stream(targets).asLongStream().toArray(), rows, 1));
        PtNDArray shares = attached(JniUtils.softmax(plain, 1, DataType.FLOAT32));
        float[] right = attached(JniUtils.gather(shares, column, 1)).toFloatArray();
        double sum = 0;
        for (float share : right) {
            sum -= Math.log(Math.max(share, Float.MIN_NORMAL));
        }
        if (collector == null) {
            long[] best = plain.argMax(1).toLongArray();
            int hits = (int) IntStream.range(0, rows)
                    .filter(row -> best[row] == targets[row])
                    .count();
            return new LabelLoss(sum, hits);
        }
        shares.subi((float) (smoothing / labels)).divi((float) rows);
        float[] gradients = new float[rows];
        for (int row = 0; row < rows; row++) {
            gradients[row] = (float) ((right[row] - smoothing / labels - (1 - smoothing)) / rows);
        }
        PtNDArray whole = attached(JniUtils.scatter(shares, column, pt(floats(gradients, rows, 1)), 1));
        JniUtils.backward(pt(logits), whole, false, false);
        return new LabelLoss(sum, 0);
    }

    @Override
    public void backward(Tensor loss) {
        if (collector == null) {
            throw new IllegalStateException("the step was begun without gradients");
        }
        collector.backward(nd(loss));
    }

    @Override
    public float[] gradient(Tensor parameter) {
        try (NDArray gradient = nd(parameter).getGradient()) {
            return gradient.toFloatArray();
        }
    }

    @Override
    public void adamW(Map<String, AdamState> states, AdamStep update) {
        closeCollector(); // else the update itself would be recorded
        float scale = clipScale(states, update.clipNorm());
        double bias1 = 1 - Math.pow(BETA1, update.number());
        double bias2 = 1 - Math.pow(update.beta2(), update.number());
        // PyTorch's fused update divides by sqrt(v) + epsilon, without correcting v: the rate carries both corrections.
        float corrected = (float) (update.learningRate() * Math.sqrt(bias2) / bias1);
        for (AdamState state : states.values()) {
            try (NDArray gradient = nd(state.parameter()).getGradient()) {
                JniUtils.adamUpdate(
                        pt(state.parameter()),
                        (PtNDArray) gradient,
                        pt(state.firstMoment()),
                        pt(state.secondMoment()),
                        (float) update.learningRate(),
                        corrected,
                        state.decayed() ? (float) update.weightDecay() : 0f,
                        scale,
                        -1f, // no clipping of single values
                        BETA1,
                        (float) update.beta2(),
                        EPSILON,
                        true);
            }
            JniUtils.zeroGrad(pt(state.parameter()));
        }
    }

    private float clipScale(Map<String, AdamState> states, double clipNorm) {
        if (clipNorm <= 0) {
            return 1;
        }
        double squares = 0;
        for (AdamState state : states.values()) {
            try (NDArray gradient = nd(state.parameter()).getGradient();
                    NDArray norm = JniUtils.norm((PtNDArray) gradient, 2, new int[0], false)) {
                squares += Math.pow(norm.getFloat(), 2);
            }
        }
        double norm = Math.sqrt(squares);
        return norm > clipNorm ? (float) (clipNorm / (norm + 1e-6)) : 1;
    }

    @Override
    public void close() {
        endStep();
        parameters.close();
    }

    private void closeCollector() {
        if (collector != null) {
            collector.close();
            collector = null;
        }
    }

    private NDManager manager() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    /** DJL would give the array itself back if it has the type, and the step's end would free a parameter. */
    private Tensor cast(Tensor a, DataType type) {
        return nd(a).getDataType() == type ? a : keep(nd(a).toType(type, false));
    }

    private Tensor keep(NDArray array) {
        array.attach(manager());
        return new DjlTensor(array);
    }

    private PtNDArray attached(PtNDArray array) {
        array.attach(manager());
        return array;
    }

    private static NDArray nd(Tensor tensor) {
        return ((DjlTensor) tensor).array;
    }

    private static PtNDArray pt(Tensor tensor) {
        return (PtNDArray) nd(tensor);
    }
}
