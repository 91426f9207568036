package org.entente.memorandum.decision;

import java.util.List;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.signing.VerifiedAuthorisation;

/**
 * An item by its envelope, with the joint authorisations that are said to cover where it was obtained.
 *
 * @param challenged whether the party of the place has challenged its provenance, and has no answer yet
 */
public record Item(Envelope envelope, List<VerifiedAuthorisation> authorisations, boolean challenged) {
    public Item {
        authorisations = List.copyOf(authorisations);
    }

    public Item(Envelope envelope, List<VerifiedAuthorisation> authorisations) {
        this(envelope, authorisations, false);
    }

    public static Item of(Envelope envelope) {
        return new Item(envelope, List.of());
    }
}
