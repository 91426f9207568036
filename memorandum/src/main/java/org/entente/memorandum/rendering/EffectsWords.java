package org.entente.memorandum.rendering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Vocabulary;
import org.entente.memorandum.officer.ActName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The effects of a memorandum in words: a line for each row, and the authorities with equal terms. */
public final class EffectsWords {
    private static final int COUNTED_MIN = 6;

    private final Effects effects;
    private final Language language;
    private final Phrases phrases;
    private final TermWords terms;

    private EffectsWords(Effects effects, Language language) {
        this.effects = effects;
        this.language = language;
        this.phrases = new Phrases(language);
        this.terms = new TermWords(phrases, effects.memorandum());
    }

    /** Who gives, and who receives. */
    public record Sides(String givers, String receivers) {}

    /** What is given, and what for. */
    public record Matter(String categories, String purposes) {}

    /**
     * A row in words.
     *
     * @param number by which the matrix names it
     * @param conditions each a few words; empty when there is none
     */
    public record Line(int number, String act, Sides sides, Matter matter, List<String> conditions, String clauses) {
        public Line {
            conditions = List.copyOf(conditions);
        }
    }

    public static List<Line> lines(Effects effects, Language language) {
        EffectsWords words = new EffectsWords(effects, language);
        List<Line> lines = new ArrayList<>();
        for (Effects.Row row : effects.rows()) {
            lines.add(words.line(lines.size() + 1, row));
        }
        return lines;
    }

    /** {@code MX/FGR, UIF; US/DEA}: authorities by party; many that are all of their party are only counted. */
    public static String authorities(Memorandum memorandum, Collection<AuthorityCode> codes, Language language) {
        Phrases phrases = new Phrases(language);
        Map<PartyCode, SortedSet<String>> byParty = new TreeMap<>();
        codes.forEach(code ->
                byParty.computeIfAbsent(code.party(), _ -> new TreeSet<>()).add(code.name()));
        List<String> parts = new ArrayList<>();
        byParty.forEach((party, names) -> {
            int all = memorandum.party(party).orElseThrow().authorities().size();
            parts.add(
                    names.size() == all && all >= COUNTED_MIN
                            ? phrases.say("effects.all", party.text(), Integer.toString(all))
                            : party.text() + "/" + String.join(", ", names));
        });
        return String.join("; ", parts);
    }

    /** What holds for every row, with the clauses that say so. */
    public static List<String> always(Memorandum memorandum, Language language) {
        Phrases phrases = new Phrases(language);
        return List.of(
                phrases.say("effects.pairs"),
                phrases.say("effects.requests"),
                phrases.say("effects.closed", number(memorandum, Terms.NotNamed.class)),
                phrases.say("effects.territory", number(memorandum, Terms.Territorial.class)),
                phrases.say("effects.suspended", number(memorandum, Terms.Suspend.class)));
    }

    private static String number(Memorandum memorandum, Class<? extends Terms> mandatory) {
        return memorandum.mandatory(mandatory).text();
    }

    private Line line(int number, Effects.Row row) {
        return new Line(
                number,
                phrases.say("effects.act." + row.act().word()),
                new Sides(authorities(row.givers()), authorities(row.receivers())),
                new Matter(
                        names(
                                row.act().word(),
                                row.matter().categories().stream()
                                        .map(Object::toString)
                                        .toList()),
                        names(
                                "for",
                                row.matter().purposes().stream()
                                        .map(Object::toString)
                                        .toList())),
                conditions(row),
                String.join(", ", row.clauses().stream().map(ClauseNumber::text).toList()));
    }

    private String authorities(Collection<AuthorityCode> codes) {
        return authorities(effects.memorandum(), codes, language);
    }

    private String names(String key, List<String> codes) {
        var array = JsonNodeFactory.instance.arrayNode();
        codes.forEach(array::add);
        return terms.value(key, array);
    }

    private List<String> conditions(Effects.Row row) {
        List<String> conditions = new ArrayList<>();
        if (row.act() == ActName.RECONCILE) {
            conditions.add(phrases.say("effects.legal-advisers"));
        }
        if (row.condition().sensitive()) {
            conditions.add(phrases.say("effects.sensitive"));
        }
        if (row.condition().underJointGroup()) {
            effects.memorandum()
                    .clausesOf(Terms.JointGroup.class)
                    .forEach(group -> conditions.add(phrases.say(
                            "effects.joint-group",
                            group.number().text(),
                            group.terms().from().toString(),
                            group.terms().until().toString())));
        }
        List<String> order = order(row.act().word());
        row.condition()
                .terms()
                .propertyStream()
                .sorted(Comparator.comparingInt(entry -> place(order, entry.getKey())))
                .forEach(entry -> conditions.add(condition(entry.getKey(), entry.getValue())));
        return conditions;
    }

    private String condition(String key, JsonNode value) {
        return phrases.say("term", terms.key(key), terms.value(key, value));
    }

    /** The order in which the language writes the keys of such a clause. */
    private static List<String> order(String head) {
        return Arrays.stream(Vocabulary.values())
                .map(Vocabulary::keys)
                .filter(keys -> keys.getFirst().equals(head))
                .findFirst()
                .orElse(List.of());
    }

    private static int place(List<String> order, String key) {
        int place = order.indexOf(key);
        return place < 0 ? order.size() : place;
    }
}
