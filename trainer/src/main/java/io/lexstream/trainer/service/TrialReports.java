package io.lexstream.trainer.service;

import io.lexstream.model.TrialFigures;
import io.lexstream.schemas.ModelState;
import io.lexstream.schemas.ModelStatus;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What all instances have said of one trial. Used by one thread. */
final class TrialReports {
    private final SortedMap<String, TrialFigures> byInstance = new TreeMap<>();
    private Optional<String> objection = Optional.empty();

    /** An objection stays, whatever the instance says after it: it may have been started anew. */
    void add(ModelStatus status) {
        if (status.getState() == ModelState.TRYING || status.getState() == ModelState.TRIPPED) {
            byInstance.put(status.getInstance(), TrialFigures.of(status.getTrial()));
        }
        if (objection.isEmpty() && status.getState() == ModelState.TRIPPED) {
            objection = Optional.of("a guard tripped in " + status.getInstance() + ": " + status.getReason());
        }
        if (objection.isEmpty() && status.getState() == ModelState.REFUSED) {
            objection = Optional.of(status.getInstance() + " refuses it: " + status.getReason());
        }
    }

    /** Which instance is against it, and why; the first that said so. */
    Optional<String> objection() {
        return objection;
    }

    /** Of all instances together. */
    TrialFigures figures() {
        return byInstance.values().stream().reduce(TrialFigures.NONE, TrialFigures::plus);
    }
}
