package org.entente.memorandum.page;

import java.util.List;
import org.entente.memorandum.language.Heading;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.Difference;
import org.entente.memorandum.rendering.DifferenceWords;
import org.entente.memorandum.rendering.Language;

/** What changed between two texts, in both languages side by side. */
public final class DifferencePage {
    private DifferencePage() {}

    /** For a browser: one file that needs no other. */
    public static String screen(Difference difference) {
        Heading heading = difference.after().heading();
        Markup page = Page.begin(
                PageWords.say(Language.EN, "difference.title") + ": " + heading.id(),
                Sheet.screen(difference.after().digest()));
        page.open("header");
        Page.mark(page, heading);
        page.open("table", "class", "titles", "role", "presentation")
                .open("tbody")
                .open("tr");
        for (Language language : Language.values()) {
            page.open("td", "lang", language.code())
                    .element("h1", PageWords.say(language, "difference.title"))
                    .element("p", DifferenceWords.summary(difference, language), "class", "lead")
                    .close();
        }
        page.close().close().close().close().open("main");
        if (!difference.isEmpty()) {
            table(page, difference);
        }
        page.close().open("footer").open("dl");
        digest(page, "before", difference.before());
        digest(page, "after", difference.after());
        return page.close().close().close().close().page();
    }

    private static void table(Markup page, Difference difference) {
        List<DifferenceWords.Entry> english = DifferenceWords.of(difference, Language.EN);
        List<DifferenceWords.Entry> spanish = DifferenceWords.of(difference, Language.ES);
        page.open("table").open("thead").open("tr");
        for (Language language : Language.values()) {
            page.element("th", Page.name(language), "scope", "col", "lang", language.code());
        }
        page.close().close().open("tbody");
        for (int row = 0; row < english.size(); row++) {
            page.open("tr");
            entry(page, english.get(row), Language.EN);
            entry(page, spanish.get(row), Language.ES);
            page.close();
        }
        page.close().close();
    }

    private static void entry(Markup page, DifferenceWords.Entry entry, Language language) {
        page.open("td", "lang", language.code(), "class", "half").element("b", entry.what());
        if (!entry.details().isEmpty()) {
            page.open("ul");
            entry.details().forEach(detail -> page.element("li", detail));
            page.close();
        }
        page.close();
    }

    private static void digest(Markup page, String which, Memorandum memorandum) {
        page.element("dt", PageWords.say(Language.EN, which) + " · " + PageWords.say(Language.ES, which) + ", SHA-256")
                .element("dd", memorandum.digest().hex());
    }
}
