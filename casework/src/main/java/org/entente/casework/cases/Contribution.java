package org.entente.casework.cases;

import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Handling;

/**
 * An item in a case that another authority supplied. It stays its originator's: it is not indexed, exported, used as
 * evidence or shown to others without that authority's consent, however much was built upon it here.
 *
 * @param item digest of the item's body as released
 * @param release the statement that handed it over
 */
public record Contribution(Digest item, Digest release, AuthorityCode originator, Handling handling) {

    /** What somebody wants to do with it beyond reading it within the receiving authority. */
    public enum Use {
        INDEX,
        EXPORT,
        EVIDENCE,
        SHOW
    }

    /**
     * Why the use is not possible; empty when the originator has consented to exactly this use.
     *
     * @param consented the uses that the originator consented to
     */
    public Optional<Problem> refusal(Use use, Set<Use> consented) {
        return consented.contains(use)
                ? Optional.empty()
                : Optional.of(Problem.of("casework.originator-consent-needed", originator.text()));
    }
}
