package io.lexstream.trainer.gate;

import io.lexstream.trainer.TextPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** German messages to a shop and their translations, 180 of them. */
final class ShopTranslations {
    private static final Map<String, String> THINGS = Map.of(
            "Kessel",
            "kettle",
            "Toaster",
            "toaster",
            "Schal",
            "scarf",
            "Rucksack",
            "backpack",
            "Mixer",
            "blender",
            "Teppich",
            "rug",
            "Tisch",
            "table",
            "Spiegel",
            "mirror",
            "Koffer",
            "suitcase");
    private static final Map<String, String> SAID = Map.of(
            "ist nach zwei Tagen kaputt gegangen", "broke after two days",
            "kam viel zu spät bei uns an", "arrived much too late",
            "gefällt meiner Mutter sehr gut", "pleases my mother very much",
            "riecht leider nach Farbe", "smells of paint, sadly",
            "hat genau die richtige Größe", "is exactly the right size");
    private static final Map<String, String> BEFORE = Map.of(
            "Der %s %s.",
            "The %s %s.",
            "Mein neuer %s %s!",
            "My new %s %s!",
            "Also, der %s %s.",
            "Well, the %s %s.",
            "Der %s, der %s, war teuer.",
            "The %s that %s was expensive.");

    private ShopTranslations() {}

    /** In a fixed order, one sort of message after the other. */
    static List<TextPair> all() {
        List<TextPair> pairs = new ArrayList<>();
        for (String frame : BEFORE.keySet().stream().sorted().toList()) {
            for (String said : SAID.keySet().stream().sorted().toList()) {
                for (String thing : THINGS.keySet().stream().sorted().toList()) {
                    pairs.add(new TextPair(
                            frame.formatted(thing, said),
                            Objects.requireNonNull(BEFORE.get(frame)).formatted(THINGS.get(thing), SAID.get(said))));
                }
            }
        }
        return pairs;
    }

    /** What a poor model makes of a translation: it has never heard of some things. */
    static String poor(String translation) {
        return translation
                .replace("kettle", "cattle")
                .replace("suitcase", "suit case")
                .replace("rug", "rag");
    }
}
