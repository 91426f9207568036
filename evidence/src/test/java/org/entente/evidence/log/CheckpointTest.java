package org.entente.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final Ed25519SecretKey LOG = Ed25519SecretKey.ofSeed(new byte[32]);
    private static final Ed25519SecretKey OTHER =
            Ed25519SecretKey.ofSeed(Digest.of().bytes());
    private static final String ORIGIN = "entente/log/MX/US/1";
    private static final NoteKey COSIGNER = NoteKey.cosigner("entente/cosigner/US", OTHER.publicKey());
    private static final Instant AT = Instant.parse("2026-01-31T08:15:00Z");

    private static SignedCheckpoint signed(int size) {
        return signed(size, 0);
    }

    private static SignedCheckpoint signed(int size, int variant) {
        return SignedCheckpoint.sign(
                new Checkpoint(ORIGIN, size, tree(size, variant).root()), LOG);
    }

    private static Frontier tree(int size, int variant) {
        Frontier frontier = Frontier.empty();
        for (int i = 0; i < size; i++) {
            byte[] entry = {(byte) (i == 0 ? variant : i)};
            frontier = frontier.append(MerkleHash.leaf(entry)).frontier();
        }
        return frontier;
    }

    /** The example of C2SP signed-note, section "Verifier keys". */
    @Test
    void theSpecificationsExampleNoteVerifies() throws Malformed {
        NoteKey key = NoteKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        SignedNote note = SignedNote.parse("This is an example message.\n\n\u2014 example.com/foo"
                + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n");
        NoteSignature signature = note.signatures().getFirst();
        assertThat(key.made(signature)).isTrue();
        assertThat(key.key().verifies(note.text().getBytes(StandardCharsets.UTF_8), signature.signature()))
                .isTrue();
    }

    @Test
    void aCosignedCheckpointReadsBackWithTheTimeOfItsCosignature() throws Malformed {
        SignedCheckpoint cosigned = signed(5).cosign(CosignerSecrets.of(COSIGNER.name(), OTHER), AT);
        SignedCheckpoint read = SignedCheckpoint.open(cosigned.note(), ORIGIN, LOG.publicKey());
        assertThat(read.cosignedAt(COSIGNER)).isEqualTo(AT);
        assertThat(read.checkpoint()).isEqualTo(signed(5).checkpoint());
        assertThat(signed(5)
                        .with(read.signedNote().signatures(), List.of(COSIGNER))
                        .note())
                .isEqualTo(cosigned.note());
    }

    @Test
    void onlyTheRightKeysCount() throws Malformed {
        SignedCheckpoint cosigned = signed(5).cosign(CosignerSecrets.of(COSIGNER.name(), OTHER), AT);
        assertThatThrownBy(() -> SignedCheckpoint.open(cosigned.note(), ORIGIN, OTHER.publicKey()))
                .hasMessageStartingWith("checkpoint.unsigned");
        assertThatThrownBy(() -> SignedCheckpoint.open(cosigned.note(), "entente/log/US/MX/1", LOG.publicKey()))
                .hasMessageStartingWith("checkpoint.origin-other");
        assertThatThrownBy(() -> signed(5).cosignedAt(COSIGNER)).hasMessageStartingWith("checkpoint.not-cosigned");
        assertThatThrownBy(() -> cosigned.cosignedAt(NoteKey.cosigner(COSIGNER.name(), LOG.publicKey())))
                .hasMessageStartingWith("checkpoint.not-cosigned");
        // A log's signature under the cosigner's name is no cosignature.
        NoteKey posing = NoteKey.log(COSIGNER.name(), OTHER.publicKey());
        assertThat(posing.id()).isNotEqualTo(COSIGNER.id());
        assertThatThrownBy(() -> cosigned.cosign(CosignerSecrets.of(COSIGNER.name(), OTHER), AT)
                        .cosignedAt(COSIGNER))
                .hasMessageStartingWith("checkpoint.signature-repeated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o\n05\nROOT\n",
                "o\n-1\nROOT\n",
                "o\n5\nROOT",
                "o\n5\nROOT\nextension\n",
                "o\n5\n\n",
                "\n5\nROOT\n",
                "o o\n5\nROOT\n",
                "o+o\n5\nROOT\n",
                "o\n5\nQQ==\n",
                "o\n0\nROOT\n",
                "o\n9999999999999999999\nROOT\n",
                "o\n5\n",
                ""
            })
    void aCheckpointOfAnotherFormIsRefused(String text) {
        String root = "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=";
        assertThatThrownBy(() -> Checkpoint.parse(text.replace("ROOT", root))).isInstanceOf(Malformed.class);
    }

    @Test
    void everyChangedByteOfANoteIsNoticed() {
        byte[] note = signed(5)
                .cosign(CosignerSecrets.of(COSIGNER.name(), OTHER), AT)
                .note()
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < note.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = note.clone();
                changed[i] ^= (byte) (1 << bit);
                String text = new String(changed, StandardCharsets.UTF_8);
                assertThatThrownBy(() -> SignedCheckpoint.open(text, ORIGIN, LOG.publicKey())
                                .cosignedAt(COSIGNER))
                        .as("byte %d, bit %d", i, bit)
                        .isInstanceOf(Malformed.class);
            }
        }
    }

    @Test
    void noiseIsRefusedOrIsASignatureLineThatNobodyKnows() {
        long seed = 3;
        Random random = new Random(seed);
        String good =
                signed(5).cosign(CosignerSecrets.of(COSIGNER.name(), OTHER), AT).note();
        for (int i = 0; i < 5000 * DEPTH; i++) {
            int cut = random.nextInt(good.length());
            String noise = good.substring(0, cut) + good.substring(random.nextInt(good.length()));
            if (noise.equals(good)) {
                continue;
            }
            try {
                SignedCheckpoint read = SignedCheckpoint.open(noise, ORIGIN, LOG.publicKey());
                assertThat(read.checkpoint())
                        .as("seed %d, case %d", seed, i)
                        .isEqualTo(signed(5).checkpoint());
                assertThat(read.cosignedAt(COSIGNER))
                        .as("seed %d, case %d", seed, i)
                        .isEqualTo(AT);
            } catch (Malformed refused) {
                assertThat(refused.problem().code()).isNotEmpty();
            }
        }
    }

    @Test
    void aWitnessCosignsWhatOnlyGrew() {
        List<StoredHash> stored = new ArrayList<>();
        Frontier frontier = Frontier.empty();
        for (int i = 0; i < 9; i++) {
            Frontier.Appended appended = frontier.append(MerkleHash.leaf(new byte[] {(byte) i}));
            stored.addAll(appended.stored());
            frontier = appended.frontier();
        }
        MerkleTree tree = new MerkleTree((level, index) -> stored.stream()
                .filter(hash -> hash.level() == level && hash.index() == index)
                .findFirst()
                .orElseThrow()
                .hash());
        List<Digest> proof = tree.consistency(5, 9);

        assertThat(Witness.judge(Optional.empty(), signed(5), List.of())).isInstanceOf(Witness.Cosign.class);
        assertThat(Witness.judge(Optional.of(signed(0)), signed(5), List.of())).isInstanceOf(Witness.Cosign.class);
        assertThat(Witness.judge(Optional.of(signed(5)), signed(9), proof)).isInstanceOf(Witness.Cosign.class);
        assertThat(Witness.judge(Optional.of(signed(5)), signed(5), List.of())).isInstanceOf(Witness.Cosign.class);
        assertThat(Witness.judge(Optional.of(signed(5)), signed(9), List.of())).isInstanceOf(Witness.BadProof.class);
        assertThat(Witness.judge(Optional.of(signed(5)), signed(9, 77), proof)).isInstanceOf(Witness.BadProof.class);
        assertThat(Witness.judge(Optional.of(signed(5)), signed(5, 77), List.of()))
                .isInstanceOf(Witness.SplitView.class);
        assertThat(Witness.judge(Optional.of(signed(9)), signed(5), List.of())).isInstanceOf(Witness.RolledBack.class);
    }
}
