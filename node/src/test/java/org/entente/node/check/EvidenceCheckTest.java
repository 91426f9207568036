package org.entente.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Problem;
import org.entente.memorandum.officer.Role;
import org.entente.node.partner.Colleague;
import org.entente.node.partner.Encounter;
import org.entente.node.partner.PartnerInHand;
import org.entente.node.party.Parties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The check of a real node's evidence finds nothing; each planted change of it is found, and named for what it is. */
@Timeout(180)
class EvidenceCheckTest {
    @TempDir
    private static Path folder;

    private static Encounter encounter;
    private static JdbcClient sql;

    @BeforeAll
    static void begin() throws Exception {
        encounter = Encounter.begin(folder);
        sql = encounter.node().database().client();
        for (int n = 0; n < 3; n++) {
            encounter
                    .partner()
                    .say(Colleague.of("fincen-more-" + n, PartnerInHand.FINCEN, Role.ANALYST)
                            .appointment());
        }
        encounter.partner().haveLogCosigned();
        rest();
    }

    @AfterAll
    static void end() {
        encounter.close();
    }

    /** Waits until everything is cosigned, so that the node writes nothing while its evidence is changed. */
    private static void rest() throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (sql.sql(
                                "select exists (select from log l where l.size > coalesce((select max(size) from checkpoint c where c.origin = l.origin and cosigned), 0))")
                        .query(Boolean.class)
                        .single()
                && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
    }

    private static List<Problem> differences() throws Exception {
        EvidenceCheck check = new EvidenceCheck(
                sql,
                new Parties(sql, encounter.node().card(), Clock.systemUTC()),
                folder.resolve("tiles"),
                (origin, leaves, of) -> {});
        List<Problem> differences = new ArrayList<>();
        check.run().forEach(report -> report.difference().ifPresent(differences::add));
        check.stray().ifPresent(differences::add);
        return differences;
    }

    @Test
    void aNodesEvidenceHoldsAndIsCounted() throws Exception {
        assertThat(differences()).isEmpty();
        LogReport report = new EvidenceCheck(
                        sql,
                        new Parties(sql, encounter.node().card(), Clock.systemUTC()),
                        folder.resolve("tiles"),
                        (origin, leaves, of) -> {})
                .run()
                .getFirst();
        assertThat(report.counts().leaves())
                .isEqualTo(sql.sql("select size from log").query(Long.class).single());
        assertThat(report.counts().checkpoints()).isPositive();
        assertThat(report.counts().cosigned()).isPositive();
        assertThat(report.counts().receipts()).isGreaterThanOrEqualTo(3);
        assertThat(report.counts().tiles()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            check.leaf-missing        | delete from leaf where position = 3
            check.checkpoint-beyond   | delete from leaf where position = (select max(position) from leaf)
            check.size-other          | update log set size = size + 1
            check.size-other          | update log set size = size - 1
            check.statement-refused   | update statement set bytes = set_byte(bytes, 400, (get_byte(bytes, 400) + 1) % 256) where id = (select statement from leaf where position = 4)
            check.statement-refused   | update statement set bytes = '' where id = (select statement from leaf where position = 4)
            check.statement-other     | update statement set kind = 'receipt' where id = (select statement from leaf where position = 0)
            check.statement-other     | update statement set outgoing = not outgoing where id = (select statement from leaf where position = 0)
            check.statement-other     | update statement set bytes = (select bytes from statement where id = (select statement from leaf where position = 0)) where id = (select statement from leaf where position = 2)
            check.checkpoint-other    | update checkpoint set root = sha256(root) where size = (select min(size) from checkpoint)
            check.checkpoint-refused  | update checkpoint set note = replace(note, 'entente/log/MX', 'entente/log/GT')
            check.checkpoint-refused  | update checkpoint set note = overlay(note placing 'AAAA' from position('— ' in note) + 40)
            check.cosignature-refused | update checkpoint set note = overlay(note placing 'AAAA' from length(note) - 30) where cosigned
            check.cosignature-refused | update checkpoint set note = regexp_replace(note, '— entente/cosigner.*$', '') where cosigned
            check.outbox-other        | delete from outbox where sequence = (select min(sequence) from outbox)
            check.outbox-other        | update outbox set sequence = default where sequence = (select min(sequence) from outbox)
            check.statement-stray     | insert into statement select sha256(id), outgoing, kind, sender, receiver, stated_at, answers, bytes, recorded_at from statement limit 1
            check.statement-other     | update statement set receiver = sender where id = (select statement from leaf where position = 0)
            check.statement-other     | update statement set stated_at = stated_at + interval '1 second' where id = (select statement from leaf where position = 3)
            check.statement-other     | update statement set answers = null where answers is not null
            check.statement-other     | update statement set answers = sha256(id) where id = (select statement from leaf where position = 0)
            check.statement-other     | insert into statement_body select statement, sha256(statement) from leaf where position = 2
            check.cards-other         | insert into key_revocation (party, origin, position, key_use, name) values ('US', 'entente/log/MX/US/1', 1000, 'link', repeat('0', 64))
            check.witnessed-other     | update witnessed set root = sha256(root)
            check.witnessed-other     | update witnessed set size = size + 1
            check.witnessed-refused   | update witnessed set note = replace(note, chr(10), ' ')
            """)
    void aPlantedChangeIsFoundAndNamed(String code, String change) throws Exception {
        List<Problem> found = new ArrayList<>();
        new TransactionTemplate(
                        new JdbcTransactionManager(encounter.node().database().dataSource()))
                .executeWithoutResult(status -> {
                    assertThat(sql.sql(change).update()).isPositive();
                    found.addAll(quietly());
                    status.setRollbackOnly();
                });
        assertThat(found).extracting(Problem::code).contains(code);
        assertThat(differences()).as("it was undone").isEmpty();
    }

    private static List<Problem> quietly() {
        try {
            return differences();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void twoLeavesThatChangedPlacesAreFound() {
        List<Problem> found = new ArrayList<>();
        new TransactionTemplate(
                        new JdbcTransactionManager(encounter.node().database().dataSource()))
                .executeWithoutResult(status -> {
                    sql.sql("update leaf set position = -1 where position = 1").update();
                    sql.sql("update leaf set position = 1 where position = 2").update();
                    sql.sql("update leaf set position = 2 where position = -1").update();
                    found.addAll(quietly());
                    status.setRollbackOnly();
                });
        assertThat(found).isNotEmpty();
    }

    @Test
    void aFlippedBitOnTheDiskIsFoundInHashesAndInEntries() throws Exception {
        List<Path> files;
        try (Stream<Path> walked = Files.walk(folder.resolve("tiles"))) {
            String width = sql.sql("select max(size)::text from checkpoint")
                    .query(String.class)
                    .single();
            files = walked.filter(file -> file.endsWith(width)).toList();
        }
        assertThat(files).hasSize(2);
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            byte[] damaged = whole.clone();
            damaged[60] ^= 1;
            Files.write(file, damaged);
            assertThat(differences()).extracting(Problem::code).containsExactly("check.tiles-other");
            Files.write(file, whole);
        }
        assertThat(differences()).isEmpty();
    }
}
