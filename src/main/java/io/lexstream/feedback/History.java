package io.lexstream.feedback;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What is known of a product's past: discounted sums by time of day, which are the parameters of conjugate
 * distributions, and the alerts that are on. Made by {@link Watchdog} alone; {@link #toBytes} is its form in a state
 * store.
 */
public final class History {
    static final int SLOTS = 24;

    private static final byte VERSION = 1;
    private static final long NEVER = -1;

    /** Sums of one time of day, or of all. */
    static final class Sums {
        double windows;
        double texts;
        double rated;
        double negative;

        void fade(double factor) {
            windows *= factor;
            texts *= factor;
            rated *= factor;
            negative *= factor;
        }

        void add(double moreTexts, double moreRated, double moreNegative) {
            windows++;
            texts += moreTexts;
            rated += moreRated;
            negative += moreNegative;
        }
    }

    /** An alert that is on or off. */
    static final class Switch {
        long since = NEVER;
        int calm;

        boolean isOn() {
            return since != NEVER;
        }
    }

    final Sums[] slots = new Sums[SLOTS];
    final Sums all = new Sums();
    final Switch volume = new Switch();
    final Switch share = new Switch();
    double dispersion = 1.5;
    long first = NEVER;
    long last = NEVER;

    public History() {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Sums();
        }
    }

    /** Whether an alert is on. */
    public boolean isAlerted() {
        return volume.isOn() || share.isOn();
    }

    boolean isEmpty() {
        return last == NEVER;
    }

    /** Since when an alert is on; only if one is. */
    long alertedSince() {
        if (volume.isOn() && share.isOn()) {
            return Math.min(volume.since, share.since);
        }
        return volume.isOn() ? volume.since : share.since;
    }

    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            for (Sums slot : slots) {
                write(slot, out);
            }
            write(all, out);
            write(volume, out);
            write(share, out);
            out.writeDouble(dispersion);
            out.writeLong(first);
            out.writeLong(last);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return bytes.toByteArray();
    }

    public static History of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("history of version " + version + ", known is " + VERSION);
            }
            History history = new History();
            for (Sums slot : history.slots) {
                read(slot, in);
            }
            read(history.all, in);
            read(history.volume, in);
            read(history.share, in);
            history.dispersion = in.readDouble();
            history.first = in.readLong();
            history.last = in.readLong();
            return history;
        } catch (IOException e) {
            throw new UncheckedIOException("history of " + bytes.length + " bytes", e);
        }
    }

    private static void write(Sums sums, DataOutputStream out) throws IOException {
        out.writeDouble(sums.windows);
        out.writeDouble(sums.texts);
        out.writeDouble(sums.rated);
        out.writeDouble(sums.negative);
    }

    private static void read(Sums sums, DataInputStream in) throws IOException {
        sums.windows = in.readDouble();
        sums.texts = in.readDouble();
        sums.rated = in.readDouble();
        sums.negative = in.readDouble();
    }

    private static void write(Switch alert, DataOutputStream out) throws IOException {
        out.writeLong(alert.since);
        out.writeInt(alert.calm);
    }

    private static void read(Switch alert, DataInputStream in) throws IOException {
        alert.since = in.readLong();
        alert.calm = in.readInt();
    }
}
