package io.lexstream.trainer.corpus;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence in parallel languages with places to fill.
 *
 * @param category of the nouns that fit
 * @param keptBack whether it is for development only
 * @param texts by language
 */
record FeedbackTemplate(String category, String sentiment, String topic, boolean keptBack, Map<String, String> texts) {
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)\\}");

    FeedbackTemplate {
        texts = Map.copyOf(texts);
    }

    /**
     * The sentence in one language.
     *
     * @param phrases that fill places, by their name
     * @throws IllegalArgumentException if a place names nothing
     */
    String fill(String language, Noun noun, Map<String, String> phrases) {
        String text = texts.getOrDefault(language, "");
        Matcher place = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (place.find()) {
            place.appendReplacement(filled, Matcher.quoteReplacement(filling(place.group(1), noun, phrases)));
        }
        return place.appendTail(filled).toString();
    }

    private static String filling(String place, Noun noun, Map<String, String> phrases) {
        if (place.contains("|")) {
            return noun.agreeing(place.split("\\|", -1));
        }
        String small = place.isEmpty() ? place : Character.toLowerCase(place.charAt(0)) + place.substring(1);
        String filling = small.equals("n") ? noun.word() : named(small, noun, phrases);
        return small.equals(place) ? filling : Character.toUpperCase(filling.charAt(0)) + filling.substring(1);
    }

    private static String named(String place, Noun noun, Map<String, String> phrases) {
        if (place.endsWith(" n")) {
            return noun.with(place.substring(0, place.length() - 2));
        }
        String phrase = phrases.get(place);
        if (phrase == null) {
            throw new IllegalArgumentException("nothing fills {" + place + "}");
        }
        return phrase;
    }
}
