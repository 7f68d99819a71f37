package io.lexstream.language;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of a language whose dot does not end a sentence.
 *
 * @param always those that something always follows, in lower case and without the last dot
 * @param beforeNumber those that are abbreviations only before a digit, as "No. 5"
 * @param ordinals whether a number with a dot may count what follows, as "3. März"
 */
record Abbreviations(Set<String> always, Set<String> beforeNumber, boolean ordinals) {
    private static final Map<String, Abbreviations> BY_LANGUAGE = Map.of(
            "en",
            of(
                    "mr mrs ms dr prof st gen rep sen gov capt lt col sgt rev hon vs e.g i.e eg approx dept tel "
                            + "misc max incl excl ext resp cf viz mfg attn messrs",
                    "no nos pp fig vol art sec ch ver",
                    false),
            "de",
            of(
                    "dr prof hr hrn fr frl nr tel z.b zb z d.h d u.a u.ä i.d.r u.u o.g s.o s.u v.a z.t z.zt bzw ca evtl "
                            + "ggf inkl exkl zzgl bzgl bspw sog st str max einschl lt gem vgl dipl ing geb gest "
                            + "versch entspr allg insb abzgl ausschl tgl mtl jährl wg geg best.nr art.nr kd.nr bestellnr "
                            + "artikelnr kundennr hausnr mfg resp fam ugs urspr eigtl mio mrd tsd",
                    "abs art bd kap abb ziff ver",
                    true),
            "fr",
            of(
                    "mr dr pr st ste mgr p.ex ex env av apr cf c.-à-d c.à.d tél réf éd vs bd boul max min resp "
                            + "sté ets hab qqch qqn",
                    "no art pp fig vol chap",
                    false),
            "es",
            of(
                    "sr sra sres sras srta dr dra d dña ud uds vd vds p.ej ej aprox tel tfno avda av pza pág págs núm "
                            + "máx mín dpto depto prof ing lic gral sto sta cía ee.uu ref incl",
                    "no nº art pp fig vol cap",
                    false));
    private static final Abbreviations OF_ALL = all();

    Abbreviations {
        always = Set.copyOf(always);
        beforeNumber = Set.copyOf(beforeNumber);
    }

    /** Those of the language; of all together if there are none for it. */
    static Abbreviations of(String language) {
        return BY_LANGUAGE.getOrDefault(language, OF_ALL);
    }

    /**
     * Whether the dot behind {@code word} ends no sentence.
     *
     * @param word what stands between a space or an opening bracket and the dot
     * @param number whether a digit comes next
     */
    boolean goesOn(String word, boolean number) {
        String lower = word.toLowerCase(Locale.ROOT);
        return always.contains(lower) || (number && beforeNumber.contains(lower)) || isInitials(word);
    }

    /** "J", "U.S", "z.B", the "h" of "d. h.": but no "I", no French "il y a", and no time of day. */
    private static boolean isInitials(String word) {
        if (word.equals("I") || word.equals("a") || word.equalsIgnoreCase("a.m") || word.equalsIgnoreCase("p.m")) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            boolean letter = i % 2 == 0;
            if (letter ? !Character.isLetter(word.charAt(i)) : word.charAt(i) != '.') {
                return false;
            }
        }
        return word.length() % 2 == 1;
    }

    private static Abbreviations of(String always, String beforeNumber, boolean ordinals) {
        return new Abbreviations(Set.of(always.split(" ")), Set.of(beforeNumber.split(" ")), ordinals);
    }

    private static Abbreviations all() {
        return new Abbreviations(
                union(BY_LANGUAGE.values().stream().map(Abbreviations::always)),
                union(BY_LANGUAGE.values().stream().map(Abbreviations::beforeNumber)),
                true);
    }

    private static Set<String> union(Stream<Set<String>> sets) {
        return sets.flatMap(Set::stream).collect(Collectors.toSet());
    }
}
