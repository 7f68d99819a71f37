package io.lexstream.trainer.tuning;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A training at the end of a step, of an encoder or from scratch: with it a killed run goes on as if nothing had
 * happened.
 *
 * @param run names the data, options and seed: a checkpoint of another run is not taken
 * @param nextStep index of the next step in its epoch
 * @param tensors parameters and their moments by name
 * @param best the parameters that did best on the development rows; empty before the first look
 */
public record Checkpoint(
        String run,
        int epoch,
        int nextStep,
        int updates,
        long seen,
        Duration spent,
        double lossSum,
        double lossWeight,
        int looksWithoutGain,
        Optional<DevScore> bestScore,
        Map<String, float[]> tensors,
        Map<String, float[]> best,
        List<CurvePoint> curve) {
    private static final long MAGIC = 0x4c58_5452_4149_4e31L; // LXTRAIN1
    private static final int CHUNK_FLOATS = 1 << 14;

    /** Replaces {@code file} in one step. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(draft), 1 << 20))) {
            out.writeLong(MAGIC);
            out.writeUTF(run);
            out.writeInt(epoch);
            out.writeInt(nextStep);
            out.writeInt(updates);
            out.writeLong(seen);
            out.writeLong(spent.toNanos());
            out.writeDouble(lossSum);
            out.writeDouble(lossWeight);
            out.writeInt(looksWithoutGain);
            DevScore score = bestScore.orElse(new DevScore(Double.NaN, Double.NaN));
            out.writeDouble(score.loss());
            out.writeDouble(score.macroF1());
            write(out, tensors);
            write(out, best);
            out.writeInt(curve.size());
            for (CurvePoint point : curve) {
                out.writeInt(point.step());
                out.writeLong(point.seen());
                out.writeDouble(point.loss());
                out.writeDouble(point.devLoss());
                out.writeDouble(point.devScore());
                out.writeDouble(point.learningRate());
            }
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The checkpoint in {@code file}, if there is a whole one of that run. */
    public static Optional<Checkpoint> read(Path file, String run) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            if (in.readLong() != MAGIC || !in.readUTF().equals(run)) {
                return Optional.empty();
            }
            int epoch = in.readInt();
            int nextStep = in.readInt();
            int updates = in.readInt();
            long seen = in.readLong();
            Duration spent = Duration.ofNanos(in.readLong());
            double lossSum = in.readDouble();
            double lossWeight = in.readDouble();
            int looksWithoutGain = in.readInt();
            DevScore score = new DevScore(in.readDouble(), in.readDouble());
            Map<String, float[]> tensors = readTensors(in);
            Map<String, float[]> best = readTensors(in);
            List<CurvePoint> curve = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                curve.add(new CurvePoint(
                        in.readInt(),
                        in.readLong(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble()));
            }
            return Optional.of(new Checkpoint(
                    run,
                    epoch,
                    nextStep,
                    updates,
                    seen,
                    spent,
                    lossSum,
                    lossWeight,
                    looksWithoutGain,
                    Double.isNaN(score.loss()) ? Optional.empty() : Optional.of(score),
                    tensors,
                    best,
                    curve));
        } catch (NoSuchFileException | EOFException e) {
            return Optional.empty();
        }
    }

    private static void write(DataOutputStream out, Map<String, float[]> tensors) throws IOException {
        out.writeInt(tensors.size());
        for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
            out.writeUTF(tensor.getKey());
            out.writeInt(tensor.getValue().length);
            writeFloats(out, tensor.getValue());
        }
    }

    private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES);
        for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
            int length = Math.min(CHUNK_FLOATS, values.length - from);
            bytes.asFloatBuffer().put(values, from, length);
            out.write(bytes.array(), 0, length * Float.BYTES);
        }
    }

    private static float[] readFloats(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES);
        for (int from = 0; from < count; from += CHUNK_FLOATS) {
            int length = Math.min(CHUNK_FLOATS, count - from);
            in.readFully(bytes.array(), 0, length * Float.BYTES);
            bytes.asFloatBuffer().get(values, from, length);
        }
        return values;
    }

    private static Map<String, float[]> readTensors(DataInputStream in) throws IOException {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            tensors.put(name, readFloats(in, in.readInt()));
        }
        return tensors;
    }
}
