package io.lexstream.inference;

import java.util.List;

/**
 * The summary of one text, made of its own sentences: nothing in it is made up.
 *
 * @param text the chosen sentences in the text's order, verbatim; in a dialogue with their speakers, a line each
 * @param sentences their numbers in the text, from 0, ascending; empty if the text is its own summary
 * @param ofSentences sentences that the text has, as far as it was read
 * @param whole whether the text is its own summary: short, or all of it worth quoting
 * @param truncated whether a part of the text was not read
 * @param tokens tokens that were read; 0 for a text that is short
 */
public record ExtractedSummary(
        String text, List<Integer> sentences, int ofSentences, boolean whole, boolean truncated, int tokens)
        implements WrittenText {
    public ExtractedSummary {
        sentences = List.copyOf(sentences);
    }

    @Override
    public String verdict() {
        return whole ? "whole" : "extracted";
    }
}
