package org.entente.node.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.bundle.Bundle;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.bundle.LogEvidence;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.signing.Standing;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.Statements;
import org.entente.node.memoranda.Memoranda;
import org.entente.node.party.Parties;
import tools.jackson.databind.JsonNode;

/**
 * Writes the evidence of a relationship into one file. It holds every statement that both logs hold under checkpoints that
 * the other side has cosigned; what is still on its way is left for the next bundle.
 */
public final class Bundles {
    private static final int MEMORANDUM_BYTES_MAX = 1 << 20;

    private final Parties parties;
    private final Memoranda memoranda;
    private final Ledger ledger;
    private final Courier courier;
    private final SecretKeys keys;
    private final Clock clock;

    /** What this node's own side of the evidence is read from. */
    public record Ledger(Statements statements, Logs logs, Checkpoints checkpoints) {}

    public Bundles(Parties parties, Memoranda memoranda, Ledger ledger, Courier courier, SecretKeys keys, Clock clock) {
        this.parties = parties;
        this.memoranda = memoranda;
        this.ledger = ledger;
        this.courier = courier;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The bundle of the relationship with a partner, verified before it is given out.
     *
     * @throws Malformed when the partner does not answer, or nothing is cosigned yet
     */
    public byte[] export(PartyCode partner) throws Malformed {
        Parties.Partner other = parties.require(partner);
        PartyCard own = parties.own();
        String origin = ledger.logs.origin(partner);
        SignedCheckpoint checkpoint = ledger.checkpoints
                .cosigned(origin)
                .orElseThrow(() -> new Malformed("bundle.nothing-cosigned", partner.text()));
        List<Statement> logged = ledger.statements.inLogOf(partner).stream()
                .map(Statements.Entry::statement)
                .toList();
        Map<Digest, InclusionProof> theirs = new HashMap<>();
        Courier.Proven proven =
                courier.prove(other, logged.stream().map(Statement::id).toList());
        proven.proofs().forEach(proof -> theirs.put(proof.statement(), proof.proof()));
        List<Statement> shown = new ArrayList<>();
        List<InclusionProof> ownProofs = new ArrayList<>();
        List<InclusionProof> otherProofs = new ArrayList<>();
        for (Statement statement : logged) {
            Optional<InclusionProof> here = ledger.logs.proof(partner, statement.id(), checkpoint);
            InclusionProof there = theirs.get(statement.id());
            if (here.isPresent() && there != null) {
                shown.add(statement);
                ownProofs.add(here.get());
                otherProofs.add(there);
            }
        }
        List<LogEvidence> logs = ordered(
                own.party(),
                new LogEvidence(origin, checkpoint.note(), ownProofs),
                partner,
                new LogEvidence(LogNames.relationship(partner, own.party(), 1), proven.checkpoint(), otherProofs));
        List<PartyCard> cards = new ArrayList<>(List.of(own, other.card()));
        cards.sort(Comparator.comparing(PartyCard::party));
        byte[] bytes = Bundle.seal(
                        new Bundle.Exchange(cards, memorandum(partner), shown, logs),
                        own.party(),
                        clock.instant(),
                        keys)
                .bytes();
        return switch (BundleVerification.verify(bytes, PinnedCards.of(cards))) {
            case BundleOutcome.Verified _ -> bytes;
            case BundleOutcome.False wrong -> throw new Malformed(wrong.problem());
            case BundleOutcome.Unreadable unreadable -> throw new Malformed(unreadable.problem());
            case BundleOutcome.ConsistentButUnpinned _ -> throw new IllegalStateException("both cards are pinned here");
        };
    }

    private static List<LogEvidence> ordered(
            PartyCode own, LogEvidence ownLog, PartyCode partner, LogEvidence partnerLog) {
        return own.compareTo(partner) < 0 ? List.of(ownLog, partnerLog) : List.of(partnerLog, ownLog);
    }

    /** The memorandum that both have signed; the newest, when there are several. */
    private JsonNode memorandum(PartyCode partner) throws Malformed {
        for (Standing standing : memoranda.standings(partner)) {
            boolean signedByAll = switch (standing) {
                case Standing.Draft _, Standing.Signed _ -> false;
                case Standing.InForce _, Standing.Suspended _, Standing.Withdrawn _ -> true;
            };
            if (signedByAll) {
                return CanonicalJson.parse(standing.memorandum().canonical(), MEMORANDUM_BYTES_MAX);
            }
        }
        throw new Malformed("bundle.no-memorandum", partner.text());
    }
}
