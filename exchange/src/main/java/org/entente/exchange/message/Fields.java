package org.entente.exchange.message;

import java.util.Optional;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.memorandum.item.Word;

/** The forms of single members that several messages share. */
final class Fields {
    private static final String CLAUSE = "[1-9][0-9]{0,2}(\\.[1-9][0-9]{0,2}){0,3}";

    private Fields() {}

    /** A clause number as the memorandum writes it, for example {@code 3.2}. */
    static String clause(String text) throws Malformed {
        if (!isClause(text)) {
            throw new Malformed("exchange.clause-malformed");
        }
        return text;
    }

    static Optional<String> optionalClause(Members members) throws Malformed {
        return members.has("clause") ? Optional.of(clause(members.text("clause"))) : Optional.empty();
    }

    static boolean isClause(String text) {
        return text.matches(CLAUSE);
    }

    static boolean isPseudonym(String text) {
        return text.matches("[A-Za-z0-9._-]{2,64}");
    }

    /** Bytes as unpadded base64url; the text itself, since every byte string has exactly one. */
    static String bytes(Members members, String name, int least, int most) throws Malformed {
        String text = members.text(name);
        int length = text.length() > 2 * most ? most + 1 : Base64Text.parseUrl(text).length;
        if (length < least || length > most) {
            throw new Malformed("exchange.bytes-size", name, Integer.toString(least), Integer.toString(most));
        }
        return text;
    }

    static <E extends Enum<E> & Word> E word(Class<E> list, Members members, String name) throws Malformed {
        String text = members.text(name);
        return Word.find(list, text).orElseThrow(() -> new Malformed("exchange.word-unknown", name));
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
