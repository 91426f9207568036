package org.entente.memorandum.language;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Quoted;

/** The names that a memorandum defines, against which its clauses are resolved. */
record Names(
        Map<PartyCode, Party> parties,
        SortedMap<Purpose, Named.PurposeTerms> defined,
        SortedMap<Category, Named.CategoryTerms> categories) {
    /** A name that nothing defines; a parser of a list adds the line. */
    static final String UNKNOWN = "memorandum.language.unknown-name";

    AuthorityCode authority(String text) throws Malformed {
        return authority(
                text,
                parties.values().stream()
                        .flatMap(party -> party.authorities().keySet().stream())
                        .toList());
    }

    static AuthorityCode authority(String text, Collection<AuthorityCode> known) throws Malformed {
        for (AuthorityCode code : known) {
            if (code.text().equals(text)) {
                return code;
            }
        }
        throw unknown(text, known.stream().map(AuthorityCode::text).toList());
    }

    Purpose purpose(String text) throws Malformed {
        for (Purpose purpose : defined.keySet()) {
            if (purpose.code().equals(text)) {
                return purpose;
            }
        }
        throw unknown(text, defined.keySet().stream().map(Purpose::code).toList());
    }

    Category category(String text) throws Malformed {
        for (Category category : categories.keySet()) {
            if (category.code().equals(text)) {
                return category;
            }
        }
        throw unknown(text, categories.keySet().stream().map(Category::code).toList());
    }

    SortedSet<Purpose> purposes() {
        return new TreeSet<>(defined.keySet());
    }

    boolean sensitive(Category category) {
        Named.CategoryTerms terms = categories.get(category);
        return terms == null || terms.sensitive();
    }

    private static Malformed unknown(String text, Collection<String> known) {
        return new Malformed(UNKNOWN, Quoted.of(text), Vocabulary.nearest(text, known));
    }
}
