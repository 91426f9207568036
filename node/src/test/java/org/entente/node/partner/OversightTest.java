package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.command.Entente;
import org.entente.node.language.Language;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Oversight has a probe opened, and whoever has the bundle checks what was asked on a machine without a node. */
@Timeout(180)
class OversightTest {
    private static final String CASE = "UIF-2026-7";
    private static final int QUESTIONS = 12;

    @TempDir
    static Path folder;

    private static Encounter encounter;
    private static Credential overseer;
    private static OfficerClient oversight;
    private static Digest probe;
    private static Path bundle;
    private static Path ours;
    private static Path theirs;

    @BeforeAll
    static void ask() throws Exception {
        encounter = Encounter.begin(folder.resolve("node"));
        PartnerInHand partner = encounter.partner();
        overseer = encounter.node().enrol("fgr-oversight", "oversight", NodeOnTrial.FGR, Role.OVERSIGHT);
        oversight = encounter.node().client(overseer, Language.ENGLISH);
        OfficerClient analyst = encounter.officer(Role.ANALYST);
        IndexInHand index = IndexInHand.announce(partner, encounter.understanding());
        opened(partner, index.statement());
        analyst.post(
                "/api/cases",
                object().put("reference", CASE)
                        .put(
                                "memorandum",
                                encounter.understanding().memorandum().digest().hex())
                        .put("purpose", Understanding.LAUNDERING.code()));
        probe = Digest.parse(analyst.act(
                        "probe",
                        IndexInHand.asking(QUESTIONS)
                                .put("case", CASE)
                                .put("index", index.statement().hex())
                                .put("justification", "Invoices.")
                                .put("legalBasis", "LFPIORPI"))
                .required("statement")
                .asString());
        Heard asked = partner.await(heard -> heard.message() instanceof Comparison.ProbeAsked);
        index.answer(asked);
        partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                && receipt.stage() == Reply.Stage.OPENED
                && !receipt.statement().equals(index.statement()));
        partner.requireInTheNodesLog(probe);
        partner.haveLogCosigned();
        bundle = Files.write(
                folder.resolve("evidence.bundle"),
                encounter.officer(Role.LEGAL).download("/api/bundles/" + PartnerInHand.US.text()));
        ours = card("mx.card", encounter.node().card());
        theirs = card("us.card", partner.card());
    }

    private static void opened(PartnerInHand partner, Digest statement) throws InterruptedException {
        partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                && receipt.statement().equals(statement)
                && receipt.stage() == Reply.Stage.OPENED);
    }

    private static Path card(String name, PartyCard card) throws Exception {
        return Files.write(folder.resolve(name), CanonicalJson.encode(card.json()));
    }

    @AfterAll
    static void end() {
        oversight.close();
        encounter.close();
    }

    @Test
    void theBundleOfACaseHoldsWhatBelongsToItAndNothingElse() throws Exception {
        Statement whole = statements(bundle).stream()
                .filter(statement -> statement.id().equals(probe))
                .findFirst()
                .orElseThrow();
        String digest = whole.content().required("case").asString();
        Path credential = folder.resolve("legal.json");
        encounter.officer(Role.LEGAL).credential().store(credential);
        for (String named : List.of(CASE, digest)) {
            Path file = folder.resolve(named + ".bundle");
            Ran written = run(
                    "evidence",
                    "bundle",
                    "US",
                    "--case",
                    named,
                    "--node",
                    "https://127.0.0.1:" + encounter.node().port(),
                    "--certificate",
                    encounter.node().certificate().toString(),
                    "--credential",
                    credential.toString(),
                    "--out",
                    file.toString());
            assertThat(written.code()).as(written.err()).isZero();
            List<Statement> shown = statements(file);
            assertThat(shown).hasSizeLessThan(statements(bundle).size()).contains(whole);
            Set<String> ofCaseSoFar = new HashSet<>(Set.of(probe.hex()));
            for (Statement one : shown) {
                boolean founds =
                        Set.of("memorandum-signed", "officer-appointed").contains(one.kind());
                boolean ofCase = one.equals(whole)
                        || ofCaseSoFar.contains(one.content().path("answers").asString(""));
                if (ofCase) {
                    ofCaseSoFar.add(one.id().hex());
                }
                assertThat(founds || ofCase).as(one.toString()).isTrue();
            }
            assertThat(shown).anySatisfy(one -> assertThat(one.kind()).isEqualTo("probe-answered"));
        }
        OfficerClient legal = encounter.officer(Role.LEGAL);
        assertThatThrownBy(() -> legal.download("/api/bundles/US?case=UIF-2026-8"))
                .isInstanceOf(NodeRefusal.class);
        assertThatThrownBy(() -> legal.download("/api/bundles/US?case=" + probe.hex()))
                .isInstanceOf(NodeRefusal.class);
    }

    private static List<Statement> statements(Path file) throws Exception {
        PinnedCards pins = PinnedCards.of(
                List.of(encounter.node().card(), encounter.partner().card()));
        BundleOutcome outcome = BundleVerification.verify(Files.readAllBytes(file), pins);
        assertThat(outcome).isInstanceOf(BundleOutcome.Verified.class);
        return outcome.report().orElseThrow().statements();
    }

    @Test
    void oversightCarriesTheOpeningAwayAndItHoldsWithoutANode() throws Exception {
        Path opening = folder.resolve("a.opening");
        Path credential = folder.resolve("oversight.json");
        overseer.store(credential);
        Ran fetched = run(
                "evidence",
                "open-probe",
                "--node",
                "https://127.0.0.1:" + encounter.node().port(),
                "--certificate",
                encounter.node().certificate().toString(),
                "--credential",
                credential.toString(),
                "--reason",
                "Yearly sample.",
                "--out",
                opening.toString(),
                probe.hex());
        assertThat(fetched.err).contains(opening.toString());
        assertThat(fetched.code).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(opening)))
                .isEqualTo("rw-------");
        Ran verified = verify(opening);
        assertThat(verified.err).contains("12 questions, 52 positions of padding");
        assertThat(verified.code).isZero();
        JsonNode shown =
                CanonicalJson.parse(verified.out.strip().getBytes(java.nio.charset.StandardCharsets.UTF_8), 1 << 20);
        assertThat(shown.path("positions")).hasSize(64);
        assertThat(shown.path("positions").findValuesAsString("value"))
                .hasSize(QUESTIONS)
                .contains(IndexInHand.rfc(0), IndexInHand.rfc(11));
        JsonNode given = oversight.get("/api/openings").path("openings").get(0);
        assertThat(given.path("probe").asString("")).isEqualTo(probe.hex());
        assertThat(given.path("officer").asString("")).isEqualTo("fgr-oversight");
        assertThat(given.path("reason").asString("")).isEqualTo("Yearly sample.");
    }

    @Test
    void aChangedOpeningIsFalseInBothLanguages() throws Exception {
        byte[] bytes = open(oversight, probe);
        bytes[bytes.length - 1] ^= 1;
        Path changed = Files.write(folder.resolve("changed.opening"), bytes);
        Ran ran = verify(changed);
        assertThat(ran.code).isEqualTo(1);
        assertThat(ran.out).isEmpty();
        assertThat(ran.err).startsWith("The opening is false: ");
        StringWriter err = new StringWriter();
        Entente.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                Language.SPANISH,
                "evidence",
                "verify-probe",
                folder.resolve("none").toString(),
                bundle.toString());
        assertThat(err.toString()).isNotEmpty();
    }

    @Test
    void whatIsNotInTheBundleIsNotVouchedFor() throws Exception {
        Path opening = Files.write(folder.resolve("b.opening"), open(oversight, probe));
        Ran other = run(
                "evidence",
                "verify-probe",
                opening.toString(),
                bundle.toString(),
                "--probe",
                Digest.of(new byte[1]).hex());
        assertThat(other.code).isEqualTo(1);
        assertThat(other.err).contains("holds no probe");
        Ran unpinned = run("evidence", "verify-probe", opening.toString(), bundle.toString());
        assertThat(unpinned.code).isEqualTo(3);
    }

    @Test
    void nobodyButOversightOpensAProbeOrSeesThatOneWasOpened() throws Exception {
        for (Role role : new Role[] {Role.ANALYST, Role.LIAISON, Role.LEGAL}) {
            OfficerClient officer = encounter.officer(role);
            assertThatThrownBy(() -> open(officer, probe))
                    .isInstanceOfSatisfying(
                            NodeRefusal.class,
                            refusal -> assertThat(refusal.code()).isEqualTo("officer.role-lacks"));
            assertThatThrownBy(() -> officer.get("/api/openings")).isInstanceOf(NodeRefusal.class);
        }
        assertThatThrownBy(() -> open(oversight, Digest.of(new byte[1])))
                .isInstanceOfSatisfying(
                        NodeRefusal.class, refusal -> assertThat(refusal.code()).isEqualTo("api.nothing-here"));
    }

    private static byte[] open(OfficerClient client, Digest statement) throws Exception {
        return client.download("/api/probes/" + statement.hex() + "/opening", object().put("reason", "A sample."));
    }

    private record Ran(int code, String out, String err) {}

    private static Ran verify(Path opening) {
        return run(
                "evidence",
                "verify-probe",
                opening.toString(),
                bundle.toString(),
                "--party",
                ours.toString(),
                "--party",
                theirs.toString());
    }

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Entente.run(new PrintWriter(out, true), new PrintWriter(err, true), Language.ENGLISH, arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
