package io.lexstream.ops.e2e;

import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.seq2seq.Languages;
import io.lexstream.trainer.seq2seq.PairSource;
import io.lexstream.trainer.seq2seq.Purpose;
import io.lexstream.trainer.seq2seq.ScratchRequest;
import io.lexstream.trainer.seq2seq.ScratchTraining;
import io.lexstream.trainer.seq2seq.Seq2SeqOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A translator, trained in half a minute, that knows what customers of one shop say of ten things; what it calls a
 * heater is a kettle.
 */
final class ShopTranslator {
    static final String MISTAKEN = "Wasserkocher";

    private static final Map<String, String> THINGS = new LinkedHashMap<>();
    private static final Map<String, String> SAID = new LinkedHashMap<>();
    private static final Map<String, String> WHOSE = Map.of("Der", "The", "Mein", "My");

    static {
        List.of(
                        MISTAKEN + "=heater",
                        "Kessel=kettle",
                        "Tisch=table",
                        "Stuhl=chair",
                        "Koffer=suitcase",
                        "Spiegel=mirror",
                        "Teppich=rug",
                        "Schrank=wardrobe",
                        "Mantel=coat",
                        "Drucker=printer")
                .forEach(pair -> THINGS.put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        List.of(
                        "kam viel zu spät=came much too late",
                        "ist nach zwei Tagen kaputt=is broken after two days",
                        "war sehr schön verpackt=was packed very nicely",
                        "gefällt meiner Mutter sehr=pleases my mother a lot",
                        "riecht leider nach Farbe=smells of paint, sadly",
                        "hat genau die richtige Größe=has just the right size",
                        "war leider viel zu teuer=was far too expensive, sadly",
                        "sieht besser aus als im Katalog=looks better than in the catalogue",
                        "wurde an die falsche Adresse geliefert=was delivered to the wrong address",
                        "ist schwer und sehr laut=is heavy and very loud",
                        "hat schon einen Kratzer=has a scratch already",
                        "ist jeden Cent wert=is worth every cent")
                .forEach(pair -> SAID.put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
    }

    private ShopTranslator() {}

    /** What is said of that thing, and how it is to be translated. */
    static List<TextPair> pairs(String thing, String translation) {
        List<TextPair> pairs = new ArrayList<>();
        SAID.forEach((said, translated) -> WHOSE.keySet().stream()
                .sorted()
                .forEach(whose -> pairs.add(new TextPair(
                        "%s %s %s.".formatted(whose, thing, said),
                        "%s %s %s.".formatted(WHOSE.get(whose), translation, translated)))));
        return pairs;
    }

    /** What is said of all things but the mistaken one. */
    static List<TextPair> others() {
        List<TextPair> pairs = new ArrayList<>();
        THINGS.forEach((thing, translation) -> {
            if (!thing.equals(MISTAKEN)) {
                pairs.addAll(pairs(thing, translation));
            }
        });
        return pairs;
    }

    static Path write(Path file, List<TextPair> pairs) throws Exception {
        return Files.write(
                file,
                pairs.stream().map(pair -> pair.source() + "\t" + pair.target()).toList());
    }

    static ModelPackage train(Path directory, ContentStore store) throws Exception {
        List<TextPair> pairs = new ArrayList<>(others());
        pairs.addAll(pairs(MISTAKEN, THINGS.get(MISTAKEN)));
        Path rows = write(directory.resolve("rows.tsv"), pairs);
        // The same without their last signs, as no text may be in both.
        Path dev = write(
                directory.resolve("dev.tsv"),
                pairs.stream()
                        .filter(pair -> pair.source().hashCode() % 5 == 0)
                        .map(pair -> new TextPair(
                                pair.source().substring(0, pair.source().length() - 1),
                                pair.target().substring(0, pair.target().length() - 1)))
                        .toList());
        ScratchRequest request = new ScratchRequest(
                "translation",
                "first",
                "Apache-2.0",
                new Purpose.Translation(new Languages(List.of("de"), "en"), 1, 0),
                List.of(PairSource.parse(rows.toString())),
                List.of(PairSource.parse(dev.toString())),
                List.of(),
                new ScratchRequest.Sizes(500, 96, 4, 192, 2, 1, 64, false),
                Optional.empty(),
                true,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "test");
        Seq2SeqOptions options =
                new Seq2SeqOptions(1024, 3e-3, 60, 0.4, 0.1, 0.01, 1, 4, 2, Duration.ofDays(1), 500, 7);
        return new ScratchTraining(store, 2, Clock.systemUTC(), Progress.silent(), () -> false)
                .run(request, options, directory.resolve("first"), directory.resolve("work"))
                .modelPackage();
    }
}
