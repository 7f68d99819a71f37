package io.lexstream.trainer.tuning;

/** Which weights of the encoder are trained; the heads always are. */
public enum TuningMethod {
    /** Low-rank matrices beside the linear layers (Hu et al. 2021): a version is a megabyte. */
    LORA,
    /** All weights of the last Transformer blocks. */
    LAST_LAYERS,
    /** All weights but the embeddings. */
    FULL
}
