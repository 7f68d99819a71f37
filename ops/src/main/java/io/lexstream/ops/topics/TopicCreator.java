package io.lexstream.ops.topics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are missing, and tells which ones stand in the way. */
public final class TopicCreator {
    private final Admin admin;

    /** @param admin stays the caller's */
    public TopicCreator(Admin admin) {
        this.admin = admin;
    }

    /**
     * What became of one topic.
     *
     * @param created false = it was there
     * @param problem how an existing topic differs so that it would lose data; empty = it does not
     */
    public record Outcome(TopicPlan plan, boolean created, String problem) {}

    /**
     * Makes what is missing.
     *
     * @param replication copies of each new topic; empty = the cluster's default
     */
    public List<Outcome> create(List<TopicPlan> plans, Optional<Short> replication)
            throws InterruptedException, ExecutionException {
        Set<String> existing = admin.listTopics().names().get();
        Map<String, Config> settings = settings(
                plans.stream().map(TopicPlan::name).filter(existing::contains).collect(Collectors.toSet()));
        List<Outcome> outcomes = new ArrayList<>();
        for (TopicPlan plan : plans) {
            Config found = settings.get(plan.name());
            outcomes.add(found == null ? create(plan, replication) : new Outcome(plan, false, problem(plan, found)));
        }
        return outcomes;
    }

    private Outcome create(TopicPlan plan, Optional<Short> replication)
            throws InterruptedException, ExecutionException {
        Map<String, String> settings = new HashMap<>(plan.settings());
        if (replication.orElse((short) 1) >= 3) {
            settings.put("min.insync.replicas", "2");
        }
        NewTopic topic = new NewTopic(plan.name(), Optional.of(plan.partitions()), replication).configs(settings);
        try {
            admin.createTopics(List.of(topic)).all().get();
            return new Outcome(plan, true, "");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return new Outcome(plan, false, ""); // somebody else was quicker
            }
            throw e;
        }
    }

    private Map<String, Config> settings(Set<String> topics) throws InterruptedException, ExecutionException {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, Config> settings = new HashMap<>();
        admin.describeConfigs(resources)
                .all()
                .get()
                .forEach((resource, config) -> settings.put(resource.name(), config));
        return settings;
    }

    /** A compacted topic that is deleted from forgets models; one that is compacted where it should not be, texts. */
    private static String problem(TopicPlan plan, Config found) {
        String wanted = plan.settings().getOrDefault("cleanup.policy", "delete");
        ConfigEntry entry = found.get("cleanup.policy");
        return entry == null || entry.value().equals(wanted)
                ? ""
                : "cleanup.policy is " + entry.value() + " and must be " + wanted + ": kafka-configs --alter --topic "
                        + plan.name() + " --add-config cleanup.policy=" + wanted;
    }
}
