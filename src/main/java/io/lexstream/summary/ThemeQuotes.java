package io.lexstream.summary;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One theme, told by the opinions that stand for it best: maximal marginal relevance, as in {@link Selection}. */
final class ThemeQuotes {
    private final List<Opinion> members;
    private final ThemeSettings settings;

    ThemeQuotes(List<Opinion> members, ThemeSettings settings) {
        this.members = members;
        this.settings = settings;
    }

    Theme theme() {
        Set<Integer> texts = new HashSet<>();
        members.forEach(member -> texts.addAll(member.texts()));
        double[] worth = worth();
        List<Opinion> chosen = new ArrayList<>();
        while (chosen.size() < Math.min(settings.quotes(), members.size())) {
            Opinion best = best(worth, chosen);
            if (isTooLong(best) && !chosen.isEmpty()) {
                break; // the short ones are used up
            }
            chosen.add(best);
        }
        return new Theme(texts.size(), chosen.stream().map(this::quote).toList());
    }

    /** How near each opinion is to what all texts of the theme say; one that many texts share weighs more. */
    private double[] worth() {
        List<float[]> said = new ArrayList<>();
        for (Opinion member : members) {
            member.texts().forEach(text -> said.add(member.embedding()));
        }
        float[] centre = Vectors.normal(Vectors.mean(said));
        return members.stream()
                .mapToDouble(member -> Vectors.dot(member.embedding(), centre))
                .toArray();
    }

    private Opinion best(double[] worth, List<Opinion> chosen) {
        Opinion best = members.get(0);
        double bestValue = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < worth.length; i++) {
            Opinion member = members.get(i);
            if (chosen.contains(member)) {
                continue;
            }
            double likeness = chosen.stream()
                    .mapToDouble(other -> Vectors.dot(other.embedding(), member.embedding()))
                    .max()
                    .orElse(0);
            double value = (1 - settings.novelty()) * worth[i] - settings.novelty() * likeness;
            if (isTooLong(member)) {
                value -= 2 * member.quotable(settings.quoteCharacters()).words().length(); // the shortest, if any
            }
            if (value > bestValue) {
                best = member;
                bestValue = value;
            }
        }
        return best;
    }

    private boolean isTooLong(Opinion opinion) {
        return opinion.quotable(settings.quoteCharacters()).words().length() > settings.quoteCharacters();
    }

    private Theme.Quote quote(Opinion opinion) {
        Remark remark = opinion.quotable(settings.quoteCharacters());
        return new Theme.Quote(remark.words(), remark.text(), opinion.texts().size());
    }
}
