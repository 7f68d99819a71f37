package io.lexstream.model;

/** Why a version or a deployment must not count, in as few words as a metric's tag may have values. */
public enum Rejection {
    /** It is incomplete, unsafe, or does not do what its package says. */
    BROKEN("broken"),
    UNSIGNED("unsigned"),
    /** Its signature is by a key that is not trusted here. */
    UNKNOWN_KEY("unknown-key"),
    /** Its signature is of another content. */
    WRONG_SIGNATURE("wrong-signature"),
    /** A newer deployment was seen before. */
    REPLAYED("replayed"),
    /** It is offered under a name that it does not have itself. */
    RELABELLED("relabelled"),
    /** Its version has another content already. */
    REDEFINED("redefined");

    private final String tag;

    Rejection(String tag) {
        this.tag = tag;
    }

    /** Its name in metrics. */
    public String tag() {
        return tag;
    }
}
