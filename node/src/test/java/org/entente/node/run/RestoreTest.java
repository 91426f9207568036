package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.entente.memorandum.officer.Role;
import org.entente.node.keys.NodeKeys;
import org.entente.node.partner.Understanding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that goes on from an older copy of its home gets back what it had signed, and shows one history. */
@Timeout(400)
class RestoreTest {
    private static final String LEAVES =
            "select coalesce(string_agg(encode(statement, 'hex'), ' ' order by position), '') from %s where origin = 'entente/log/MX/US/1'";

    @TempDir
    Path folder;

    private Street street;
    private Path copy;

    /** Two nodes that have exchanged something, of which one was copied while it was stopped, and then went on. */
    @BeforeEach
    void begin() throws Exception {
        street = Street.of(folder);
        street.mx.sign(Understanding.text());
        street.us.sign(Understanding.text());
        street.rest();
        street.mx.stop();
        copy = folder.resolve("copy");
        Folders.copy(street.mx.folder(), copy);
        street.mx.go();
        street.mx.enrol(Role.ANALYST);
        street.us.enrol(Role.ANALYST);
        street.us.suspendMemorandum();
        street.mx.enrol(Role.LIAISON);
        street.rest();
    }

    @AfterEach
    void end() {
        street.close();
    }

    /** The disk is lost; what is left is the copy, without the files of the logs. */
    private void restore() throws Exception {
        street.mx.stop();
        Folders.erase(street.mx.folder());
        Folders.copy(copy, street.mx.folder());
        if (Files.exists(street.mx.folder().resolve("tiles"))) {
            Folders.erase(street.mx.folder().resolve("tiles"));
        }
    }

    private String leaves() {
        return street.mx.sql().sql(LEAVES.formatted("leaf")).query(String.class).single();
    }

    private String mirrored() {
        return street.us
                .sql()
                .sql(LEAVES.formatted("mirrored_leaf"))
                .query(String.class)
                .single();
    }

    private void requireWhole(String before) throws Exception {
        street.rest();
        assertThat(leaves()).startsWith(before).isEqualTo(mirrored());
        assertThat(street.us.count("select count(*) from link_stop")).isZero();
        assertThat(street.us.count("select count(*) from misbehaviour")).isZero();
        assertThat(street.us.count("select count(*) from outbox where set_aside is not null"))
                .isZero();
        assertThat(street.mx.count("select count(*) from link_stop where resumed_at is null"))
                .isZero();
        assertThat(street.mx.differences()).isEmpty();
        assertThat(street.us.differences()).isEmpty();
    }

    @Test
    void aCopyThatWasNotCalledRestoredGoesOnWhereTheLogEnded() throws Exception {
        String before = leaves();
        long sent = street.us.count("select count(*) from statement");
        restore();
        street.mx.go();
        requireWhole(before);
        assertThat(leaves()).as("nothing was said again").isEqualTo(before);
        assertThat(street.us.count("select count(*) from statement")).isEqualTo(sent);
        assertThat(street.mx.count("select count(*) from link_stop where problem = 'link.restoring'"))
                .isOne();
        assertThat(street.mx.count("select count(*) from memorandum_event where kind like '%suspended'"))
                .as("what the partner had declared holds again")
                .isOne();
        assertThat(street.mx.count("select count(*) from officer where party = 'US'"))
                .isEqualTo(3);
        assertThat(street.mx.leftUndone()).containsExactly("restore.officer-unknown", "restore.officer-unknown");

        street.mx.enrol(Role.LEGAL);
        street.us.enrol(Role.LEGAL);
        requireWhole(before);
        assertThat(street.mx.unreviewed()).as("whose bodies wait").containsExactly("US");
        street.mx.lookAfterHolds();
        assertThat(street.mx.unreviewed()).isEmpty();
    }

    @Test
    @Tag("deep")
    void thePartnersNewCardComesBackToo() throws Exception {
        street.us.replaceKeys();
        street.us.enrol(Role.LEGAL);
        street.rest();
        String before = leaves();
        restore();
        street.mx.go();
        requireWhole(before);
        street.us.enrol(Role.LIAISON);
        requireWhole(before);
    }

    @Test
    @Tag("deep")
    void whatWasSaidOnTheCopyComesBehindWhatCameBack() throws Exception {
        String before = leaves();
        restore();
        street.us.stop();
        street.mx.go();
        street.mx.enrol(Role.ANALYST);
        assertThat(leaves()).isNotEqualTo(before);
        assertThat(street.mx.count("select count(*) from checkpoint"))
                .as("nothing was signed over it")
                .isEqualTo(street.mx.count("select count(*) from checkpoint where size <= "
                        + "(select max(size) from checkpoint where cosigned)"));
        street.us.go();
        requireWhole(before);
    }

    @Test
    void aCopyThatIsCalledRestoredSaysNothingBeforeThePartnerIsBack() throws Exception {
        String before = leaves();
        restore();
        street.us.stop();
        street.mx.goRestored();
        String atFirst = leaves();
        street.mx.enrol(Role.OVERSIGHT);
        Street.await("it waits for the partner", () -> street.mx.waitsFor().equals("restore.partner-away"));
        assertThat(leaves()).isEqualTo(atFirst);
        assertThat(before).startsWith(atFirst).isNotEqualTo(atFirst);
        street.us.go();
        requireWhole(before);
        assertThat(street.us.count("select count(*) from officer where party = 'MX' and role = 'oversight'"))
                .as("who was enrolled meanwhile is announced afterwards")
                .isOne();
    }

    @Test
    void aPreparedCardWaitsUntilTheLogIsBackAndKeepsNobodyFromStarting() throws Exception {
        String before = leaves();
        restore();
        street.us.stop();
        street.mx.goRestored();
        street.mx.replaceKeys();
        assertThat(street.mx.card().serial()).isEqualTo(1);
        street.us.go();
        requireWhole(before);
        street.mx.stop();
        street.mx.go();
        assertThat(street.mx.card().serial()).isEqualTo(2);
        requireWhole(before);
    }

    @Test
    void filesThatAreAheadOfTheDatabaseBeginTheRestore() throws Exception {
        String before = leaves();
        street.mx.stop();
        Folders.copy(street.mx.folder().resolve("tiles"), folder.resolve("tiles"));
        Folders.erase(street.mx.folder());
        Folders.copy(copy, street.mx.folder());
        Folders.erase(street.mx.folder().resolve("tiles"));
        Folders.copy(folder.resolve("tiles"), street.mx.folder().resolve("tiles"));
        street.us.stop();
        street.mx.go();
        assertThat(street.mx.waitsFor()).startsWith("restore.");
        street.us.go();
        requireWhole(before);
    }

    @Test
    @Tag("deep")
    void keysFromBeforeTheirReplacementAreNotGoneOnWith() throws Exception {
        street.mx.replace(EnumSet.of(NodeKeys.Renewed.STATEMENT));
        street.rest();
        restore();
        Folders.copy(copy.resolve("tiles"), street.mx.folder().resolve("tiles"));
        street.mx.go();
        Street.await("it is refused", () -> street.mx.waitsFor().equals("restore.keys-older"));
        assertThat(street.us.count("select count(*) from link_stop")).isZero();
    }

    private record Planted(String code, String change) {}

    private static final String NEWEST = "(select max(position) from mirrored_leaf)";

    private static final List<Planted> PLANTED = List.of(
            new Planted(
                    "restore.root-other",
                    "update mirrored_leaf set statement = sha256(statement) where position = " + NEWEST),
            new Planted(
                    "restore.root-other",
                    "update mirrored_leaf m set statement = (select o.statement from mirrored_leaf o where o.position = 2 * "
                            + NEWEST + " - 1 - m.position) where position >= " + NEWEST + " - 1"),
            new Planted("restore.mirror-short", "update mirror set size = size - 1"),
            new Planted("restore.mirror-short", "delete from mirrored_leaf where position >= 3"),
            new Planted(
                    "restore.statement-missing",
                    "update leaf set origin = 'elsewhere' where statement = (select statement from mirrored_leaf where position = "
                            + NEWEST + ")"),
            new Planted(
                    "signature.ed25519-false",
                    "update statement set bytes = overlay(bytes placing 'A'::bytea from position('\"signature\":\"'::bytea in bytes) + 20)"
                            + " where id in (select statement from mirrored_leaf order by position desc limit 3)"),
            new Planted(
                    "restore.tail-unwitnessed", "delete from witnessed; delete from mirrored_leaf; delete from mirror"),
            new Planted("restore.checkpoint-older", "delete from witnessed"));

    private static final List<String> KEPT = List.of("mirror", "mirrored_leaf", "statement", "leaf", "witnessed");

    @Test
    void whatIsNotWhatWasSignedIsRefusedAndNothingIsWritten() throws Exception {
        String before = leaves();
        restore();
        street.us.stopNode();
        for (String table : KEPT) {
            street.us
                    .sql()
                    .sql("create table was_" + table + " as select * from " + table)
                    .update();
        }
        street.mx.goRestored();
        String atFirst = leaves();
        for (Planted planted : PLANTED) {
            assertThat(street.us
                            .sql()
                            .sql("set session_replication_role = replica; " + planted.change
                                    + "; reset session_replication_role")
                            .update())
                    .isNotNegative();
            street.us.startNode();
            Street.await(
                    "it is refused as " + planted.code,
                    () -> street.mx.waitsFor().equals(planted.code));
            assertThat(leaves()).isEqualTo(atFirst);
            street.us.stopNode();
            for (String table : KEPT) {
                street.us
                        .sql()
                        .sql("set session_replication_role = replica; delete from " + table + "; insert into " + table
                                + " select * from was_" + table + "; reset session_replication_role")
                        .update();
            }
        }
        street.us.startNode();
        requireWhole(before);
    }
}
