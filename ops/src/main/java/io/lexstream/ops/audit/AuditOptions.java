package io.lexstream.ops.audit;

import java.nio.file.Path;

/**
 * What an audit does.
 *
 * @param records how many events flow at least; more, if not all kills are done by then
 * @param kills how often an instance is killed with SIGKILL
 * @param terms how often an instance is stopped with SIGTERM
 * @param seed texts, keys, models and moments follow from it
 * @param directory data of the broker, models, and the instances' logs
 * @param fault what the instances do wrong
 */
public record AuditOptions(int records, int kills, int terms, long seed, Path directory, Fault fault) {
    public AuditOptions {
        requireAtLeast(1, records, "records");
        requireAtLeast(0, kills, "kills");
        requireAtLeast(0, terms, "terms");
    }

    /** A fault planted into the instances, to see that the audit finds it. */
    public enum Fault {
        NONE,
        /** Records wait in a processor's field until there are enough of them. */
        BUFFERING
    }

    private static void requireAtLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException("--" + name + " must be >= " + least + ", got " + value);
        }
    }
}
