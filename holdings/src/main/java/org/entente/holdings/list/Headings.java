package org.entente.holdings.list;

import java.text.Normalizer;
import java.util.Locale;

/** Words of headings and situations compared without accents, capitals, blanks and signs. */
final class Headings {
    private Headings() {}

    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("[^\\p{Alnum}]", "")
                .toLowerCase(Locale.ROOT);
    }
}
