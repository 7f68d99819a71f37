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

/**
 * The versions that a training for several tasks goes on from: a head a task, and one adapter for all of them; of
 * several versions of a task their mean (model soups, Wortsman et al. 2022).
 */
record TunedParents(Map<String, LinearHead> heads, Optional<LoraAdapter> adapter) {
    /** @throws ModelRejectedException if they are not made for one encoder with one adapter */
    static TunedParents of(List<FineTuning.Job> jobs, BaseEncoder base) throws IOException, ModelRejectedException {
        Map<String, LinearHead> heads = new HashMap<>();
        Optional<LoraAdapter> adapter = Optional.empty();
        Optional<String> shared = Optional.empty();
        for (FineTuning.Job job : jobs) {
            StringBuilder files = new StringBuilder();
            int parents = 0;
            for (ModelPackage from : job.from()) {
                TunedParent parent = parent(from, job.request().task(), base);
                files.append(
                        parent.adapter().isEmpty()
                                ? ""
                                : parent.entry(FileRole.ADAPTER).getSha256());
                double share = 1.0 / ++parents;
                if (parents > 1 && adapter.isEmpty() != parent.adapter().isEmpty()) {
                    throw new ModelRejectedException(
                            "one of the versions has no adapter: there is no mean with " + from.version());
                }
                try {
                    adapter = parents == 1
                            ? parent.adapter()
                            : adapter.flatMap(mean -> parent.adapter().map(other -> mean.toward(other, share)));
                    heads.merge(job.request().task(), parent.head(), (mean, head) -> mean.toward(head, share));
                } catch (IllegalArgumentException e) {
                    throw new ModelRejectedException(
                            "there is no mean with " + from.version() + ": " + e.getMessage(), e);
                }
            }
            if (parents > 0 && !shared.orElse(files.toString()).contentEquals(files)) {
                throw new ModelRejectedException(
                        job.request().task() + ": another adapter than the other tasks' versions: train it by itself");
            }
            shared = parents > 0 ? Optional.of(files.toString()) : shared;
        }
        return new TunedParents(Map.copyOf(heads), adapter);
    }

    private static TunedParent parent(ModelPackage from, String task, BaseEncoder base)
            throws IOException, ModelRejectedException {
        TunedParent parent = TunedParent.of(from);
        if (!parent.manifest().getTask().equals(task)) {
            throw new ModelRejectedException(from.version() + " is not for " + task);
        }
        if (!parent.entry(FileRole.GRAPH).getSha256().equals(base.graph().getSha256())) {
            throw new ModelRejectedException(from.version() + " is not made from the base encoder " + base.name());
        }
        return parent;
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
