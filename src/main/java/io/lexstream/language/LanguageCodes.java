package io.lexstream.language;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** From the detector's ISO 639-3 codes to ISO 639-1. */
final class LanguageCodes {
    /** Languages of which the detector knows a variety; the code of the whole is what others write. */
    private static final Map<String, String> VARIETIES =
            Map.of("cmn", "zh", "ekk", "et", "lvs", "lv", "pes", "fa", "plt", "mg", "pnb", "pa");

    private static final Map<String, String> SHORT = shortCodes();

    private LanguageCodes() {}

    /** The two letters, or the three themselves if there are no two. */
    static String shortest(String iso3) {
        return SHORT.getOrDefault(iso3, iso3);
    }

    private static Map<String, String> shortCodes() {
        Map<String, String> codes = new HashMap<>(VARIETIES);
        for (String iso1 : Locale.getISOLanguages()) {
            codes.put(new Locale(iso1).getISO3Language(), iso1);
        }
        // The JDK lists the old codes of some languages, too; these are today's.
        codes.put("heb", "he");
        codes.put("ind", "id");
        codes.put("yid", "yi");
        return Map.copyOf(codes);
    }
}
