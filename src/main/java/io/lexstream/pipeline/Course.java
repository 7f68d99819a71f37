package io.lexstream.pipeline;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TaskResult;
import io.lexstream.inference.Translation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of one text through the stages, as far as it has come: a function of the text and the results so far. A stage
 * hangs only on stages before it, so one look at each, in their order, is enough.
 */
public final class Course {
    private final String text;
    private final boolean translationTells;
    private final Function<String, ToldLanguage> identifier;
    private final Map<String, StageState> states = new LinkedHashMap<>();
    private @Nullable ToldLanguage identified;

    /** @param identifier tells the language where no stage translates; asked at most once */
    Course(
            List<Stage> stages,
            Function<String, ToldLanguage> identifier,
            String text,
            Map<String, TaskResult> results) {
        this.text = text;
        this.identifier = identifier;
        this.translationTells = stages.stream().anyMatch(Stage::translates);
        for (Stage stage : stages) {
            TaskResult result = results.get(stage.name());
            states.put(stage.name(), result == null ? notRun(stage) : ended(stage, result));
        }
    }

    /** Every stage's state, in the order of the file. */
    public Map<String, StageState> states() {
        return Collections.unmodifiableMap(states);
    }

    /** The text's language: the translation's word, or the identifier's; empty until the translation has ended. */
    public Optional<ToldLanguage> language() {
        if (!translationTells) {
            if (identified == null) {
                identified = identifier.apply(text);
            }
            return Optional.of(identified);
        }
        return hasEnded(Stage.TRANSLATION)
                ? Optional.of(translated().map(ToldLanguage::by).orElse(ToldLanguage.UNKNOWN))
                : Optional.empty();
    }

    /** The text in the working language, if a stage has translated it. */
    public Optional<String> translation() {
        return translated()
                .filter(translation -> translation.status() == Translation.Status.TRANSLATED)
                .map(Translation::text)
                .filter(translation -> !translation.isBlank());
    }

    /** Whether the stage {@code spam} gave the label {@code spam}. */
    public boolean isSpam() {
        return label(Stage.SPAM).filter(Stage.SPAM::equals).isPresent();
    }

    /** The label that the stage gave; empty if it gave none, or not yet. */
    public Optional<String> label(String stage) {
        return states.get(stage) instanceof StageState.Done done
                        && done.result().output() instanceof Classification classification
                ? Optional.of(classification.label())
                : Optional.empty();
    }

    /** The first stage's failure, if one failed and none is done: nothing is known of the text. */
    public Optional<StageState.Failed> wholeFailure() {
        return states.values().stream().anyMatch(StageState.Done.class::isInstance)
                ? Optional.empty()
                : states.values().stream()
                        .filter(StageState.Failed.class::isInstance)
                        .map(StageState.Failed.class::cast)
                        .findFirst();
    }

    boolean hasEnded(String stage) {
        StageState state = states.get(stage);
        return state != null && state.hasEnded();
    }

    /** What the stage reads; empty as long as the translation before it has not ended. */
    Optional<String> textFor(Stage stage) {
        if (stage.onOriginal() || !states.containsKey(Stage.TRANSLATION)) {
            return Optional.of(text);
        }
        return hasEnded(Stage.TRANSLATION) ? Optional.of(translation().orElse(text)) : Optional.empty();
    }

    private StageState notRun(Stage stage) {
        boolean open = false;
        for (Condition condition : stage.conditions()) {
            Optional<Boolean> holds = condition.holds(this, stage);
            if (holds.isPresent() && !holds.get()) {
                return new StageState.Skipped("does not hold: " + condition);
            }
            open |= holds.isEmpty();
        }
        return open
                ? new StageState.Waiting()
                : textFor(stage).<StageState>map(StageState.Ready::new).orElseGet(StageState.Waiting::new);
    }

    private StageState ended(Stage stage, TaskResult result) {
        boolean onTranslation =
                textFor(stage).filter(read -> !read.equals(text)).isPresent();
        if (result instanceof TaskResult.Success success) {
            return stage.admits(success.output())
                    ? new StageState.Done(success, onTranslation)
                    : new StageState.Failed(
                            success.model(), "its model is of another kind: " + kindOf(success), onTranslation);
        }
        String reason = result instanceof TaskResult.Failure failure
                ? String.valueOf(failure.cause().getMessage())
                : "";
        return new StageState.Failed(result.model(), reason, onTranslation);
    }

    private static String kindOf(TaskResult.Success success) {
        return success.output().getClass().getSimpleName();
    }

    private Optional<Translation> translated() {
        return states.get(Stage.TRANSLATION) instanceof StageState.Done done
                        && done.result().output() instanceof Translation translation
                ? Optional.of(translation)
                : Optional.empty();
    }
}
