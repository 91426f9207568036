package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.memorandum.officer.Role;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A partner that fills this node's disk: what it has used up is refused to it or counted, and what it may still do goes on. */
@Timeout(180)
class StorageShareTest {
    private static final int KEPT_OF_A_REASON = 250;
    private static final int CALLS = 5;
    private static final int IN_A_CALL = 52;

    @TempDir
    private static Path folder;

    /** Signed well and understood by nobody: each is evidence of the same. */
    private static JsonNode nonsense(PartnerInHand partner, int number) {
        return Statement.sign(
                        new StatementDraft(
                                "never-heard-of",
                                PartnerInHand.US,
                                Optional.of(NodeOnTrial.UIF.party()),
                                Instant.now(),
                                Optional.empty(),
                                JsonNodeFactory.instance.objectNode().put("number", number)),
                        partner.keys().statement())
                .json();
    }

    private static long count(JdbcClient sql, String query) {
        return sql.sql(query).query(Long.class).single();
    }

    @Test
    void beyondItsShareEvidenceIsCountedAndBodiesWaitForTheirStatements() throws Exception {
        try (Encounter encounter = Encounter.begin(folder)) {
            PartnerInHand partner = encounter.partner();
            JdbcClient sql = encounter.node().database().client();
            JsonNode again = nonsense(partner, 0);
            for (int call = 0; call < CALLS; call++) {
                List<JsonNode> statements = new ArrayList<>();
                for (int i = 0; i < IN_A_CALL; i++) {
                    int number = call * IN_A_CALL + i;
                    statements.add(number == 0 ? again : nonsense(partner, number));
                }
                assertThat(partner.tell(statements))
                        .hasSize(IN_A_CALL)
                        .allMatch(told -> told.outcome().equals("refused"));
            }
            // What was kept before and comes again is neither kept twice nor counted.
            assertThat(partner.tell(List.of(again))).hasSize(1);
            long told = CALLS * IN_A_CALL;
            assertThat(count(sql, "select count(*) from kept_statement where partner = 'US'"))
                    .isEqualTo(KEPT_OF_A_REASON);
            assertThat(count(sql, "select sum(count) from not_kept where partner = 'US'"))
                    .isEqualTo(told - KEPT_OF_A_REASON);

            sql.sql("""
                            insert into brought_body (body, partner, bytes, brought_at)
                            select sha256(i::text::bytea), 'US', ?, now() from generate_series(1, 17) as i""").param(1L << 30).update();
            var sealed = partner.seal("one more".getBytes(StandardCharsets.UTF_8), NodeOnTrial.UIF);
            assertThat(partner.bring(sealed)).isEqualTo(507);
            sql.sql("delete from brought_body").update();
            assertThat(partner.bring(sealed)).isEqualTo(204);
            assertThat(count(sql, "select sum(bytes) from brought_body where partner = 'US'"))
                    .as("what it takes of the disk")
                    .isBetween((long) sealed.ciphertext().length, sealed.ciphertext().length + 256L);

            partner.say(partner.sign(Colleague.of("still-heard", PartnerInHand.FINCEN, Role.ANALYST)
                    .appointment()));
        }
    }
}
