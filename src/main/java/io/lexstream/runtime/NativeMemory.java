package io.lexstream.runtime;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives memory that closed models have freed back to the system: glibc keeps it in its arenas otherwise. */
public final class NativeMemory {
    private static final Logger LOG = LoggerFactory.getLogger(NativeMemory.class);
    private static final Optional<Glibc> GLIBC = load();

    private NativeMemory() {}

    /** Trims the heap of the C library, where it is glibc; takes some 20 ms. */
    public static void trim() {
        GLIBC.ifPresent(glibc -> glibc.malloc_trim(0));
    }

    private static Optional<Glibc> load() {
        try {
            Glibc glibc = Native.load("c", Glibc.class);
            glibc.malloc_trim(0);
            return Optional.of(glibc);
        } catch (UnsatisfiedLinkError e) {
            LOG.atDebug().log("no malloc_trim here: freed model memory may stay with the process");
            return Optional.empty();
        }
    }

    @SuppressWarnings("MethodName") // the C function's own name
    private interface Glibc extends Library {
        int malloc_trim(long pad);
    }
}
