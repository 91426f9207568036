package org.entente.node.trial;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.SentDecision;
import org.entente.exchange.passage.Passage;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.list.ListFormat;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.officer.Role;
import org.entente.node.act.Decisions;
import org.entente.node.holding.Loads;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Questions of the partner about an index of 60 companies of ours. Their batches hold nothing that could be evaluated. */
public final class Questions {
    public static final Category COMPANY = new Category("company");
    public static final Purpose PURPOSE = new Purpose("money-laundering");

    private final PartyOnTrial party;
    private final Digest index;
    private final BodyReference batch;
    private int asked;

    private Questions(PartyOnTrial party, Digest index, BodyReference batch) {
        this.party = party;
        this.index = index;
        this.batch = batch;
    }

    /** Loads the companies, and announces an index of them. */
    public static Questions about(PartyOnTrial party) throws Exception {
        party.loads.load(
                new Loads.Order(
                        new ListFormat.Csv("rfc", IdentifierType.RFC),
                        PartyOnTrial.UIF,
                        PartyOnTrial.UIF,
                        Optional.of(Place.parse("MX")),
                        List.of(PURPOSE)),
                new ByteArrayInputStream(Companies.csv(60).getBytes(StandardCharsets.UTF_8)),
                "uif-analyst-1");
        Signer liaison = party.officer("uif-liaison-index", PartyOnTrial.UIF, Role.LIAISON);
        ObjectNode facts = JsonNodeFactory.instance
                .objectNode()
                .put("partner", PartyOnTrial.FINCEN.text())
                .put("memorandum", party.memorandum.digest().hex())
                .put("category", COMPANY.code())
                .put("purpose", PURPOSE.code());
        ObjectNode draft = party.acts().prepare("index", facts, liaison.officer());
        Digest subject = Digest.parse(draft.required("subject").asString());
        ObjectNode said = party.acts()
                .approve(
                        subject,
                        Signer.handedIn(liaison.approve("index", subject, party.clock.instant())),
                        liaison.officer());
        return new Questions(
                party,
                Digest.parse(said.required("statement").asString()),
                party.arrived("no batch".getBytes(StandardCharsets.UTF_8)));
    }

    /** The statement that announced the index. */
    public Digest index() {
        return index;
    }

    /**
     * A question of FINCEN's, of an own case each time.
     *
     * @param alreadyCharged what it says that the quota was charged before
     */
    public Comparison.ProbeAsked message(int elements, long alreadyCharged, Signer... approvers) {
        Digest batched = Digest.of(new byte[] {(byte) (asked + 1)});
        return message(new Comparison.Batch(elements, batched, batched, batch, batch), alreadyCharged, approvers);
    }

    /** The same with a batch of one's own. */
    public Comparison.ProbeAsked message(Comparison.Batch batch, long alreadyCharged, Signer... approvers) {
        Digest file = Digest.of(new byte[] {(byte) ++asked});
        TreeSet<Approver> given = new TreeSet<>();
        Stream.of(approvers).map(Signer::officer).map(Decisions::approver).forEach(given::add);
        Act act = new Act.Probe(
                new Circumstances(
                        PartyOnTrial.FINCEN,
                        PartyOnTrial.UIF,
                        PURPOSE,
                        COMPANY,
                        UtcSeconds.whole(party.clock.instant())),
                new Grounds(Optional.of(file.hex()), Optional.of("31 U.S.C. 310"), given, Decisions.noConsents()),
                new Act.Charge(batch.elements(), alreadyCharged),
                party.indices.find(index).orElseThrow().facts().size());
        return new Comparison.ProbeAsked(
                new Comparison.Ground.UnderCase(file),
                COMPANY,
                PURPOSE,
                index,
                batch,
                SentDecision.of(act, Passage.outgoing(act, party.memoranda.standings(PartyOnTrial.US))));
    }

    /** The same, approved and said by the partner. */
    public Statement statement(int elements, long alreadyCharged, Signer approver) {
        return statement(message(elements, alreadyCharged, approver), approver);
    }

    /** A question, approved and said by the partner. */
    public Statement statement(Comparison.ProbeAsked message, Signer approver) {
        StatementDraft draft =
                message.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, UtcSeconds.whole(party.clock.instant()));
        return party.partner.say(draft.withApprovals(
                List.of(approver.approve("probe", draft.approvalSubject(), party.clock.instant()))));
    }
}
