package io.lexstream.processors.feedback;

import io.lexstream.feedback.Estimate;
import io.lexstream.feedback.Figures;
import io.lexstream.schemas.FeedbackStats;
import java.time.Instant;

/** A window's figures as their record, without themes and terms. */
final class StatsRecord {
    private StatsRecord() {}

    static FeedbackStats of(WindowKey key, WindowState window, Instant asOf) {
        Figures figures = window.figures();
        Estimate sentiment = figures.sentiment();
        Estimate negative = figures.negativeShare();
        return FeedbackStats.newBuilder()
                .setProduct(key.product())
                .setScope(key.scope())
                .setSource(key.source())
                .setWindowStart(key.start())
                .setWindowEnd(key.end())
                .setClosed(window.closed())
                .setAsOf(asOf)
                .setTexts(figures.texts())
                .setSpam(figures.spam())
                .setSpamShare(figures.spamShare())
                .setDuplicates(figures.duplicates())
                .setLate(figures.late())
                .setSentiments(figures.sentiments())
                .setSentimentMean(sentiment.value())
                .setSentimentMeanLow(sentiment.low())
                .setSentimentMeanHigh(sentiment.high())
                .setNegativeShare(negative.value())
                .setNegativeShareLow(negative.low())
                .setNegativeShareHigh(negative.high())
                .setConfidence(figures.confidence())
                .setLanguages(figures.languages())
                .build();
    }
}
