package org.entente.node.delivery;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.bundle.ProvedReceipt;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Reply;
import org.entente.node.act.NothingHere;
import org.entente.node.ledger.Statements;
import org.entente.node.party.Parties;

/** Proves to others that a partner received what this node said. */
public final class Receipts {
    private final Statements statements;
    private final Parties parties;
    private final Courier courier;

    public Receipts(Statements statements, Parties parties, Courier courier) {
        this.statements = statements;
        this.parties = parties;
        this.courier = courier;
    }

    /**
     * The file that proves it, verified before it is given out.
     *
     * @throws NothingHere when this node has said no such statement
     * @throws Malformed {@code receipt.none-yet} when the partner has not said that it was delivered, or its log does not show it yet
     */
    public byte[] of(Digest statement) throws Malformed, NothingHere {
        Statements.Entry said =
                statements.find(statement).filter(Statements.Entry::outgoing).orElseThrow(NothingHere::new);
        PartyCode to = said.statement().to().orElseThrow(NothingHere::new).party();
        Parties.Partner partner = parties.require(to);
        Statement receipt = delivered(statement).orElseThrow(() -> new Malformed("receipt.none-yet", to.text()));
        Courier.Proven proven = courier.prove(partner, List.of(statement));
        ProofJson place = proven.proofs().stream()
                .filter(proof -> proof.statement().equals(statement))
                .findFirst()
                .orElseThrow(() -> new Malformed("receipt.none-yet", to.text()));
        PartyCard own = parties.own();
        SignedCheckpoint head = SignedCheckpoint.open(
                proven.checkpoint(),
                proven.origin(to, own.party()),
                partner.card().logKey());
        byte[] file = ProvedReceipt.file(receipt, place.proof(), head);
        ProvedReceipt.verify(file, partner.card(), Optional.of(own));
        return file;
    }

    /** The partner's word that it has the statement, and where. */
    private Optional<Statement> delivered(Digest statement) {
        return statements.answers(statement).stream()
                .filter(answer -> !answer.outgoing()
                        && answer.message() instanceof Reply.Receipt receipt
                        && receipt.stage() == Reply.Stage.DELIVERED
                        && receipt.leaf().isPresent())
                .map(Statements.Entry::statement)
                .findFirst();
    }
}
