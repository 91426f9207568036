package org.entente.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.MlDsa44SecretKey;
import org.junit.jupiter.api.Test;

/** Both kinds of cosignature, side by side, and the attacks on them. */
class CosignatureTest {
    private static final Instant AT = Instant.parse("2026-01-31T08:15:00Z");
    private static final String NAME = "entente/cosigner/US";
    private static final Ed25519SecretKey ED25519 = Ed25519SecretKey.ofSeed(new byte[32]);
    private static final MlDsa44SecretKey ML_DSA_44 = MlDsa44SecretKey.ofSeed(new byte[32]);
    private static final CosignerSecrets SECRETS = CosignerSecrets.of(NAME, ED25519, ML_DSA_44);
    private static final Cosigner COSIGNER = SECRETS.cosigner();
    private static final NoteKey ED25519_KEY = COSIGNER.keys().getFirst();
    private static final NoteKey ML_DSA_44_KEY = COSIGNER.keys().getLast();
    private static final PlainLog LOG = PlainLog.of("entente/log/MX/US/1", 9);

    private static SignedCheckpoint open(String note) throws Malformed {
        return SignedCheckpoint.open(SignedNote.parse(note), LOG.known());
    }

    /** The checkpoint with one more line of these bytes after the key's id. */
    private static SignedCheckpoint withLine(SignedCheckpoint checkpoint, NoteKey key, byte[] bytes) throws Malformed {
        return open(checkpoint.note() + new NoteSignature(key.name(), key.id(), bytes).line());
    }

    private static byte[] timed(NoteKey key, Checkpoint checkpoint, long seconds, UnaryOperator<byte[]> signer) {
        byte[] signature = signer.apply(Cosignatures.message(key, checkpoint, seconds));
        return ByteBuffer.allocate(8 + signature.length)
                .putLong(seconds)
                .put(signature)
                .array();
    }

    @Test
    void aPartyCosignsWithBothKeysAndOthersMayJoin() throws Malformed {
        CosignerSecrets third = CosignerSecrets.of(
                "witness.example/w1", Ed25519SecretKey.ofSeed(Digest.of().bytes()));
        SignedCheckpoint cosigned = open(LOG.signed()
                .cosign(SECRETS, AT)
                .cosign(third, AT.plusSeconds(5))
                .note());
        assertThat(cosigned.signatures()).isEqualTo(4);
        assertThat(cosigned.cosignedAt(COSIGNER)).isEqualTo(AT);
        assertThat(cosigned.cosignedAt(ED25519_KEY)).isEqualTo(AT);
        assertThat(cosigned.cosignedAt(ML_DSA_44_KEY)).isEqualTo(AT);
        assertThat(cosigned.cosignedAt(third.cosigner())).isEqualTo(AT.plusSeconds(5));
        assertThat(SECRETS).hasToString("[redacted]");
    }

    /** The structure written out a second time, from the text of tlog-cosignature. */
    @Test
    void theMessageIsTheSpecificationsStructure() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write("subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII));
        out.writeByte(NAME.length());
        out.write(NAME.getBytes(StandardCharsets.UTF_8));
        out.writeLong(AT.getEpochSecond());
        out.writeByte("entente/log/MX/US/1".length());
        out.write("entente/log/MX/US/1".getBytes(StandardCharsets.UTF_8));
        out.writeLong(0);
        out.writeLong(9);
        out.write(LOG.head(9).root().bytes());
        assertThat(Cosignatures.message(ML_DSA_44_KEY, LOG.head(9), AT.getEpochSecond()))
                .isEqualTo(bytes.toByteArray());
        assertThat(new String(Cosignatures.message(ED25519_KEY, LOG.head(9), 1679315147), StandardCharsets.UTF_8))
                .isEqualTo("cosignature/v1\ntime 1679315147\n" + LOG.head(9).text());
    }

    @Test
    void verifierKeysOfAllTypesReadBack() throws Malformed {
        List<NoteKey> keys = List.of(NoteKey.log("o", ED25519.publicKey()), ED25519_KEY, ML_DSA_44_KEY);
        for (NoteKey key : keys) {
            assertThat(NoteKey.parse(key.vkey())).isEqualTo(key);
            // Cut short, of another id, or of another type: not a key.
            assertThatThrownBy(() ->
                            NoteKey.parse(key.vkey().substring(0, key.vkey().length() - 4)))
                    .isInstanceOf(Malformed.class);
            assertThatThrownBy(() -> NoteKey.parse("x" + key.vkey())).hasMessage("note.key-malformed");
        }
        byte[] confused = new byte[33];
        confused[0] = 6;
        System.arraycopy(ED25519.publicKey().bytes(), 0, confused, 1, 32);
        String vkey = NAME + "+00000000+" + Base64.getEncoder().encodeToString(confused);
        assertThatThrownBy(() -> NoteKey.parse(vkey)).hasMessage("key.ml-dsa-44-refused");
        assertThatThrownBy(() -> new NoteKey(NAME, NoteKey.Type.COSIGNER_ML_DSA_44, ED25519.publicKey()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cosigner(NAME, COSIGNER.keys().reversed()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cosigner("other", COSIGNER.keys())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neitherOfTheTwoSignaturesCanBeStripped() throws Malformed {
        String[] lines = LOG.signed().cosign(SECRETS, AT).note().split("(?<=\n)");
        for (int stripped : new int[] {lines.length - 2, lines.length - 1}) {
            List<String> rest = new ArrayList<>(List.of(lines));
            rest.remove(stripped);
            assertThatThrownBy(() -> open(String.join("", rest)).cosignedAt(COSIGNER))
                    .hasMessageStartingWith("checkpoint.not-cosigned");
        }
    }

    @Test
    void aCosignatureForAnotherLogSizeRootNameOrTimeIsFalse() throws Malformed {
        PlainLog other = PlainLog.of("entente/log/MX/CA/1", 9);
        NoteKey renamed = NoteKey.cosigner("entente/cosigner/CA", ML_DSA_44.publicKey());
        long now = AT.getEpochSecond();
        List<byte[]> replayed = new ArrayList<>();
        for (Checkpoint signed :
                List.of(other.head(9), LOG.head(8), LOG.altered(3).head(9))) {
            replayed.add(timed(ML_DSA_44_KEY, signed, now, ML_DSA_44::sign));
            assertThatThrownBy(() -> withLine(LOG.signed(), ED25519_KEY, timed(ED25519_KEY, signed, now, ED25519::sign))
                            .cosignedAt(ED25519_KEY))
                    .hasMessageStartingWith("checkpoint.cosignature-false");
        }
        replayed.add(timed(renamed, LOG.head(9), now, ML_DSA_44::sign));
        byte[] later = timed(ML_DSA_44_KEY, LOG.head(9), now, ML_DSA_44::sign);
        later[7]++;
        replayed.add(later);
        for (byte[] bytes : replayed) {
            assertThatThrownBy(
                            () -> withLine(LOG.signed(), ML_DSA_44_KEY, bytes).cosignedAt(ML_DSA_44_KEY))
                    .hasMessageStartingWith("checkpoint.cosignature-false");
        }
    }

    @Test
    void aTimeOfZeroOrBeyondTheCalendarIsRefused() throws Malformed {
        for (long seconds : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, Instant.MAX.getEpochSecond() + 1}) {
            for (NoteKey key : COSIGNER.keys()) {
                UnaryOperator<byte[]> signer = key.equals(ED25519_KEY) ? ED25519::sign : ML_DSA_44::sign;
                SignedCheckpoint note = withLine(LOG.signed(), key, timed(key, LOG.head(9), seconds, signer));
                assertThatThrownBy(() -> note.cosignedAt(key))
                        .as("%d %s", seconds, key.type())
                        .hasMessageStartingWith("checkpoint.cosignature-time");
            }
        }
        assertThatThrownBy(() -> LOG.signed().cosign(SECRETS, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void typesCannotBeConfused() throws Malformed {
        long now = AT.getEpochSecond();
        // Each algorithm's signature under the other's key id.
        assertThatThrownBy(
                        () -> withLine(LOG.signed(), ML_DSA_44_KEY, timed(ED25519_KEY, LOG.head(9), now, ED25519::sign))
                                .cosignedAt(ML_DSA_44_KEY))
                .hasMessageStartingWith("checkpoint.cosignature-false");
        assertThatThrownBy(() -> withLine(
                                LOG.signed(), ED25519_KEY, timed(ML_DSA_44_KEY, LOG.head(9), now, ML_DSA_44::sign))
                        .cosignedAt(ED25519_KEY))
                .hasMessageStartingWith("checkpoint.cosignature-false");
        // The message of one type signed with the key of the other.
        byte[] message = Cosignatures.message(ML_DSA_44_KEY, LOG.head(9), now);
        byte[] crossed =
                ByteBuffer.allocate(72).putLong(now).put(ED25519.sign(message)).array();
        assertThatThrownBy(() -> withLine(LOG.signed(), ED25519_KEY, crossed).cosignedAt(ED25519_KEY))
                .hasMessageStartingWith("checkpoint.cosignature-false");
        // Too short to hold a time.
        assertThatThrownBy(
                        () -> withLine(LOG.signed(), ED25519_KEY, new byte[7]).cosignedAt(ED25519_KEY))
                .hasMessageStartingWith("checkpoint.cosignature-false");
    }

    @Test
    void oneKeySignsOnce() throws Malformed {
        SignedCheckpoint twice = open(LOG.signed()
                .cosign(SECRETS, AT)
                .cosign(SECRETS, AT.plusSeconds(1))
                .note());
        assertThatThrownBy(() -> twice.cosignedAt(COSIGNER)).hasMessageStartingWith("checkpoint.signature-repeated");
        assertThatThrownBy(() -> LOG.signed().with(twice.signedNote().signatures(), COSIGNER.keys()))
                .hasMessageStartingWith("checkpoint.signature-repeated");
        String line = LOG.signed().note().substring(LOG.signed().note().lastIndexOf("\n\n") + 2);
        assertThatThrownBy(() -> open(LOG.signed().note() + line))
                .hasMessageStartingWith("checkpoint.signature-repeated");
    }

    @Test
    void aFalseLineOfAKnownKeyIsNeverTakenOver() throws Malformed {
        SignedCheckpoint other = LOG.signed(8).cosign(SECRETS, AT);
        assertThatThrownBy(() -> LOG.signed().with(other.signedNote().signatures(), COSIGNER.keys()))
                .hasMessageStartingWith("checkpoint.cosignature-false");
        // To whoever does not know the key, the same lines are nothing.
        assertThat(LOG.signed().with(other.signedNote().signatures(), List.of()).note())
                .isEqualTo(LOG.signed().note());
    }

    /** How other people's logs sign: with the newer algorithm, under another name, while keys roll over. */
    @Test
    void aLogMayBeKnownByOtherKeysThanOurs() throws Malformed {
        NoteKey first = NoteKey.log("log.example/key", ED25519.publicKey());
        NoteKey second = NoteKey.cosigner("log.example/key", ML_DSA_44.publicKey());
        KnownLog log = new KnownLog("log.example/1", List.of(first, second));
        Checkpoint head = new Checkpoint("log.example/1", 1, Digest.of());
        NoteSignature byFirst = new NoteSignature(
                first.name(), first.id(), ED25519.sign(head.text().getBytes(StandardCharsets.UTF_8)));
        NoteSignature bySecond = new NoteSignature(second.name(), second.id(), timed(second, head, 0, ML_DSA_44::sign));
        NoteSignature falseLine =
                new NoteSignature(second.name(), second.id(), timed(second, LOG.head(9), 0, ML_DSA_44::sign));
        for (List<NoteSignature> lines : List.of(List.of(byFirst), List.of(bySecond), List.of(byFirst, bySecond))) {
            assertThat(SignedCheckpoint.open(new SignedNote(head.text(), lines), log)
                            .checkpoint())
                    .isEqualTo(head);
        }
        assertThatThrownBy(() -> SignedCheckpoint.open(new SignedNote(head.text(), List.of(byFirst, falseLine)), log))
                .hasMessageStartingWith("checkpoint.signature-false");
        assertThatThrownBy(() -> KnownLog.of("o", ED25519.publicKey())
                        .requireSignature(head, new SignedNote(head.text(), List.of(byFirst))))
                .hasMessageStartingWith("checkpoint.unsigned");
        assertThatThrownBy(() -> new KnownLog("o", List.of(ED25519_KEY))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KnownLog("o", List.of(first, first))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyChangedByteOfAMlDsaCosignatureIsNoticed() {
        long seed = 17;
        Random random = new Random(seed);
        byte[] note = LOG.signed().cosign(SECRETS, AT).note().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 400; i++) {
            byte[] changed = note.clone();
            int at = random.nextInt(note.length);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() ->
                            open(new String(changed, StandardCharsets.UTF_8)).cosignedAt(COSIGNER))
                    .as("seed %d, case %d, byte %d", seed, i, at)
                    .isInstanceOf(Malformed.class);
        }
    }
}
