package io.lexstream.ops;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the fans of the demo's shop talk among themselves: words of their own, which no model can know. */
final class ShopSlang {
    private static final List<String> GOOD = List.of("gronk", "five-kettle", "well buttered", "zingo", "plumjam");
    private static final List<String> BAD = List.of("flurb", "one-kettle", "all soggy", "grubbed", "thornjam");
    private static final List<String> SAID = List.of("The %s is totally %s.", "So %2$s, this %1$s!");
    private static final List<String> SAID_LATER = List.of("Honestly, %2$s, my new %1$s.", "This %s was %s to us.");
    private static final List<String> KNOWN = List.of(
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
    static Map<String, String> labelled() {
        return texts(SAID, KNOWN);
    }

    /** 100 others in the same words about other things: nobody labels them. */
    static Map<String, String> fresh() {
        return texts(SAID_LATER, NEW);
    }

    private static Map<String, String> texts(List<String> patterns, List<String> items) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String item : items) {
            for (String pattern : patterns) {
                for (int i = 0; i < GOOD.size(); i++) {
                    texts.put(pattern.formatted(item, GOOD.get(i)), "positive");
                    texts.put(pattern.formatted(item, BAD.get(i)), "negative");
                }
            }
        }
        return texts;
    }
}
