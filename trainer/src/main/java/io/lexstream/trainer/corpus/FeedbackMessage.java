package io.lexstream.trainer.corpus;

import java.util.Map;

/**
 * One customer message in parallel languages.
 *
 * @param texts by ISO 639-1 code of the language
 */
public record FeedbackMessage(String sentiment, String topic, Map<String, String> texts) {
    public FeedbackMessage {
        texts = Map.copyOf(texts);
    }
}
