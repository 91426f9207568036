package org.entente.node.server;

import java.time.Clock;
import org.entente.exchange.delivery.Outbox;
import org.entente.node.act.Acts;
import org.entente.node.canary.CanaryDesk;
import org.entente.node.casefile.CaseFiles;
import org.entente.node.comparison.ProbeOpenings;
import org.entente.node.holding.Holdings;
import org.entente.node.holding.Loads;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.PartnerWitness;
import org.entente.node.ledger.Statements;
import org.entente.node.memoranda.Memoranda;
import org.entente.node.officer.Officers;
import org.entente.node.party.Parties;
import org.entente.node.testimony.Testimony;

/** What the server of a node's people works with, put together by whoever starts the node. */
public record Services(Known known, Ledger ledger, Desks desks, Proceedings proceedings, Vitals vitals, Clock clock) {

    /** Who and what this node knows. */
    public record Known(
            Officers officers, Parties parties, Memoranda memoranda, Holdings holdings, Loads loads, CaseFiles cases) {}

    /** What was said and heard, how far it is witnessed, and what was noticed in it. */
    public record Ledger(
            Statements statements,
            Logs logs,
            Checkpoints checkpoints,
            Witnessing witnessing,
            Outbox outbox,
            CanaryDesk canaries) {}

    /** What this node has seen of the partners' logs, and what others than the partners have seen of this node's. */
    public record Witnessing(PartnerWitness partners, Testimony own) {}

    /** What officers set going. */
    public record Desks(
            Acts acts,
            DeclarationDesk declarations,
            EnrolmentDesk enrolment,
            PartnerDesk partners,
            EvidenceDesk evidence,
            ProbeOpenings openings) {}
}
