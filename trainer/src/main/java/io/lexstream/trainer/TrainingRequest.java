package io.lexstream.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model on a base encoder that somebody wants trained.
 *
 * @param <O> how it is trained
 * @param task what it will serve
 * @param version unique within the task
 * @param license terms of the weights; empty = not stated
 * @param train files to fit to
 * @param dev files to choose by; none = a held-out share of the training files alone
 * @param test files that are only reported on
 * @param golden texts that may be published, checked wherever the model is opened; columns as in a data file
 * @param notes Markdown for the model card: data, terms, limits
 * @param command how to make the same again; stands in the card
 */
public record TrainingRequest<O>(
        String task,
        String version,
        String license,
        List<DataFile> train,
        List<DataFile> dev,
        List<DataFile> test,
        Optional<Path> golden,
        Optional<Path> notes,
        O options,
        String command) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    public TrainingRequest {
        requireName("task", task);
        requireName("version", version);
        train = List.copyOf(train);
        dev = List.copyOf(dev);
        test = List.copyOf(test);
        if (train.isEmpty()) {
            throw new IllegalArgumentException("no training file named");
        }
    }

    /** What the notes say; empty if there are none. */
    public String notesText() throws IOException {
        return notes.isEmpty() ? "" : Files.readString(notes.get()).strip();
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " must be at most 100 letters, digits, dots, dashes and underscores, got '" + name + "'");
        }
    }
}
