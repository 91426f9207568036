package org.entente.memorandum.page;

import java.util.List;
import java.util.Locale;
import org.entente.memorandum.negotiation.Negotiation;
import org.entente.memorandum.negotiation.Part;
import org.entente.memorandum.negotiation.Table;
import org.entente.memorandum.rendering.Language;
import org.entente.memorandum.rendering.NegotiationWords;
import org.entente.memorandum.rendering.NegotiationWords.Entry;
import org.entente.memorandum.rendering.NegotiationWords.Text;

/** A negotiation part by part, in both languages side by side; every mark is a word and a sign, so that none needs its colour. */
public final class NegotiationPage {
    private final Table table;
    private final List<Entry> english;
    private final List<Entry> spanish;

    private NegotiationPage(Table table) {
        this.table = table;
        this.english = NegotiationWords.of(table, Language.EN);
        this.spanish = NegotiationWords.of(table, Language.ES);
    }

    /** For a browser: one file that needs no other. */
    public static String screen(Table table) {
        return new NegotiationPage(table).page();
    }

    private String page() {
        Negotiation negotiation = table.negotiation();
        Markup page = Page.begin(
                PageWords.say(Language.EN, "negotiation.title") + ": " + negotiation.memorandum(),
                Sheet.screen(table.digest()));
        page.open("header").open("p", "class", "mark").element("b", negotiation.memorandum());
        for (Language language : Language.values()) {
            page.text(" · ")
                    .element(
                            "span",
                            PageWords.say(language, "version", Integer.toString(negotiation.version())),
                            "lang",
                            language.code());
        }
        page.close()
                .open("table", "class", "titles", "role", "presentation")
                .open("tbody")
                .open("tr");
        for (Language language : Language.values()) {
            page.open("td", "lang", language.code()).element("h1", PageWords.say(language, "negotiation.title"));
            NegotiationWords.summary(table, language).forEach(line -> page.element("p", line, "class", "lead"));
            page.close();
        }
        page.close().close().close().close().open("main");
        if (!english.isEmpty()) {
            parts(page);
        }
        page.close().open("footer");
        for (Language language : Language.values()) {
            page.element("p", PageWords.say(language, "negotiation.what"), "class", "note", "lang", language.code());
        }
        page.open("dl")
                .element(
                        "dt",
                        PageWords.say(Language.EN, "negotiation.table") + " · "
                                + PageWords.say(Language.ES, "negotiation.table") + ", SHA-256")
                .element("dd", table.digest().hex());
        return page.close().close().close().close().page();
    }

    private void parts(Markup page) {
        page.open("table", "class", "text").open("thead").open("tr");
        page.open("th", "scope", "col", "class", "number")
                .open("span", "class", "hidden")
                .text(PageWords.say(Language.EN, "clause"))
                .close()
                .close();
        for (Language language : Language.values()) {
            page.element("th", Page.name(language), "scope", "col", "lang", language.code());
        }
        page.close().close();
        for (int row = 0; row < english.size(); row++) {
            part(page, english.get(row), spanish.get(row));
        }
        page.close();
    }

    private static void part(Markup page, Entry english, Entry spanish) {
        String mark = english.mark().name().toLowerCase(Locale.ROOT);
        page.open("tbody", "class", mark);
        for (int text = 0; text < english.texts().size(); text++) {
            page.open("tr");
            if (text == 0) {
                heading(page, english);
            }
            cell(page, english, english.texts().get(text), Language.EN);
            cell(page, spanish, spanish.texts().get(text), Language.ES);
            page.close();
        }
        page.close();
    }

    /** A clause's number; what is no clause has its name beside the mark. */
    private static void heading(Markup page, Entry entry) {
        String anchor = "part-" + entry.part().text();
        String rows = Integer.toString(entry.texts().size());
        page.open("th", "scope", "rowgroup", "class", "number", "id", anchor, "rowspan", rows);
        if (entry.part().section() == Part.Section.CLAUSE) {
            page.element("a", entry.part().text(), "href", "#" + anchor);
        }
        page.close();
    }

    private static void cell(Markup page, Entry entry, Text text, Language language) {
        page.open("td", "lang", language.code())
                .open("p", "class", "voices")
                .element(
                        "b",
                        sign(entry.mark()) + " " + entry.name() + ", "
                                + entry.mark().in(language) + ".")
                .text(" " + String.join(" ", text.voices()))
                .close();
        text.words().forEach(words -> page.element("p", words));
        text.differences().ifPresent(differences -> page.element("p", differences, "class", "differs"));
        page.close();
    }

    private static String sign(NegotiationWords.Mark mark) {
        return switch (mark) {
            case AGREED -> "=";
            case PROPOSED -> "?";
            case DISPUTED -> "\u2260";
        };
    }
}
