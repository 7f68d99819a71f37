package io.lexstream.trainer;

import io.lexstream.inference.Classification;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.Precision;
import io.lexstream.inference.TextModel;
import io.lexstream.model.Folders;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.TrainingProfile;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the serving code says with a tuned encoder and head, asked once from a package that is thrown away: by it the
 * head is calibrated, measured, and admitted to int8 or not.
 *
 * @param scores calibrated, of development and test rows, by the file's name
 * @param golden those golden texts that are labelled right
 */
record TunedAnswers(
        Calibration calibration,
        Map<String, List<Map<String, Double>>> scores,
        List<GoldenCase> golden,
        TrainingProfile profile,
        Int8Admission int8) {
    private static final int PROFILE_TEXTS = 2000;

    /**
     * Whom to ask, and what.
     *
     * @param trained what the profile is sampled from
     */
    record Question(
            TunedPackage files,
            LinearHead head,
            List<LabeledTexts> dev,
            List<LabeledTexts> test,
            List<LabeledText> goldenTexts,
            List<LabeledTexts> trained) {

        /** @param draft a manifest without files */
        TunedAnswers ask(ModelManifest draft, InferenceSettings inference, Progress progress)
                throws IOException, ModelRejectedException {
            Path directory = Files.createTempDirectory("lexstream-draft");
            try {
                ModelPackage written = files.write(draft, head, TunedPackage.Extras.NONE, directory);
                return ask(written, new ModelOpener(inference), progress);
            } finally {
                Folders.deleteAll(directory);
            }
        }

        private TunedAnswers ask(ModelPackage draft, ModelOpener opener, Progress progress)
                throws IOException, ModelRejectedException {
            Map<String, List<Map<String, Double>>> raw = new LinkedHashMap<>();
            List<Map<String, Double>> golden;
            List<Classification> profiled;
            try (TextModel model = opener.openToMeasure(draft, Precision.FP32)) {
                Stream.concat(dev.stream(), test.stream())
                        .forEach(file ->
                                raw.put(file.name(), TextScores.of(model, file.name(), file.texts(), progress)));
                golden = TextScores.of(
                        model,
                        "golden cases",
                        goldenTexts.stream().map(LabeledText::text).toList(),
                        progress);
                profiled = TextScores.classify(model, "profile", profileTexts(), progress);
            }
            List<String> labels = head.labels();
            Calibration calibration = Calibration.fit(dev, raw, labels);
            Map<String, List<Map<String, Double>>> scores = new LinkedHashMap<>();
            raw.forEach((file, rows) -> scores.put(file, calibration.applied(rows, labels)));
            return new TunedAnswers(
                    calibration,
                    scores,
                    GoldenCases.of(goldenTexts, calibration.applied(golden, labels)),
                    TrainingProfile.of(profiled.stream()
                            .map(said -> observation(said, calibration))
                            .toList()),
                    int8(draft, opener, calibration, scores, progress));
        }

        private Int8Admission int8(
                ModelPackage draft,
                ModelOpener opener,
                Calibration calibration,
                Map<String, List<Map<String, Double>>> fp32,
                Progress progress)
                throws IOException, ModelRejectedException {
            double loss = 0;
            int rows = 0;
            int same = 0;
            try (TextModel model = opener.openToMeasure(draft, Precision.INT8)) {
                for (LabeledTexts file : dev) {
                    List<Map<String, Double>> said = calibration.applied(
                            TextScores.of(model, file.name() + " in int8", file.texts(), progress), head.labels());
                    List<Map<String, Double>> full = fp32.getOrDefault(file.name(), List.of());
                    loss += (macroF1(file, full) - macroF1(file, said)) / dev.size();
                    for (int i = 0; i < said.size(); i++) {
                        rows++;
                        same += best(said.get(i)).equals(best(full.get(i))) ? 1 : 0;
                    }
                }
            }
            return new Int8Admission(loss, same / (double) Math.max(1, rows));
        }

        private double macroF1(LabeledTexts file, List<Map<String, Double>> scores) throws IOException {
            return Evaluation.of(List.of(file), Map.of(file.name(), scores))
                    .together()
                    .macroF1();
        }

        private List<String> profileTexts() {
            return LabeledTexts.merged("training", trained)
                    .sample(PROFILE_TEXTS, 1)
                    .texts();
        }

        private TrainingProfile.Observation observation(Classification said, Calibration calibration) {
            Map<String, Double> scores = calibration.applied(said.scores(), head.labels());
            String best = best(scores);
            return new TrainingProfile.Observation(
                    best, scores.getOrDefault(best, 0.0), said.tokens(), said.unknownTokens());
        }

        private static String best(Map<String, Double> scores) {
            return Collections.max(scores.entrySet(), Map.Entry.comparingByValue())
                    .getKey();
        }
    }
}
