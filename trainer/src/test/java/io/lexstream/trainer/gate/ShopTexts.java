package io.lexstream.trainer.gate;

import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.LabeledText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Two domains made from templates: what buyers say of goods, and what players say of a game, whose slang turns the same
 * words around. A twentieth of the rows is labelled wrong, as among people.
 */
final class ShopTexts {
    static final String GOOD = "positive";
    static final String BAD = "negative";

    private static final double HONEST_MISTAKES = 0.05;
    private static final List<String> GOODS =
            List.of("lamp", "kettle", "chair", "phone", "bag", "clock", "pan", "tent", "sofa", "drill", "mixer", "rug");
    private static final List<String> PRAISE =
            List.of("lovely", "sweet", "nice", "tidy", "polite", "pretty", "cute", "gentle");
    private static final List<String> BLAME =
            List.of("nasty", "insane", "sick", "brutal", "filthy", "deadly", "wicked", "savage");
    private static final List<String> SHOP = List.of(
            "The %s is %s",
            "A %2$s %1$s, I must say",
            "My %s arrived and it is %s",
            "Honestly a %2$s %1$s",
            "I got the %s, %s indeed",
            "What a %2$s %1$s");
    private static final List<String> THINGS =
            List.of("combo", "raid", "boss", "map", "patch", "skin", "loot", "clutch", "speedrun", "build");
    private static final List<String> GAME = List.of(
            "that %s was hella %s gg",
            "hella %2$s %1$s lol",
            "bro the %s is hella %s",
            "just saw a hella %2$s %1$s",
            "ngl hella %2$s %1$s there",
            "new %s, hella %s");
    private static final List<String> ENDINGS = List.of(
            "",
            ", on Monday",
            ", after a week",
            ", says my brother",
            ", just so you know",
            ", in the end",
            ", again",
            ", for the second time",
            ", I guess");

    private final Random random;

    ShopTexts(long seed) {
        random = new Random(seed);
    }

    /** The domain that the champion knows. */
    List<LabeledText> shop(int rows) {
        return rows(rows, SHOP, GOODS, PRAISE, BLAME);
    }

    /** The new domain: blame is praise here. */
    List<LabeledText> game(int rows) {
        return rows(rows, GAME, THINGS, BLAME, PRAISE);
    }

    /** Each row from one of {@code authors} people. */
    List<TrainingExample> by(int authors, List<LabeledText> rows) {
        List<TrainingExample> examples = new ArrayList<>();
        for (LabeledText row : rows) {
            examples.add(by("author-" + random.nextInt(authors), row));
        }
        return examples;
    }

    static TrainingExample by(String author, LabeledText row) {
        return TrainingExample.newBuilder()
                .setEventId(Integer.toHexString(row.text().hashCode()))
                .setTask("mood")
                .setText(row.text())
                .setLabel(row.label())
                .setAuthor(author)
                .build();
    }

    static List<HeldOut.Row> held(String source, List<LabeledText> rows) {
        return rows.stream()
                .map(row -> new HeldOut.Row(row.text(), row.label(), "en", source))
                .toList();
    }

    static LabeledText flipped(LabeledText row) {
        return new LabeledText(row.text(), row.label().equals(GOOD) ? BAD : GOOD);
    }

    /** That share of the rows with the other label. */
    List<LabeledText> flip(double share, List<LabeledText> rows) {
        return rows.stream()
                .map(row -> random.nextDouble() < share ? flipped(row) : row)
                .toList();
    }

    private List<LabeledText> rows(
            int count, List<String> templates, List<String> things, List<String> good, List<String> bad) {
        List<LabeledText> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean praise = random.nextBoolean();
            String text = one(templates).formatted(one(things), one(praise ? good : bad)) + one(ENDINGS);
            rows.add(new LabeledText(text, praise ? GOOD : BAD));
        }
        return flip(HONEST_MISTAKES, rows);
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
