package org.entente.memorandum.language;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Every key of the language, by the construct in which it may stand. The published JSON Schema has one definition for
 * each construct, under the same name and with the same keys. The first key of a clause is the one that says what the
 * clause is about; the last, {@code widens}, may stand in every clause.
 */
public enum Vocabulary {
    MEMORANDUM(
            "memorandum",
            "version",
            "title",
            "languages",
            "extends",
            "parties",
            "purposes",
            "categories",
            "clauses",
            "never"),
    PROFILE("profile", "title", "extends", "clauses", "where a clause says nothing"),
    PROPERTIES("properties"),
    PROPERTY("in words", "never", "unless"),
    PROPERTY_NEVER(
            "acts",
            "used as",
            "while",
            "by",
            "by kind",
            "with",
            "with kind",
            "forwarded to",
            "forwarded to kind",
            "for",
            "category",
            "obtained by",
            "obtained in",
            "person",
            "marked at least"),
    PROPERTY_UNLESS("case", "legal basis", "officers", "consent of the originator", "joint authorisation of the place"),
    BILINGUAL("en", "es"),
    LANGUAGES("authentic", "if they diverge"),
    PARTY("name", "territory", "authorities", "central authority", "contact"),
    AUTHORITY("kind", "territory"),
    PURPOSE("name", "offences", "only under"),
    CATEGORY("name", "place of obtaining", "secrecy", "only between", "only under", "sensitive"),
    NEEDS("case", "legal basis", "officers"),
    WATCH("each", "for at most"),
    CLAUSE_LEGAL_NATURE("legal nature", "signing is consent to be bound"),
    CLAUSE_NOT_NAMED("not named here"),
    CLAUSE_RECONCILE("reconcile", "between", "for", "mode", "index of at least", "cleared entries", "epoch"),
    CLAUSE_PROBE(
            "probe",
            "by",
            "of",
            "for",
            "mode",
            "index of at least",
            "cleared entries",
            "epoch",
            "needs",
            "at most",
            "watch",
            "tell the other side of a hit"),
    CLAUSE_RELEASE(
            "release",
            "by",
            "to",
            "for",
            "on",
            "needs",
            "handling at least",
            "grading",
            "use as evidence",
            "use for another purpose",
            "use against an immediate threat",
            "onward",
            "onward to",
            "onward to those named in the request",
            "export",
            "keep",
            "legal hold"),
    CLAUSE_CONTRIBUTE(
            "contribute",
            "between",
            "for",
            "needs",
            "handling at least",
            "grading",
            "use as evidence",
            "use for another purpose",
            "use against an immediate threat",
            "onward",
            "onward to",
            "onward to those named in the request",
            "export",
            "keep",
            "legal hold"),
    CLAUSE_ANSWER("answer requests", "acknowledge", "urgent", "interim", "refuse only on", "never refuse on"),
    CLAUSE_TERRITORY("obtained outside own territory", "own territory"),
    CLAUSE_JOINT_GROUP("joint-group", "leaders", "adds purposes", "adds categories", "from", "until"),
    CLAUSE_ANNOUNCE("announce"),
    CLAUSE_SUSPEND("suspend", "effect", "resume", "surviving"),
    CLAUSE_WITHDRAW("withdraw", "notice"),
    CLAUSE_AMEND("amend"),
    CLAUSE_FORCE("enters into force", "ends", "review"),
    CLAUSE_STATUS("tell of status changes"),
    CLAUSE_CHALLENGE("challenge of provenance", "answer", "unanswered"),
    CLAUSE_INCIDENT("sovereignty incident", "answer", "joint review", "consequence"),
    CLAUSE_SECRECY("equivalent secrecy");

    private static final String CLAUSE = "CLAUSE_";

    @SuppressWarnings("ImmutableEnumChecker") // the list is a copy that nobody can change
    private final List<String> keys;

    Vocabulary(String... keys) {
        Stream<String> everywhere = name().startsWith(CLAUSE) ? Stream.of("widens") : Stream.empty();
        this.keys = Stream.concat(Stream.of(keys), everywhere).toList();
    }

    public List<String> keys() {
        return keys;
    }

    /** The name of the schema's definition, for example {@code clause-probe}. */
    public String definition() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<Vocabulary> clauses() {
        return Arrays.stream(values())
                .filter(construct -> construct.name().startsWith(CLAUSE))
                .toList();
    }

    /** Whether a memorandum is none without a clause of this kind. */
    boolean isMandatory() {
        return switch (this) {
            case CLAUSE_LEGAL_NATURE, CLAUSE_NOT_NAMED, CLAUSE_TERRITORY, CLAUSE_SUSPEND -> true;
            default -> false;
        };
    }

    /** Whether several clauses of this kind may stand side by side. */
    boolean isRepeatable() {
        return switch (this) {
            case CLAUSE_RECONCILE, CLAUSE_PROBE, CLAUSE_RELEASE, CLAUSE_CONTRIBUTE, CLAUSE_SECRECY -> true;
            default -> false;
        };
    }

    String head() {
        return keys.getFirst();
    }

    /** The known word that takes the fewest single-letter changes to reach; for a helpful message only. */
    static String nearest(String word, Collection<String> known) {
        String compared = word.length() <= 80 ? word : word.substring(0, 80);
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(compared, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse("");
    }

    /** Levenshtein distance, in two rows. */
    private static int distance(String left, String right) {
        int[] above = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] here = new int[right.length() + 1];
            here[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int changed = above[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                here[column] = Math.min(changed, 1 + Math.min(above[column], here[column - 1]));
            }
            above = here;
        }
        return above[right.length()];
    }
}
