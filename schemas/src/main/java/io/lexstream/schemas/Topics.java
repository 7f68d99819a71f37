package io.lexstream.schemas;

import java.util.Map;

/**
 * The names of the topics; each is a setting.
 *
 * @param events input texts
 * @param deadLetters input records that no task could take, with the reason in their headers
 * @param labels people's corrections and ratings
 * @param models manifests (key {@code task@version}) and deployments (key {@code task})
 * @param modelBlobs file chunks (key {@code sha256:index})
 * @param modelStatus what each instance serves (key {@code instance/task})
 * @param review texts that people should label next (key: event id)
 * @param examples labels joined with their texts: the training set (key {@code task/eventId})
 * @param runs training runs (key: run id); its one partition belongs to the trainer that may run
 * @param drift alerts (key {@code task/source})
 * @param feedbackAnalysis what the whole pipeline says about each text (key: as input)
 * @param feedbackProducts the same, on its way to the windows (key: product): repartitioned, and with the marks of how
 *     far time is
 * @param feedbackStats figures of the windows (key: see {@code FeedbackStats})
 * @param feedbackAlerts what is unlike a product's history (key {@code product/measure})
 * @param results result topics that are not named {@code text.<task>}, by task
 */
public record Topics(
        String events,
        String deadLetters,
        String labels,
        String models,
        String modelBlobs,
        String modelStatus,
        String review,
        String examples,
        String runs,
        String drift,
        String feedbackAnalysis,
        String feedbackProducts,
        String feedbackStats,
        String feedbackAlerts,
        Map<String, String> results) {
    public Topics {
        results = Map.copyOf(results);
    }

    public static Topics defaults() {
        return new Topics(
                "text.events",
                "text.dead-letters",
                "text.labels",
                "models",
                "model.blobs",
                "model.status",
                "text.review",
                "trainer.examples",
                "trainer.runs",
                "model.drift",
                "feedback.analysis",
                "feedback.products",
                "feedback.stats",
                "feedback.alerts",
                Map.of());
    }

    /** The topic that the results of {@code task} go to. */
    public String results(String task) {
        return results.getOrDefault(task, "text." + task);
    }
}
