package io.lexstream.trainer.service;

import io.lexstream.trainer.gate.AuditReport;
import io.lexstream.trainer.gate.Check;
import java.util.List;
import java.util.Map;

/** The labels that came since the champion was made are not to be trained on. */
final class LabelsRefusedException extends Exception {
    private final transient AuditReport audit;

    LabelsRefusedException(AuditReport audit) {
        super("the labels are refused");
        this.audit = audit;
    }

    /** What spoke against them, a sentence a check. */
    List<String> reasons() {
        return audit.checks().stream()
                .filter(check -> !check.passed())
                .map(Check::toString)
                .toList();
    }

    Map<String, Double> metrics() {
        return audit.metrics();
    }
}
