package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.OfficerClient;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A probe of an index that the node does not have for the asker is answered, and always alike. */
@Timeout(180)
class UnknownIndexTest {
    private static final int ELEMENTS = 64;

    @TempDir
    static Path folder;

    private static Encounter encounter;
    private static PartnerInHand partner;

    @BeforeAll
    static void begin() throws Exception {
        encounter = Encounter.begin(folder);
        partner = encounter.partner();
    }

    @AfterAll
    static void end() {
        encounter.close();
    }

    @Test
    void whatNeverWasAndWhatIsNotTheAskersAreRefusedInTheSameWords() throws Exception {
        Digest another =
                IndexInHand.announce(partner, encounter.understanding()).statement();
        for (Digest index : new Digest[] {Digest.of(new byte[] {1}), another}) {
            Statement probe = ask(index);
            Reply.Refused refused = partner.answer(probe.id(), Reply.Refused.class);
            assertThat(refused.reason()).isEqualTo(Reply.Reason.OUT_OF_DATE);
            assertThat(refused.clause()).isEmpty();
        }
        assertThat(open()).as("no duty is left").isZero();
    }

    @Test
    void theAskerSeesThatItWasRefused() throws Exception {
        OfficerClient analyst = encounter.officer(Role.ANALYST);
        analyst.post(
                "/api/cases",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("reference", "UIF-2026-9")
                        .put(
                                "memorandum",
                                encounter.understanding().memorandum().digest().hex())
                        .put("purpose", Understanding.LAUNDERING.code()));
        JsonNode indices = analyst.get("/api/indices").path("indices");
        Digest index = indices.isEmpty()
                ? IndexInHand.announce(partner, encounter.understanding()).statement()
                : Digest.parse(indices.get(0).required("statement").asString());
        Digest probe = Digest.parse(analyst.act(
                        "probe",
                        IndexInHand.asking(1)
                                .put("case", "UIF-2026-9")
                                .put("index", index.hex())
                                .put("justification", "Invoices.")
                                .put("legalBasis", "LFPIORPI"))
                .required("statement")
                .asString());
        partner.await(heard -> heard.statement().id().equals(probe));
        partner.say(new Reply.Refused(probe, Reply.Reason.OUT_OF_DATE, Optional.empty()));
        JsonNode shown = analyst.get("/api/probes/" + probe.hex());
        assertThat(shown.path("state").asString("")).isEqualTo("refused");
        assertThat(shown.path("clause").asString("")).isEqualTo("out-of-date");
    }

    private static Statement ask(Digest index) throws Exception {
        BodyReference body = partner.bring("no batch".getBytes(StandardCharsets.UTF_8), NodeOnTrial.UIF);
        Digest file = Digest.of(index.bytes());
        Instant at = Instant.now();
        Act act = new Act.Probe(
                new Circumstances(
                        PartnerInHand.FINCEN, NodeOnTrial.UIF, Understanding.LAUNDERING, Understanding.LISTED, at),
                Grounds.approvedBy(Encounter.ANALYST.approver()).forCase(file.hex(), "31 U.S.C. 310"),
                new Act.Charge(ELEMENTS, 0),
                ELEMENTS);
        Comparison.ProbeAsked message = new Comparison.ProbeAsked(
                new Comparison.Ground.UnderCase(file),
                Understanding.LISTED,
                Understanding.LAUNDERING,
                index,
                new Comparison.Batch(ELEMENTS, file, file, body, body),
                encounter.understanding().permit(act));
        StatementDraft draft = partner.draft(message, at);
        Statement statement = partner.sign(draft, message, Encounter.ANALYST);
        partner.say(statement);
        assertThat(statement.kind()).isEqualTo(Kind.PROBE_ASKED.word());
        return statement;
    }

    private static long open() {
        return encounter
                .node()
                .database()
                .client()
                .sql("select count(*) from duty d join statement s on s.id = d.statement"
                        + " where d.done_at is null and s.kind = 'probe-asked'")
                .query(Long.class)
                .single();
    }
}
