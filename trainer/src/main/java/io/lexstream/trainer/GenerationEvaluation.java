package io.lexstream.trainer;

import io.lexstream.trainer.metrics.Bootstrap;
import io.lexstream.trainer.metrics.Figure;
import io.lexstream.trainer.metrics.MetricCounts;
import io.lexstream.trainer.metrics.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Has texts written and measures them beside what people wrote: each file by itself, and all together. */
public final class GenerationEvaluation {
    /** What writes a text for each source of a file, in the file's order. */
    public interface Writer {
        List<String> write(TextPairs file) throws IOException;
    }

    /**
     * @param files one report a file, in their order
     * @param together all rows as one
     */
    public record Result(GenerationTask task, List<GenerationReport> files, GenerationReport together) {
        public Result {
            files = List.copyOf(files);
        }
    }

    private static final String MODEL = "model";

    private final GenerationTask task;
    private final List<GenerationReport> reports = new ArrayList<>();
    private final Map<String, MetricCounts> all = new LinkedHashMap<>();
    private int rows;
    private int skipped;

    private GenerationEvaluation(GenerationTask task) {
        this.task = task;
        all.put(MODEL, new MetricCounts(task.metrics()));
        task.baselines().keySet().forEach(name -> all.put(name, new MetricCounts(task.metrics())));
    }

    /** @throws DataException if there is no file */
    public static Result of(GenerationTask task, List<TextPairs> files, Writer writer) throws IOException {
        if (files.isEmpty()) {
            throw new DataException("no data file to evaluate on");
        }
        GenerationEvaluation evaluation = new GenerationEvaluation(task);
        for (TextPairs file : files) {
            evaluation.add(file, writer.write(file));
        }
        return new Result(
                task,
                evaluation.reports,
                evaluation.report("together", evaluation.rows, evaluation.skipped, evaluation.all));
    }

    private void add(TextPairs file, List<String> written) {
        if (written.size() != file.rows().size()) {
            throw new IllegalArgumentException("%s: %d texts for %d rows"
                    .formatted(file.name(), written.size(), file.rows().size()));
        }
        Map<String, List<String>> texts = new LinkedHashMap<>();
        texts.put(MODEL, written);
        task.baselines()
                .forEach((name, baseline) ->
                        texts.put(name, file.sources().stream().map(baseline).toList()));
        Map<String, MetricCounts> counts = new LinkedHashMap<>();
        all.forEach((writer, sum) -> {
            MetricCounts own = new MetricCounts(task.metrics());
            own.add(segments(file, texts.getOrDefault(writer, List.of())));
            counts.put(writer, own);
            sum.add(own);
        });
        rows += written.size();
        skipped += file.skipped().size();
        reports.add(report(file.name(), written.size(), file.skipped().size(), counts));
    }

    private GenerationReport report(String name, int rows, int skipped, Map<String, MetricCounts> counts) {
        Map<String, Map<String, Figure>> figures = new LinkedHashMap<>();
        counts.forEach((writer, sum) -> figures.put(writer, sum.figures(Bootstrap.DEFAULT)));
        Map<String, Figure> model = figures.getOrDefault(MODEL, Map.of());
        figures.remove(MODEL);
        return new GenerationReport(name, rows, skipped, model, figures);
    }

    private static List<Segment> segments(TextPairs file, List<String> written) {
        return IntStream.range(0, written.size())
                .mapToObj(row -> {
                    TextPair pair = file.rows().get(row);
                    return new Segment(pair.source(), written.get(row), pair.target());
                })
                .toList();
    }
}
