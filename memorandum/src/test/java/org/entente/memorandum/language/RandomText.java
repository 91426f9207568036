package org.entente.memorandum.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.entente.memorandum.item.Word;

/** Writes a memorandum at random in which every name is defined and nothing contradicts itself, and so one that must be read. */
public final class RandomText {
    private static final List<String> TERMS = List.of("P1D", "P30D", "P1M", "P5Y", "PT8H", "PT36H", "P1Y2M3D");
    private static final List<String> CONSENT = List.of("never", "with consent", "freely");

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final List<String> mexico = authorities("MX", List.of("UIF", "FGR", "SAT", "ANAM"));
    private final List<String> states = authorities("US", List.of("FINCEN", "DEA", "ATF", "CBP"));
    private final List<String> guatemala = authorities("GT", List.of("IVE", "MP"));
    private final List<String> everybody = new ArrayList<>();
    private final List<String> members = List.of("MX/FGR", "US/DEA", "GT/MP");

    public RandomText(long seed) {
        this.random = new Random(seed);
    }

    public String write() {
        everybody.addAll(mexico);
        everybody.addAll(states);
        everybody.addAll(guatemala);
        line("memorandum: R/" + (1 + random.nextInt(9)));
        line("version: " + (1 + random.nextInt(9)));
        line("title: {en: Random, es: Azar}");
        line("languages: {authentic: " + pick("en", "es", "[en, es]") + "}");
        if (random.nextBoolean()) {
            line("extends: {" + pick("territorial: \"4\"", "joint-team: \"9\"", "egmont: \"5\", joint-team: \"6\"")
                    + "}");
        }
        line("parties:");
        party("MX", mexico);
        party("US", states);
        party("GT", guatemala);
        line("purposes:");
        line("  p1: {name: {en: One, es: Uno}}");
        line("  p2: {name: {en: Two, es: Dos}, offences: [a, b]}");
        line("  p3: {name: {en: Three, es: Tres}, only under: joint-group}");
        line("categories:");
        for (String category : List.of("c1", "c2")) {
            line("  " + category + ": {name: {en: C, es: C}, sensitive: no, place of obtaining: "
                    + word(Words.PlaceOfObtaining.class) + "}");
        }
        line("  c3: {name: {en: C, es: C}, secrecy: financial}");
        line("clauses:");
        rules();
        for (int number = 1; number <= 1 + random.nextInt(6); number++) {
            grant("20." + number);
        }
        if (random.nextBoolean()) {
            line("never: [no act for a purpose not named here, nothing new while suspended]");
        }
        return text.toString();
    }

    private void rules() {
        line("  1.1: {legal nature: " + word(Words.Nature.class) + ", signing is consent to be bound: "
                + pick("yes", "no") + "}");
        line("  \"1.2\": {not named here: refused}");
        line("  \"4.1\": {obtained outside own territory: " + "only with a joint authorisation of the place"
                + maybe("own territory: of the authority") + "}");
        line("  \"7\": {suspend: any party, resume: every party, effect: " + pick("at once", "within P7D")
                + ", surviving: " + some(words(Words.SurvivingDuty.class)) + "}");
        line("  \"8\": {joint-group: " + list(members)
                + ", leaders: US/DEA, adds purposes: p3, from: 2026-01-01, until: 2027-01-01}");
        optional("10", "announce: " + word(Words.AnnounceRule.class));
        optional("11", "withdraw: any party, notice: " + term());
        optional("12", "amend: by a new version that every party signs");
        optional(
                "13",
                "enters into force: " + pick("2026-01-01", "with the last signature") + maybe("ends: 2030-01-01")
                        + maybe("review: each " + term()));
        optional(
                "15",
                "sovereignty incident: any party, answer: within " + term() + ", joint review: within " + term()
                        + ", consequence: " + word(Words.Consequence.class));
        optional("16", "equivalent secrecy: [financial, tax]");
        optional("17", "equivalent secrecy: [grand-jury, ministerial, classified]");
    }

    private void grant(String number) {
        String between = "between: " + list(List.of(pick(mexico), pick(states))) + ", for: " + purposes();
        String index = "mode: shared-index, index of at least: 50 identifiers" + maybe("epoch: P60D")
                + maybe("cleared entries: " + word(Words.ClearedEntries.class));
        String needs = maybe("needs: {case: " + pick("yes", "no") + ", officers: " + random.nextInt(10) + "}");
        String scope = "by: " + list(List.of(pick(mexico), pick(guatemala)));
        line("  \"" + number + "\": {"
                + switch (random.nextInt(4)) {
                    case 0 -> "reconcile: " + some(List.of("c1", "c2")) + ", " + between + ", " + index;
                    case 1 ->
                        "probe: c1, " + scope + ", of: " + pick(states) + ", for: " + purposes() + ", " + index + needs
                                + ", at most: " + (1 + random.nextInt(999))
                                + " identifiers each P1M, tell the other side of a hit: within " + term()
                                + maybe("watch: {each: P1D, for at most: " + term() + "}");
                    case 2 ->
                        "release: " + some(List.of("c1", "c2", "c3")) + ", " + scope + ", to: " + pick(states)
                                + ", for: " + purposes() + needs + maybe("on: " + word(Words.Occasion.class))
                                + handover();
                    default -> "contribute: c2, between: [MX/FGR, US/DEA], for: " + purposes() + needs + handover();
                }
                + "}");
    }

    private String handover() {
        return ", widens: yes, handling at least: H" + random.nextInt(4) + ", keep: " + term()
                + maybe("grading: " + word(Words.GradingDemand.class))
                + maybe("use as evidence: " + pick(CONSENT))
                + maybe("use for another purpose: " + pick(CONSENT))
                + maybe("use against an immediate threat: \""
                        + pick(
                                "never",
                                "for a named purpose, told within " + term(),
                                "for any purpose, told within " + term())
                        + "\"")
                + maybe("onward: " + pick(CONSENT))
                + maybe("onward to: " + some(everybody))
                + maybe("onward to those named in the request: " + word(Words.NamedInRequest.class))
                + maybe("export: " + pick(CONSENT))
                + maybe("legal hold: " + word(Words.LegalHold.class));
    }

    private void party(String code, List<String> authorities) {
        line("  " + code + ":");
        line("    name: {en: " + code + ", es: " + code + "}");
        line("    territory: " + code);
        line("    authorities:");
        authorities.forEach(authority -> line("      " + authority.substring(3) + ": {kind: "
                + word(Words.AuthorityKind.class) + maybe("territory: " + code + "-A1") + "}"));
        if (random.nextBoolean()) {
            line("    central authority: " + pick(authorities));
        }
    }

    private String purposes() {
        return pick("any purpose", "p1", some(List.of("p1", "p2", "p3")));
    }

    private void optional(String number, String clause) {
        if (random.nextBoolean()) {
            line("  \"" + number + "\": {" + clause + "}");
        }
    }

    private String maybe(String entry) {
        return random.nextBoolean() ? ", " + entry : "";
    }

    private String term() {
        return pick(TERMS);
    }

    private <E extends Enum<E> & Word> String word(Class<E> words) {
        return pick(words(words));
    }

    private static <E extends Enum<E> & Word> List<String> words(Class<E> words) {
        return List.of(words.getEnumConstants()).stream().map(Word::word).toList();
    }

    private String some(List<String> values) {
        List<String> chosen = values.stream().filter(_ -> random.nextBoolean()).toList();
        return list(chosen.isEmpty() ? List.of(pick(values)) : chosen);
    }

    private static String list(List<String> values) {
        return values.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static List<String> authorities(String party, List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(index -> party + "/" + names.get(index))
                .toList();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
