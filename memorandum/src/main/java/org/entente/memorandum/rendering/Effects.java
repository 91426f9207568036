package org.entente.memorandum.rendering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Named;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.ActName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may give what to whom, what for and on what condition, as far as the memorandum alone says it. What an act needs
 * besides (an item that its supplier lets serve the purpose, a place that is its own) only a decision on it can say.
 *
 * <p>Clauses are read from the canonical form, so that a condition which the language gains later is shown, not
 * forgotten. Each clause is narrowed to the authorities that can use it: those of a kind that the category admits,
 * members of the joint group where only the group may, and never two of one party. Then rows that say the same of several
 * givers become one, and likewise of several receivers. Both keep exactly the same pairs, because a row means each of its
 * givers towards each of its receivers of another party.
 */
public final class Effects {
    /** What a row is about. */
    public record Matter(SortedSet<Category> categories, SortedSet<Purpose> purposes) {}

    /**
     * On what condition.
     *
     * @param terms the clause's terms but whom and what it covers, as in the canonical form
     * @param sensitive so that two officers approve in any case
     * @param underJointGroup only between members of the joint group, in its term
     */
    public record Condition(ObjectNode terms, boolean sensitive, boolean underJointGroup) {}

    /**
     * Each giver may do the act towards each receiver of another party. Who is asked in a probe gives the answer, and who
     * asks receives it; in a reconciliation each side does both.
     */
    public record Row(
            ActName act,
            SortedSet<AuthorityCode> givers,
            SortedSet<AuthorityCode> receivers,
            Matter matter,
            Condition condition,
            SortedSet<ClauseNumber> clauses) {
        public Row {
            givers = Collections.unmodifiableSortedSet(new TreeSet<>(givers));
            receivers = Collections.unmodifiableSortedSet(new TreeSet<>(receivers));
            clauses = Collections.unmodifiableSortedSet(new TreeSet<>(clauses));
        }

        public boolean lets(AuthorityCode giver, AuthorityCode receiver) {
            return givers.contains(giver)
                    && receivers.contains(receiver)
                    && !giver.party().equals(receiver.party());
        }

        /** Without those for whom nobody of another party is on the other side. */
        private Row trimmed() {
            return new Row(act, facing(givers, receivers), facing(receivers, givers), matter, condition, clauses);
        }

        private static SortedSet<AuthorityCode> facing(SortedSet<AuthorityCode> some, SortedSet<AuthorityCode> others) {
            SortedSet<AuthorityCode> facing = new TreeSet<>(some);
            facing.removeIf(
                    one -> others.stream().allMatch(other -> other.party().equals(one.party())));
            return facing;
        }
    }

    /** Authorities of one party that stand in the same rows on the same sides. */
    public record Group(PartyCode party, SortedSet<AuthorityCode> authorities) {
        public Group {
            authorities = Collections.unmodifiableSortedSet(new TreeSet<>(authorities));
        }
    }

    private static final Set<ActName> SCOPED =
            Set.of(ActName.RECONCILE, ActName.PROBE, ActName.RELEASE, ActName.CONTRIBUTE);

    private final Memorandum memorandum;
    private final SortedSet<AuthorityCode> members = new TreeSet<>(Party.ORDER);
    private final List<Row> rows;
    private final List<Group> groups;

    private Effects(Memorandum memorandum) {
        this.memorandum = memorandum;
        memorandum
                .clausesOf(Terms.JointGroup.class)
                .forEach(clause -> members.addAll(clause.terms().members()));
        List<Row> all = new ArrayList<>();
        Difference.form(memorandum)
                .path("clauses")
                .forEachEntry((number, clause) -> all.addAll(rows(new ClauseNumber(number), (ObjectNode) clause)));
        this.rows = all(all);
        this.groups = groups(memorandum, rows);
    }

    public static Effects of(Memorandum memorandum) {
        return new Effects(memorandum);
    }

    public Memorandum memorandum() {
        return memorandum;
    }

    /** In the order of their first clauses. */
    public List<Row> rows() {
        return rows;
    }

    /** Every authority of the memorandum in one group, by party. */
    public List<Group> groups() {
        return groups;
    }

    /** The numbers, from 1, of the rows by which one of the givers may give to one of the receivers. */
    public List<Integer> between(Group givers, Group receivers) {
        List<Integer> numbers = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row)
                    .lets(givers.authorities().first(), receivers.authorities().first())) {
                numbers.add(row + 1);
            }
        }
        return numbers;
    }

    private static List<Row> all(List<Row> rows) {
        List<Row> merged = merged(
                rows,
                row -> List.of(row.act(), row.matter(), row.condition(), row.receivers()),
                (one, other) -> new Row(
                        one.act(),
                        union(one.givers(), other.givers()),
                        one.receivers(),
                        one.matter(),
                        one.condition(),
                        union(one.clauses(), other.clauses())));
        return merged(
                        merged,
                        row -> List.of(row.act(), row.matter(), row.condition(), row.givers()),
                        (one, other) -> new Row(
                                one.act(),
                                one.givers(),
                                union(one.receivers(), other.receivers()),
                                one.matter(),
                                one.condition(),
                                union(one.clauses(), other.clauses())))
                .stream()
                .map(Row::trimmed)
                .filter(row -> !row.givers().isEmpty())
                .sorted((one, other) ->
                        one.clauses().first().compareTo(other.clauses().first()))
                .toList();
    }

    private static List<Row> merged(List<Row> rows, Function<Row, List<Object>> same, BinaryOperator<Row> merge) {
        Map<List<Object>, Row> merged = new LinkedHashMap<>();
        rows.forEach(row -> merged.merge(same.apply(row), row, merge));
        return List.copyOf(merged.values());
    }

    private static <T> SortedSet<T> union(SortedSet<T> some, SortedSet<T> others) {
        SortedSet<T> union = new TreeSet<>(some);
        union.addAll(others);
        return union;
    }

    /** The rows of one clause: its categories and purposes, apart where not the same authorities can use them. */
    private List<Row> rows(ClauseNumber number, ObjectNode clause) {
        Optional<ActName> act =
                SCOPED.stream().filter(scoped -> clause.has(scoped.word())).findFirst();
        if (act.isEmpty()) {
            return List.of();
        }
        Sides sides = Sides.taken(act.get(), clause);
        SortedSet<Category> categories = new TreeSet<>();
        texts(clause.remove(act.get().word())).forEach(code -> categories.add(new Category(code)));
        SortedSet<Purpose> purposes = new TreeSet<>();
        texts(clause.remove("for")).forEach(code -> purposes.add(new Purpose(code)));
        Map<Admitted, Map<Category, SortedSet<Purpose>>> apart = new LinkedHashMap<>();
        for (Category category : categories) {
            for (Purpose purpose : purposes) {
                apart.computeIfAbsent(admitted(sides, category, purpose), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(category, _ -> new TreeSet<>())
                        .add(purpose);
            }
        }
        List<Row> found = new ArrayList<>();
        apart.forEach((admitted, matter) -> matters(matter)
                .forEach(one -> found.add(new Row(
                        act.get(),
                        admitted.sides().givers(),
                        admitted.sides().receivers(),
                        one,
                        new Condition(clause, admitted.sensitive(), admitted.underJointGroup()),
                        new TreeSet<>(Set.of(number))))));
        return found;
    }

    /** Categories with the same purposes are one matter. */
    private static List<Matter> matters(Map<Category, SortedSet<Purpose>> purposes) {
        Map<SortedSet<Purpose>, SortedSet<Category>> same = new LinkedHashMap<>();
        purposes.forEach((category, served) ->
                same.computeIfAbsent(served, _ -> new TreeSet<>()).add(category));
        List<Matter> matters = new ArrayList<>();
        same.forEach((served, categories) -> matters.add(new Matter(categories, served)));
        return matters;
    }

    /** Who gives and who receives. */
    private record Sides(SortedSet<AuthorityCode> givers, SortedSet<AuthorityCode> receivers) {
        /** Takes them out of the clause, so that its conditions remain. */
        static Sides taken(ActName act, ObjectNode clause) {
            if (clause.has("between")) {
                SortedSet<AuthorityCode> both = codes(clause.remove("between"));
                return new Sides(both, both);
            }
            SortedSet<AuthorityCode> by = codes(clause.remove("by"));
            return act == ActName.PROBE
                    ? new Sides(codes(clause.remove("of")), by)
                    : new Sides(by, codes(clause.remove("to")));
        }

        private static SortedSet<AuthorityCode> codes(JsonNode array) {
            SortedSet<AuthorityCode> codes = new TreeSet<>(Party.ORDER);
            texts(array).forEach(text -> codes.add(code(text)));
            return codes;
        }

        private static AuthorityCode code(String text) {
            try {
                return AuthorityCode.parse(text);
            } catch (Malformed impossible) {
                throw new IllegalStateException("a canonical form names authorities", impossible);
            }
        }
    }

    /** Who of the two sides can use a clause, and with what on top of its terms. */
    private record Admitted(Sides sides, boolean sensitive, boolean underJointGroup) {}

    private Admitted admitted(Sides sides, Category category, Purpose purpose) {
        Named.CategoryTerms terms = memorandum.category(category).orElseThrow();
        boolean group = terms.onlyUnderJointGroup()
                || memorandum.purpose(purpose).orElseThrow().onlyUnderJointGroup();
        Set<Words.AuthorityKind> kinds = terms.secrecy() == SecrecyRegime.SUSPICIOUS_REPORT
                ? Set.of(Words.AuthorityKind.FINANCIAL_INTELLIGENCE_UNIT)
                : terms.onlyBetween();
        Sides admitted = new Sides(admitted(sides.givers(), kinds, group), admitted(sides.receivers(), kinds, group));
        return new Admitted(admitted, terms.sensitive(), group);
    }

    private SortedSet<AuthorityCode> admitted(
            SortedSet<AuthorityCode> side, Set<Words.AuthorityKind> kinds, boolean group) {
        SortedSet<AuthorityCode> admitted = new TreeSet<>(side);
        admitted.removeIf(code -> group && !members.contains(code));
        admitted.removeIf(code -> !kinds.isEmpty()
                && memorandum
                        .authority(code)
                        .map(Party.Authority::kind)
                        .filter(kinds::contains)
                        .isEmpty());
        return admitted;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    private static List<Group> groups(Memorandum memorandum, List<Row> rows) {
        Map<List<Object>, SortedSet<AuthorityCode>> alike = new LinkedHashMap<>();
        memorandum
                .parties()
                .forEach((party, terms) -> terms.authorities().keySet().forEach(code -> {
                    List<Object> stands = new ArrayList<>();
                    stands.add(party);
                    rows.forEach(row -> {
                        stands.add(row.givers().contains(code));
                        stands.add(row.receivers().contains(code));
                    });
                    alike.computeIfAbsent(stands, _ -> new TreeSet<>(Party.ORDER))
                            .add(code);
                }));
        return alike.values().stream()
                .map(authorities -> new Group(authorities.first().party(), authorities))
                .toList();
    }
}
