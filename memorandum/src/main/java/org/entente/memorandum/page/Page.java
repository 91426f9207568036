package org.entente.memorandum.page;

import org.entente.memorandum.language.Heading;
import org.entente.memorandum.rendering.Language;

/** What the pages have in common: they need nothing from outside, run nothing, and say which language is which. */
final class Page {
    private Page() {}

    /** Begins a page up to its body. */
    static Markup begin(String title, String sheet) {
        return new Markup()
                .open("html", "lang", "en")
                .open("head")
                .alone("meta", "charset", "utf-8")
                .alone(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; style-src 'unsafe-inline'")
                .alone("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .element("title", title)
                .style(sheet)
                .close()
                .open("body");
    }

    /** {@code MX-US/2025-09 · version 1 · versión 1}. */
    static void mark(Markup page, Heading heading) {
        page.open("p", "class", "mark").element("b", heading.id());
        for (Language language : Language.values()) {
            page.text(" · ")
                    .element(
                            "span",
                            PageWords.say(language, "version", Integer.toString(heading.version())),
                            "lang",
                            language.code());
        }
        page.close();
    }

    /** The column of a language, and whether its text is authentic. */
    static void column(Markup page, Heading heading, Language language) {
        boolean authentic = heading.authentic().contains(language.code());
        page.open("th", "scope", "col", "lang", language.code())
                .text(name(language))
                .text(" · ")
                .element("i", PageWords.say(language, authentic ? "authentic" : "translation"))
                .close();
    }

    /** A language, in itself. */
    static String name(Language language) {
        return switch (language) {
            case EN -> "English";
            case ES -> "Español";
        };
    }
}
