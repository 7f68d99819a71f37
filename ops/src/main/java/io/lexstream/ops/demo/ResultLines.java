package io.lexstream.ops.demo;

import io.lexstream.ops.records.DeadLetterHeaders;
import io.lexstream.ops.terminal.Paragraph;
import io.lexstream.ops.terminal.Style;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as lines: aligned and coloured for a person, columns between tabs for a program. */
public final class ResultLines {
    private static final int KEY_WIDTH = 18;
    private static final int MOST_PLAIN_TEXT = 200;
    /** Of what a task wrote. */
    private static final int MOST_LINES = 6;

    private static final int LEAST_WIDTH = 20;
    /** As wide as time and key. */
    private static final String INDENT = " ".repeat(8 + 2 + KEY_WIDTH);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Style style;
    private final ZoneId zone;
    private final List<String> tasks;
    private final Map<String, Integer> labelWidths = new HashMap<>();

    public ResultLines(Style style, ZoneId zone, List<String> tasks) {
        this.style = style;
        this.zone = zone;
        this.tasks = List.copyOf(tasks);
    }

    /**
     * The line of an event.
     *
     * @param shown what stands for it at the line's end: its text or its id
     */
    public String line(EnrichedEvent event, String shown, Instant now) {
        return style.terminal() ? aligned(event, shown, now) : tabbed(event, shown, now);
    }

    public String line(String key, DeadLetterHeaders deadLetter, Instant now) {
        String what = "dead letter: " + deadLetter.reason();
        return style.terminal()
                ? style.dim(time(now)) + "  " + fit(key, KEY_WIDTH) + "  " + style.red(what)
                : String.join("\t", time(now), oneLine(key), what);
    }

    private String aligned(EnrichedEvent event, String shown, Instant now) {
        StringBuilder line = new StringBuilder(style.dim(time(now)));
        line.append("  ").append(fit(event.key(), KEY_WIDTH));
        int width = INDENT.length();
        for (String task : tasks) {
            TaskAnswer answer = event.answer(task);
            if (!answer.writes()) {
                int labelWidth = labelWidths.merge(task, labelWidth(answer), Math::max);
                String label = fit(answer.label(), labelWidth);
                line.append("  ").append(coloured(label, answer)).append(' ').append(style.dim(score(answer)));
                width += 2 + labelWidth + 1 + 4;
            }
        }
        line.append("  ").append(Paragraph.beginning(oneLine(shown), style.columns() - width - 2));
        tasks.forEach(task -> line.append(below(event.answer(task))));
        return line.toString();
    }

    /** What a task wrote, in lines of its own; empty if it wrote nothing new. */
    private String below(TaskAnswer answer) {
        StringBuilder lines = new StringBuilder();
        if (!answer.text().isEmpty()) {
            int width = Math.max(LEAST_WIDTH, style.columns() - INDENT.length() - 2);
            String beside = fit(answer.caption(), KEY_WIDTH);
            for (String line : Paragraph.lines(oneLine(answer.text()), width, MOST_LINES)) {
                lines.append(System.lineSeparator())
                        .append(INDENT, 0, INDENT.length() - KEY_WIDTH)
                        .append(style.dim(beside))
                        .append("  ")
                        .append(style.cyan(line));
                beside = " ".repeat(KEY_WIDTH);
            }
        }
        return lines.toString();
    }

    private String tabbed(EnrichedEvent event, String shown, Instant now) {
        StringBuilder line = new StringBuilder(time(now)).append('\t').append(oneLine(event.key()));
        for (String task : tasks) {
            TaskAnswer answer = event.answer(task);
            line.append('\t').append(answer.label()).append('\t');
            line.append(answer.writes() ? Paragraph.beginning(oneLine(answer.text()), MOST_PLAIN_TEXT) : score(answer));
        }
        return line.append('\t')
                .append(Paragraph.beginning(oneLine(shown), MOST_PLAIN_TEXT))
                .toString();
    }

    private String coloured(String shown, TaskAnswer answer) {
        return switch (answer.label()) {
            case "positive" -> style.green(shown);
            case "negative" -> style.red(shown);
            case "spam" -> style.bold(style.yellow(shown));
            case "neutral", "ham" -> style.dim(shown);
            default -> style.cyan(shown);
        };
    }

    /** Every label of the task fits, so that the columns stand still. */
    private static int labelWidth(TaskAnswer answer) {
        return answer.labels().stream().mapToInt(String::length).max().orElse(0);
    }

    private static String score(TaskAnswer answer) {
        return String.format(Locale.ROOT, "%.2f", answer.score());
    }

    private String time(Instant now) {
        return TIME.format(now.atZone(zone));
    }

    private static String fit(String text, int width) {
        String shown = Paragraph.beginning(oneLine(text), width);
        return shown + " ".repeat(width - shown.codePointCount(0, shown.length()));
    }

    /** Without line ends, tabs and what would move a terminal's cursor. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\u2028\\u2029]+", " ")
                .strip();
    }
}
