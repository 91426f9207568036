package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.LogReopened;
import org.entente.evidence.succession.LogReopened.Extent;
import org.entente.evidence.succession.LogReopened.Reason;
import org.entente.exchange.message.Arrangement;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a partner may declare of its own log, and what it gains by declaring something else: nothing. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LogDeclaredTest {
    @TempDir
    private static Path folder;

    private static Encounter encounter;
    private static PartnerInHand partner;
    private static Extent cosigned;

    @BeforeAll
    static void begin() throws Exception {
        encounter = Encounter.begin(folder);
        partner = encounter.partner();
        partner.haveLogCosigned();
        cosigned = Extent.of(partner.cosigned());
    }

    @AfterAll
    static void end() {
        encounter.close();
    }

    private static String name(int number) throws Exception {
        return LogNames.relationship(PartnerInHand.US, encounter.node().card().party(), number);
    }

    private static Statement declaration(LogReopened said) {
        return partner.sign(new Arrangement.LogContinued(said));
    }

    private static LogReopened said(int number, Extent keeps, Extent closed) throws Exception {
        return new LogReopened(
                name(number), name(number + 1), keeps.size() + 3, keeps, closed, Reason.TAIL_UNWITNESSED);
    }

    private static void requireRefused(LogReopened said, String code) throws Exception {
        Statement statement = declaration(said);
        assertThat(partner.tell(statement))
                .extracting(Told::outcome, Told::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("refused", code));
        assertThat(count("select count(*) from kept_statement where id = decode('"
                        + statement.id().hex() + "', 'hex') and problem = '" + code + "'"))
                .as("it is kept")
                .isOne();
    }

    private static long count(String query) {
        return encounter.node().database().client().sql(query).query(Long.class).single();
    }

    private static Extent other(long size) {
        return new Extent(size, Digest.of(new byte[] {(byte) size}));
    }

    private static JsonNode stopped() throws Exception {
        return encounter
                .officer(Role.LEGAL)
                .get("/api/partners")
                .path("partners")
                .get(0)
                .path("stopped");
    }

    @Test
    @Order(1)
    void whatHidesSkipsOrNamesAnotherLogIsRefusedAndKept() throws Exception {
        assertThat(cosigned.size()).isGreaterThan(3);
        requireRefused(said(1, Extent.NOTHING, other(cosigned.size() - 1)), "reopening.hides");
        requireRefused(said(1, Extent.NOTHING, Extent.NOTHING), "reopening.hides");
        requireRefused(said(1, Extent.NOTHING, other(cosigned.size() + 1)), "reopening.closed-unknown");
        requireRefused(said(1, Extent.NOTHING, other(cosigned.size())), "reopening.closed-other");
        requireRefused(said(2, cosigned, cosigned), "reopening.number-skipped");
        requireRefused(
                new LogReopened(name(1), name(3), cosigned.size(), cosigned, cosigned, Reason.DIVERGED),
                "reopening.number-skipped");
        String foreign = "entente/log/US/CA/";
        requireRefused(
                new LogReopened(foreign + 1, foreign + 2, cosigned.size(), cosigned, cosigned, Reason.DIVERGED),
                "reopening.log-other");
        assertThat(stopped().isMissingNode()).isTrue();
        assertThat(count("select count(*) from reopening")).isZero();
        partner.haveLogCosigned();
        cosigned = Extent.of(partner.cosigned());
    }

    @Test
    @Order(1)
    void onlyAnAdministratorOpensTheOwnLogAnewAndOnlyOneThatCannotGoOn() throws Exception {
        assertThat(refusal(encounter.officer(Role.LEGAL))).isEqualTo("officer.role-lacks");
        try (OfficerClient administrator =
                encounter.node().client(encounter.node().administrator(), Language.ENGLISH)) {
            assertThat(refusal(administrator)).isEqualTo("reopening.needless");
        }
        assertThat(count("select count(*) from log where closed_at is not null"))
                .isZero();
    }

    private static String refusal(OfficerClient officer) throws Exception {
        try {
            officer.post(
                    "/api/partners/US/reopen-log",
                    JsonNodeFactory.instance.objectNode().put("reason", "we would rather begin anew"));
            return "";
        } catch (NodeRefusal refused) {
            return refused.code();
        }
    }

    @Test
    @Order(2)
    void whatIsLostWaitsForAPersonAndTheNextNumberToo() throws Exception {
        partner.say(declaration(said(1, Extent.NOTHING, cosigned)));
        assertThat(stopped().path("code").asString("")).isEqualTo("link.log-reopened");
        assertThat(partner.showHeadOf(name(2))).isEqualTo(404);
        try (OfficerClient administrator =
                encounter.node().client(encounter.node().administrator(), Language.ENGLISH)) {
            administrator.post(
                    "/api/partners/US/resume",
                    JsonNodeFactory.instance.objectNode().put("reason", "they called us, their disk is lost"));
        }
        assertThat(stopped().isMissingNode()).isTrue();
        assertThat(partner.showHeadOf(name(2))).isEqualTo(200);
        requireRefused(said(1, cosigned, cosigned), "reopening.second");
    }

    @Test
    @Order(3)
    void theClosedLogIsCosignedNoMoreAndStillProvesItsTwoHistories() throws Exception {
        assertThat(partner.showAnotherHistory()).isEqualTo(404);
        assertThat(stopped().path("code").asString("")).isEqualTo("link.two-histories");
        assertThat(encounter
                        .officer(Role.LEGAL)
                        .get("/api/logs/US/misbehaviour")
                        .path("proofs"))
                .hasSize(1);
        assertThat(count("select count(*) from witnessed where origin = '" + name(1) + "' and size = "
                        + cosigned.size()))
                .as("what was cosigned is kept")
                .isOne();
    }
}
