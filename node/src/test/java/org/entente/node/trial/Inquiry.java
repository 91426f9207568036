package org.entente.node.trial;

import java.time.Duration;
import java.util.Optional;
import org.entente.casework.cases.CaseReference;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.matching.oprf.EpochKey;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What our officers need to ask the partner: an index of which there is no more than its announcement, and a case. */
public final class Inquiry {
    private static final String CASE = "A-1";

    private final Digest index;

    private Inquiry(Digest index) {
        this.index = index;
    }

    public static Inquiry open(PartyOnTrial party, Signer opener) throws Malformed {
        byte[] key = EpochKey.generate(party.random()).publicKey().encode();
        Comparison.IndexAnnounced message = new Comparison.IndexAnnounced(
                new Comparison.Scope(party.memorandum.digest(), Questions.COMPANY, Optional.of(Questions.PURPOSE)),
                new Comparison.Epoch(0, UtcSeconds.whole(party.clock.instant().plus(Duration.ofDays(30)))),
                Comparison.MatchMode.HOME_INDEX,
                new Comparison.IndexCommitment(Base64Text.url(key), 64, Digest.of(key)),
                Optional.empty());
        Statement statement =
                party.partner.say(message.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, party.clock.instant()));
        party.accept(statement, () -> {
            try {
                party.indices.announced(statement, message);
            } catch (Malformed e) {
                throw new IllegalStateException(e);
            }
        });
        party.cases.open(CaseReference.parse(CASE), party.memorandum.digest(), Questions.PURPOSE, opener.officer());
        return new Inquiry(statement.id());
    }

    /** The facts of a question about so many invented companies. */
    public ObjectNode facts(int identifiers) {
        ObjectNode facts = JsonNodeFactory.instance
                .objectNode()
                .put("case", CASE)
                .put("index", index.hex())
                .put("justification", "tried")
                .put("legalBasis", "Ley de prueba 1");
        ArrayNode array = facts.putArray("identifiers");
        for (int n = 0; n < identifiers; n++) {
            array.addObject().put("type", "rfc").put("value", Companies.rfc(n));
        }
        return facts;
    }
}
