package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.entente.evidence.bundle.ProvedReceipt;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.tile.TlogProof;
import org.entente.node.client.NodeRefusal;
import org.entente.node.partner.Understanding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A receipt that one node carries away and anybody verifies with two cards. */
@Timeout(180)
class ReceiptTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void itProvesThatThePartnerHasIt() throws Exception {
        try (House mx = new House(folder.resolve("mx"), "MX", "UIF");
                House us = new House(folder.resolve("us"), "US", "FINCEN")) {
            mx.pin(us);
            us.pin(mx);
            mx.sign(Understanding.text());
            us.sign(Understanding.text());
            Instant end = Instant.now().plus(PATIENCE);
            while (!mx.isSettled() || !us.isSettled()) {
                assertThat(Instant.now()).isBefore(end);
                Thread.sleep(100);
            }
            Digest said = mx.received();
            byte[] file = mx.receipt(said);
            ProvedReceipt proved = ProvedReceipt.verify(file, us.card(), Optional.of(mx.card()));
            assertThat(proved.statement()).isEqualTo(said);
            assertThat(proved.cosignedAt()).isPresent();
            assertThat(ProvedReceipt.verify(file, us.card(), Optional.empty()).cosignedAt())
                    .isEmpty();
            requireReadByOtherTools(file, said, us.card());
            requireRefused(file, us.card(), mx.card());
            assertThat(refusal(file, mx.card(), us.card())).isEqualTo("statement.sender-foreign");
            assertThat(refusal(file, us.card(), us.card())).isEqualTo("receipt.sender-other");
            NodeRefusal unknown = catchThrowableOfType(NodeRefusal.class, () -> mx.receipt(Digest.of(file)));
            assertThat(unknown.status()).isEqualTo(404);
        }
    }

    /** Whoever knows C2SP tlog-proof and nothing of receipts reads it as well. */
    private static void requireReadByOtherTools(byte[] file, Digest said, PartyCard receiver) throws Malformed {
        TlogProof proof = TlogProof.parse(new String(file, StandardCharsets.UTF_8));
        proof.verify(MerkleHash.statementLeaf(said), "entente/log/US/MX/1", receiver.logKey());
        Statement.parse(proof.extra().orElseThrow()).verify(receiver);
    }

    private static String refusal(byte[] file, PartyCard receiver, PartyCard sender) {
        Malformed refused =
                catchThrowableOfType(Malformed.class, () -> ProvedReceipt.verify(file, receiver, Optional.of(sender)));
        assertThat(refused).isNotNull();
        return refused.problem().code();
    }

    private static void requireRefused(byte[] file, PartyCard receiver, PartyCard sender) {
        long seed = 4_711;
        SplittableRandom random = new SplittableRandom(seed);
        for (int at = random.nextInt(40); at < file.length; at += 1 + random.nextInt(80)) {
            byte[] changed = file.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Malformed refused = catchThrowableOfType(
                    Malformed.class, () -> ProvedReceipt.verify(changed, receiver, Optional.of(sender)));
            assertThat(refused).as("seed %d, byte %d", seed, at).isNotNull();
        }
    }
}
