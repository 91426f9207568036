package org.entente.memorandum.negotiation;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.card.PartyCode;

/**
 * How one part stands.
 *
 * @param proposals those that stand, by party: at most one of each
 * @param agreed the text behind which every party stands; then the other proposals are history unless an agreement is taken back
 */
public record PartState(Part part, List<Proposal> proposals, Optional<PartText> agreed) {
    public PartState {
        proposals = List.copyOf(proposals);
    }

    /** The proposal behind which a party stands. */
    public Optional<Proposal> standOf(PartyCode party) {
        return proposals.stream()
                .filter(proposal -> proposal.behind().contains(party))
                .findFirst();
    }

    /** A party's own proposal, if one stands. */
    public Optional<Proposal> of(PartyCode party) {
        return proposals.stream()
                .filter(proposal -> proposal.by().equals(party))
                .findFirst();
    }
}
