package io.lexstream.feedback;

import io.lexstream.schemas.FeedbackAnalysis;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One text as the statistics see it.
 *
 * @param time event time
 * @param words the text in the working language, cut
 * @param sentiment label; empty if the sentiment stage did not run
 * @param confidence probability of that label; 0 without one
 * @param language ISO 639-1, or empty
 */
public record Message(
        String id,
        String product,
        String source,
        Instant time,
        String words,
        boolean spam,
        String sentiment,
        double confidence,
        String language) {
    public static final String NEGATIVE = "negative";
    public static final String NEUTRAL = "neutral";
    public static final String POSITIVE = "positive";

    private static final String STAGE = "sentiment";
    private static final int MOST_WORDS = 500;
    private static final int LONGEST_NAME = 200;
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    /** An event time further ahead of the record's own is not believed: one such text would close every window. */
    private static final Duration AHEAD = Duration.ofHours(1);

    public Message {
        if (time.toEpochMilli() < 0) {
            throw new IllegalArgumentException("event time before 1970: " + time);
        }
    }

    /** @param recordTime of the record on Kafka; it stands in for an event time that cannot be */
    public static Message of(FeedbackAnalysis analysis, Instant recordTime) {
        String language = analysis.getLanguage().toLowerCase(Locale.ROOT);
        boolean translated = !analysis.getTranslation().isBlank();
        return new Message(
                cut(analysis.getEventId(), MOST_WORDS),
                name(analysis.getProduct()),
                name(analysis.getSource()),
                time(analysis.getEventTime(), recordTime),
                cut(translated ? analysis.getTranslation() : analysis.getText(), MOST_WORDS),
                analysis.getSpam(),
                analysis.getSpam() ? "" : analysis.getSentiment(),
                confidence(analysis),
                LANGUAGE.matcher(language).matches() ? language : "");
    }

    private static Instant time(Instant eventTime, Instant recordTime) {
        boolean believable = eventTime.isAfter(Instant.EPOCH) && !eventTime.isAfter(recordTime.plus(AHEAD));
        Instant time = believable ? eventTime : recordTime;
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    }

    private static double confidence(FeedbackAnalysis analysis) {
        String sentiment = analysis.getSentiment();
        double confidence = analysis.getStages().stream()
                .filter(stage -> stage.getStage().equals(STAGE))
                .mapToDouble(stage -> stage.getScores().getOrDefault(sentiment, 0.0))
                .findFirst()
                .orElse(0);
        return sentiment.isEmpty() || !(confidence >= 0 && confidence <= 1) ? 0 : confidence;
    }

    /** NUL separates the parts of keys. */
    private static String name(String given) {
        return cut(given.replace('\0', ' '), LONGEST_NAME);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
