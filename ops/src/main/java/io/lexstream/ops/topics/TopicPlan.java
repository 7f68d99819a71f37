package io.lexstream.ops.topics;

import io.lexstream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One topic as it should be.
 *
 * @param partitions how many a new one gets
 * @param settings by Kafka's names
 */
public record TopicPlan(String name, int partitions, Map<String, String> settings) {
    /** Room for a chunk of a model, whatever the cluster allows by default. */
    private static final Map<String, String> COMPACTED =
            Map.of("cleanup.policy", "compact", "max.message.bytes", "1048588");

    /** Gone before Kafka forgets which of them were replayed: offsets.retention.minutes is seven days by default. */
    private static final Map<String, String> DEAD_LETTERS = Map.of(
            "cleanup.policy", "delete",
            "retention.ms", millis(Duration.ofDays(6)),
            "segment.ms", millis(Duration.ofHours(12)));

    public TopicPlan {
        if (partitions < 1) {
            throw new IllegalArgumentException("topic " + name + " needs at least 1 partition, got " + partitions);
        }
        settings = Map.copyOf(settings);
    }

    /** Every topic that {@code tasks} need; those that carry texts and results get {@code partitions}. */
    public static List<TopicPlan> all(Topics topics, List<String> tasks, int partitions) {
        List<TopicPlan> plans = new ArrayList<>();
        plans.add(new TopicPlan(topics.events(), partitions, deletedAfter(Duration.ofDays(7))));
        for (String task : tasks) {
            plans.add(new TopicPlan(topics.results(task), partitions, deletedAfter(Duration.ofDays(7))));
        }
        plans.add(new TopicPlan(topics.deadLetters(), partitions, DEAD_LETTERS));
        plans.add(new TopicPlan(topics.labels(), partitions, deletedAfter(Duration.ofDays(5 * 365))));
        plans.add(new TopicPlan(topics.review(), partitions, deletedAfter(Duration.ofDays(30))));
        plans.add(new TopicPlan(topics.examples(), 1, COMPACTED));
        plans.add(new TopicPlan(topics.runs(), 1, COMPACTED));
        plans.add(new TopicPlan(topics.drift(), 1, deletedAfter(Duration.ofDays(90))));
        plans.add(new TopicPlan(topics.feedbackAnalysis(), partitions, deletedAfter(Duration.ofDays(30))));
        plans.add(new TopicPlan(topics.feedbackProducts(), partitions, deletedAfter(Duration.ofDays(7))));
        plans.add(new TopicPlan(topics.feedbackStats(), partitions, latestOf(Duration.ofDays(365))));
        plans.add(new TopicPlan(topics.feedbackAlerts(), 1, deletedAfter(Duration.ofDays(365))));
        plans.add(new TopicPlan(topics.models(), 1, COMPACTED));
        plans.add(new TopicPlan(topics.modelBlobs(), 1, COMPACTED));
        plans.add(new TopicPlan(topics.modelStatus(), 1, COMPACTED));
        return List.copyOf(plans);
    }

    private static Map<String, String> deletedAfter(Duration retention) {
        return Map.of("cleanup.policy", "delete", "retention.ms", millis(retention));
    }

    /** The last record of each key, for that long. */
    private static Map<String, String> latestOf(Duration retention) {
        return Map.of("cleanup.policy", "compact,delete", "retention.ms", millis(retention));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
