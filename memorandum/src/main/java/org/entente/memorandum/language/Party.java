package org.entente.memorandum.language;

import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Territory;

/**
 * A sovereign party, its territory, and its authorities that take part.
 *
 * @param centralAuthority the one of them through which formal requests go, if the memorandum names one
 * @param contact the one of them that others turn to with a question about the memorandum, if it names one
 */
public record Party(
        Bilingual name,
        SortedSet<Territory> territory,
        SortedMap<AuthorityCode, Authority> authorities,
        Optional<AuthorityCode> centralAuthority,
        Optional<AuthorityCode> contact) {
    /** The order in which authorities are written: by their code, whose parts need not be joined to be compared. */
    public static final Comparator<AuthorityCode> ORDER =
            Comparator.comparing(AuthorityCode::party).thenComparing(AuthorityCode::name);

    public Party {
        territory = Collections.unmodifiableSortedSet(new TreeSet<>(territory));
        authorities = Collections.unmodifiableSortedMap(new TreeMap<>(authorities));
    }

    public boolean owns(Place place) {
        return contains(territory, place);
    }

    private static boolean contains(SortedSet<Territory> territory, Place place) {
        for (Territory own : territory) {
            if (own.contains(place)) {
                return true;
            }
        }
        return false;
    }

    /**
     * One authority of a party.
     *
     * @param territory where it may obtain things: its party's, or the part of it that the memorandum says
     */
    public record Authority(Words.AuthorityKind kind, SortedSet<Territory> territory) {
        public Authority {
            territory = Collections.unmodifiableSortedSet(new TreeSet<>(territory));
        }

        public boolean owns(Place place) {
            return contains(territory, place);
        }
    }
}
