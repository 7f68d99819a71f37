package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.trainer.tuning.CurvePoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class TrainingReportTest {
    private static final LabeledTexts SHOP =
            new LabeledTexts("shop/<test>", "", List.of(text("very good", "a"), text("very bad", "b")), List.of());
    private static final LabeledTexts MAIL =
            new LabeledTexts("mail/test", "", List.of(text("good good", "a"), text("good", "b")), List.of());

    @Test
    void allOfTheRunIsOnThePage() throws Exception {
        String html = new TrainingReport("mood@3", curve(120), quality(), Map.of("method", "lora <8>")).html();

        assertThat(html)
                .contains("<h1>mood@3</h1>", "shop/&lt;test&gt;", "mail/test", "together", "lora &lt;8&gt;")
                .contains("training rows", "development rows", "Development macro-F1", "Learning rate", "Confusion")
                .doesNotContain("<script", "http://", "https://", "NaN", "Infinity");
    }

    @Test
    void theDrawingsAreWellFormedAndStayInsideTheirFrames() throws Exception {
        String html = new TrainingReport("mood@3", curve(120), quality(), Map.of()).html();

        List<Document> drawings = drawings(html);

        assertThat(drawings).hasSize(3);
        for (Document drawing : drawings) {
            var paths = drawing.getElementsByTagName("path");
            for (int i = 0; i < paths.getLength(); i++) {
                String[] numbers = ((Element) paths.item(i)).getAttribute("d").split("[ML ]", -1);
                for (int n = 1; n < numbers.length; n += 2) {
                    assertThat(Double.parseDouble(numbers[n])).isBetween(58.0, 624.0);
                    assertThat(Double.parseDouble(numbers[n + 1])).isBetween(14.0, 210.0);
                }
            }
        }
    }

    @Test
    void aRunWithoutACurveHasThePageWithoutDrawings() throws Exception {
        String html = new TrainingReport("mood@3", List.of(), quality(), Map.of()).html();

        assertThat(html).contains("Confusion").doesNotContain("<svg");
    }

    @Test
    void aCurveOfOnePointAndALossThatIsNotANumberDoNotBreakThePage() throws Exception {
        var broken = new CurvePoint(1, 8, Double.NaN, 0.7, Double.POSITIVE_INFINITY, 0);

        String html = new TrainingReport("mood@3", List.of(broken), quality(), Map.of()).html();

        assertThat(drawings(html)).hasSize(2);
        assertThat(html).doesNotContain("NaN", "Infinity");
    }

    static List<CurvePoint> curve(int points) {
        List<CurvePoint> made = new ArrayList<>();
        for (int i = 1; i <= points; i++) {
            double share = i / (double) points;
            double wave = Math.sin(i * 1.7) * 0.02;
            made.add(new CurvePoint(
                    i * 25,
                    i * 800L,
                    0.15 + 0.95 * Math.exp(-4 * share) + wave,
                    0.3 + 0.8 * Math.exp(-4 * share),
                    0.91 - 0.4 * Math.exp(-5 * share) + wave / 2,
                    5e-4 * Math.min(share / 0.06, (1 - share) / 0.94)));
        }
        return made;
    }

    static ModelCard.Quality quality() throws IOException {
        List<LabeledTexts> files = List.of(SHOP, MAIL);
        var words = BagOfWordsBaseline.train(List.of(text("good", "a"), text("bad", "b")), 1);
        Evaluation.Result result = Evaluation.of(words, files, Progress.silent());
        return new ModelCard.Quality(result, result, result);
    }

    private static LabeledText text(String text, String label) {
        return new LabeledText(text, label);
    }

    private static List<Document> drawings(String html) throws Exception {
        List<Document> drawings = new ArrayList<>();
        for (int at = html.indexOf("<svg"); at >= 0; at = html.indexOf("<svg", at + 1)) {
            String svg = html.substring(at, html.indexOf("</svg>", at) + 6);
            drawings.add(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8))));
        }
        return drawings;
    }
}
