package io.lexstream.trainer.service;

import java.util.Locale;

/** What becomes of a version that has passed the gate: the setting train.promotion. */
public enum Promotion {
    /** It serves. */
    AUTO,
    /** A share of the keys gets it, until it has proved itself there. */
    CANARY,
    /** It is run beside the champion, and its results are compared only. */
    SHADOW,
    /** It is published; a person promotes it. */
    MANUAL;

    static Promotion of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }
}
