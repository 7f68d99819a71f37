package io.lexstream.settings;

import org.apache.kafka.common.config.ConfigDef.Range;

/** The settings of what labels and candidates must be like. */
final class GateDefinition {
    private static final Range SHARE = Range.between(0.0, 1.0);

    private GateDefinition() {}

    static void addTo(SettingsDefinition settings) {
        settings.group("Release gate");
        gate(settings);
        settings.group("Label audit");
        audit(settings);
    }

    private static void gate(SettingsDefinition settings) {
        settings.decimal(
                "gate.confidence",
                0.95,
                SHARE,
                "How sure the gate must be that a candidate loses no more than gate.tolerance against the champion.");
        settings.decimal(
                "gate.tolerance",
                0.02,
                SHARE,
                "Largest loss of macro-F1, or of chrF2 by models that write, that must be ruled out.");
        settings.decimal("gate.trusted.tolerance", 0.01, SHARE, "Largest loss measured on the trusted rows.");
        settings.number("gate.min.trusted.rows", 20, Range.atLeast(1), "With fewer trusted rows nothing is promoted.");
        settings.decimal("gate.slice.tolerance", 0.05, SHARE, "Largest loss of accuracy, or of chrF2, in a slice.");
        settings.number("gate.min.slice.rows", 30, Range.atLeast(1), "Smaller slices are not judged.");
        settings.decimal(
                "gate.max.ece", 0.1, SHARE, "Largest expected calibration error, beyond what chance explains.");
        settings.number("gate.max.mib", 256, Range.atLeast(1), "Most MiB that publishing a version may send.");
        settings.decimal(
                "gate.max.slowdown", 1.5, Range.atLeast(1.0), "Most time per text, as a multiple of the champion's.");
        settings.decimal(
                "gate.int8.max.loss",
                0.005,
                SHARE,
                "Most macro-F1, or chrF2 and BLEU, that int8 may lose against fp32.");
        settings.decimal(
                "gate.int8.min.agreement",
                0.97,
                SHARE,
                "Least share of rows on which int8 says what fp32 says; of classifiers only.");
    }

    private static void audit(SettingsDefinition settings) {
        settings.number(
                "audit.min.rows", 20, Range.atLeast(10), "Fewer labels are not judged by what can be learned of them.");
        settings.number("audit.min.author.rows", 8, Range.atLeast(1), "Nor are authors with fewer labels.");
        settings.decimal(
                "audit.max.author.share", 0.2, SHARE, "An author with a larger share of the labels is weighted down.");
        settings.decimal(
                "audit.max.author.contradicted",
                0.25,
                SHARE,
                "Largest share of an author's labels that all others contradict; with more the author is left out.");
        settings.decimal(
                "audit.max.contradicted",
                0.1,
                SHARE,
                "Largest share of labels that the other labels and the champion contradict.");
        settings.decimal(
                "audit.min.learnability",
                0.6,
                SHARE,
                "How learnable labels must be, as a share of how learnable as many trusted rows are.");
        settings.decimal("audit.one.label.share", 0.95, SHARE, "From this share of one label a set is one-sided.");
        settings.number(
                "audit.min.authors",
                1,
                Range.atLeast(1),
                "Authors that a set needs which contradicts the champion's sure answers more often than not; 2 where"
                        + " labels come from the public.");
        settings.decimal("audit.sure", 0.7, SHARE, "Probability from which an answer counts as sure.");
    }
}
