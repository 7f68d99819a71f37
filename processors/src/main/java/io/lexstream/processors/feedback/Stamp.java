package io.lexstream.processors.feedback;

import io.lexstream.feedback.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * A text on its way to its product's windows, with how far the time of the partition is that it comes from; or that
 * time alone, which every product's windows must hear of.
 *
 * @param channel partition of feedback.analysis
 * @param before largest event time of that partition before this text; -1 = it is the first
 * @param after the same with it
 * @param idle whether the partition has brought nothing for a while, and is not to be waited for
 */
record Stamp(int channel, long before, long after, boolean idle, Optional<Message> message) {
    private static final byte VERSION = 1;

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(channel);
            out.writeLong(before);
            out.writeLong(after);
            out.writeBoolean(idle);
            out.writeBoolean(message.isPresent());
            if (message.isPresent()) {
                write(message.get(), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return bytes.toByteArray();
    }

    static Stamp of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("stamped text of version " + version + ", known is " + VERSION);
            }
            return new Stamp(
                    in.readInt(),
                    in.readLong(),
                    in.readLong(),
                    in.readBoolean(),
                    in.readBoolean() ? Optional.of(read(in)) : Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("stamped text of " + bytes.length + " bytes", e);
        }
    }

    private static void write(Message message, DataOutputStream out) throws IOException {
        out.writeUTF(message.id());
        out.writeUTF(message.product());
        out.writeUTF(message.source());
        out.writeLong(message.time().toEpochMilli());
        out.writeUTF(message.words());
        out.writeBoolean(message.spam());
        out.writeUTF(message.sentiment());
        out.writeDouble(message.confidence());
        out.writeUTF(message.language());
    }

    private static Message read(DataInputStream in) throws IOException {
        return new Message(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                Instant.ofEpochMilli(in.readLong()),
                in.readUTF(),
                in.readBoolean(),
                in.readUTF(),
                in.readDouble(),
                in.readUTF());
    }
}
