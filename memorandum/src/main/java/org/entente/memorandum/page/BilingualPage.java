package org.entente.memorandum.page;

import java.util.List;
import java.util.stream.IntStream;
import org.entente.memorandum.language.Heading;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.Language;
import org.entente.memorandum.rendering.Paragraph;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.rendering.Rendering;

/**
 * The terms in English and Spanish side by side, under equal numbers, with the digests that tie the page to what is
 * signed. The words are those of {@link Rendering}; the page adds only what is around them.
 */
public final class BilingualPage {
    /** Characters from which a paragraph may run over two pages, lest it leave half of one empty. */
    private static final int LONG = 600;

    private final Memorandum memorandum;
    private final List<Paragraph> english;
    private final List<Paragraph> spanish;

    private BilingualPage(Memorandum memorandum) {
        this.memorandum = memorandum;
        this.english = Rendering.of(memorandum, Language.EN);
        this.spanish = Rendering.of(memorandum, Language.ES);
    }

    /** For a browser: one file that needs no other. */
    public static String screen(Memorandum memorandum) {
        return new BilingualPage(memorandum).page(Sheet.screen(memorandum.digest()));
    }

    /** For the printer of the PDF: well-formed XML, the digest at the foot of every page. */
    public static String paper(Memorandum memorandum) {
        return new BilingualPage(memorandum).page(Sheet.paper());
    }

    private String page(String sheet) {
        Heading heading = memorandum.heading();
        Markup page = Page.begin(heading.id() + ", version " + heading.version(), sheet);
        if (sheet.equals(Sheet.paper())) {
            foot(page);
        }
        page.open("header");
        Page.mark(page, heading);
        page.open("table", "class", "titles", "role", "presentation")
                .open("tbody")
                .open("tr")
                .open("td")
                .element("h1", heading.title().en(), "lang", "en")
                .close()
                .open("td")
                .element("h1", heading.title().es(), "lang", "es")
                .close()
                .close()
                .close()
                .close()
                .close();
        page.open("main");
        text(page);
        page.close();
        digests(page);
        return page.close().close().page();
    }

    /** What the printer repeats on every page. */
    private void foot(Markup page) {
        page.open("div", "id", "foot")
                .open("table")
                .open("tbody")
                .open("tr")
                .open("td")
                .text(memorandum.id() + " · " + memorandum.version() + " · SHA-256 "
                        + memorandum.digest().hex())
                .close()
                .open("td", "class", "page")
                .close()
                .close()
                .close()
                .close()
                .close();
    }

    /** The first paragraph is the title, which stands above; then what precedes the clauses, they, and the promises. */
    private void text(Markup page) {
        int first = IntStream.range(0, english.size())
                .filter(this::numbered)
                .findFirst()
                .orElse(english.size());
        int last =
                IntStream.range(0, english.size()).filter(this::numbered).max().orElse(first - 1);
        page.open("table", "class", "text")
                .open("thead")
                .open("tr")
                .open("th", "scope", "col", "class", "number")
                .open("span", "class", "hidden")
                .text(PageWords.say(Language.EN, "clause"))
                .close()
                .close();
        Page.column(page, memorandum.heading(), Language.EN);
        Page.column(page, memorandum.heading(), Language.ES);
        page.close().close();
        section(page, "front", 1, first);
        section(page, "clauses", first, last + 1);
        section(page, "promises", last + 1, english.size());
        page.close();
    }

    private boolean numbered(int row) {
        return !english.get(row).number().isEmpty();
    }

    private void section(Markup page, String heading, int from, int to) {
        if (from >= to) {
            return;
        }
        page.open("tbody")
                .open("tr", "class", "section")
                .open("th", "class", "number")
                .close()
                .element("th", PageWords.say(Language.EN, heading), "scope", "colgroup", "lang", "en")
                .element("th", PageWords.say(Language.ES, heading), "scope", "colgroup", "lang", "es")
                .close();
        for (int row = from; row < to; row++) {
            row(page, english.get(row), spanish.get(row));
        }
        page.close();
    }

    private static void row(Markup page, Paragraph english, Paragraph spanish) {
        String number = english.number();
        String length = english.text().length() > LONG ? "long" : "short";
        if (number.isEmpty()) {
            page.open("tr", "class", length).open("td", "class", "number").close();
        } else {
            page.open("tr", "id", "clause-" + number, "class", length)
                    .open("th", "scope", "row", "class", "number")
                    .element("a", number, "href", "#clause-" + number)
                    .close();
        }
        page.element("td", english.text(), "lang", "en")
                .element("td", spanish.text(), "lang", "es")
                .close();
    }

    private void digests(Markup page) {
        page.open("footer");
        for (Language language : Language.values()) {
            page.element("p", PageWords.say(language, "signed-form.what"), "class", "note", "lang", language.code());
        }
        page.open("dl");
        page.element("dt", PageWords.say(Language.EN, "foot") + " · " + PageWords.say(Language.ES, "foot"));
        page.element("dd", memorandum.digest().hex());
        for (Language language : Language.values()) {
            page.element("dt", PageWords.say(language, "text-digest") + ", SHA-256", "lang", language.code());
            page.element("dd", RenderedText.of(memorandum, language).digest().hex());
        }
        page.close().close();
    }
}
