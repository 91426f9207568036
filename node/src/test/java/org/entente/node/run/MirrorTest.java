package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Problem;
import org.entente.memorandum.officer.Role;
import org.entente.node.partner.Understanding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Each of two nodes keeps the entries of the other's log that it has cosigned, and its check holds both logs against each other. */
@Timeout(300)
class MirrorTest {
    @TempDir
    private static Path folder;

    private static Street street;

    @BeforeAll
    static void begin() throws Exception {
        street = Street.of(folder);
        street.mx.sign(Understanding.text());
        street.us.sign(Understanding.text());
        street.mx.enrol(Role.ANALYST);
        street.us.enrol(Role.ANALYST);
        street.rest();
    }

    @AfterAll
    static void end() {
        street.close();
    }

    private static final String OF_MX =
            "select string_agg(encode(statement, 'hex'), ' ' order by position) from %s where origin = 'entente/log/MX/US/1'";

    @Test
    void whatIsKeptIsWhatTheOwnerHas() throws Exception {
        assertThat(street.us
                        .sql()
                        .sql(OF_MX.formatted("mirrored_leaf"))
                        .query(String.class)
                        .single())
                .isEqualTo(street.mx
                        .sql()
                        .sql(OF_MX.formatted("leaf"))
                        .query(String.class)
                        .single());
        assertThat(street.mx.differences()).isEmpty();
        assertThat(street.us.differences()).isEmpty();
    }

    @Test
    void filesThatAreGoneAreAFaultOfPublicationUntilTheyAreBack() throws Exception {
        List<Path> hidden = new ArrayList<>();
        street.mx.enrol(Role.LIAISON);
        street.rest();
        try (Stream<Path> files = Files.walk(street.mx.folder().resolve("tiles"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".hidden"));
                hidden.add(file);
            }
        }
        try {
            street.us.sql().sql("delete from mirrored_leaf").update();
            street.us.sql().sql("update mirror set size = 0").update();
            Street.await(
                    "the fault is noted",
                    () -> street.us.count("select count(*) from mirror where fault = 'tile.missing'") == 1);
            assertThat(street.us.count("select count(*) from link_stop")).isZero();
        } finally {
            for (Path file : hidden) {
                Files.move(file.resolveSibling(file.getFileName() + ".hidden"), file);
            }
        }
        street.rest();
        assertThat(street.us.count("select count(*) from mirror where fault is not null"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            check.mirror-missing | delete from mirrored_leaf where position = 2
            check.mirror-missing | delete from mirrored_leaf where position = (select max(position) from mirrored_leaf)
            check.mirror-missing | update mirror set size = size + 1
            check.mirror-root    | update mirrored_leaf set statement = sha256(statement) where position = 1
            check.mirror-root    | delete from witnessed
            check.mirror-root    | update witnessed set root = sha256(root)
            check.mirror-order   | with p as (select min(m.position) as a, max(m.position) as b from mirrored_leaf m join statement s on s.id = m.statement where not s.outgoing) update mirrored_leaf m set statement = (select o.statement from mirrored_leaf o where o.position = p.a + p.b - m.position) from p where m.position in (p.a, p.b)
            check.mirror-omits   | update mirrored_leaf set statement = sha256(statement) where position = 1
            """)
    void aPlantedDifferenceIsFoundAndNamed(String code, String change) throws Exception {
        List<Problem> found = new ArrayList<>();
        new TransactionTemplate(new JdbcTransactionManager(street.mx.dataSource())).executeWithoutResult(status -> {
            assertThat(street.mx.sql().sql(change).update()).isPositive();
            if (code.equals("check.mirror-order") || code.equals("check.mirror-omits")) {
                street.mx.sql().sql("update witnessed set size = size + 1").update(); // So that no root is judged.
            }
            found.addAll(quietly());
            status.setRollbackOnly();
        });
        assertThat(found).extracting(Problem::code).containsExactly(code);
        assertThat(street.mx.differences()).as("it was undone").isEmpty();
    }

    private static List<Problem> quietly() {
        try {
            return street.mx.differences();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
