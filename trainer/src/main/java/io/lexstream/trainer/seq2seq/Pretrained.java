package io.lexstream.trainer.seq2seq;

import io.lexstream.model.BaseEncoder;
import java.util.Optional;

/**
 * A pretrained encoder that reads the sources in place of one that is trained from scratch; the package names it by its
 * digest and does not carry it.
 *
 * @param blocks how many of its Transformer blocks are gone through; 0 = all
 * @param lora how it is changed; empty = not at all, and then it reads each source once
 */
public record Pretrained(BaseEncoder encoder, int blocks, Optional<Lora> lora) {
    public Pretrained {
        if (blocks < 0) {
            throw new IllegalArgumentException("blocks must be >= 0, got " + blocks);
        }
    }

    /**
     * Low-rank matrices at all linear layers of the blocks.
     *
     * @param scale factor of their product, often called alpha / rank
     * @param seed chooses where they begin
     */
    public record Lora(int rank, float scale, long seed) {
        public Lora {
            if (rank < 1 || !Float.isFinite(scale)) {
                throw new IllegalArgumentException("rank " + rank + ", scale " + scale);
            }
        }
    }

    @Override
    public String toString() {
        return encoder.name()
                + (blocks == 0 ? "" : ", its first " + blocks + " blocks")
                + (lora.isEmpty()
                        ? ", frozen"
                        : ", with LoRA of rank " + lora.get().rank());
    }
}
