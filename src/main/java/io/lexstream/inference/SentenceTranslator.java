package io.lexstream.inference;

import java.util.List;

/** Sentences in, sentences out: what a {@link TranslationModel} has beneath it. Safe for concurrent use. */
interface SentenceTranslator extends AutoCloseable {
    /** How many tokens the model reads of each sentence, and those that it is likely to write. */
    int[] lengths(List<String> sentences);

    /**
     * One translation a sentence, in order; sorts and batches as it likes.
     *
     * @throws io.lexstream.runtime.InferenceException if they could not be run; nothing is known about which sentence
     *     is to blame
     */
    List<TranslatedSentence> translate(List<String> sentences);

    @Override
    void close();
}
