package io.lexstream.trainer.gate;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextModel;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** What a simple model says of each row after learning from rows of other folds only. */
final class CrossValidation {
    private static final int FOLDS = 5;

    private final Learner learner;
    private final long seed;

    CrossValidation(Learner learner, long seed) {
        this.learner = learner;
        this.seed = seed;
    }

    /** Rows are dealt to the folds at random. */
    List<Optional<Classification>> byRow(List<LabeledText> rows) {
        SplittableRandom random = new SplittableRandom(seed);
        Integer[] order = new Integer[rows.size()];
        double[] rank = new double[rows.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
            rank[i] = random.nextDouble();
        }
        Arrays.sort(order, Comparator.comparing(i -> rank[i]));
        int[] folds = new int[rows.size()];
        for (int i = 0; i < order.length; i++) {
            folds[order[i]] = i % FOLDS;
        }
        return run(rows, folds, Integer.MAX_VALUE, List.of());
    }

    /**
     * All rows of an author are in one fold: what is said of them is what the other authors teach.
     *
     * @param mostPerAuthor rows of an author that are learned from
     */
    List<Optional<Classification>> byAuthor(List<LabeledText> rows, List<String> authors, int mostPerAuthor) {
        Map<String, Integer> sizes = new HashMap<>();
        authors.forEach(author -> sizes.merge(author, 1, Integer::sum));
        List<String> largestFirst = sizes.keySet().stream()
                .sorted(Comparator.comparing((String author) -> -sizes.getOrDefault(author, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        int[] loads = new int[FOLDS];
        Map<String, Integer> foldOf = new HashMap<>();
        for (String author : largestFirst) {
            int lightest = 0;
            for (int fold = 1; fold < FOLDS; fold++) {
                lightest = loads[fold] < loads[lightest] ? fold : lightest;
            }
            foldOf.put(author, lightest);
            loads[lightest] += sizes.getOrDefault(author, 0);
        }
        int[] folds = authors.stream()
                .mapToInt(author -> foldOf.getOrDefault(author, 0))
                .toArray();
        return run(rows, folds, mostPerAuthor, authors);
    }

    private List<Optional<Classification>> run(
            List<LabeledText> rows, int[] folds, int mostPerAuthor, List<String> authors) {
        List<Optional<Classification>> said = new ArrayList<>();
        rows.forEach(row -> said.add(Optional.empty()));
        for (int fold = 0; fold < FOLDS; fold++) {
            List<LabeledText> learned = new ArrayList<>();
            List<Integer> asked = new ArrayList<>();
            Map<String, Integer> taken = new HashMap<>();
            for (int row = 0; row < rows.size(); row++) {
                if (folds[row] == fold) {
                    asked.add(row);
                } else if (authors.isEmpty() || taken.merge(authors.get(row), 1, Integer::sum) <= mostPerAuthor) {
                    learned.add(rows.get(row));
                }
            }
            boolean learnable =
                    learned.stream().map(LabeledText::label).distinct().count() > 1;
            if (learnable && !asked.isEmpty()) {
                try (TextModel model = learner.train(learned, seed)) {
                    List<String> texts =
                            asked.stream().map(row -> rows.get(row).text()).toList();
                    List<Classification> answers = TextScores.classify(model, "fold", texts, Progress.silent());
                    for (int i = 0; i < asked.size(); i++) {
                        said.set(asked.get(i), Optional.of(answers.get(i)));
                    }
                }
            }
        }
        return said;
    }
}
