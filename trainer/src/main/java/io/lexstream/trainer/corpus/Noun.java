package io.lexstream.trainer.corpus;

import java.util.Locale;
import java.util.Map;

/** One thing's name in one language, with what of its gender shows in other words. */
record Noun(String language, String word, char gender) {
    /** Forms by determiner as a template writes it: masculine, feminine, and neuter where there is one. */
    private static final Map<String, Map<String, String[]>> DETERMINERS = Map.of(
            "de",
            Map.of(
                    "der", new String[] {"der", "die", "das"},
                    "den", new String[] {"den", "die", "das"},
                    "dem", new String[] {"dem", "der", "dem"},
                    "mein", new String[] {"mein", "meine", "mein"},
                    "meinen", new String[] {"meinen", "meine", "mein"},
                    "diesem", new String[] {"diesem", "dieser", "diesem"},
                    "diesen", new String[] {"diesen", "diese", "dieses"}),
            "fr",
            Map.of(
                    "le", new String[] {"le ", "la ", "l'"},
                    "du", new String[] {"du ", "de la ", "de l'"},
                    "au", new String[] {"au ", "à la ", "à l'"},
                    "ce", new String[] {"ce ", "cette ", ""},
                    "mon", new String[] {"mon ", "ma ", "mon "}),
            "es",
            Map.of(
                    "el", new String[] {"el", "la"},
                    "del", new String[] {"del", "de la"},
                    "al", new String[] {"al", "a la"},
                    "mi", new String[] {"mi", "mi"},
                    "este", new String[] {"este", "esta"}));

    Noun {
        if ("mfn".indexOf(gender) < 0) {
            throw new IllegalArgumentException(word + ": the gender must be m, f or n, got " + gender);
        }
    }

    /** @param written {@code word gender}, or {@code word} in a language without genders */
    static Noun of(String language, String written) {
        if (language.equals("en")) {
            return new Noun(language, written, 'n');
        }
        int blank = written.lastIndexOf(' ');
        if (blank != written.length() - 2) {
            throw new IllegalArgumentException("no gender behind " + written);
        }
        return new Noun(language, written.substring(0, blank), written.charAt(blank + 1));
    }

    /** @throws IllegalArgumentException if the language has no such determiner */
    String with(String determiner) {
        String[] forms = DETERMINERS.getOrDefault(language, Map.of()).get(determiner);
        if (forms == null) {
            throw new IllegalArgumentException("no determiner " + determiner + " in " + language);
        }
        if (language.equals("fr")) {
            return french(determiner, forms) + word;
        }
        return agreeing(forms) + " " + word;
    }

    /** The form that agrees: masculine, feminine, neuter. */
    String agreeing(String[] forms) {
        int index = "mfn".indexOf(gender);
        if (index >= forms.length) {
            throw new IllegalArgumentException(word + ": no form for the gender " + gender);
        }
        return forms[index];
    }

    private String french(String determiner, String[] forms) {
        if (!beginsWithVowel()) {
            return agreeing(forms);
        }
        return determiner.equals("ce") ? (gender == 'm' ? "cet " : "cette ") : forms[2];
    }

    private boolean beginsWithVowel() {
        String begin = word.toLowerCase(Locale.FRENCH);
        return begin.startsWith("hô") || "aàâeéèêiîoôuy".indexOf(begin.charAt(0)) >= 0;
    }
}
