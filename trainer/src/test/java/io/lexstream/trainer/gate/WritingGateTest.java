package io.lexstream.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TrustedRecords;
import io.lexstream.trainer.FakeTranslator;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Translators before the gate: a champion that has never heard of kettles, and what comes after it. */
class WritingGateTest {
    static {
        TrustedRecords.allow();
    }

    private static final GateSettings SETTINGS =
            new GateSettings(0.95, 0.02, 0.01, 20, 0.05, 30, 0.10, 10_000, 1000, 0.005, 0.97, 500, 1);

    @TempDir
    private Path directory;

    private final List<TextPair> pairs = ShopTranslations.all();
    private final Map<String, String> right = new HashMap<>();
    private final HeldOut data = new HeldOut(rows(pairs.subList(0, 120), "shop"), rows(pairs.subList(120, 180), "app"));
    private final Map<String, UnaryOperator<String>> versions = new HashMap<>();
    private final UnaryOperator<String> old = this::poor;
    private ModelPackage champion;

    @BeforeEach
    void prepare() throws Exception {
        pairs.forEach(pair -> right.put(pair.source(), pair.target()));
        champion = version("champion", old);
    }

    @Test
    void aVersionThatHasLearntTheWordsPasses() throws Exception {
        Verdict verdict = judge(this::right, data);

        assertThat(verdict.checks()).allMatch(Check::passed);
        assertThat(verdict.precisions()).containsExactly("fp32", "int8");
        assertThat(verdict.metrics().get("difference/chrf")).isPositive();
        assertThat(verdict.metrics())
                .containsEntry("candidate/chrf", 1.0)
                .containsEntry("candidate/bleu", 1.0)
                .hasEntrySatisfying("champion/bleu", bleu -> assertThat(bleu).isLessThan(0.97));
    }

    @Test
    void aVersionThatWritesTheSamePasses() throws Exception {
        Verdict verdict = judge(old, data);

        assertThat(verdict.passed()).as(verdict.reasons().toString()).isTrue();
        assertThat(verdict.metrics()).containsEntry("difference/chrf", 0.0);
    }

    @Test
    void aVersionThatWritesWorseIsRefused() throws Exception {
        Verdict verdict = judge(text -> old.apply(text).replace("after", "off").replace("arrived", "arrives"), data);

        assertThat(failed(verdict)).contains("trusted rows", "all held-out rows");
        assertThat(verdict.precisions()).isEmpty();
    }

    @Test
    void whatIsWonOnFreshRowsDoesNotPayForATrustedLoss() throws Exception {
        UnaryOperator<String> traded =
                text -> data.trusted().stream().anyMatch(row -> row.text().equals(text))
                        ? old.apply(text).replace("two days", "two day")
                        : right(text);

        Verdict verdict = judge(traded, new HeldOut(data.trusted().subList(0, 60), data.fresh()));

        assertThat(verdict.metrics().get("difference/chrf")).isPositive();
        assertThat(failed(verdict)).containsExactly("trusted rows");
    }

    @Test
    void aVersionThatLearntShuffledTextsIsRefused() throws Exception {
        Map<String, String> shuffled = new HashMap<>();
        for (int i = 0; i < pairs.size(); i++) {
            shuffled.put(
                    pairs.get(i).source(), pairs.get((i + 77) % pairs.size()).target());
        }

        assertThat(failed(judge(text -> shuffled.getOrDefault(text, ""), data)))
                .contains("trusted rows", "all held-out rows");
    }

    @Test
    void aVersionThatCopiesSomeTextsIsRefusedThoughItWritesTheOthersBetter() throws Exception {
        UnaryOperator<String> lazy = text -> text.hashCode() % 20 == 0 ? text : right(text);

        assertThat(failed(judge(lazy, data))).contains("texts written");
    }

    @Test
    void aVersionThatWritesNothingOfSomeTextsIsRefused() throws Exception {
        UnaryOperator<String> silent = text -> text.hashCode() % 20 == 0 ? "" : right(text);

        assertThat(failed(judge(silent, data))).contains("texts written");
    }

    @Test
    void aVersionThatSaysTheSameOfEverythingIsRefused() throws Exception {
        Verdict verdict = judge(text -> "The kettle broke after two days.", data);

        assertThat(failed(verdict)).contains("trusted rows", "all held-out rows", "different texts");
    }

    @Test
    void aLossInOneSourceIsSeenThoughTheWholeIsBetter() throws Exception {
        HeldOut wide = new HeldOut(data.trusted(), data.fresh().subList(0, 40));
        UnaryOperator<String> deaf =
                text -> wide.fresh().stream().anyMatch(row -> row.text().equals(text))
                        ? old.apply(text).substring(0, old.apply(text).length() * 2 / 3)
                        : right(text);

        assertThat(failed(judge(deaf, wide))).contains("slices");
    }

    @Test
    void withoutTrustedRowsNothingIsPromotedAndGoldenCasesAreNone() throws Exception {
        Verdict verdict = judge(this::right, new HeldOut(List.of(), data.fresh()));

        assertThat(failed(verdict)).containsExactly("trusted rows");
    }

    @Test
    void int8IsNotAdmittedWhereItLosesBleu() throws Exception {
        ModelPackage candidate = version("candidate", this::right);
        Verdict verdict = gate(text -> right(text).replace("after", "of"))
                .judge(candidate, Optional.of(champion), data, Progress.silent());

        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.precisions()).containsExactly("fp32");
    }

    @Test
    void aVersionOfAnotherKindIsNotCompared() throws Exception {
        ModelPackage summarizer = write("summarizer", "summary");
        versions.put("summarizer", this::right);

        Verdict verdict = gate(this::right).judge(summarizer, Optional.of(champion), data, Progress.silent());

        assertThat(failed(verdict)).containsExactly("kind");
    }

    @Test
    void aFirstVersionMustBeBetterThanTheTextCopied() throws Exception {
        ModelPackage good = version("good", this::right);
        ModelPackage copying = version("copying", UnaryOperator.identity());

        assertThat(gate(this::right)
                        .judge(good, Optional.empty(), data, Progress.silent())
                        .passed())
                .isTrue();
        assertThat(failed(gate(this::right).judge(copying, Optional.empty(), data, Progress.silent())))
                .containsExactly("better than no model");
    }

    private String poor(String text) {
        return ShopTranslations.poor(right(text));
    }

    private Verdict judge(UnaryOperator<String> candidate, HeldOut rows) throws Exception {
        ModelPackage version = version("candidate", candidate);
        return gate(candidate).judge(version, Optional.of(champion), rows, Progress.silent());
    }

    private ReleaseGate gate(UnaryOperator<String> int8) {
        PackageOpener opener = opened -> new FakeTranslator(
                Objects.requireNonNull(versions.get(opened.manifest().getVersion())));
        return new ReleaseGate(SETTINGS, opener, Optional.of(opened -> new FakeTranslator(int8)));
    }

    private ModelPackage version(String version, UnaryOperator<String> translate) throws Exception {
        versions.put(version, translate);
        return write(version, "translation");
    }

    private ModelPackage write(String version, String kind) throws IOException, ModelRejectedException {
        ModelManifest manifest = ModelManifest.newBuilder()
                .setTask("translation")
                .setName("in memory")
                .setVersion(version)
                .setKind(kind)
                .setFiles(List.of())
                .build();
        PackageWriter writer = new PackageWriter(manifest);
        for (FileRole role : List.of(FileRole.ENCODER, FileRole.DECODER, FileRole.TOKENIZER, FileRole.CONFIG)) {
            writer.add(role, role.name().toLowerCase(Locale.ROOT), new byte[10]);
        }
        return writer.write(directory.resolve(version), new ContentStore(directory.resolve("store")));
    }

    private String right(String text) {
        return right.getOrDefault(text, "");
    }

    private static List<HeldOut.Row> rows(List<TextPair> pairs, String source) {
        return pairs.stream()
                .map(pair -> new HeldOut.Row(pair.source(), pair.target(), "de", source))
                .toList();
    }

    private static List<String> failed(Verdict verdict) {
        return verdict.checks().stream()
                .filter(check -> !check.passed())
                .map(Check::name)
                .toList();
    }
}
