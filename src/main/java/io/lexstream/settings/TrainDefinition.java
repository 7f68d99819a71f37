package io.lexstream.settings;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings of training runs. */
final class TrainDefinition {
    private TrainDefinition() {}

    static void addTo(SettingsDefinition settings) {
        settings.group("Training");
        schedule(settings);
        data(settings);
        run(settings);
    }

    private static void schedule(SettingsDefinition settings) {
        settings.list(
                "train.tasks",
                List.of(),
                LambdaValidator.with(SettingsDefinition::checkNames, () -> "names, none twice"),
                "Tasks that the trainer learns from labels; empty = all of tasks.");
        settings.number("train.min.new.labels", 100, Range.atLeast(1), "So many new labels of a task start a run.");
        settings.time(
                "train.interval",
                "24h",
                "After that time fewer new labels start a run, too; counted from the last run.");
        settings.text(
                "train.promotion",
                "auto",
                ValidString.in("auto", "canary", "shadow", "manual"),
                "What becomes of a version that has passed the gate: auto (it serves), canary or shadow (it is tried"
                        + " beside the champion), manual (it is published, and a person promotes it).");
        settings.decimal(
                "train.canary.share",
                0.1,
                Range.between(0.0, 1.0),
                "Share of keys that a version on trial gets, if train.promotion is canary.");
    }

    private static void data(SettingsDefinition settings) {
        settings.time(
                "train.lookback",
                "7d",
                "How long before its label a text may have been sent; as far back the input topic is searched for it.");
        settings.time(
                "train.label.wait", "10m", "How long a label waits for its text to come; then it is a dead letter.");
        settings.decimal(
                "train.held.out",
                0.2,
                Range.between(0.0, 0.9),
                "Share of the labelled texts, chosen by a hash of the text, that is never trained on: the gate measures"
                        + " on them.");
        settings.list(
                "train.trusted.data",
                List.of(),
                SettingsDefinition.any(),
                "Files of rows, as for evaluate, that the gate measures on besides. A name may hold {task}; a task that has"
                        + " no such file does without.");
        settings.number(
                "train.max.per.author", 1_000, Range.atLeast(1), "Most rows of a task that one author's labels make.");
        settings.decimal(
                "train.max.share.per.author",
                0.25,
                Range.between(0.01, 1.0),
                "Largest share of a task's rows that one author's labels make, unless there are too few authors.");
        settings.decimal("train.weight.correction", 1.0, Range.between(0.0, 100.0), "How much a correction counts.");
        settings.decimal("train.weight.stars", 0.5, Range.between(0.0, 100.0), "How much a star rating counts.");
        settings.decimal(
                "train.weight.rehearsal",
                1.0,
                Range.between(0.0, 100.0),
                "How much a recent text counts that the champion itself has labelled, so that what it knows is not"
                        + " forgotten; 0 = no such texts.");
    }

    private static void run(SettingsDefinition settings) {
        settings.text(
                "train.method",
                "lora",
                ValidString.in("lora", "last-layers", "full"),
                "What is trained with the head: low-rank adapters beside the encoder, its last layers, or all of it.");
        settings.text(
                "train.dir",
                "",
                SettingsDefinition.any(),
                "Where runs keep their data and checkpoints; empty = lexstream/training in the user's state folder.");
        settings.number("train.seed", 1, Range.atLeast(0), "Of what is random in a run.");
        settings.time("train.budget", "1h", "Longest time of a training.");
    }
}
