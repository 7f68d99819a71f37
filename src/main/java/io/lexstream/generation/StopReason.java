package io.lexstream.generation;

/** Why a generation ended. */
public enum StopReason {
    /** The model said so. */
    END,
    /** It had as many tokens as allowed. */
    LENGTH,
    /** Its time was over; the text is what there was. */
    DEADLINE
}
