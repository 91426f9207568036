package org.entente.memorandum.decision;

import java.util.List;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.signing.VerifiedAuthorisation;

/** An item by its envelope, with the joint authorisations that are said to cover where it was obtained. */
public record Item(Envelope envelope, List<VerifiedAuthorisation> authorisations) {
    public Item {
        authorisations = List.copyOf(authorisations);
    }

    public static Item of(Envelope envelope) {
        return new Item(envelope, List.of());
    }
}
