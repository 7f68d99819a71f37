package io.lexstream.trainer.service;

import io.lexstream.model.SigningKey;
import io.lexstream.model.TrustedKeys;
import io.lexstream.settings.ClusterSettings;
import io.lexstream.settings.SettingValues;
import io.lexstream.trainer.gate.AuditSettings;
import io.lexstream.trainer.gate.GateSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** What the operator decides of the trainer service. */
public final class TrainerSettings extends ClusterSettings {
    private static final String SOURCE_WEIGHT = "train.weight.source.";

    public TrainerSettings(SettingValues values) {
        super(values);
    }

    /** The settings of no file; for the command line and tests. */
    public static TrainerSettings of(Map<String, String> settings, Map<String, String> environment) {
        return new TrainerSettings(SettingValues.of(settings, environment));
    }

    /**
     * The key that signs what the trainer publishes; none if unsigned versions count.
     *
     * @throws ConfigException if no processor would serve what the trainer publishes
     */
    Optional<SigningKey> signer() {
        Optional<SigningKey> signer = signingKey().map(TrainerSettings::read);
        TrustedKeys trusted = trustedKeys();
        if (signer.isEmpty() && !trusted.acceptsAll()) {
            throw new ConfigException(
                    "model.signing.key is not set: the trainer signs what it publishes, with a key that"
                            + " the processors trust (./lexstream models keygen makes one); or set model.trust=any");
        }
        if (signer.isPresent() && !trusted.acceptsNothing() && !trusted.trusts(signer.get())) {
            throw new ConfigException(
                    "the key of model.signing.key is none of model.trusted.keys: processors with these"
                            + " settings would refuse what it signs; its public line is "
                            + signer.get().publicKey().text());
        }
        return signer;
    }

    private static SigningKey read(Path file) {
        try {
            return SigningKey.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read model.signing.key, " + file, e);
        }
    }

    /** Whose versions and deployments count: those of the trusted keys, and the trainer's own. */
    TrustedKeys trust() {
        return signer().map(trustedKeys()::and).orElseGet(this::trustedKeys);
    }

    /** The tasks that labels are learnt for. */
    public List<String> trainedTasks() {
        List<String> tasks = values().list("train.tasks");
        return tasks.isEmpty() ? tasks() : tasks;
    }

    int minNewLabels() {
        return number("train.min.new.labels");
    }

    Duration interval() {
        return time("train.interval");
    }

    public Promotion promotion() {
        return Promotion.of(text("train.promotion"));
    }

    public double canaryShare() {
        return decimal("train.canary.share");
    }

    /** After which a canary without verdict ends. */
    Duration longestTrial() {
        return time("trial.max.time");
    }

    Duration lookback() {
        return time("train.lookback");
    }

    Duration labelWait() {
        return time("train.label.wait");
    }

    double heldOut() {
        return decimal("train.held.out");
    }

    /** Files of rows that a task's versions are measured on besides; of those by task, the ones that there are. */
    public List<Path> trustedData(String task) {
        List<Path> files = new ArrayList<>();
        for (String name : values().list("train.trusted.data")) {
            Path file = Path.of(name.replace("{task}", task));
            if (!name.contains("{task}") || Files.exists(file)) {
                files.add(file);
            }
        }
        return files;
    }

    AuthorCap authorCap() {
        return new AuthorCap(number("train.max.per.author"), decimal("train.max.share.per.author"));
    }

    LabelWeights labelWeights() {
        Map<String, Double> bySource = new HashMap<>();
        values().withPrefix(SOURCE_WEIGHT).forEach((source, weight) -> bySource.put(source, weight(source, weight)));
        return new LabelWeights(decimal("train.weight.correction"), decimal("train.weight.stars"), bySource);
    }

    GateSettings gate() {
        GateSettings defaults = GateSettings.DEFAULT;
        return new GateSettings(
                decimal("gate.confidence"),
                decimal("gate.tolerance"),
                decimal("gate.trusted.tolerance"),
                number("gate.min.trusted.rows"),
                decimal("gate.slice.tolerance"),
                number("gate.min.slice.rows"),
                decimal("gate.max.ece"),
                1024L * 1024 * number("gate.max.mib"),
                decimal("gate.max.slowdown"),
                decimal("gate.int8.max.loss"),
                decimal("gate.int8.min.agreement"),
                defaults.resamples(),
                defaults.seed());
    }

    AuditSettings audit() {
        AuditSettings defaults = AuditSettings.DEFAULT;
        return new AuditSettings(
                number("audit.min.rows"),
                number("audit.min.author.rows"),
                decimal("audit.max.author.share"),
                decimal("audit.max.author.contradicted"),
                decimal("audit.max.contradicted"),
                decimal("audit.min.learnability"),
                decimal("audit.one.label.share"),
                number("audit.min.authors"),
                decimal("audit.sure"),
                defaults.seed());
    }

    double rehearsalWeight() {
        return decimal("train.weight.rehearsal");
    }

    public String method() {
        return text("train.method");
    }

    public Path directory() {
        String directory = text("train.dir");
        return directory.isEmpty() ? values().defaults().trainingDirectory() : Path.of(directory);
    }

    long seed() {
        return number("train.seed");
    }

    Duration budget() {
        return time("train.budget");
    }

    /** What the operator has set of the trainings, by name: a part of a version's provenance. No paths. */
    Map<String, String> trainSettings() {
        Map<String, String> given = new HashMap<>();
        values().withPrefix("train.").forEach((name, value) -> given.put("train." + name, String.valueOf(value)));
        given.keySet().removeAll(List.of("train.dir", "train.trusted.data"));
        return given;
    }

    private static double weight(String source, Object value) {
        try {
            double weight = Double.parseDouble((String) value);
            if (weight >= 0 && weight <= 100) {
                return weight;
            }
        } catch (NumberFormatException e) {
            throw new ConfigException(SOURCE_WEIGHT + source, value, "must be a number");
        }
        throw new ConfigException(SOURCE_WEIGHT + source, value, "must be between 0 and 100");
    }
}
