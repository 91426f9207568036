package org.entente.verification.simulate;

import java.time.Duration;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.CardSucceeded;
import org.entente.evidence.succession.KeyRevoked;
import org.entente.evidence.succession.LogReopened;
import org.entente.evidence.witness.AddCheckpoint;
import org.entente.exchange.delivery.Lane;
import org.entente.exchange.delivery.Reception;
import tools.jackson.databind.JsonNode;

/** The reception and the witness with the bugs that are planted in front of them; without one they are what they are. */
final class Planted {
    private static final Duration EARLY = Duration.ofMillis(40);

    private Planted() {}

    /** Takes a statement as it came over a partner's connection. */
    static Lane.Answer receive(SimulatedNode node, Reception reception, PartyCode caller, byte[] bytes)
            throws Malformed {
        Optional<Flaw> flaw = node.world().watch().planted(node.party());
        Softened softened = new Softened(node, member(node, caller));
        byte[] taken = flaw.map(one -> softened.of(one, bytes)).orElse(bytes);
        JsonNode document = CanonicalJson.parse(taken, Statement.BYTES_MAX);
        if (node.has(Flaw.SPEAKER_NOT_COMPARED)) {
            PartyCode claimed = Statement.of(document).claimedFrom().party();
            return claimed.equals(node.party())
                    ? reception
                            .receive(caller, CanonicalJson.parse(softened.turned(taken), Statement.BYTES_MAX))
                            .answer()
                    : reception.receive(claimed, document).answer();
        }
        if (node.has(Flaw.ACKNOWLEDGED_EARLY)) {
            UnverifiedStatement claimed = Statement.of(document);
            node.later(EARLY, () -> {
                try {
                    reception.receive(caller, document);
                } catch (Malformed malformed) {
                    node.say("refuses too late: " + malformed.problem());
                }
            });
            return new Lane.Answer.Acknowledged(claimed.id());
        }
        Lane.Answer answer = reception.receive(caller, document).answer();
        boolean believed = answer instanceof Lane.Answer.RefusedForGood
                && believes(node, Statement.of(document).claimedKind());
        return believed ? new Lane.Answer.Acknowledged(answer.statement()) : answer;
    }

    private static boolean believes(SimulatedNode node, String kind) {
        return switch (kind) {
            case CardSucceeded.KIND, KeyRevoked.KIND -> node.has(Flaw.CARDS_BELIEVED);
            case LogReopened.KIND -> node.has(Flaw.REOPENING_BELIEVED);
            case OfficerAppointment.KIND -> node.has(Flaw.OFFICERS_BELIEVED);
            default -> false;
        };
    }

    private static Cast.Member member(SimulatedNode node, PartyCode party) {
        return node.world().members().stream()
                .filter(member -> member.party().equals(party))
                .findFirst()
                .orElseThrow();
    }

    /** A head as a partner shows it; what a missing check would let pass is signed anew. */
    static AddCheckpoint shown(SimulatedNode node, PartyCode caller, AddCheckpoint call, KnownLog log) {
        boolean otherKey = node.has(Flaw.HEAD_KEY_NOT_COMPARED);
        boolean otherLog =
                node.has(Flaw.ORIGIN_NOT_COMPARED) && !call.claimed().origin().equals(log.origin());
        if (!otherKey && !otherLog) {
            return call;
        }
        Checkpoint claimed = call.claimed();
        Checkpoint head = otherLog ? new Checkpoint(log.origin(), claimed.size(), claimed.root()) : claimed;
        return AddCheckpoint.of(
                call.oldSize(),
                call.proof(),
                SignedCheckpoint.sign(head, member(node, caller).keys().log()));
    }
}
