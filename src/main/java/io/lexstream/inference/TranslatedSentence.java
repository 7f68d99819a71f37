package io.lexstream.inference;

/**
 * What a model made of one sentence.
 *
 * @param tokens how many were generated
 * @param score mean log-probability of those tokens, as the model's decoding scores it
 * @param truncated whether the sentence was not read to its end, or the translation did not come to one
 * @param deadlineReached whether the translation is what there was when time ran out
 */
record TranslatedSentence(String text, int tokens, double score, boolean truncated, boolean deadlineReached) {}
