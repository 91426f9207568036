package org.entente.node.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.node.party.PartnerStorage.Amount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a partner may have lying here, on a real database. */
@Timeout(120)
class PartnerStorageTest {
    private static final PartyCode US = new PartyCode("US");
    private static final PartyCode GT = new PartyCode("GT");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final PartnerStorage.Limits SMALL =
            new PartnerStorage.Limits(new Amount(3, 100), 0, new Amount(8, 1_000), new Amount(2, 1_000), 10);

    @TempDir
    Path folder;

    private static Digest digest(String of) {
        return Digest.of(of.getBytes(StandardCharsets.UTF_8));
    }

    private static void keep(JdbcClient sql, PartnerStorage storage, PartyCode partner, String problem, int number) {
        Digest id = digest(partner.text() + problem + number);
        if (storage.keeps(partner, Problem.of(problem), 10)) {
            sql.sql("""
                            insert into kept_statement (partner, id, digest, bytes, problem, arguments, recorded_at)
                            values (?, ?, ?, ?, ?, '{}', now())""")
                    .params(partner.text(), id.bytes(), id.bytes(), new byte[10], problem)
                    .update();
        }
    }

    @Test
    void eachPartnerHasItsOwnRoomAndWhatIsNotKeptIsCounted() throws Exception {
        try (Database database =
                Database.openEmbedded(folder, Path.of("target/postgres-cache"), StartProgress.SILENT)) {
            JdbcClient sql = database.client();
            PartnerStorage storage = new PartnerStorage(sql, Clock.fixed(NOW, ZoneOffset.UTC), SMALL);
            for (int i = 0; i < 3; i++) {
                assertThat(storage.hasRoomForBody(US)).isTrue();
                storage.brought(US, digest("body" + i), 20);
                storage.brought(US, digest("body" + i), 20);
            }
            assertThat(storage.unnamed(US)).isEqualTo(new Amount(3, 60));
            assertThat(storage.hasRoomForBody(US)).isFalse();
            assertThat(storage.hasRoomForBody(GT)).isTrue();
            String refused = "{\"body\":\"" + digest("body1").hex() + "\"}";
            assertThat(storage.refused(GT, refused)).as("another's body").isEmpty();
            assertThat(storage.refused(US, refused)).containsExactly(digest("body1"));
            assertThat(storage.unnamed(US)).as("until it is erased").isEqualTo(new Amount(3, 60));
            assertThat(new PartnerStorage(sql, Clock.fixed(NOW.plus(Duration.ofHours(2)), ZoneOffset.UTC), SMALL)
                            .unnamed(US))
                    .isEqualTo(new Amount(2, 40));
            storage.brought(US, digest("body1"), 20);
            // Whoever brings what another brought before neither pays for it nor prolongs it.
            storage.brought(GT, digest("body0"), 20);
            assertThat(storage.unnamed(GT)).isEqualTo(new Amount(0, 0));
            storage.brought(GT, digest("large"), 100);
            assertThat(storage.hasRoomForBody(GT)).isFalse();
            PartnerStorage.Limits one = new PartnerStorage.Limits(
                    SMALL.unnamed(), 2, SMALL.kept(), SMALL.quarantined(), SMALL.mirroredAhead());
            assertThat(new PartnerStorage(sql, Clock.fixed(NOW, ZoneOffset.UTC), one).hasRoomForBody(GT))
                    .as("the other body of a statement whose first is longer than the room")
                    .isTrue();
            PartnerStorage later =
                    new PartnerStorage(sql, Clock.fixed(NOW.plus(Duration.ofDays(9)), ZoneOffset.UTC), SMALL);
            assertThat(later.hasRoomForBody(US)).isTrue();

            for (int i = 0; i < 5; i++) {
                keep(sql, storage, US, "exchange.act-differs", i);
            }
            assertThat(storage.notKept(US)).containsExactly(new PartnerStorage.NotKept("exchange.act-differs", 3, 30));
            keep(sql, storage, US, "exchange.other-bytes", 0);
            keep(sql, storage, GT, "exchange.act-differs", 0);
            assertThat(storage.notKept(US)).hasSize(1);
            assertThat(storage.notKept(GT)).isEmpty();

            assertThat(storage.hasRoomInQuarantine(US)).isTrue();
            assertThat(storage.readsOn(19, 10)).isTrue();
            assertThat(storage.readsOn(20, 10)).isFalse();
        }
    }
}
