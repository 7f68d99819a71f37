package io.lexstream.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lexstream.inference.BatchEngine;
import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.Classification;
import io.lexstream.inference.EngineObserver;
import io.lexstream.inference.ExtractedSummary;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.ModelSlot;
import io.lexstream.inference.TaskResult;
import io.lexstream.inference.TextOutput;
import io.lexstream.inference.Translation;
import io.lexstream.inference.WrittenText;
import io.lexstream.model.ModelPackage;
import io.lexstream.ops.records.RecordJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code predict}: texts in; labels, translations or summaries out; without Kafka. */
@Command(
        name = "predict",
        description = {
            "Read one text a line from standard input, print one JSON object a line, in the same order.",
            "It is the inference that the processors run; a line that cannot be read gives {\"error\": ...}."
        },
        footer = {
            "",
            "Examples:",
            "  echo 'Arrived broken, nobody answers.' | lexstream predict --task sentiment",
            "  lexstream predict --task summary < long.txt",
            "  lexstream predict --task intent --model build/intent < texts.txt > labels.jsonl"
        })
final class PredictCommand implements Callable<Integer> {
    private static final int MOST_AHEAD = 2048;

    private final Shell shell;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(names = "--with-text", description = "Repeat the text in each object.")
    private boolean withText;

    PredictCommand(Shell shell) {
        this.shell = shell;
    }

    private record Line(String text, Optional<CompletableFuture<Map<String, TaskResult>>> results) {}

    @Override
    public Integer call() throws Exception {
        ModelPackage modelPackage = model.open(shell);
        String task = modelPackage.version().task();
        InferenceSettings settings = new InferenceSettings(1, 1, model.precision());
        try (ModelSlot slot = new ModelSlot(task)) {
            slot.swap(modelPackage.version(), new ModelOpener(settings).open(modelPackage));
            int cores = Runtime.getRuntime().availableProcessors();
            try (var engine = new BatchEngine(BatchSettings.forCpu(cores), Map.of(task, slot), EngineObserver.NONE);
                    var lines = new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8))) {
                predict(lines, engine);
            }
        }
        return 0;
    }

    /** Reads ahead as long as there is something to read, so that batches fill; answers at once when there is not. */
    private void predict(BufferedReader lines, BatchEngine engine)
            throws IOException, InterruptedException, ExecutionException {
        Deque<Line> ahead = new ArrayDeque<>();
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
            ahead.add(new Line(text, text.isBlank() ? Optional.empty() : Optional.of(engine.submit(text))));
            while (ahead.size() > MOST_AHEAD || (!ahead.isEmpty() && !lines.ready())) {
                print(ahead.remove());
            }
        }
        while (!ahead.isEmpty()) {
            print(ahead.remove());
        }
    }

    private void print(Line line) throws InterruptedException, ExecutionException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (withText) {
            json.put("text", line.text());
        }
        if (line.results().isEmpty()) {
            json.put("error", "the text is empty");
        } else {
            Map<String, TaskResult> ofTheTask = line.results().get().get();
            write(ofTheTask.values().iterator().next(), json);
        }
        shell.out().println(RecordJson.line(json));
    }

    private static void write(TaskResult result, ObjectNode json) {
        if (result instanceof TaskResult.Failure failure) {
            json.put("error", Failures.describe(failure.cause()));
        } else if (result instanceof TaskResult.Success success) {
            write(success.output(), json);
        }
        json.put("model", result.model().toString());
    }

    private static void write(TextOutput output, ObjectNode json) {
        if (output instanceof Classification classification) {
            json.put("label", classification.label());
            ObjectNode scores = json.putObject("scores");
            classification.scores().forEach(scores::put);
            json.put("truncated", classification.truncated());
        } else if (output instanceof WrittenText written) {
            write(written, json);
        }
    }

    private static void write(WrittenText written, ObjectNode json) {
        if (written instanceof Translation translation) {
            json.put("translation", translation.text());
            json.put("status", translation.verdict());
            if (!translation.sourceLanguage().isEmpty()) {
                json.put("sourceLanguage", translation.sourceLanguage());
            }
        } else {
            json.put("summary", written.text());
        }
        if (written instanceof ExtractedSummary summary) {
            ArrayNode sentences = json.putArray("sentences");
            summary.sentences().forEach(sentences::add);
            json.put("unchanged", summary.whole());
        }
        json.put("truncated", written.truncated());
    }
}
