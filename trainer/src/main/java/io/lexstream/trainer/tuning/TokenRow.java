package io.lexstream.trainer.tuning;

/**
 * One example as the encoder reads it.
 *
 * @param ids token ids, special tokens included
 * @param task index of its head
 * @param group data file that it came from, within its task
 * @param target probability of each label; sums to 1
 * @param possible labels that a row of this file could have had: a file of good and bad reviews does not say that none
 *     of them is neutral
 * @param weight how much it counts
 */
public record TokenRow(long[] ids, int task, int group, float[] target, boolean[] possible, float weight) {
    public TokenRow {
        if (ids.length == 0 || target.length != possible.length || !(weight >= 0)) {
            throw new IllegalArgumentException("%d tokens, %d targets, %d labels, weight %s"
                    .formatted(ids.length, target.length, possible.length, weight));
        }
    }

    /** A row with one right label. */
    public static TokenRow labelled(long[] ids, int task, int group, int label, boolean[] possible, float weight) {
        float[] target = new float[possible.length];
        target[label] = 1;
        return new TokenRow(ids, task, group, target, possible, weight);
    }

    int label() {
        int best = 0;
        for (int i = 1; i < target.length; i++) {
            best = target[i] > target[best] ? i : best;
        }
        return best;
    }
}
