package org.entente.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.entente.evidence.attack.Clock;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody changed in the words of others about a log is found. */
@Timeout(120)
class TestimonyCheckTest {
    private static final String ORIGIN = "entente/log/MX/US/1";
    private static final Ed25519SecretKey LOG_KEY = Ed25519SecretKey.ofSeed(new byte[32]);
    private static final CosignerSecrets WITNESS =
            CosignerSecrets.of("witness.example", Ed25519SecretKey.ofSeed(new byte[] {
                1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8
            }));
    private static final Instant AT = Clock.FROM.plusSeconds(60);

    @TempDir
    private Path folder;

    private static Checkpoint head(long size) {
        return new Checkpoint(ORIGIN, size, MerkleHash.leaf(new byte[] {(byte) size}));
    }

    private static byte[] token(Checkpoint head) {
        return Clock.root("CN=Root")
                .certifies("CN=Clock", KeyPurposeId.id_kp_timeStamping)
                .token(Clock.says(NISTObjectIdentifiers.id_sha256, head.digest().bytes(), AT, BigInteger.TEN));
    }

    private static String code(Database database) {
        Optional<Problem> found = new TestimonyCheck(database.client(), ORIGIN, List.of(LOG_KEY.publicKey())).run();
        return found.map(Problem::code).orElse("");
    }

    @Test
    void aWordForAnotherCheckpointIsNamed() throws Exception {
        try (Database database =
                Database.openEmbedded(folder, Path.of("target/postgres-cache"), StartProgress.SILENT)) {
            NoteKey key = WITNESS.cosigner().keys().getFirst();
            database.client()
                    .sql("insert into log (origin, partner, size) values (?, ?, 2)")
                    .params(ORIGIN, new PartyCode("US").text())
                    .update();
            for (long size = 1; size <= 2; size++) {
                Checkpoint head = head(size);
                database.client()
                        .sql(
                                "insert into checkpoint (origin, size, root, note, cosigned, written_at) values (?, ?, ?, ?, true, now())")
                        .params(
                                ORIGIN,
                                size,
                                head.root().bytes(),
                                SignedCheckpoint.sign(head, LOG_KEY).note())
                        .update();
                database.client()
                        .sql(
                                "insert into witness_cosignature (origin, size, witness, line, kept_at) values (?, ?, ?, ?, now())")
                        .params(
                                ORIGIN,
                                size,
                                key.vkey(),
                                WITNESS.cosign(head, AT).getFirst().line())
                        .update();
                database.client()
                        .sql(
                                "insert into time_stamp (origin, size, token, stamped_at, kept_at) values (?, ?, ?, now(), now())")
                        .params(ORIGIN, size, token(head))
                        .update();
            }
            assertThat(code(database)).isEmpty();
            database.client()
                    .sql("update time_stamp set token = ? where size = 2")
                    .param(token(head(1)))
                    .update();
            assertThat(code(database)).isEqualTo("check.stamp-refused");
            database.client()
                    .sql(
                            "update witness_cosignature set line = (select line from witness_cosignature where size = 1) where size = 2")
                    .update();
            assertThat(code(database)).isEqualTo("check.cosignature-refused");
        }
    }
}
