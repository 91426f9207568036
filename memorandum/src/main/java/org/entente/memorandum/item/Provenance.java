package org.entente.memorandum.item;

import java.time.LocalDate;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.AuthorityCode;

/**
 * Who obtained an item, where, when and by what right. It is a declaration: the party of the place may challenge it.
 *
 * @param obtainedIn the place of obtaining, as the memorandum defines it for the item's category
 * @param legalBasis the law or order that allowed it, 1 to 200 characters, without naming a person
 * @param jointAuthorisation id of the joint authorisation that covers it, when it was obtained elsewhere
 * @param source digest of the file or report that the item was read from
 */
public record Provenance(
        AuthorityCode obtainedBy,
        Place obtainedIn,
        LocalDate obtainedAt,
        String legalBasis,
        Optional<String> jointAuthorisation,
        Digest source) {
    public static final int LEGAL_BASIS_CHARACTERS_MAX = 200;
    public static final int JOINT_AUTHORISATION_CHARACTERS_MAX = 100;

    public Provenance {
        if (legalBasis.isBlank() || legalBasis.length() > LEGAL_BASIS_CHARACTERS_MAX) {
            throw new IllegalArgumentException("a legal basis has 1 to 200 characters");
        }
        if (jointAuthorisation
                .filter(id -> id.isBlank() || id.length() > JOINT_AUTHORISATION_CHARACTERS_MAX)
                .isPresent()) {
            throw new IllegalArgumentException("the id of a joint authorisation has 1 to 100 characters");
        }
    }
}
