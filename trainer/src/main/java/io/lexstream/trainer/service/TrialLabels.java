package io.lexstream.trainer.service;

import io.lexstream.schemas.Deployment;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** People's labels of all trials that are live: opened when one begins, closed when it is over. Used by one thread. */
final class TrialLabels implements TrialController.Labels, AutoCloseable {
    private final Clients clients;
    private final Champions champions;
    private final Map<Deployment, LabelledTrial> trials = new HashMap<>();

    TrialLabels(Clients clients, Champions champions) {
        this.clients = clients;
        this.champions = champions;
    }

    /** @param live the deployments that are live now */
    void step(Collection<Deployment> live) {
        trials.entrySet().removeIf(trial -> {
            boolean isOver = !live.contains(trial.getKey());
            if (isOver) {
                trial.getValue().close();
            }
            return isOver;
        });
        for (Deployment deployment : live) {
            if (TrialController.isTrial(deployment)) {
                trials.computeIfAbsent(deployment, trial -> LabelledTrial.open(clients, champions, trial))
                        .step();
            }
        }
    }

    boolean isBusy() {
        return trials.values().stream().anyMatch(LabelledTrial::isBusy);
    }

    @Override
    public Optional<Agreement> since(Deployment trial) {
        return Optional.ofNullable(trials.get(trial)).flatMap(LabelledTrial::agreement);
    }

    @Override
    public void close() {
        trials.values().forEach(LabelledTrial::close);
        trials.clear();
    }
}
