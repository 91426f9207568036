package org.entente.node.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
class DatabaseTest {
    @TempDir
    Path home;

    @Test
    void aServerByUrlIsOpenedOnlyWhileItIsDurableAndWritable() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(home, EmbeddedPostgresTest.CACHE, StartProgress.SILENT)) {
            String password = String.valueOf(server.address().settings().get("password"));
            DatabaseAddress byUrl =
                    DatabaseAddress.parse(server.address().jdbcUrl().replace("//", "//entente:" + password + "@"));
            try (Database database = open(byUrl)) {
                database.client().sql("insert into kept (row) values (1)").update();
                database.client()
                        .sql("alter role entente set synchronous_commit = off")
                        .update();
            }
            assertRefused(byUrl, "database.not-durable");
            try (EmbeddedSession session = new EmbeddedSession(server.address())) {
                session.run("alter role entente reset synchronous_commit");
                session.run("alter role entente set default_transaction_read_only = on");
            }
            assertRefused(byUrl, "database.read-only");
        }
    }

    @Test
    void aUrlIsReadInItsSpellings() throws Exception {
        DatabaseAddress address =
                DatabaseAddress.parse("postgres://ana:p%40ss+w%3Ard@db.example:6000/entente?sslmode=require");
        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6000/entente");
        assertThat(address.settings())
                .containsEntry("user", "ana")
                .containsEntry("password", "p@ss+w:rd")
                .containsEntry("sslmode", "require");
        assertThat(address.toString()).doesNotContain("ss+w").contains("[redacted]");
        assertThat(DatabaseAddress.parse("jdbc:postgresql://db.example/entente?user=ana&password=x")
                        .settings())
                .containsEntry("sslmode", "verify-full")
                .containsEntry("user", "ana");
        assertThat(DatabaseAddress.parse("postgresql://localhost/entente").settings())
                .containsEntry("sslmode", "prefer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "entente",
                "mysql://h/d",
                "postgresql://h",
                "postgresql:///d",
                "postgresql://h/a/b",
                "postgresql://h/d#x",
                "postgresql://h/d?x",
                "postgresql://u:%zz@h/d",
                "postgresql://h/../d",
                "http://h/d",
                "jdbc:jdbc:postgresql://h/d"
            })
    void whatIsNoUrlIsMalformedAndNotRepeated(String text) {
        assertThatThrownBy(() -> DatabaseAddress.parse(text)).isInstanceOfSatisfying(Malformed.class, malformed -> {
            assertThat(malformed.problem().code()).isEqualTo("database.url-malformed");
            assertThat(malformed.problem().arguments()).isEmpty();
        });
    }

    private static Database open(DatabaseAddress address) throws DatabaseUnavailable {
        return Database.open(address, Optional.empty(), EmbeddedPostgresTest.MIGRATIONS, StartProgress.SILENT);
    }

    private static void assertRefused(DatabaseAddress address, String code) {
        assertThatThrownBy(() -> open(address))
                .isInstanceOfSatisfying(
                        DatabaseUnavailable.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }
}
