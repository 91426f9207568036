package org.entente.memorandum.page;

import java.util.List;
import java.util.stream.Collectors;
import org.entente.memorandum.rendering.Effects;
import org.entente.memorandum.rendering.EffectsWords;
import org.entente.memorandum.rendering.Language;

/** Who may give what to whom: a matrix of authorities, and below it the rows that it names; once in each language. */
public final class EffectsPage {
    private final Effects effects;
    private final Markup page;

    private EffectsPage(Effects effects) {
        this.effects = effects;
        this.page = Page.begin(
                PageWords.say(Language.EN, "effects.title") + ": "
                        + effects.memorandum().id(),
                Sheet.screen(effects.memorandum().digest()));
    }

    /** For a browser: one file that needs no other. */
    public static String screen(Effects effects) {
        return new EffectsPage(effects).page();
    }

    private String page() {
        page.open("header");
        Page.mark(page, effects.memorandum().heading());
        page.open("nav");
        for (Language language : Language.values()) {
            page.element("a", Page.name(language), "href", "#" + language.code(), "lang", language.code());
        }
        page.close().close().open("main");
        for (Language language : Language.values()) {
            page.open("section", "id", language.code(), "lang", language.code())
                    .element("h1", PageWords.say(language, "effects.title"));
            if (effects.rows().isEmpty()) {
                page.element("p", PageWords.say(language, "effects.none"), "class", "lead");
            } else {
                matrix(language);
                rows(language);
            }
            page.open("ul", "class", "note");
            EffectsWords.always(effects.memorandum(), language).forEach(note -> page.element("li", note));
            page.close().close();
        }
        page.close().open("footer").open("dl");
        page.element("dt", PageWords.say(Language.EN, "foot") + " · " + PageWords.say(Language.ES, "foot"))
                .element("dd", effects.memorandum().digest().hex());
        return page.close().close().close().close().page();
    }

    private void matrix(Language language) {
        List<Effects.Group> givers = effects.groups().stream()
                .filter(group -> effects.groups().stream()
                        .anyMatch(other -> !effects.between(group, other).isEmpty()))
                .toList();
        List<Effects.Group> receivers = effects.groups().stream()
                .filter(group -> effects.groups().stream()
                        .anyMatch(other -> !effects.between(other, group).isEmpty()))
                .toList();
        page.element("h2", PageWords.say(language, "effects.matrix"))
                .element("p", PageWords.say(language, "effects.matrix.what"), "class", "note")
                .open("table", "class", "matrix")
                .open("thead")
                .open("tr")
                .element(
                        "th",
                        PageWords.say(language, "effects.gives") + " ↓  " + PageWords.say(language, "effects.receives")
                                + " →",
                        "scope",
                        "col");
        receivers.forEach(group -> page.element("th", authorities(group, language), "scope", "col"));
        page.close().close().open("tbody");
        for (Effects.Group giver : givers) {
            page.open("tr").element("th", authorities(giver, language), "scope", "row");
            receivers.forEach(receiver -> square(giver, receiver));
            page.close();
        }
        page.close().close();
    }

    private String authorities(Effects.Group group, Language language) {
        return EffectsWords.authorities(effects.memorandum(), group.authorities(), language);
    }

    private void square(Effects.Group giver, Effects.Group receiver) {
        String numbers =
                effects.between(giver, receiver).stream().map(Object::toString).collect(Collectors.joining(", "));
        page.element("td", numbers, "class", giver.party().equals(receiver.party()) ? "own" : "other");
    }

    private void rows(Language language) {
        page.element("h2", PageWords.say(language, "effects.rows"))
                .open("table", "class", "text rows")
                .open("thead")
                .open("tr");
        List.of("row", "effects.gives", "effects.act", "effects.receives", "effects.purposes", "effects.conditions")
                .forEach(key -> page.element("th", PageWords.say(language, key), "scope", "col"));
        page.element("th", PageWords.say(language, "clause"), "scope", "col")
                .close()
                .close()
                .open("tbody");
        for (EffectsWords.Line line : EffectsWords.lines(effects, language)) {
            page.open("tr")
                    .element("th", Integer.toString(line.number()), "scope", "row")
                    .element("td", line.sides().givers())
                    .element("td", line.act() + " " + line.matter().categories())
                    .element("td", line.sides().receivers())
                    .element("td", line.matter().purposes())
                    .open("td")
                    .open("ul");
            line.conditions().forEach(condition -> page.element("li", condition));
            page.close().close().element("td", line.clauses()).close();
        }
        page.close().close();
    }
}
