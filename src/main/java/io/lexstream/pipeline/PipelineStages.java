package io.lexstream.pipeline;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The stages of the pipeline, from a file that people read: a stage a line, in their order; what follows a # is a
 * comment.
 */
public final class PipelineStages {
    /** They begin conditions, and would be ambiguous there. */
    private static final Set<String> RESERVED = Set.of("language", "longer", "not");

    private final List<Stage> stages;

    private PipelineStages(List<Stage> stages) {
        this.stages = List.copyOf(stages);
    }

    /**
     * Reads and checks a file of stages.
     *
     * @param tasks names that a stage may have
     * @param languageExpected whether a text's language can be told without a translation
     * @throws IllegalArgumentException in one line, with the file and the number of the line that is wrong
     */
    public static PipelineStages read(Path file, Collection<String> tasks, boolean languageExpected) {
        Map<Integer, Stage> stagesByLine = new TreeMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).split("#", 2)[0].strip();
            if (!line.isEmpty()) {
                stagesByLine.put(i + 1, at(file, i + 1, () -> StageLine.parse(line)));
            }
        }
        if (stagesByLine.isEmpty()) {
            throw new IllegalArgumentException(file + ": there is no stage in it");
        }
        boolean translates = stagesByLine.values().stream().anyMatch(Stage::translates);
        List<Stage> stages = new ArrayList<>();
        stagesByLine.forEach((line, stage) -> stages.add(at(file, line, () -> {
            checkName(stage, stages, tasks);
            stage.conditions().forEach(condition -> check(condition, stages, translates, languageExpected));
            return stage;
        })));
        return new PipelineStages(stages);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": the file is not UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e, e);
        }
    }

    private static Stage at(Path file, int line, Supplier<Stage> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ":" + line + ": " + e.getMessage(), e);
        }
    }

    private static void checkName(Stage stage, List<Stage> before, Collection<String> tasks) {
        String name = stage.name();
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("no stage can be named " + name + ": a condition begins so");
        }
        if (!tasks.contains(name)) {
            throw new IllegalArgumentException("no task is named " + name + "; tasks are: " + String.join(", ", tasks));
        }
        if (isAmong(before, name)) {
            throw new IllegalArgumentException("the stage " + name + " is there twice");
        }
    }

    private static void check(Condition condition, List<Stage> before, boolean translates, boolean languageExpected) {
        if (condition instanceof Condition.LabelIs label) {
            if (Stage.WRITING.contains(label.of())) {
                throw new IllegalArgumentException(
                        "'" + label + "' cannot be asked: " + label.of() + " writes a text and gives no label");
            }
            if (!isAmong(before, label.of())) {
                throw new IllegalArgumentException(
                        "'" + label + "' cannot be asked: no stage before is named " + label.of());
            }
        } else if (condition instanceof Condition.LanguageIs) {
            if (translates && !isAmong(before, Stage.TRANSLATION)) {
                throw new IllegalArgumentException(
                        "'" + condition + "' cannot be asked: the translation tells the language, and comes later");
            }
            if (!translates && !languageExpected) {
                throw new IllegalArgumentException("'" + condition
                        + "' cannot be asked: nothing tells the language; put translation before, or set"
                        + " language.expected");
            }
        }
    }

    private static boolean isAmong(List<Stage> stages, String name) {
        return stages.stream().anyMatch(stage -> stage.name().equals(name));
    }

    /** The tasks that are stages, in their order. */
    public List<String> names() {
        return stages.stream().map(Stage::name).toList();
    }

    /** Whether one of them translates, and tells the language. */
    public boolean translate() {
        return stages.stream().anyMatch(Stage::translates);
    }

    List<Stage> stages() {
        return stages;
    }
}
