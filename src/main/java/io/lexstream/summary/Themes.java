package io.lexstream.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many texts in one: what they speak of, most spoken of first, each theme in a few quotes. The same remarks give the
 * same themes.
 */
public final class Themes {
    /** Cosine of embeddings from which on two remarks count as one. */
    private static final double SAME = 0.95;

    /** Different remarks that are clustered; of more, every n-th is, and the others join the nearest theme. */
    private static final int MOST_CLUSTERED = 1000;

    /** Most clusters that are tried for each theme that may be shown: what remains small is no theme. */
    private static final int CLUSTERS_PER_THEME = 3;

    private final ThemeSettings settings;

    private Themes(ThemeSettings settings) {
        this.settings = settings;
    }

    /**
     * The themes of {@code remarks}.
     *
     * @param embeddings one for each remark, all by one encoder
     */
    public static List<Theme> of(List<Remark> remarks, List<float[]> embeddings, ThemeSettings settings) {
        if (remarks.size() != embeddings.size()) {
            throw new IllegalArgumentException(embeddings.size() + " embeddings for " + remarks.size() + " remarks");
        }
        return remarks.isEmpty() ? List.of() : new Themes(settings).find(opinions(remarks, embeddings));
    }

    private List<Theme> find(List<Opinion> opinions) {
        List<float[]> centred = centred(opinions);
        int[] cluster = new RemarkClusters(centred, settings.mostThemes() * CLUSTERS_PER_THEME, MOST_CLUSTERED).cut();
        Map<Integer, List<Opinion>> byCluster = new LinkedHashMap<>();
        for (int i = 0; i < cluster.length; i++) {
            byCluster.computeIfAbsent(cluster[i], number -> new ArrayList<>()).add(opinions.get(i));
        }
        return byCluster.values().stream()
                .map(members -> new ThemeQuotes(members, settings).theme())
                .filter(theme -> theme.texts() >= settings.leastTexts())
                .sorted(Comparator.comparingInt(Theme::texts).reversed()) // stable: of equals the one that came first
                .limit(settings.mostThemes())
                .toList();
    }

    /** What all have in common, such as the business, says nothing of their themes: it is taken away. */
    private static List<float[]> centred(List<Opinion> opinions) {
        float[] mean = Vectors.mean(opinions.stream().map(Opinion::embedding).toList());
        return opinions.stream()
                .map(opinion -> Vectors.normal(Vectors.minus(opinion.embedding(), mean)))
                .toList();
    }

    /** Remarks that say nearly the same, put together; in order of the first of each. */
    private static List<Opinion> opinions(List<Remark> remarks, List<float[]> embeddings) {
        List<Opinion> opinions = new ArrayList<>();
        Map<List<String>, Opinion> byWords = new HashMap<>();
        for (int i = 0; i < remarks.size(); i++) {
            Remark remark = remarks.get(i);
            float[] embedding = Vectors.normal(embeddings.get(i));
            List<String> words = Words.in(remark.words());
            Opinion known = byWords.get(words);
            if (known == null) {
                known = opinions.stream()
                        .filter(opinion -> Vectors.dot(opinion.embedding(), embedding) >= SAME)
                        .findFirst()
                        .orElseGet(() -> {
                            Opinion fresh = new Opinion(embedding);
                            opinions.add(fresh);
                            return fresh;
                        });
                byWords.put(words, known);
            }
            known.add(remark);
        }
        return opinions;
    }
}
