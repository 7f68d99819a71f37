package io.lexstream.inference;

/**
 * A text that a model wrote, token by token, such as an abstractive summary.
 *
 * @param score mean log-probability of the tokens, as the model's decoding scores it
 * @param truncated whether a part of the source was not read, or the model did not come to an end
 * @param deadlineReached whether time ran out, and this is what there was by then
 * @param tokens how many were generated
 */
public record GeneratedText(String text, double score, boolean truncated, boolean deadlineReached, int tokens)
        implements WrittenText {
    @Override
    public String verdict() {
        return deadlineReached ? "deadline" : truncated ? "truncated" : "generated";
    }
}
