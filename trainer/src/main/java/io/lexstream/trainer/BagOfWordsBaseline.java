package io.lexstream.trainer;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Logistic regression on words and word pairs (Tribuo's): what a Transformer has to beat to be worth its cost. Trained
 * in seconds, and a model like any other, so that both are measured alike.
 */
public final class BagOfWordsBaseline implements TextModel {
    /** It tells every training; a field, because levels of loggers that nobody holds are forgotten. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    static {
        TRIBUO.setLevel(Level.WARNING);
    }

    private static final LabelFactory LABELS = new LabelFactory();
    private static final String CONSTANT = "";
    /** With more rows, what stands in a single one is not worth its memory. */
    private static final int ROWS_TO_BE_CHOOSY = 2000;

    /** Small steps, few of them: that is what keeps it from learning rows by heart, and its probabilities honest. */
    private static final double LEARNING_RATE = 0.1;

    private static final int STEPS = 60_000;
    private static final int FEWEST_EPOCHS = 4;
    private static final int MOST_EPOCHS = 30;

    private final Model<Label> model;
    private final List<String> labels;

    private BagOfWordsBaseline(Model<Label> model, List<String> labels) {
        this.model = model;
        this.labels = List.copyOf(labels);
    }

    /** Fits to all rows of {@code files}, which name at least two labels. */
    public static BagOfWordsBaseline trainOn(List<LabeledTexts> files, long seed) {
        return train(files.stream().flatMap(file -> file.rows().stream()).toList(), seed);
    }

    /** How it does where a candidate is reported on, after training on the candidate's own rows. */
    public static Evaluation.Result measure(TrainingData data, long seed, Progress progress) throws IOException {
        try (BagOfWordsBaseline baseline = trainOn(data.train(), seed)) {
            Evaluation.Result result = Evaluation.of(baseline, data.reported(), progress);
            progress.say("bag of words: accuracy %.1f %%, macro-F1 %.1f %%"
                    .formatted(
                            100 * result.together().accuracy(),
                            100 * result.together().macroF1()));
            return result;
        }
    }

    /**
     * Fits to {@code rows}.
     *
     * @param seed decides the order that the rows are seen in
     */
    public static BagOfWordsBaseline train(List<LabeledText> rows, long seed) {
        Set<String> labels = new TreeSet<>();
        rows.forEach(row -> labels.add(row.label()));
        if (labels.size() < 2) {
            throw new IllegalArgumentException("a classifier needs at least 2 labels, got " + labels);
        }
        Set<String> known = worthKnowing(rows);
        MutableDataset<Label> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("labelled texts", LABELS), LABELS);
        for (LabeledText row : rows) {
            Set<String> bag = BagOfWords.of(row.text());
            bag.retainAll(known);
            data.add(example(new Label(row.label()), bag));
        }
        int epochs = Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, STEPS / rows.size()));
        var trainer = new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(LEARNING_RATE, 0.1), epochs, -1, 1, seed);
        return new BagOfWordsBaseline(trainer.train(data), List.copyOf(labels));
    }

    public List<String> labels() {
        return labels;
    }

    @Override
    public int[] lengths(TextBatch texts) {
        return texts.texts().stream()
                .mapToInt(text -> BagOfWords.words(text).size())
                .toArray();
    }

    @Override
    public List<Classification> run(TextBatch texts) {
        List<Classification> results = new ArrayList<>(texts.size());
        for (String text : texts.texts()) {
            results.add(classify(text));
        }
        return results;
    }

    /** Nothing native is held. */
    @Override
    public void close() {}

    private Classification classify(String text) {
        Prediction<Label> said = model.predict(example(LabelFactory.UNKNOWN_LABEL, BagOfWords.of(text)));
        Map<String, Label> scores = said.getOutputScores();
        double[] probabilities = new double[labels.size()];
        for (int i = 0; i < probabilities.length; i++) {
            Label score = scores.get(labels.get(i));
            probabilities[i] = score == null ? 0 : score.getScore();
        }
        return Classification.of(labels, probabilities, false, 1);
    }

    private static Example<Label> example(Label label, Set<String> bag) {
        // A text of unknown words only is still one: it has the constant.
        double[] ones = new double[bag.size() + 1];
        Arrays.fill(ones, 1);
        List<String> names = new ArrayList<>(bag);
        names.add(CONSTANT);
        return new ArrayExample<>(label, names.toArray(String[]::new), ones);
    }

    private static Set<String> worthKnowing(List<LabeledText> rows) {
        Map<String, Integer> counts = new HashMap<>();
        rows.forEach(row -> BagOfWords.of(row.text()).forEach(word -> counts.merge(word, 1, Integer::sum)));
        if (rows.size() >= ROWS_TO_BE_CHOOSY) {
            counts.values().removeIf(count -> count < 2);
        }
        return counts.keySet();
    }
}
