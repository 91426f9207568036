package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.OfficerClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The node's unit has probed the partner's index for a case, has hits, and asks for what stands behind them. */
final class Probed {
    static final String CASE = "UIF-2026-1";

    private final Encounter encounter;
    private final IndexInHand index;
    private final JsonNode hits;

    private Probed(Encounter encounter, IndexInHand index, JsonNode hits) {
        this.encounter = encounter;
        this.index = index;
        this.hits = hits;
    }

    static Probed companies(Encounter encounter, int companies) throws Exception {
        PartnerInHand partner = encounter.partner();
        IndexInHand index = IndexInHand.announce(partner, encounter.understanding());
        partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                && receipt.statement().equals(index.statement())
                && receipt.stage() == Reply.Stage.OPENED);
        openCase(encounter, CASE);
        OfficerClient analyst = encounter.officer(Role.ANALYST);
        ObjectNode facts = IndexInHand.asking(companies)
                .put("case", CASE)
                .put("index", index.statement().hex())
                .put("justification", "Invoices.")
                .put("legalBasis", "LFPIORPI");
        Digest probe =
                Digest.parse(analyst.act("probe", facts).required("statement").asString());
        index.answer(partner.await(heard -> heard.message() instanceof Comparison.ProbeAsked));
        partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                && receipt.stage() == Reply.Stage.OPENED
                && !receipt.statement().equals(index.statement()));
        JsonNode hits = analyst.get("/api/probes/" + probe.hex()).path("hits");
        assertThat(hits).hasSize(companies);
        return new Probed(encounter, index, hits);
    }

    static void openCase(Encounter encounter, String reference) throws Exception {
        encounter
                .officer(Role.ANALYST)
                .post(
                        "/api/cases",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("reference", reference)
                                .put(
                                        "memorandum",
                                        encounter
                                                .understanding()
                                                .memorandum()
                                                .digest()
                                                .hex())
                                .put("purpose", Understanding.LAUNDERING.code()));
    }

    /** Asks for a company's record for a case; the partner approves and releases it, and the node takes it in. */
    Statement release(int company, String reference) throws Exception {
        return released(company, IndexInHand.record(company), reference, Reply.Stage.OPENED);
    }

    /** The partner releases another record than the one that was asked for, which the node does not take in. */
    Statement releaseAnother(int company, String reference) throws Exception {
        return released(company, "another", reference, Reply.Stage.UNREADABLE);
    }

    private Statement released(int company, String record, String reference, Reply.Stage stage) throws Exception {
        PartnerInHand partner = encounter.partner();
        String hit = hits.valueStream()
                .filter(one -> one.path("identifier").asString().equals(IndexInHand.rfc(company)))
                .findFirst()
                .orElseThrow()
                .path("hit")
                .asString();
        Digest asked = Digest.parse(encounter
                .officer(Role.ANALYST)
                .act(
                        "request",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("case", reference)
                                .put("hit", hit)
                                .put("facts", "Needed for the case.")
                                .put("legalBasis", "LFPIORPI")
                                .put("urgency", "routine"))
                .required("statement")
                .asString());
        Heard request = partner.await(heard -> heard.statement().id().equals(asked));
        partner.say(new Handover.RequestDecided(asked, Handover.Verdict.APPROVED, Optional.empty()), Encounter.LIAISON);
        Statement release = index.release(request, IndexInHand.item(company), record, IndexInHand.record(company));
        partner.say(release);
        partner.await(heard -> heard.message() instanceof Reply.Receipt said
                && said.statement().equals(release.id())
                && said.stage() == stage);
        return release;
    }
}
