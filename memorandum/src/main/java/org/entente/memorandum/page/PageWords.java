package org.entente.memorandum.page;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.entente.memorandum.rendering.Language;

/** What stands on a page around the terms: headings of columns, what a digest is. */
final class PageWords {
    private PageWords() {}

    static String say(Language language, String key, String... arguments) {
        ResourceBundle words = ResourceBundle.getBundle("org.entente.memorandum.page.words", language.locale());
        return new MessageFormat(words.getString(key), Locale.ROOT).format(arguments);
    }
}
