package io.lexstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.inference.Classification;
import io.lexstream.inference.ExtractedSummary;
import io.lexstream.inference.Step;
import io.lexstream.inference.TaskResult;
import io.lexstream.inference.TextOutput;
import io.lexstream.inference.Translation;
import io.lexstream.language.IdentifierSettings;
import io.lexstream.language.LanguageIdentifier;
import io.lexstream.model.ModelVersion;
import io.lexstream.runtime.InferenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
    private static final List<String> TASKS = List.of("sentiment", "spam", "summary", "translation", "intent");
    private static final String TEXT = "Die Lampe ist kaputt.";
    private static final String TRANSLATED = "The lamp is broken.";
    private static final String SHOP = """
            spam
            translation if not spam
            sentiment if not spam
            summary if not spam and longer than 20 characters
            intent if spam is ham and language is de or fr on original
            """;

    private final Map<String, TaskResult> results = new HashMap<>();

    @TempDir
    private Path folder;

    @Test
    void stagesThatNeedNothingOfEachOtherAreOneStep() throws IOException {
        Pipeline pipeline = pipeline("spam\nintent\ntranslation if not spam\nsentiment");

        assertThat(next(pipeline)).containsExactly(step(TEXT, "spam", "intent"));
    }

    @Test
    void stagesBehindTheTranslationReadItOnceItIsThere() throws IOException {
        Pipeline pipeline = pipeline(SHOP);
        assertThat(next(pipeline)).containsExactly(step(TEXT, "spam"));

        label("spam", "ham");
        assertThat(next(pipeline)).containsExactly(step(TEXT, "translation"));

        translate(Translation.Status.TRANSLATED, TRANSLATED, "de");
        assertThat(next(pipeline)).containsExactly(step(TRANSLATED, "sentiment"), step(TEXT, "intent"));

        label("sentiment", "negative");
        label("intent", "complaint");
        assertThat(next(pipeline)).isEmpty();
        Course course = course(pipeline);
        assertThat(course.translation()).contains(TRANSLATED);
        assertThat(course.language()).contains(new ToldLanguage("de", 0.9));
        assertThat(course.label("sentiment")).contains("negative");
        assertThat(course.isSpam()).isFalse();
        assertThat(course.states().keySet()).containsExactly("spam", "translation", "sentiment", "summary", "intent");
        assertThat(course.states().get("summary"))
                .isEqualTo(new StageState.Skipped("does not hold: longer than 20 characters"));
        assertThat(onTranslation(course, "sentiment")).isTrue();
        assertThat(onTranslation(course, "intent")).isFalse();
        assertThat(onTranslation(course, "spam")).isFalse();
    }

    @Test
    void theGateSkipsWhatStandsBehindIt() throws IOException {
        Pipeline pipeline = pipeline(SHOP);
        label("spam", "spam");

        assertThat(next(pipeline)).isEmpty();
        Course course = course(pipeline);
        assertThat(course.isSpam()).isTrue();
        assertThat(course.states().get("translation")).isEqualTo(new StageState.Skipped("does not hold: not spam"));
        assertThat(course.states().get("intent")).isEqualTo(new StageState.Skipped("does not hold: spam is ham"));
        assertThat(course.language()).contains(ToldLanguage.UNKNOWN);
    }

    @Test
    void aGateThatFailedIsOpenForWhatItKeepsOutButGivesNoLabel() throws IOException {
        Pipeline pipeline = pipeline(SHOP);
        fail("spam");

        assertThat(next(pipeline)).containsExactly(step(TEXT, "translation"));
        assertThat(course(pipeline).states().get("intent"))
                .isEqualTo(new StageState.Skipped("does not hold: spam is ham"));
    }

    @Test
    void withoutATranslationTheOriginalIsRead() throws IOException {
        Pipeline pipeline = pipeline("translation\nsentiment");

        translate(Translation.Status.UNCHANGED, TEXT, "en");
        assertThat(next(pipeline)).containsExactly(step(TEXT, "sentiment"));
        assertThat(course(pipeline).translation()).isEmpty();

        translate(Translation.Status.UNSUPPORTED, "", "it");
        assertThat(next(pipeline)).containsExactly(step(TEXT, "sentiment"));
        assertThat(course(pipeline).language()).contains(new ToldLanguage("it", 0.9));

        translate(Translation.Status.TRANSLATED, " ", "de");
        assertThat(next(pipeline)).containsExactly(step(TEXT, "sentiment"));

        fail("translation");
        assertThat(next(pipeline)).containsExactly(step(TEXT, "sentiment"));
        label("sentiment", "negative");
        assertThat(onTranslation(course(pipeline), "sentiment")).isFalse();
    }

    @Test
    void lengthIsThatOfTheTextThatIsReadInCharacters() throws IOException {
        Pipeline pipeline = pipeline("translation\nsummary if longer than 4 characters");

        translate(Translation.Status.TRANSLATED, "🙂🙂🙂🙂", "de");
        assertThat(next(pipeline)).isEmpty();

        translate(Translation.Status.TRANSLATED, "🙂🙂🙂🙂🙂", "de");
        assertThat(next(pipeline)).containsExactly(step("🙂🙂🙂🙂🙂", "summary"));
    }

    @Test
    void aConditionThatDoesNotHoldNeedNotWaitForTheOthers() throws IOException {
        Pipeline pipeline = pipeline("spam\ntranslation\nsummary if not spam and longer than 5 characters");
        label("spam", "spam");

        assertThat(course(pipeline).states().get("summary")).isInstanceOf(StageState.Skipped.class);
    }

    @Test
    void tasksThatAreNoStagesReadEveryOriginal() throws IOException {
        Pipeline pipeline = new Pipeline(
                stages("spam\nsentiment if not spam"), List.of("spam", "sentiment", "intent"), Optional.empty());

        assertThat(next(pipeline)).containsExactly(step(TEXT, "intent", "spam"));
        assertThat(pipeline.hasStage("spam")).isTrue();
        assertThat(pipeline.hasStage("intent")).isFalse();
    }

    @Test
    void aModelOnTrialReadsWhatItsTasksStageReads() throws IOException {
        Pipeline pipeline = pipeline("spam\ntranslation if not spam");

        assertThat(pipeline.chain(TEXT, Map.of("spam", "spam@trial", "translation", "translation@trial"))
                        .allowedBy(results))
                .containsExactly(new Step(TEXT, Set.of("spam"), Set.of("spam@trial")));
    }

    @Test
    void withoutATranslationStageTheIdentifierTellsTheLanguage() throws IOException {
        Pipeline pipeline = new Pipeline(
                PipelineStages.read(write("intent if language is de\nsentiment if language is not de"), TASKS, true),
                List.of("intent", "sentiment"),
                Optional.of(new LanguageIdentifier(IdentifierSettings.expecting(Set.of("de", "en")))));

        assertThat(next(pipeline)).containsExactly(step(TEXT, "intent"));
        assertThat(course(pipeline).language()).hasValueSatisfying(language -> {
            assertThat(language.code()).isEqualTo("de");
            assertThat(language.confidence()).isGreaterThan(0.9);
        });
        assertThat(pipeline(SHOP).course("Hello", Map.of()).language()).isEmpty();
        assertThat(pipeline("spam").course(TEXT, Map.of()).language()).contains(ToldLanguage.UNKNOWN);
    }

    @Test
    void aModelOfAnotherKindThanTheStagesNamePromisesHasFailed() throws IOException {
        Pipeline pipeline = pipeline("spam\ntranslation\nsummary");
        label("translation", "de");
        succeed("spam", new ExtractedSummary("text", List.of(), 1, true, false, 0));

        Course course = course(pipeline);

        assertThat(course.states().get("translation"))
                .isEqualTo(new StageState.Failed(
                        version("translation"), "its model is of another kind: Classification", false));
        assertThat(course.states().get("spam")).isInstanceOf(StageState.Failed.class);
        assertThat(next(pipeline)).containsExactly(step(TEXT, "summary"));
    }

    @Test
    void onlyWhereNothingIsDoneIsAFailureWhole() throws IOException {
        Pipeline pipeline = pipeline("spam\nsentiment if spam is ham\nintent");
        assertThat(course(pipeline).wholeFailure()).isEmpty();

        fail("spam");
        fail("intent");
        assertThat(course(pipeline).wholeFailure())
                .contains(new StageState.Failed(version("spam"), "cannot read it", false));

        label("intent", "refund");
        assertThat(course(pipeline).wholeFailure()).isEmpty();
    }

    @Test
    void noStringShowsATextThatIsToBeRead() throws IOException {
        assertThat(course(pipeline("spam")).states().toString()).doesNotContain("Lampe");
        assertThat(next(pipeline("spam")).toString()).doesNotContain("Lampe");
    }

    private Pipeline pipeline(String stages) throws IOException {
        PipelineStages read = stages(stages);
        return new Pipeline(read, read.names(), Optional.empty());
    }

    private PipelineStages stages(String stages) throws IOException {
        return PipelineStages.read(write(stages), TASKS, false);
    }

    private Path write(String stages) throws IOException {
        return Files.writeString(folder.resolve("stages.txt"), stages);
    }

    private static Step step(String text, String... tasks) {
        return new Step(text, Set.of(tasks), Set.of());
    }

    /** What the chain names and has no result yet. */
    private List<Step> next(Pipeline pipeline) {
        return pipeline.chain(TEXT, Map.of()).allowedBy(results);
    }

    private Course course(Pipeline pipeline) {
        return pipeline.course(TEXT, results);
    }

    private static boolean onTranslation(Course course, String stage) {
        return course.states().get(stage) instanceof StageState.Done done && done.onTranslation();
    }

    private void label(String task, String label) {
        succeed(task, Classification.of(List.of(label), new double[] {1}, false, 1));
    }

    private void translate(Translation.Status status, String text, String language) {
        succeed("translation", new Translation(status, text, language, "en", 0.9, 0, false, false, 1));
    }

    private void succeed(String task, TextOutput output) {
        results.put(task, new TaskResult.Success(version(task), output, Duration.ZERO, Duration.ZERO, 1));
    }

    private void fail(String task) {
        results.put(task, new TaskResult.Failure(version(task), new InferenceException("cannot read it")));
    }

    private static ModelVersion version(String task) {
        return new ModelVersion(task, "tiny", "1", "abc");
    }
}
