package io.lexstream.processors.feedback;

import io.lexstream.feedback.Figures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of a window.
 *
 * @param closed whether its final figures are out
 * @param updateDue event time of its next record on the topic; -1 = nothing has changed since the last
 * @param detailedAt event time at which its themes were last looked for; -1 = never
 * @param sampled texts in its sample
 * @param worst largest priority in its sample; -1 = it is empty
 */
record WindowState(Figures figures, boolean closed, long updateDue, long detailedAt, int sampled, long worst) {
    static final WindowState EMPTY = new WindowState(Figures.NONE, false, -1, -1, 0, -1);

    private static final byte VERSION = 1;

    WindowState plus(Figures more) {
        return new WindowState(figures.plus(more), closed, updateDue, detailedAt, sampled, worst);
    }

    WindowState withUpdateDue(long time) {
        return new WindowState(figures, closed, time, detailedAt, sampled, worst);
    }

    WindowState withDetailedAt(long time) {
        return new WindowState(figures, closed, updateDue, time, sampled, worst);
    }

    WindowState withSample(int texts, long worstPriority) {
        return new WindowState(figures, closed, updateDue, detailedAt, texts, worstPriority);
    }

    WindowState nowClosed() {
        return new WindowState(figures, true, -1, detailedAt, sampled, worst);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(figures.texts());
            out.writeLong(figures.spam());
            out.writeLong(figures.duplicates());
            out.writeLong(figures.late());
            write(figures.sentiments(), out);
            write(figures.languages(), out);
            out.writeLong(figures.confidenceMillionths());
            out.writeBoolean(closed);
            out.writeLong(updateDue);
            out.writeLong(detailedAt);
            out.writeInt(sampled);
            out.writeLong(worst);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return bytes.toByteArray();
    }

    static WindowState of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("window state of version " + version + ", known is " + VERSION);
            }
            Figures figures = new Figures(
                    in.readLong(), in.readLong(), in.readLong(), in.readLong(), counts(in), counts(in), in.readLong());
            return new WindowState(
                    figures, in.readBoolean(), in.readLong(), in.readLong(), in.readInt(), in.readLong());
        } catch (IOException e) {
            throw new UncheckedIOException("window state of " + bytes.length + " bytes", e);
        }
    }

    private static void write(SortedMap<String, Long> counts, DataOutputStream out) throws IOException {
        out.writeInt(counts.size());
        for (var entry : counts.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeLong(entry.getValue());
        }
    }

    private static SortedMap<String, Long> counts(DataInputStream in) throws IOException {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            counts.put(in.readUTF(), in.readLong());
        }
        return counts;
    }
}
