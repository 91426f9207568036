package org.entente.memorandum.language;

import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Quoted;

/**
 * The names that a memorandum defines, against which its clauses are resolved.
 *
 * @param doubtful names whose definition could not be read; whoever uses one is not told that it is undefined
 */
record Names(
        SortedMap<PartyCode, Party> parties,
        SortedMap<Purpose, Named.PurposeTerms> defined,
        SortedMap<Category, Named.CategoryTerms> categories,
        Set<String> doubtful) {
    /** A name that nothing defines; a parser of a list adds the place. */
    static final String UNKNOWN = "memorandum.language.unknown-name";

    /** Every name of a kind is doubtful: {@code authority *}. */
    static final String ALL = "*";

    AuthorityCode authority(String text) throws Malformed, Unread {
        String party = text.substring(0, text.indexOf('/') + 1);
        return known(
                text,
                parties.values().stream()
                        .flatMap(each -> each.authorities().keySet().stream())
                        .toList(),
                AuthorityCode::text,
                Kind.AUTHORITY.doubt(text),
                Kind.AUTHORITY.doubt(party),
                Kind.AUTHORITY.doubt(ALL));
    }

    /** A party, or an authority of one. */
    Actor actor(String text) throws Malformed, Unread {
        return known(
                text,
                Stream.<Actor>concat(
                                parties.keySet().stream(),
                                parties.values().stream().flatMap(party -> party.authorities().keySet().stream()))
                        .toList(),
                Actor::text);
    }

    Purpose purpose(String text) throws Malformed, Unread {
        return known(text, defined.keySet(), Purpose::code, Kind.PURPOSE.doubt(text), Kind.PURPOSE.doubt(ALL));
    }

    Category category(String text) throws Malformed, Unread {
        return known(text, categories.keySet(), Category::code, Kind.CATEGORY.doubt(text), Kind.CATEGORY.doubt(ALL));
    }

    SortedSet<Purpose> purposes() {
        return new TreeSet<>(defined.keySet());
    }

    boolean sensitive(Category category) {
        Named.CategoryTerms terms = categories.get(category);
        return terms == null || terms.sensitive();
    }

    private <T> T known(String text, Collection<T> known, Function<T, String> written, String... doubts)
            throws Malformed, Unread {
        for (T name : known) {
            if (written.apply(name).equals(text)) {
                return name;
            }
        }
        for (String doubt : doubts) {
            if (doubtful.contains(doubt)) {
                throw new Unread();
            }
        }
        String nearest = Vocabulary.nearest(text, known.stream().map(written).toList());
        throw new Malformed(UNKNOWN, Quoted.of(text), nearest);
    }

    /** The kinds of name. */
    enum Kind {
        AUTHORITY,
        PURPOSE,
        CATEGORY;

        String doubt(String name) {
            return name() + " " + name;
        }
    }
}
