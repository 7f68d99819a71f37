package io.lexstream.feedback;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is counted of the texts of a window. Only whole numbers: so {@link #plus} is associative and commutative to the
 * last bit, and the order that texts come in does not show.
 *
 * @param texts different texts, spam included
 * @param duplicates redelivered texts
 * @param late texts that came too late for their own window, in this one's time
 * @param sentiments texts by label
 * @param languages texts by language; "" = unknown
 * @param confidenceMillionths sum of the probabilities of the labels
 */
public record Figures(
        long texts,
        long spam,
        long duplicates,
        long late,
        SortedMap<String, Long> sentiments,
        SortedMap<String, Long> languages,
        long confidenceMillionths) {
    public static final Figures NONE = new Figures(0, 0, 0, 0, new TreeMap<>(), new TreeMap<>(), 0);
    public static final Figures DUPLICATE = new Figures(0, 0, 1, 0, new TreeMap<>(), new TreeMap<>(), 0);
    public static final Figures LATE = new Figures(0, 0, 0, 1, new TreeMap<>(), new TreeMap<>(), 0);

    private static final double MILLION = 1e6;

    public Figures {
        sentiments = Collections.unmodifiableSortedMap(new TreeMap<>(sentiments));
        languages = Collections.unmodifiableSortedMap(new TreeMap<>(languages));
    }

    /** Those of one text. */
    public static Figures of(Message message) {
        SortedMap<String, Long> sentiments = new TreeMap<>();
        if (!message.sentiment().isEmpty()) {
            sentiments.put(message.sentiment(), 1L);
        }
        SortedMap<String, Long> languages = new TreeMap<>();
        languages.put(message.language(), 1L);
        long confidence = message.sentiment().isEmpty() ? 0 : Math.round(message.confidence() * MILLION);
        return new Figures(1, message.spam() ? 1 : 0, 0, 0, sentiments, languages, confidence);
    }

    public Figures plus(Figures other) {
        return new Figures(
                texts + other.texts,
                spam + other.spam,
                duplicates + other.duplicates,
                late + other.late,
                sum(sentiments, other.sentiments),
                sum(languages, other.languages),
                confidenceMillionths + other.confidenceMillionths);
    }

    private static SortedMap<String, Long> sum(SortedMap<String, Long> one, SortedMap<String, Long> other) {
        SortedMap<String, Long> sum = new TreeMap<>(one);
        other.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return sum;
    }

    /** Texts that people meant: all but spam. */
    public long opinions() {
        return texts - spam;
    }

    /** Texts that have a sentiment. */
    public long rated() {
        return sentiments.values().stream().mapToLong(Long::longValue).sum();
    }

    public long negative() {
        return sentiments.getOrDefault(Message.NEGATIVE, 0L);
    }

    public double spamShare() {
        return texts == 0 ? 0 : (double) spam / texts;
    }

    /** Mean probability of the labels; 0 without any. */
    public double confidence() {
        return rated() == 0 ? 0 : confidenceMillionths / MILLION / rated();
    }

    /** Mean of negative = -1, neutral = 0, positive = 1; other labels are left out. */
    public Estimate sentiment() {
        return Estimate.meanOfSentiment(
                negative(),
                sentiments.getOrDefault(Message.NEUTRAL, 0L),
                sentiments.getOrDefault(Message.POSITIVE, 0L));
    }

    public Estimate negativeShare() {
        return Estimate.share(negative(), rated());
    }
}
