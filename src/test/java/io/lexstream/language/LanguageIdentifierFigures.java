package io.lexstream.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Measures language identification on files of rows {@code {"label": "de", "text": "..."}}, or of two columns whose
 * language the argument says ({@code en,fr=FILE.tsv.gz}); docs/decisions/011-language-identification.md has the command
 * and what it said.
 */
final class LanguageIdentifierFigures {
    private static final Set<String> EXPECTED = Set.of("en", "de", "fr", "es");
    private static final int SHORT = 20;

    private LanguageIdentifierFigures() {}

    private record Row(String language, String text) {}

    /** Prints two lines a file: its texts, and those (or their first words) under 20 characters. */
    @SuppressWarnings("SystemOut") // a measurement for people
    public static void main(String[] arguments) throws IOException {
        LanguageIdentifier identifier = new LanguageIdentifier(IdentifierSettings.expecting(EXPECTED));
        for (String argument : arguments) {
            List<Row> rows = read(argument);
            measure(identifier, rows); // warm
            System.out.println(argument + ": " + measure(identifier, rows));
            List<Row> begun = rows.stream()
                    .map(row -> new Row(row.language(), firstWords(row.text())))
                    .toList();
            System.out.println("  first words under " + SHORT + " characters: " + measure(identifier, begun));
            List<Row> brief =
                    rows.stream().filter(row -> row.text().length() < SHORT).toList();
            System.out.println("  texts under " + SHORT + " characters: " + measure(identifier, brief));
        }
    }

    private static String measure(LanguageIdentifier identifier, List<Row> rows) {
        int expected = 0;
        int right = 0;
        int unknown = 0;
        int likeliest = 0;
        int others = 0;
        int taken = 0;
        long start = System.nanoTime();
        for (Row row : rows) {
            Identification identification = identifier.identify(row.text());
            if (EXPECTED.contains(row.language())) {
                expected++;
                right += identification.language().equals(row.language()) ? 1 : 0;
                likeliest += identification.likeliest().equals(row.language()) ? 1 : 0;
                unknown += identification.isKnown() ? 0 : 1;
            } else {
                others++;
                taken += EXPECTED.contains(identification.language()) ? 1 : 0;
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return "expected %d: right %.3f unknown %.3f, likeliest of them right %.3f; others %d: taken for expected %.3f; %.0f texts/s"
                .formatted(
                        expected,
                        (double) right / Math.max(1, expected),
                        (double) unknown / Math.max(1, expected),
                        (double) likeliest / Math.max(1, expected),
                        others,
                        (double) taken / Math.max(1, others),
                        rows.size() / seconds);
    }

    private static String firstWords(String text) {
        int end = 0;
        for (int space = text.indexOf(' '); space > 0 && space < SHORT; space = text.indexOf(' ', space + 1)) {
            end = space;
        }
        return text.length() < SHORT ? text : text.substring(0, end);
    }

    private static List<Row> read(String argument) throws IOException {
        int equals = argument.indexOf('=');
        String[] columns =
                equals < 0 ? new String[0] : argument.substring(0, equals).split(",");
        List<Row> rows = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(argument.substring(equals + 1)))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (columns.length == 0) {
                    JsonNode row = json.readTree(line);
                    rows.add(new Row(row.get("label").asText(), row.get("text").asText()));
                } else {
                    String[] cells = line.split("\t", -1);
                    for (int i = 0; i < columns.length; i++) {
                        rows.add(new Row(columns[i], cells[i]));
                    }
                }
            }
        }
        return rows;
    }
}
