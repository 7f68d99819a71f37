package io.lexstream.trainer.seq2seq;

/**
 * A text and its translation as the model reads them.
 *
 * @param source token ids, the end among them
 * @param target token ids, the end among them
 */
record TokenPair(int[] source, int[] target) {
    TokenPair {
        if (source.length == 0 || target.length == 0) {
            throw new IllegalArgumentException(source.length + " source and " + target.length + " target tokens");
        }
    }

    int tokens() {
        return source.length + target.length;
    }
}
