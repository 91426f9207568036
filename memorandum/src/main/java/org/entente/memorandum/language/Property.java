package org.entente.memorandum.language;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;

/**
 * What somebody wants a memorandum never to permit, in their own words: acts of this kind, between these, about this, unless all that is demanded is given. It is
 * no part of the memorandum and binds nobody; the proof answers whether it holds. An empty list says nothing.
 *
 * @param name the slug by which the document calls it
 * @param words the sentence that people read
 */
public record Property(String name, Bilingual words, Acts acts, Sides sides, Matter matter, Unless unless)
        implements Promise {

    /** Reads properties about a memorandum; what is wrong with the first faulty one is told with its line. */
    public static List<Property> parse(String yaml, Memorandum memorandum) throws Malformed {
        return PropertyReader.read(yaml, memorandum);
    }

    /** Which kinds of act, how something received is used, and how the memorandum stands at that moment. */
    public record Acts(SortedSet<ActName> names, SortedSet<Manner> manners, SortedSet<Standing> standings) {
        public Acts {
            names = Collections.unmodifiableSortedSet(names);
            manners = Collections.unmodifiableSortedSet(manners);
            standings = Collections.unmodifiableSortedSet(standings);
        }
    }

    /** How a memorandum stands when an act is tried. */
    public enum Standing implements Word {
        IN_FORCE("in force"),
        SUSPENDED("suspended"),
        /** The notice is over. */
        WITHDRAWN("withdrawn");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Who acts, with whom, and, of what is passed on, who is to have it. */
    public record Sides(Side by, Side with, Side recipient) {}

    /**
     * Some authorities.
     *
     * @param actors parties, for all of their authorities, and single authorities
     * @param kinds the kinds that they are of
     */
    public record Side(SortedSet<Actor> actors, SortedSet<Words.AuthorityKind> kinds) {
        public Side {
            actors = Collections.unmodifiableSortedSet(actors);
            kinds = Collections.unmodifiableSortedSet(kinds);
        }

        /** Whether nothing is said. */
        public boolean anybody() {
            return actors.isEmpty() && kinds.isEmpty();
        }

        /** Whether the authority, of this kind if the memorandum names it, is one of them. */
        public boolean holds(AuthorityCode authority, Optional<Words.AuthorityKind> kind) {
            return (actors.isEmpty() || names(actors, authority))
                    && (kinds.isEmpty()
                            || kind.filter(named -> kinds.contains(named)).isPresent());
        }
    }

    /** What the act is about: purpose, category, and the item by who obtained it and where, its person and its marking. */
    public record Matter(
            SortedSet<Purpose> purposes,
            SortedSet<Category> categories,
            SortedSet<Actor> obtainedBy,
            SortedSet<Territory> obtainedIn,
            SortedSet<PersonCategory> persons,
            Optional<Handling.Code> markedAtLeast) {
        public Matter {
            purposes = Collections.unmodifiableSortedSet(purposes);
            categories = Collections.unmodifiableSortedSet(categories);
            obtainedBy = Collections.unmodifiableSortedSet(obtainedBy);
            obtainedIn = Collections.unmodifiableSortedSet(obtainedIn);
            persons = Collections.unmodifiableSortedSet(persons);
        }

        public boolean obtainedBy(AuthorityCode authority) {
            return obtainedBy.isEmpty() || names(obtainedBy, authority);
        }

        public boolean obtainedIn(Place place) {
            return obtainedIn.isEmpty() || obtainedIn.stream().anyMatch(territory -> territory.contains(place));
        }

        /** Whether only an act about an item can be meant. */
        public boolean ofItem() {
            return !(obtainedBy.isEmpty() && obtainedIn.isEmpty() && persons.isEmpty() && markedAtLeast.isEmpty());
        }
    }

    /**
     * What makes such an act right: all of it together.
     *
     * @param officers how many of the acting authority
     * @param consent of who obtained the item
     * @param authorisation of the party of the place
     */
    public record Unless(
            boolean caseReference, boolean legalBasis, int officers, boolean consent, boolean authorisation) {
        /** Whether nothing is named that would make it right. */
        public boolean nothing() {
            return !caseReference && !legalBasis && officers == 0 && !consent && !authorisation;
        }
    }

    /** Whether an authority is named, itself or by its party. */
    static boolean names(Set<Actor> actors, AuthorityCode authority) {
        return actors.stream().anyMatch(actor -> actor.equals(authority) || actor.equals(authority.party()));
    }
}
