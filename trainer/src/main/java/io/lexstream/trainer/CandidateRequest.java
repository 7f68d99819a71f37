package io.lexstream.trainer;

import io.lexstream.model.ModelPackage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A version that the trainer service wants made. The same request, checkpoints aside, gives the same version.
 *
 * @param version unique within the task
 * @param method head, lora, last-layers or full
 * @param parent the version to go on from: its labels, encoder and golden cases are the candidate's
 * @param train rows to fit to, by where they come from
 * @param dev rows that decide when to stop
 * @param provenance where the rows come from; stands in the manifest
 * @param checkpoints a directory that outlives a killed run
 * @param budget longest time of the training
 * @param watch hears how far it is, and may call it off
 */
public record CandidateRequest(
        String task,
        String version,
        String method,
        ModelPackage parent,
        List<WeightedTexts> train,
        List<LabeledTexts> dev,
        Map<String, String> provenance,
        Path checkpoints,
        long seed,
        Duration budget,
        TrainingWatch watch) {
    public CandidateRequest {
        train = List.copyOf(train);
        dev = List.copyOf(dev);
        provenance = Map.copyOf(provenance);
        if (train.isEmpty() || dev.isEmpty()) {
            throw new IllegalArgumentException(task + "@" + version + " needs rows to fit to and rows to choose by");
        }
    }
}
