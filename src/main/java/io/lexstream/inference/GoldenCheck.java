package io.lexstream.inference;

import io.lexstream.model.ModelRejectedException;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import java.util.List;

/** Proves on this machine, before it serves, that a model says what it said where it was made. */
final class GoldenCheck {
    /**
     * Golden scores are those of fp32. In int8 the label must win all the same; the scores may differ by at least this
     * much: enough for the rounding, too little for another model.
     */
    private static final double INT8_TOLERANCE = 0.15;

    private GoldenCheck() {}

    static void check(TextModel model, ModelManifest manifest, Precision precision) throws ModelRejectedException {
        List<GoldenCase> cases = manifest.getGoldenCases();
        if (cases.isEmpty()) {
            return;
        }
        double tolerance = precision == Precision.INT8
                ? Math.max(manifest.getGoldenTolerance(), INT8_TOLERANCE)
                : manifest.getGoldenTolerance();
        TextBatch texts = new TextBatch(cases.stream().map(GoldenCase::getText).toList());
        List<? extends TextOutput> outputs = model.run(texts);
        for (int i = 0; i < cases.size(); i++) {
            if (outputs.get(i) instanceof Classification classification) {
                compare(i, cases.get(i), classification, tolerance);
            } else if (outputs.get(i) instanceof ExtractedSummary summary) {
                compare(i, cases.get(i), summary, precision);
            }
        }
    }

    /** In int8 two sentences of nearly the same worth may change places; there has to be a summary all the same. */
    private static void compare(int index, GoldenCase golden, ExtractedSummary actual, Precision precision)
            throws ModelRejectedException {
        boolean right = precision == Precision.INT8
                ? !actual.text().isBlank()
                : actual.text().equals(golden.getLabel());
        if (!right) {
            throw new ModelRejectedException("golden case " + index + ": sentences " + actual.sentences()
                    + " were chosen, which is not the summary that the model gave where it was made");
        }
    }

    private static void compare(int index, GoldenCase golden, Classification actual, double tolerance)
            throws ModelRejectedException {
        if (!golden.getLabel().equals(actual.label())) {
            throw new ModelRejectedException("golden case " + index + ": expected " + golden.getLabel() + ", got "
                    + actual.label() + " " + actual.scores());
        }
        for (var score : golden.getScores().entrySet()) {
            double is = actual.scores().getOrDefault(score.getKey(), Double.NaN);
            // Written so that NaN fails too.
            if (!(Math.abs(is - score.getValue()) <= tolerance)) {
                throw new ModelRejectedException("golden case " + index + ": score of " + score.getKey() + " is " + is
                        + ", expected " + score.getValue() + " within " + tolerance);
            }
        }
    }
}
