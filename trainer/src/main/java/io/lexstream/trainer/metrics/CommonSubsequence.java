package io.lexstream.trainer.metrics;

import java.util.BitSet;
import java.util.List;

/** The longest sequence of words that two texts have in the same order, gaps allowed. */
final class CommonSubsequence {
    private final List<String> reference;
    private final List<String> hypothesis;
    private final int[][] lengths; // [i][j]: of the first i words of the reference and the first j of the hypothesis

    CommonSubsequence(List<String> reference, List<String> hypothesis) {
        this.reference = reference;
        this.hypothesis = hypothesis;
        this.lengths = new int[reference.size() + 1][hypothesis.size() + 1];
        for (int i = 1; i <= reference.size(); i++) {
            for (int j = 1; j <= hypothesis.size(); j++) {
                lengths[i][j] = same(i, j) ? lengths[i - 1][j - 1] + 1 : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
            }
        }
    }

    int length() {
        return lengths[reference.size()][hypothesis.size()];
    }

    /** Where its words stand in the reference; of several longest ones, that which ROUGE 1.5.5 finds. */
    BitSet places() {
        BitSet places = new BitSet(reference.size());
        int i = reference.size();
        int j = hypothesis.size();
        while (i > 0 && j > 0) {
            if (same(i, j)) {
                i--;
                j--;
                places.set(i);
            } else if (lengths[i][j - 1] > lengths[i - 1][j]) {
                j--;
            } else {
                i--;
            }
        }
        return places;
    }

    private boolean same(int i, int j) {
        return reference.get(i - 1).equals(hypothesis.get(j - 1));
    }
}
