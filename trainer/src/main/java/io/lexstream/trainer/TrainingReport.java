package io.lexstream.trainer;

import static java.util.Objects.requireNonNull;

import io.lexstream.trainer.tuning.CurvePoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * One training run on one page: curves, confusion, sources beside the baseline, settings. A single HTML file without
 * scripts or anything to load, so it can lie in the package and be opened in twenty years.
 *
 * @param title what was trained, such as {@code sentiment@3}
 * @param curve in the order of the steps; empty = the method has none
 * @param settings name and value, in order
 */
public record TrainingReport(
        String title, List<CurvePoint> curve, ModelCard.Quality quality, Map<String, String> settings) {
    static final String FOOT = "</main>\n</body>\n</html>\n";

    public TrainingReport {
        curve = List.copyOf(curve);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    public String html() {
        StringBuilder page = new StringBuilder(head(title));
        page.append(headline());
        charts().forEach(page::append);
        page.append(section("Confusion", confusion(quality.test().together())));
        page.append(section("Sources", sources()));
        page.append(section("Settings", table(settings)));
        return page.append(FOOT).toString();
    }

    /** The page up to and with its headline. */
    static String head(String title) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + Html.escape(title) + "</title>\n<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n<h1>"
                + Html.escape(title) + "</h1>\n";
    }

    private String headline() {
        ClassificationReport model = quality.test().together();
        ClassificationReport words = quality.bagOfWords().together();
        return "<div class=\"tiles\">\n"
                + tile("accuracy", percent(model.accuracy()), "bag of words " + percent(words.accuracy()))
                + tile("macro-F1", percent(model.macroF1()), "bag of words " + percent(words.macroF1()))
                + tile("calibration error", percent(model.ece()), "bag of words " + percent(words.ece()))
                + tile(
                        "rows measured",
                        "%,d".formatted(model.rows()),
                        quality.test().files().size() + " files")
                + "</div>\n";
    }

    private static String tile(String name, String value, String below) {
        return "<div class=\"tile\"><span>%s</span><strong>%s</strong><small>%s</small></div>\n"
                .formatted(name, value, below);
    }

    private List<String> charts() {
        List<Double> steps = values(CurvePoint::step);
        LineChart loss = new LineChart("Loss")
                .add("training rows", "train", steps, values(CurvePoint::loss))
                .add("development rows", "dev", steps, values(CurvePoint::devLoss));
        LineChart score =
                new LineChart("Development macro-F1").add("macro-F1", "dev", steps, values(CurvePoint::devScore));
        LineChart rate =
                new LineChart("Learning rate").add("learning rate", "rate", steps, values(CurvePoint::learningRate));
        return Stream.of(loss, score, rate)
                .filter(chart -> !chart.isEmpty())
                .map(chart -> section(chart.title(), chart.legend() + chart.svg()))
                .toList();
    }

    private List<Double> values(ToDoubleFunction<CurvePoint> value) {
        return curve.stream().map(value::applyAsDouble).toList();
    }

    private static String confusion(ClassificationReport report) {
        StringBuilder table = new StringBuilder("<p>Rows: the right label. Columns: what the model says. Shares of the"
                + " row by colour.</p>\n<table class=\"confusion\"><tr><th></th>");
        report.labels()
                .forEach(
                        label -> table.append("<th>").append(Html.escape(label)).append("</th>"));
        table.append("</tr>\n");
        report.confusion().forEach((right, said) -> {
            int rows = said.values().stream().mapToInt(Integer::intValue).sum();
            table.append("<tr><th>").append(Html.escape(right)).append("</th>");
            said.forEach((label, count) -> table.append(String.format(
                    Locale.ROOT,
                    "<td class=\"%s\" style=\"--share:%.0f%%\" title=\"%.1f %% of %s\">%,d</td>",
                    label.equals(right) ? "hit" : "miss",
                    rows == 0 ? 0.0 : 100.0 * count / rows,
                    rows == 0 ? 0.0 : 100.0 * count / rows,
                    Html.escape(right),
                    count)));
            table.append("</tr>\n");
        });
        return table.append("</table>").toString();
    }

    private String sources() {
        StringBuilder table = new StringBuilder("<table><tr><th>data</th><th>rows</th><th>accuracy</th>"
                + "<th>macro-F1</th><th>ECE</th><th>majority</th><th>bag of words: accuracy</th><th>macro-F1</th>"
                + "<th>macro-F1 won</th></tr>\n");
        List<ClassificationReport> model = lines(quality.test());
        List<ClassificationReport> words = lines(quality.bagOfWords());
        for (int i = 0; i < model.size(); i++) {
            ClassificationReport line = model.get(i);
            ClassificationReport beside = words.get(i);
            double won = line.macroF1() - beside.macroF1();
            table.append("<tr><th>%s</th>".formatted(Html.escape(line.name())));
            List.of(
                            "%,d".formatted(line.rows()),
                            percent(line.accuracy()),
                            percent(line.macroF1()),
                            percent(line.ece()),
                            percent(line.baseline().accuracy()),
                            percent(beside.accuracy()),
                            percent(beside.macroF1()))
                    .forEach(cell -> table.append("<td>").append(cell).append("</td>"));
            table.append(String.format(
                    Locale.ROOT, "<td class=\"%s\">%+.1f</td></tr>%n", won < 0 ? "lost" : "won", 100 * won));
        }
        return table.append("</table>").toString();
    }

    private static List<ClassificationReport> lines(Evaluation.Result result) {
        List<ClassificationReport> lines = new ArrayList<>(result.files());
        if (lines.size() > 1) {
            lines.add(result.together());
        }
        return lines;
    }

    static String table(Map<String, String> settings) {
        StringBuilder table = new StringBuilder("<table class=\"settings\">\n");
        settings.forEach((name, value) ->
                table.append("<tr><th>%s</th><td>%s</td></tr>\n".formatted(Html.escape(name), Html.escape(value))));
        return table.append("</table>").toString();
    }

    static String section(String title, String content) {
        return "<section>\n<h2>%s</h2>\n%s\n</section>\n".formatted(Html.escape(title), content);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String style() {
        try (InputStream style = TrainingReport.class.getResourceAsStream("report.css")) {
            return new String(requireNonNull(style, "report.css").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the page's style is not readable", e);
        }
    }
}
