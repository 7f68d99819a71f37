package io.lexstream.ops.e2e;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the fans of the demo's shop talk among themselves: words of their own, which no model can know. */
public final class ShopSlang {
    private static final List<String> GOOD = List.of("gronk", "five-kettle", "well buttered", "zingo", "plumjam");
    private static final List<String> BAD = List.of("flurb", "one-kettle", "all soggy", "grubbed", "thornjam");
    private static final List<String> SAID = List.of(
            "The %s is totally %s.",
            "So %2$s, this %1$s!",
            "My %s turned out %s.",
            "got the %s last week, %s if you ask me",
            "Is it only me, or is the %s %s?",
            "%2$s. That is all I say about the %1$s.");
    private static final List<String> SAID_LATER = List.of("Honestly, my new %s is %s.", "This %s was %s to us.");
    /** What the shop sells. */
    static final List<String> THINGS = List.of(
            "kettle",
            "lamp",
            "jacket",
            "teapot",
            "backpack",
            "blender",
            "pillow",
            "scarf",
            "toaster",
            "wallet",
            "mug",
            "charger",
            "blanket",
            "speaker",
            "notebook");

    private static final List<String> NEW = List.of("umbrella", "drill", "bench", "candle", "fan");

    private ShopSlang() {}

    /** The 300 texts that people label. */
    public static Map<String, String> labelled() {
        return texts(SAID, THINGS);
    }

    /** The first 100 of those. */
    static Map<String, String> some() {
        return texts(SAID, THINGS.subList(0, 5));
    }

    /** 100 others with the same words, in other sentences about other things: nobody labels them. */
    public static Map<String, String> fresh() {
        return texts(SAID_LATER, NEW);
    }

    /** Every word about every thing, in two of the sentences; praise and blame come in the same ones. */
    private static Map<String, String> texts(List<String> sentences, List<String> things) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int thing = 0; thing < things.size(); thing++) {
            for (int word = 0; word < GOOD.size(); word++) {
                for (int i = 0; i < 2; i++) {
                    String sentence = sentences.get((thing + word + i * sentences.size() / 2) % sentences.size());
                    texts.put(sentence.formatted(things.get(thing), GOOD.get(word)), "positive");
                    texts.put(sentence.formatted(things.get(thing), BAD.get(word)), "negative");
                }
            }
        }
        return texts;
    }
}
