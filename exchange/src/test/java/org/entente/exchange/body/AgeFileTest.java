package org.entente.exchange.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.SeedAccess;
import org.junit.jupiter.api.Test;

class AgeFileTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final BodyIdentity OURS = BodyIdentity.generate(new SeededRandom(1));
    private static final BodyIdentity THEIRS = BodyIdentity.generate(new SeededRandom(2));
    private static final List<BodyRecipient> TO_US = List.of(OURS.recipient());

    /** C2SP age, section on the hybrid recipient: the identity, and its recipient by start, end and SHA-256. */
    @Test
    void theSpecificationsKeyPairIsRebuilt() throws Malformed {
        String secret = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR";
        BodyIdentity identity = BodyIdentity.parse(secret);
        assertThat(identity.text(SeedAccess.forKeyStore())).isEqualTo(secret);
        assertThat(identity.recipient().toString())
                .hasSize(1959)
                .startsWith(
                        "age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxshfg87pzf5zrqtzdxz95paef6caq5aapdmw")
                .endsWith("qmwze9pyyzk3tlhl53k2ykx3qheyty7saeq0d3fzv49zc0k");
        assertThat(Digest.of(identity.recipient().toString().getBytes(StandardCharsets.US_ASCII))
                        .hex())
                .isEqualTo("a091dd7e0ee9d62b75173dcc98441a0424baa941e66a8776e570a4ae60ff61ea");
    }

    @Test
    void aFileForOthersIsNotForUs() {
        assertThat(problemOf(encrypted(10), List.of(THEIRS))).isEqualTo("body.not-for-us");
        assertThat(problemOf(encrypted(10), List.of())).isEqualTo("body.not-for-us");
    }

    /** Our own vector: whoever changes the order in which randomness is drawn sees it here. */
    @Test
    void sameRandomnessGivesTheSameFile() {
        assertThat(Digest.of(encrypted(100)).hex())
                .isEqualTo("adba092d42a20c7c7fea697909554bb9bcabddd6e4b5cb352c2616452784aad6");
    }

    @Test
    void everyLengthAroundTheChunksComesBack() throws Malformed {
        for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 200_000}) {
            byte[] plaintext = plaintext(length);
            byte[] file = AgeFile.encrypt(plaintext, TO_US, new SeededRandom(length));
            assertThat(AgeFile.decrypt(file, List.of(OURS))).isEqualTo(plaintext);
            int chunks = Math.max(1, (length + 65_535) / 65_536);
            assertThat(file.length - headerLength(file) - 16).isEqualTo(length + 16 * chunks);
        }
    }

    @Test
    void eachOfSeveralRecipientsOpens() throws Malformed {
        byte[] file = AgeFile.encrypt(plaintext(5), List.of(OURS.recipient(), THEIRS.recipient()), new SeededRandom(3));
        assertThat(AgeFile.decrypt(file, List.of(OURS))).isEqualTo(plaintext(5));
        assertThat(AgeFile.decrypt(file, List.of(THEIRS))).isEqualTo(plaintext(5));
    }

    @Test
    void everyChangedByteIsRefused() {
        byte[] file = encrypted(20);
        for (int at = 0; at < file.length; at++) {
            byte[] changed = file.clone();
            changed[at] ^= (byte) (1 << (at % 8));
            assertThat(problemOf(changed, List.of(OURS))).as("byte %d", at).startsWith("body.");
        }
    }

    @Test
    void everyTruncationAndEveryAdditionIsRefused() {
        byte[] file = encrypted(20);
        for (int length = 0; length < file.length; length++) {
            assertThat(problemOf(Arrays.copyOf(file, length), List.of(OURS)))
                    .as("cut to %d", length)
                    .startsWith("body.");
        }
        assertThat(problemOf(Arrays.copyOf(file, file.length + 1), List.of(OURS)))
                .isEqualTo("body.payload-damaged[1]");
    }

    @Test
    void chunksCannotBeCutOffSwappedRepeatedOrAppended() {
        byte[] file = encrypted(3 * 65_536);
        int payload = headerLength(file) + 16;
        int chunk = 65_536 + 16;
        byte[] swapped = file.clone();
        System.arraycopy(file, payload, swapped, payload + chunk, chunk);
        System.arraycopy(file, payload + chunk, swapped, payload, chunk);
        assertThat(problemOf(Arrays.copyOf(file, payload + 2 * chunk), List.of(OURS)))
                .isEqualTo("body.payload-damaged[2]");
        assertThat(problemOf(swapped, List.of(OURS))).isEqualTo("body.payload-damaged[1]");
        assertThat(problemOf(Hkdf.concat(file, new byte[1]), List.of(OURS))).isEqualTo("body.payload-damaged[3]");
        assertThat(problemOf(
                        Hkdf.concat(file, Arrays.copyOfRange(file, file.length - chunk, file.length)), List.of(OURS)))
                .isEqualTo("body.payload-damaged[3]");
    }

    @Test
    void anEmptyLastChunkAfterAFullOneIsRefused() {
        byte[] fileKey = new byte[16];
        byte[] header = header(fileKey);
        byte[] nonce = new byte[16];
        ChunkCipher cipher = new ChunkCipher(
                Hkdf.expand(Hkdf.extract(nonce, fileKey), "payload".getBytes(StandardCharsets.US_ASCII), 32),
                new byte[12]);
        byte[] full = new byte[65_552];
        cipher.seal(0, false, new byte[65_536], 65_536, full);
        byte[] empty = new byte[16];
        cipher.seal(1, true, new byte[0], 0, empty);
        assertThat(problemOf(Hkdf.concat(header, nonce, full, empty), List.of(OURS)))
                .isEqualTo("body.payload-damaged[2]");
    }

    @Test
    void unknownStanzasAreSkippedAndCoveredByTheMac() throws Malformed {
        byte[] file = withHeader("-> grease-x y z\n\n" + stanza(encrypted(3)));
        assertThat(AgeFile.decrypt(file, List.of(OURS))).isEqualTo(plaintext(3));
        byte[] changed = new String(file, StandardCharsets.ISO_8859_1)
                .replace("grease-x", "grease-y")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(problemOf(changed, List.of(OURS))).isEqualTo("body.header-forged");
    }

    @Test
    void headersThatAreNotExactlyTheFormatAreRefused() {
        String ours = stanza(encrypted(3));
        String full = "A".repeat(64);
        for (String bad : List.of(
                "",
                ours.replace("\n", "\r\n"),
                ours.substring(1),
                "\n" + ours,
                ours + "\n",
                "->\n\n" + ours,
                "-> \n\n" + ours,
                "-> a  b\n\n" + ours,
                "-> a \n\n" + ours,
                "-> \u00e9\n\n" + ours,
                "-> a\n" + full + "\n" + ours,
                "-> a\n" + full + "A\n\n" + ours,
                "-> a\nAA==\n" + ours,
                "-> a\nAB\n" + ours,
                "-> a\nA\n" + ours,
                "-> a\n_-\n" + ours,
                "-> a\nAAAA \n" + ours,
                "-> mlkem768x25519\n\n" + ours,
                "-> mlkem768x25519 AAAA\n\n" + ours,
                ours.replaceFirst("mlkem768x25519 ", "mlkem768x25519 extra "))) {
            assertThat(problemOf(withHeader(bad), List.of(OURS))).as(bad).isEqualTo("body.header-malformed");
        }
        assertThat(problemOf(withHeader(ours.replace("mlkem", "MLKEM")), List.of(OURS)))
                .isEqualTo("body.not-for-us");
        assertThat(problemOf("age-encryption.org/v2\n".getBytes(StandardCharsets.US_ASCII), List.of(OURS)))
                .isEqualTo("body.not-age");
    }

    @Test
    void aShareOfLowOrderIsRefused() {
        byte[] share = new byte[1120];
        new Random(5).nextBytes(share);
        Arrays.fill(share, 1088, 1120, (byte) 0);
        String low = "-> mlkem768x25519 "
                + Base64.getEncoder().withoutPadding().encodeToString(share) + "\n"
                + Base64.getEncoder().withoutPadding().encodeToString(new byte[32]) + "\n";
        assertThat(problemOf(withHeader(low), List.of(OURS))).isEqualTo("body.header-malformed");
    }

    @Test
    void aHeaderWithoutEndIsNotReadForEver() {
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                byte[] start = "age-encryption.org/v1\n-> ".getBytes(StandardCharsets.US_ASCII);
                return at < start.length ? start[at++] : 'a';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                bytes[offset] = (byte) read();
                return 1;
            }
        };
        assertThatThrownBy(() -> AgeFile.decrypt(endless, OutputStream.nullOutputStream(), List.of(OURS)))
                .isInstanceOf(Malformed.class)
                .hasMessage("body.header-malformed");
    }

    @Test
    void keysThatAreNotKeysAreRefused() {
        String recipient = OURS.recipient().toString();
        String identity = OURS.text(SeedAccess.forKeyStore());
        for (String bad : List.of(
                "",
                "age1pq1",
                recipient.substring(0, recipient.length() - 1),
                recipient + "q",
                recipient.replace("age1pq1", "age1"),
                "A" + recipient.substring(1),
                recipient.replaceFirst("[qpzry]", "b"),
                "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
                identity)) {
            assertThatThrownBy(() -> BodyRecipient.parse(bad)).as(bad).hasMessage("body.recipient-malformed");
        }
        assertThatThrownBy(() -> BodyIdentity.parse(recipient)).hasMessage("body.identity-malformed");
        assertThatThrownBy(() -> BodyIdentity.parse(
                        "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"))
                .hasMessage("body.identity-malformed");
        byte[] unreduced = OURS.recipient().publicKey();
        unreduced[0] = (byte) 0xff;
        unreduced[1] |= 0x0f;
        assertThatThrownBy(() -> BodyRecipient.of(unreduced)).hasMessage("body.recipient-malformed");
    }

    @Test
    void aSecretNeverPrints() {
        assertThat(OURS.toString()).isEqualTo("[redacted]");
    }

    @Test
    void fuzzedFilesNeverFailOtherwiseThanRefused() {
        long seed = 20_260_131;
        Random random = new Random(seed);
        byte[] file = encrypted(40);
        for (int round = 0; round < 3_000 * DEPTH; round++) {
            byte[] fuzzed = fuzz(file, random);
            if (!Arrays.equals(fuzzed, file)) {
                assertThat(problemOf(fuzzed, List.of(OURS)))
                        .as("seed %d round %d", seed, round)
                        .startsWith("body.");
            }
        }
    }

    private static byte[] fuzz(byte[] file, Random random) {
        byte[] fuzzed = file.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int from = random.nextInt(fuzzed.length);
            int length = Math.min(random.nextInt(40), fuzzed.length - from);
            switch (random.nextInt(4)) {
                case 0 -> fuzzed[from] = (byte) " \n\r-=A+".charAt(random.nextInt(7));
                case 1 ->
                    fuzzed = Hkdf.concat(
                            Arrays.copyOf(fuzzed, from),
                            Arrays.copyOfRange(fuzzed, from + length, fuzzed.length),
                            new byte[1]);
                case 2 ->
                    fuzzed = Hkdf.concat(
                            Arrays.copyOf(fuzzed, from + length), Arrays.copyOfRange(fuzzed, from, fuzzed.length));
                default -> fuzzed[from] = (byte) random.nextInt();
            }
        }
        return fuzzed;
    }

    private static byte[] encrypted(int length) {
        return AgeFile.encrypt(plaintext(length), TO_US, new SeededRandom(7));
    }

    private static byte[] plaintext(int length) {
        byte[] plaintext = new byte[length];
        new Random(length).nextBytes(plaintext);
        return plaintext;
    }

    private static String problemOf(byte[] file, List<BodyIdentity> identities) {
        try {
            AgeFile.decrypt(file, identities);
            return "opened";
        } catch (Malformed refused) {
            return refused.problem().toString();
        }
    }

    private static int headerLength(byte[] file) {
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(file);
            AgeHeader.read(in);
            return file.length - in.available();
        } catch (IOException | Malformed e) {
            throw new AssertionError(e);
        }
    }

    /** The one stanza of a file, as text with its last line feed. */
    private static String stanza(byte[] file) {
        String header = new String(file, 0, headerLength(file), StandardCharsets.US_ASCII);
        return header.substring(header.indexOf("-> "), header.indexOf("--- "));
    }

    /** The file of three bytes with other stanzas under a right MAC. */
    private static byte[] withHeader(String stanzas) {
        byte[] file = encrypted(3);
        byte[] fileKey = new byte[16];
        new SeededRandom(7).nextBytes(fileKey);
        byte[] authenticated = ("age-encryption.org/v1\n" + stanzas + "---").getBytes(StandardCharsets.ISO_8859_1);
        return Hkdf.concat(
                AgeHeader.encode(authenticated, AgeHeader.mac(fileKey, authenticated)),
                Arrays.copyOfRange(file, headerLength(file), file.length));
    }

    private static byte[] header(byte[] fileKey) {
        HybridKem.Encapsulation key = HybridKem.encapsulate(OURS.recipient().publicKey(), new SeededRandom(9))
                .orElseThrow();
        byte[] wrapped = new byte[32];
        SealBase.cipher(key.sharedSecret(), "age-encryption.org/mlkem768x25519").seal(0, false, fileKey, 16, wrapped);
        byte[] authenticated =
                AgeHeader.authenticated(List.of(AgeHeader.stanza("mlkem768x25519", key.encapsulatedKey(), wrapped)));
        return AgeHeader.encode(authenticated, AgeHeader.mac(fileKey, authenticated));
    }
}
