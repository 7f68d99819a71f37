package io.lexstream.trainer.seq2seq;

import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.Precision;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.trainer.GenerationEvaluation;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.WrittenTexts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A version that writes, asked through the very code that will serve it. */
record ServedVersion(ModelPackage version, ModelOpener opener, Progress progress) {
    /**
     * What is to be known of a version before it is given away.
     *
     * @param golden texts, and what it writes of them
     * @param test how good what it writes of kept-back files is; empty if there are none
     * @param int8 empty before it was measured
     */
    record Measured(List<GoldenCase> golden, Optional<GenerationEvaluation.Result> test, Optional<WrittenInt8> int8) {
        static final Measured NOTHING = new Measured(List.of(), Optional.empty(), Optional.empty());

        Measured {
            golden = List.copyOf(golden);
        }

        /** What the manifest admits. */
        List<String> precisions() {
            return int8.map(WrittenInt8::precisions).orElse(List.of(Precision.FP32.settingName()));
        }
    }

    /**
     * @param golden texts that it must write the same of, wherever it is opened
     * @param dev by which it is decided whether int8 is admitted; empty = it is not asked
     */
    Measured measure(List<String> golden, List<TextPairs> test, List<TextPairs> dev)
            throws IOException, ModelRejectedException {
        try (TextModel model = opener.openToMeasure(version, Precision.FP32)) {
            List<GoldenCase> cases = golden(model, golden);
            Optional<GenerationEvaluation.Result> kept =
                    test.isEmpty() ? Optional.empty() : Optional.of(evaluation(model, test));
            Optional<WrittenInt8> int8 =
                    dev.isEmpty() ? Optional.empty() : Optional.of(int8(evaluation(model, dev), dev));
            return new Measured(cases, kept, int8);
        }
    }

    /** Texts of which it writes nothing are left out: in int8 that would be an error. */
    private List<GoldenCase> golden(TextModel model, List<String> texts) {
        List<String> written = WrittenTexts.of(model, "golden texts", texts, progress);
        List<GoldenCase> cases = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!written.get(i).isBlank()) {
                cases.add(new GoldenCase(texts.get(i), written.get(i), Map.of()));
            }
        }
        return cases;
    }

    /** @param exact what fp32 writes of {@code dev} */
    private WrittenInt8 int8(GenerationEvaluation.Result exact, List<TextPairs> dev)
            throws IOException, ModelRejectedException {
        try (TextModel rounded = opener.openToMeasure(version, Precision.INT8)) {
            WrittenInt8 int8 = new WrittenInt8(
                    exact.task(), exact.together(), evaluation(rounded, dev).together());
            progress.say(int8.toString());
            return int8;
        }
    }

    private GenerationEvaluation.Result evaluation(TextModel model, List<TextPairs> files) throws IOException {
        GenerationTask task =
                GenerationTask.ofKind(version.manifest().getKind()).orElseThrow();
        return GenerationEvaluation.of(
                task, files, file -> WrittenTexts.of(model, file.name(), file.sources(), progress));
    }
}
