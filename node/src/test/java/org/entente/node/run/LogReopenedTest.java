package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PinnedCards;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.keys.NodeKeys;
import org.entente.node.partner.Understanding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A log that cannot be gone on with after a restore goes on as its next incarnation, and both nodes keep one history. */
@Timeout(400)
class LogReopenedTest {
    private static final String FIRST = "entente/log/MX/US/1";
    private static final String NEXT = "entente/log/MX/US/2";
    private static final PartyCode MX = new PartyCode("MX");
    private static final PartyCode US = new PartyCode("US");

    @TempDir
    Path folder;

    private Street street;
    private Path copy;
    private long copied;

    /** Two nodes that have exchanged something, of which one was copied while it was stopped. */
    @BeforeEach
    void begin() throws Exception {
        street = Street.of(folder);
        street.mx.sign(Understanding.text());
        street.us.sign(Understanding.text());
        street.rest();
        copied = street.mx.count("select max(size) from log");
        street.mx.stop();
        copy = folder.resolve("copy");
        Folders.copy(street.mx.folder(), copy);
        street.mx.go();
    }

    @AfterEach
    void end() {
        street.close();
    }

    private void goOn() throws Exception {
        street.mx.enrol(Role.ANALYST);
        street.us.enrol(Role.ANALYST);
        street.us.suspendMemorandum();
        street.mx.enrol(Role.LIAISON);
        Street.await("both have all statements", this::haveAll);
    }

    private boolean haveAll() {
        String waiting = "select count(*) from outbox where acknowledged_at is null";
        return street.mx.count(waiting) == 0
                && street.us.count(waiting) == 0
                && street.mx.count("select count(*) from statement")
                        == street.us.count("select count(*) from statement");
    }

    /** The disk is lost; what is left is the copy, without the files of the logs. */
    private void restore() throws Exception {
        street.mx.stop();
        Folders.erase(street.mx.folder());
        Folders.copy(copy, street.mx.folder());
        Folders.erase(street.mx.folder().resolve("tiles"));
        street.mx.go();
    }

    /** A table of the partner's takes no rows any more, as if its disk were full. */
    private void jam(String table) {
        street.us
                .sql()
                .sql(
                        "create function jam() returns trigger language plpgsql as $$ begin raise exception 'jammed'; end $$")
                .update();
        street.us
                .sql()
                .sql("create trigger jam before insert or update on " + table + " execute function jam()")
                .update();
    }

    private void unjam() {
        street.us.sql().sql("drop function jam cascade").update();
    }

    private String reopen() throws Exception {
        try (OfficerClient administrator = street.mx.administrator()) {
            return administrator
                    .post("/api/partners/US/reopen-log", reason())
                    .path("origin")
                    .asString("");
        }
    }

    private String refusalOfReopening() throws Exception {
        try {
            return reopen();
        } catch (NodeRefusal refused) {
            return refused.code();
        }
    }

    private static tools.jackson.databind.node.ObjectNode reason() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reason", "the disk is lost, and the newest copy is of yesterday");
    }

    private static String leaves(House house, String table, String origin) {
        return house.sql()
                .sql("select coalesce(string_agg(encode(statement, 'hex'), ' ' order by position), '') from " + table
                        + " where origin = ?")
                .param(origin)
                .query(String.class)
                .single();
    }

    private boolean goesOnAsOne() {
        return haveAll()
                && street.us.count("select coalesce(max(size), 0) from mirror where origin = '" + NEXT + "'")
                        == street.mx.count("select size from log where closed_at is null")
                && street.mx.count("select max(size) from mirror") == street.us.count("select max(size) from log");
    }

    private void requireOneHistory() throws Exception {
        Street.await("the next incarnation is cosigned and read", this::goesOnAsOne);
        assertThat(leaves(street.mx, "leaf", NEXT)).isEqualTo(leaves(street.us, "mirrored_leaf", NEXT));
        assertThat(street.us.count("select count(*) from misbehaviour")).isZero();
        assertThat(street.us.count("select count(*) from kept_statement")).isZero();
        assertThat(street.mx.count("select count(*) from link_stop where resumed_at is null"))
                .isZero();
        assertThat(street.us.count("select count(*) from link_stop where resumed_at is null"))
                .isZero();
        assertThat(street.mx.differences()).isEmpty();
        assertThat(street.us.differences()).isEmpty();
        requireBundles();
    }

    private void requireBundles() throws Exception {
        PinnedCards cards = PinnedCards.of(List.of(street.mx.card(), street.us.card()));
        for (byte[] bundle : List.of(street.mx.bundle(US), street.us.bundle(MX))) {
            assertThat(BundleVerification.verify(bundle, cards))
                    .isInstanceOfSatisfying(
                            BundleOutcome.Verified.class,
                            verified -> assertThat(verified.found().statements().size())
                                    .as("those from before the restore among them")
                                    .isEqualTo((int) street.mx.count("select size from log where closed_at is null")));
        }
    }

    @Test
    void whatWasExchangedAndNeverCosignedGoesOnInTheNextIncarnation() throws Exception {
        assertThat(refusalOfReopening()).isEqualTo("reopening.needless");
        jam("witnessed");
        goOn();
        long said = street.us.count("select count(*) from statement");
        restore();
        Street.await("it cannot go on", () -> street.mx.waitsFor().equals("restore.tail-unwitnessed"));
        String closed = leaves(street.mx, "leaf", FIRST);
        unjam();
        jam("reopening");
        assertThat(reopen()).isEqualTo(NEXT);
        assertThat(refusalOfReopening()).isEqualTo("reopening.needless");
        Street.await(
                "it knows that its log is whole", () -> street.mx.waitsFor().isEmpty());
        street.mx.stop();
        street.mx.go();
        unjam();
        requireOneHistory();

        assertThat(leaves(street.mx, "leaf", FIRST)).as("the closed log stays").isEqualTo(closed);
        assertThat(leaves(street.mx, "leaf", NEXT)).startsWith(closed);
        assertThat(street.us.count("select count(*) from statement"))
                .as("nothing but the declaration and its receipt was said")
                .isEqualTo(said + 2);
        assertThat(street.us.count("select count(*) from link_stop")).isZero();
        assertThat(street.mx.count("select count(*) from memorandum_event where kind like '%suspended'"))
                .isOne();
        assertThat(street.mx.count("select count(*) from officer where party = 'US'"))
                .isEqualTo(street.us.count("select count(*) from officer where party = 'US'"));
        assertThat(street.mx.count(
                        "select count(*) from reopening where ordered_by is not null and reason like '%disk%'"))
                .isOne();

        street.mx.enrol(Role.LEGAL);
        street.us.enrol(Role.LEGAL);
        requireOneHistory();
        anotherHistoryThanWasDeclaredStopsTheLinkOnce();
    }

    /** What is read of the next incarnation is held against what was read of the closed one. */
    private void anotherHistoryThanWasDeclaredStopsTheLinkOnce() throws Exception {
        street.us.stopNode();
        for (String change : List.of(
                "update mirrored_leaf set statement = sha256(statement) where position = 1 and origin = '" + FIRST
                        + "'",
                "delete from mirrored_leaf where origin = '" + NEXT + "'",
                "update mirror set size = 0 where origin = '" + NEXT + "'")) {
            assertThat(street.us.sql().sql(change).update()).isPositive();
        }
        street.us.startNode();
        Street.await(
                "it is seen",
                () -> street.us.count("select count(*) from link_stop where problem = 'link.log-not-as-declared'"
                                + " and arguments = array['MX', '" + NEXT + "', '1']")
                        == 1);
        assertThat(street.us.differences())
                .extracting(problem -> problem.code())
                .containsAnyOf("check.mirror-root", "check.reopening-other");
        street.us.stopNode();
        street.us
                .sql()
                .sql("update mirrored_leaf set statement = decode(?, 'hex') where position = 1 and origin = '" + FIRST
                        + "'")
                .param(leaves(street.mx, "leaf", FIRST).substring(65, 129))
                .update();
        street.us.startNode();
        resumeAtThePartner();
        requireOneHistory();
    }

    private void resumeAtThePartner() throws Exception {
        try (OfficerClient administrator = street.us.administrator()) {
            administrator.post("/api/partners/MX/resume", reason());
        }
    }

    @Test
    @Tag("deep")
    void entriesThatAreLostWaitForThePartnersAdministrator() throws Exception {
        jam("mirrored_leaf");
        goOn();
        Street.await(
                "all is cosigned",
                () -> street.us.count("select max(size) from witnessed")
                        == street.mx.count("select max(size) from log"));
        long cosigned = street.us.count("select max(size) from witnessed");
        restore();
        Street.await("it cannot go on", () -> street.mx.waitsFor().equals("restore.mirror-short"));
        reopen();
        Street.await(
                "the partner stops",
                () -> street.us.count("select count(*) from link_stop where problem = 'link.log-reopened'") == 1);
        unjam();
        try (OfficerClient administrator = street.us.administrator()) {
            JsonNode stopped =
                    administrator.get("/api/partners").path("partners").get(0).path("stopped");
            assertThat(stopped.path("detail").asString(""))
                    .contains(NEXT, Long.toString(cosigned - copied) + " entries");
        }
        assertThat(street.us.count("select count(*) from witnessed where origin = '" + NEXT + "'"))
                .isZero();
        resumeAtThePartner();
        requireOneHistory();
        assertThat(street.us.count("select size from witnessed where origin = '" + FIRST + "'"))
                .as("what was cosigned is kept")
                .isEqualTo(cosigned);
        restoreOfTheNextIncarnation();
    }

    /** The next incarnation is restored as the first one was. */
    private void restoreOfTheNextIncarnation() throws Exception {
        street.mx.stop();
        Folders.erase(copy);
        Folders.copy(street.mx.folder(), copy);
        street.mx.go();
        street.mx.enrol(Role.OVERSIGHT);
        requireOneHistory();
        String before = leaves(street.mx, "leaf", NEXT);
        restore();
        requireOneHistory();
        assertThat(leaves(street.mx, "leaf", NEXT)).isEqualTo(before);
    }

    @Test
    @Tag("deep")
    void keysThatWereReplacedOnTheCopyGoOnBehindWhatWasLost() throws Exception {
        goOn();
        street.rest();
        String before = leaves(street.mx, "leaf", FIRST);
        street.us.stopNode();
        restore();
        street.mx.replace(EnumSet.of(NodeKeys.Renewed.STATEMENT));
        street.us.startNode();
        Street.await("it cannot go on", () -> street.mx.waitsFor().equals("restore.diverged"));
        reopen();
        requireOneHistory();
        assertThat(leaves(street.mx, "leaf", NEXT)).startsWith(before);
        assertThat(street.us.count("select count(*) from link_stop")).isZero();
        assertThat(street.us.count(
                        "select max(serial) from party_card where party = 'MX' and origin = 'entente/log/US/MX/1'"))
                .isEqualTo(2);
    }

    @Test
    @Tag("deep")
    void aCopyFromBeforeTheReopeningIsNotGoneOnWith() throws Exception {
        jam("witnessed");
        goOn();
        restore();
        Street.await("it cannot go on", () -> street.mx.waitsFor().equals("restore.tail-unwitnessed"));
        unjam();
        reopen();
        requireOneHistory();
        restore();
        Street.await("it is refused", () -> street.mx.waitsFor().equals("restore.reopened-since"));
        assertThat(refusalOfReopening()).isEqualTo("reopening.needless");
        assertThat(street.us.count("select count(*) from link_stop")).isZero();
        Folders.copy(copy.resolve("tiles"), street.mx.folder().resolve("tiles"));
    }
}
