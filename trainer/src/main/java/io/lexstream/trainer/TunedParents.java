package io.lexstream.trainer;

import io.lexstream.model.BaseEncoder;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.onnx.LoraAdapter;
import io.lexstream.schemas.FileRole;
import io.lexstream.trainer.tuning.TuningOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The versions that a training for several tasks goes on from: a head a task, and one adapter for all of them. */
record TunedParents(Map<String, LinearHead> heads, Optional<LoraAdapter> adapter) {
    /** @throws ModelRejectedException if they are not made for one encoder with one adapter */
    static TunedParents of(List<FineTuning.Job> jobs, BaseEncoder base) throws IOException, ModelRejectedException {
        Map<String, LinearHead> heads = new HashMap<>();
        Optional<LoraAdapter> adapter = Optional.empty();
        Optional<String> shared = Optional.empty();
        for (FineTuning.Job job : jobs) {
            if (job.from().isEmpty()) {
                continue;
            }
            ModelPackage from = job.from().get();
            TunedParent parent = TunedParent.of(from);
            String file = parent.adapter().isEmpty()
                    ? ""
                    : parent.entry(FileRole.ADAPTER).getSha256();
            if (!parent.manifest().getTask().equals(job.request().task())) {
                throw new ModelRejectedException(
                        from.version() + " is not for " + job.request().task());
            }
            if (!parent.entry(FileRole.GRAPH).getSha256().equals(base.graph().getSha256())) {
                throw new ModelRejectedException(from.version() + " is not made from the base encoder " + base.name());
            }
            if (!shared.orElse(file).equals(file)) {
                throw new ModelRejectedException(
                        from.version() + " has another adapter than the other tasks' versions: train it by itself");
            }
            shared = Optional.of(file);
            adapter = parent.adapter();
            heads.put(job.request().task(), parent.head());
        }
        return new TunedParents(Map.copyOf(heads), adapter);
    }

    /** @throws ModelRejectedException if the data's labels are not those of the version */
    Optional<LinearHead> head(String task, List<String> labels) throws ModelRejectedException {
        LinearHead head = heads.get(task);
        if (head != null && !head.labels().equals(labels)) {
            throw new ModelRejectedException(
                    task + ": the version to go on from tells " + head.labels() + " apart, the data " + labels);
        }
        return Optional.ofNullable(head);
    }

    /** The options, in the shape of the adapter to go on from. */
    TuningOptions shaped(TuningOptions options) {
        return adapter.map(options::inShapeOf).orElse(options);
    }
}
