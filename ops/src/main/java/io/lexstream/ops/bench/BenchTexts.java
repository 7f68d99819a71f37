package io.lexstream.ops.bench;

import io.lexstream.ops.demo.DemoMessages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The demo's messages over and over, as the texts that are measured with. */
public final class BenchTexts {
    /** About sixteen tokens. */
    private static final int SHORT_CHARS = 60;

    private BenchTexts() {}

    /** As feedback comes: most of one to three sentences, some far longer. */
    public static List<String> mixed(int count) throws IOException {
        return take(count, text -> true);
    }

    /** Only the short ones. */
    public static List<String> brief(int count) throws IOException {
        return take(count, text -> text.length() <= SHORT_CHARS);
    }

    private static List<String> take(int count, Predicate<String> wanted) throws IOException {
        List<String> messages =
                DemoMessages.load().texts().stream().filter(wanted).toList();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(messages.get(i % messages.size()));
        }
        return texts;
    }
}
