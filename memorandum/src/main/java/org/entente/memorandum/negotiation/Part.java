package org.entente.memorandum.negotiation;

import java.util.Comparator;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Quoted;
import org.entente.memorandum.language.ClauseNumber;

/**
 * What can be proposed by itself: the head, one party, one purpose, one category, one clause, or the promises. A canonical form is
 * exactly the union of its parts. It is written {@code head}, {@code party/MX}, {@code purpose/money-laundering}, {@code
 * category/company}, {@code 3.1} or {@code never}.
 *
 * @param section what sort of part
 * @param name the code or the clause's number; empty for the head and the promises, of which there is one
 */
public record Part(Section section, String name) implements Comparable<Part> {
    /** Id, version, title, languages and profiles. */
    public static final Part HEAD = new Part(Section.HEAD, "");

    public static final Part PROMISES = new Part(Section.PROMISES, "");

    private static final Comparator<Part> ORDER = Comparator.comparing(Part::section)
            .thenComparing((one, other) -> one.section == Section.CLAUSE
                    ? new ClauseNumber(one.name).compareTo(new ClauseNumber(other.name))
                    : one.name.compareTo(other.name));

    /** The sorts of part, in the order in which people read. */
    public enum Section {
        HEAD("head"),
        PARTY("parties"),
        PURPOSE("purposes"),
        CATEGORY("categories"),
        CLAUSE("clauses"),
        PROMISES("never");

        private final String key;

        Section(String key) {
            this.key = key;
        }

        /** The key of the canonical form under which such parts stand; the head's keys stand by themselves. */
        String key() {
            return key;
        }

        boolean single() {
            return this == HEAD || this == PROMISES;
        }
    }

    public Part {
        if (section.single() != name.isEmpty()) {
            throw new IllegalArgumentException("not a part");
        }
        try {
            requireName(section, name);
        } catch (Malformed refused) {
            throw new IllegalArgumentException("not a part", refused);
        }
    }

    /** Refuses with {@code memorandum.negotiation.part-malformed} what is not written as above. */
    public static Part parse(String text) throws Malformed {
        if (text.equals(HEAD.text()) || text.equals(PROMISES.text())) {
            return text.equals(HEAD.text()) ? HEAD : PROMISES;
        }
        int slash = text.indexOf('/');
        String sort = slash < 0 ? "" : text.substring(0, slash);
        String name = text.substring(slash + 1);
        try {
            return switch (sort) {
                case "party" -> named(Section.PARTY, name);
                case "purpose" -> named(Section.PURPOSE, name);
                case "category" -> named(Section.CATEGORY, name);
                default -> named(Section.CLAUSE, text);
            };
        } catch (Malformed refused) {
            throw new Malformed("memorandum.negotiation.part-malformed", Quoted.of(text));
        }
    }

    static Part named(Section section, String name) throws Malformed {
        requireName(section, name);
        return new Part(section, name);
    }

    private static void requireName(Section section, String name) throws Malformed {
        switch (section) {
            case HEAD, PROMISES -> {
                // They have none.
            }
            case PARTY -> PartyCode.parse(name);
            case PURPOSE -> Purpose.parse(name);
            case CATEGORY -> Category.parse(name);
            case CLAUSE -> ClauseNumber.parse(name);
        }
    }

    /** As it is written in statements and on the command line. */
    public String text() {
        return switch (section) {
            case HEAD -> "head";
            case PROMISES -> "never";
            case PARTY -> "party/" + name;
            case PURPOSE -> "purpose/" + name;
            case CATEGORY -> "category/" + name;
            case CLAUSE -> name;
        };
    }

    @Override
    public int compareTo(Part other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }
}
