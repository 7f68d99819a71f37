package io.lexstream.ops.audit;

import java.util.Locale;

/**
 * One event of the audit.
 *
 * @param number its place among the events of its key, from 1
 * @param good false = nobody can read this text, and it must become a dead letter
 */
record AuditEvent(String key, int number, String text, boolean good) {
    /** Names the event: by its key and number. */
    String id() {
        return String.format(Locale.ROOT, "%s-%06d", key, number);
    }
}
