package org.entente.memorandum.language;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.memorandum.item.SecrecyRegime;

/** A purpose or a category, as the memorandum that names it describes it. */
public sealed interface Named {
    Bilingual name();

    boolean onlyUnderJointGroup();

    /** A purpose and the offences that it takes in, as codes; none means the whole of it. */
    record PurposeTerms(Bilingual name, SortedSet<String> offences, boolean onlyUnderJointGroup) implements Named {
        public PurposeTerms {
            offences = Collections.unmodifiableSortedSet(new TreeSet<>(offences));
        }
    }

    /**
     * A category of holdings.
     *
     * @param onlyBetween kinds of authority that may send and receive it; empty when any may
     * @param sensitive two officers approve, and no shared index holds it; so unless the memorandum says no
     */
    record CategoryTerms(
            Bilingual name,
            Words.PlaceOfObtaining placeOfObtaining,
            SecrecyRegime secrecy,
            SortedSet<Words.AuthorityKind> onlyBetween,
            boolean onlyUnderJointGroup,
            boolean sensitive)
            implements Named {
        public CategoryTerms {
            onlyBetween = Collections.unmodifiableSortedSet(new TreeSet<>(onlyBetween));
        }
    }
}
