package io.lexstream.trainer.metrics;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * ROUGE (Lin 2004): how much of the reference a summary says. The score is the mean of the texts' F1, and of several
 * references that of the best.
 *
 * <p>As Google's {@code rouge_score} computes it, which agrees with ROUGE 1.5.5: lower case, words of {@code a-z0-9},
 * no stemming. Other letters separate words, so ROUGE says little about other alphabets.
 */
public enum Rouge implements CorpusMetric {
    /** Single words. */
    ONE {
        @Override
        Overlap overlap(String hypothesis, String reference) {
            return ofNgrams(hypothesis, reference, 1);
        }
    },
    /** Pairs of neighbouring words. */
    TWO {
        @Override
        Overlap overlap(String hypothesis, String reference) {
            return ofNgrams(hypothesis, reference, 2);
        }
    },
    /** The longest common subsequence of the whole texts. */
    L {
        @Override
        Overlap overlap(String hypothesis, String reference) {
            List<String> written = words(hypothesis);
            List<String> expected = words(reference);
            return new Overlap(new CommonSubsequence(expected, written).length(), written.size(), expected.size());
        }
    },
    /** The union of the longest common subsequences of sentences, which are separated by line ends. */
    L_SUM {
        @Override
        Overlap overlap(String hypothesis, String reference) {
            return SentenceUnion.of(sentences(hypothesis), sentences(reference));
        }
    };

    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]+");

    /** What one text has in common with one reference. */
    abstract Overlap overlap(String hypothesis, String reference);

    /** F1, and one text. */
    @Override
    public double[] counts(Segment segment) {
        double best = segment.references().stream()
                .mapToDouble(
                        reference -> overlap(segment.hypothesis(), reference).f1())
                .max()
                .orElse(0);
        return new double[] {best, 1};
    }

    @Override
    public double score(double[] sums) {
        return CorpusMetric.ratio(sums);
    }

    /**
     * @param matches units that both have
     * @param written units of the hypothesis
     * @param expected units of the reference
     */
    record Overlap(int matches, int written, int expected) {
        double precision() {
            return matches / (double) Math.max(1, written);
        }

        double recall() {
            return matches / (double) Math.max(1, expected);
        }

        double f1() {
            return matches == 0 ? 0 : 2 * precision() * recall() / (precision() + recall());
        }
    }

    private static Overlap ofNgrams(String hypothesis, String reference, int order) {
        Ngrams written = Ngrams.of(words(hypothesis), order);
        Ngrams expected = Ngrams.of(words(reference), order);
        return new Overlap(written.matches(expected), written.total(), expected.total());
    }

    private static List<List<String>> sentences(String text) {
        return text.lines().map(Rouge::words).toList();
    }

    private static List<String> words(String text) {
        return Stream.of(SEPARATORS.split(text.toLowerCase(Locale.ROOT), -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
