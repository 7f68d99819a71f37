package io.lexstream.trainer.seq2seq;

import io.lexstream.onnx.Seq2SeqShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The page that tells people what a model that writes was made of and how far it came.
 *
 * @param settings name and value
 * @param measured of what it writes
 * @param notes Markdown on data, terms, limits; may be empty
 */
record ScratchCard(
        ScratchRequest request,
        Seq2SeqShape shape,
        ScratchData data,
        Seq2SeqTraining.Result result,
        double storedLoss,
        Map<String, String> settings,
        ServedVersion.Measured measured,
        String notes) {
    String markdown() {
        StringJoiner page = new StringJoiner("\n\n", "", "\n");
        page.add("# %s@%s".formatted(request.task(), request.version()));
        page.add(what());
        page.add("- License of the model: " + (request.license().isEmpty() ? "not stated" : request.license()));
        if (!notes.isEmpty()) {
            page.add(notes);
        }
        measured.test()
                .ifPresent(test -> page.add("## How good what it writes is")
                        .add(
                                "On kept-back rows, by which this run neither fitted nor chose anything, opened as it is served, in"
                                        + " fp32; in brackets the 95 % interval of 1,000 samples of the rows.")
                        .add(CardTables.written(test)));
        measured.int8().ifPresent(int8 -> page.add(int8 + "."));
        if (!measured.golden().isEmpty()) {
            page.add("## What it writes").add(examples());
        }
        page.add("## How far it came").add(looks());
        page.add("### The way there").add(curve());
        page.add("## Data").add(rows());
        page.add("## How it was made").add(CardTables.settings(settings)).add("```\n" + request.command() + "\n```");
        return page.toString();
    }

    private String what() {
        String does = request.purpose() instanceof Purpose.Translation
                ? "Translates " + request.purpose()
                : "Summarises in words of its own";
        String decoder =
                String.format(Locale.ROOT, "width %d, vocabulary of %,d subwords", shape.width(), shape.vocabulary());
        return request.pretrained().isPresent()
                ? "%s. A Transformer decoder of %d layers (%s) behind a pretrained encoder: %s; that is not in the package."
                        .formatted(
                                does,
                                shape.decoderLayers(),
                                decoder,
                                request.pretrained().get())
                : "%s. An encoder-decoder Transformer trained from scratch: %d + %d layers, %s."
                        .formatted(does, shape.encoderLayers(), shape.decoderLayers(), "joint " + decoder);
    }

    private String curve() {
        StringJoiner table = new StringJoiner("\n");
        table.add("| step | pairs seen | training | development | right tokens |\n|---:|---:|---:|---:|---:|");
        result.curve()
                .forEach(point -> table.add(String.format(
                        Locale.ROOT,
                        "| %d | %d | %.3f | %.3f | %.1f %% |",
                        point.step(),
                        point.seen(),
                        point.loss(),
                        point.devLoss(),
                        100 * point.devScore())));
        return table.toString();
    }

    private String examples() {
        StringJoiner list = new StringJoiner("\n");
        measured.golden()
                .forEach(example ->
                        list.add("- " + oneLine(example.getText()) + "\n  **" + oneLine(example.getLabel()) + "**"));
        return "Of kept-back texts, as it came out:\n\n" + list;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private String looks() {
        StringJoiner table = new StringJoiner("\n");
        table.add("Cross entropy of a token in nats, and the share of right tokens given those before, on rows that "
                + "chose among the last weights:\n");
        table.add("| development rows | cross entropy | right tokens |").add("|---|---:|---:|");
        result.devByFile()
                .forEach((name, score) -> table.add(String.format(
                        Locale.ROOT, "| %s | %.3f | %.1f %% |", name, score.loss(), 100 * score.macroF1())));
        table.add(String.format(
                Locale.ROOT,
                "| all, by weight | %.3f | %.1f %% |",
                result.dev().loss(),
                100 * result.dev().macroF1()));
        return table
                + String.format(
                        Locale.ROOT,
                        "%n%nWith the weights as they are stored: %.4f instead of %.4f.",
                        storedLoss,
                        result.dev().loss());
    }

    private String rows() {
        Map<String, List<PairRows>> files = new LinkedHashMap<>();
        files.put("training", data.files());
        files.put("development", data.dev());
        files.put("kept back", data.test());
        StringJoiner left = new StringJoiner(", ");
        new TreeMap<>(data.dropped()).forEach((reason, count) -> left.add("%,d %s".formatted(count, reason)));
        return CardTables.files(files) + "\n\nOf the training pairs and their sentences were left out: "
                + (data.dropped().isEmpty() ? "none" : left) + ".";
    }
}
