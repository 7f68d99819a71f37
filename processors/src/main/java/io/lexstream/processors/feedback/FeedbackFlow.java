package io.lexstream.processors.feedback;

import io.lexstream.feedback.AlertSettings;
import io.lexstream.schemas.Topics;
import java.util.Map;

/**
 * What the windows are made of.
 *
 * @param channels partitions of feedback.analysis
 * @param clientConfig of the serdes
 */
public record FeedbackFlow(
        Topics topics,
        int channels,
        WindowSettings windows,
        AlertSettings alerts,
        Map<String, Object> clientConfig,
        FeedbackMetrics metrics) {
    public FeedbackFlow {
        clientConfig = Map.copyOf(clientConfig);
        if (channels < 1) {
            throw new IllegalArgumentException(topics.feedbackAnalysis() + " has " + channels + " partitions");
        }
        if (!windows.sizes().contains(alerts.window())) {
            throw new IllegalArgumentException(
                    "alerts.window " + alerts.window() + " is none of stats.windows " + windows.sizes());
        }
    }
}
