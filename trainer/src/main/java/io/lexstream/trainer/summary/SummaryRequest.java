package io.lexstream.trainer.summary;

import io.lexstream.trainer.DataFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An extractive summarizer that somebody wants trained.
 *
 * @param task what it will serve
 * @param version unique within the task
 * @param license terms of the weights; empty = not stated
 * @param train texts and summaries to fit to
 * @param dev texts and summaries to choose by
 * @param test texts and summaries that are only reported on
 * @param golden texts that may be published, with or without summaries; what the model makes of them is checked
 *     wherever it is opened
 * @param notes Markdown for the model card: data, terms, limits
 * @param command how to make the same again; stands in the card
 */
public record SummaryRequest(
        String task,
        String version,
        String license,
        List<DataFile> train,
        List<DataFile> dev,
        List<DataFile> test,
        Optional<Path> golden,
        Optional<Path> notes,
        SummaryOptions options,
        String command) {
    public SummaryRequest {
        train = List.copyOf(train);
        dev = List.copyOf(dev);
        test = List.copyOf(test);
        if (train.isEmpty()) {
            throw new IllegalArgumentException("no training file named");
        }
    }
}
