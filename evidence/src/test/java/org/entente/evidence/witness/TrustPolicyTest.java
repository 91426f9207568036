package org.entente.evidence.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.MlDsa44SecretKey;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.PlainLog;
import org.entente.evidence.log.SignedCheckpoint;
import org.junit.jupiter.api.Test;

class TrustPolicyTest {
    private static final Instant AT = Instant.parse("2026-01-31T08:15:00Z");
    private static final PlainLog LOG = PlainLog.of("entente/log/MX/US/1", 5);
    private static final String LOG_LINE =
            "log " + LOG.known().keys().getFirst().vkey() + "\n";
    private static final List<CosignerSecrets> WITNESSES = new ArrayList<>();

    static {
        for (int i = 0; i < 12; i++) {
            byte[] seed = Digest.of(new byte[] {(byte) i}).bytes();
            WITNESSES.add(CosignerSecrets.of("witness.example/w" + i, Ed25519SecretKey.ofSeed(seed)));
        }
    }

    private static String vkey(int witness) {
        return WITNESSES.get(witness).cosigner().keys().getFirst().vkey();
    }

    private static TrustPolicy policy(String text) throws Malformed {
        return TrustPolicy.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String witnesses(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("witness w").append(i).append(' ').append(vkey(i)).append('\n');
        }
        return lines.toString();
    }

    private static SignedCheckpoint cosignedBy(int... witnesses) {
        SignedCheckpoint checkpoint = LOG.signed();
        for (int witness : witnesses) {
            checkpoint = checkpoint.cosign(WITNESSES.get(witness), AT.plusSeconds(witness));
        }
        return checkpoint;
    }

    private static boolean isFinal(TrustPolicy policy, int... witnesses) {
        return policy.judge(cosignedBy(witnesses).note()) instanceof Finality.Final;
    }

    /** The specification's own example, with keys. */
    @Test
    void theSpecificationsExampleDemandsTwoOfThreeAndOneOfThree() throws Malformed {
        TrustPolicy policy = policy("# a comment\n \t#another\n\n" + LOG_LINE + witnesses(6)
                + "group X-witnesses 2 w0 w1 w2\n\tgroup  Y-witnesses\tany w3 w4 w5 \n"
                + "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n");
        assertThat(isFinal(policy, 0, 2, 4)).isTrue();
        assertThat(isFinal(policy, 0, 1, 2, 3, 4, 5)).isTrue();
        assertThat(isFinal(policy, 0, 3, 4, 5)).isFalse();
        assertThat(isFinal(policy, 0, 1, 2)).isFalse();
        assertThat(isFinal(policy)).isFalse();
        assertThat(policy.judge(cosignedBy(4, 0)))
                .isEqualTo(new Finality.Waiting(
                        List.of(new Finality.Seen("w0", AT), new Finality.Seen("w4", AT.plusSeconds(4)))));
        assertThat(policy.quorum()).isEqualTo("X-and-Y");
        assertThat(policy.groups()).hasSize(3);
        assertThat(policy.logs().getFirst().url()).isEmpty();
    }

    @Test
    void aPartyWithBothKeysIsAGroupOfTwoWitnesses() throws Malformed {
        CosignerSecrets party = CosignerSecrets.of(
                "entente/cosigner/US", Ed25519SecretKey.ofSeed(new byte[32]), MlDsa44SecretKey.ofSeed(new byte[32]));
        List<NoteKey> keys = party.cosigner().keys();
        TrustPolicy policy =
                policy(LOG_LINE + "witness US-ed25519 " + keys.getFirst().vkey()
                        + " https://us.example/witness\nwitness US-ml-dsa-44 "
                        + keys.getLast().vkey()
                        + "\ngroup US all US-ed25519 US-ml-dsa-44\nquorum US\n");
        SignedCheckpoint both = LOG.signed().cosign(party, AT);
        assertThat(policy.judge(both.note())).isInstanceOf(Finality.Final.class);
        String stripped = both.note().substring(0, both.note().lastIndexOf("\u2014"));
        assertThat(policy.judge(stripped)).isInstanceOf(Finality.Waiting.class);
        assertThat(policy.witnesses().getFirst().url()).contains("https://us.example/witness");
    }

    @Test
    void aQuorumOfNoneNeedsNobodyAndAFalseLineSpoilsTheNote() throws Malformed {
        TrustPolicy none = policy(LOG_LINE + witnesses(1) + "quorum none\n");
        assertThat(isFinal(none)).isTrue();
        String other = LOG.signed(4).cosign(WITNESSES.getFirst(), AT).note();
        String falseLine = other.substring(other.lastIndexOf("\u2014"));
        assertRefused(none, LOG.signed().note() + falseLine, "checkpoint.cosignature-false");
        assertRefused(none, cosignedBy(0, 0).note(), "checkpoint.signature-repeated");
        assertRefused(none, PlainLog.of("entente/log/MX/CA/1", 5).signed().note(), "policy.log-other");
        assertRefused(none, LOG.signed().note().replace("\n5\n", "\n6\n"), "checkpoint.signature-false");
        assertRefused(none, "", "note.malformed");
        // The same line of a witness that the policy does not know is nothing.
        TrustPolicy stranger = policy(LOG_LINE + "quorum none\n");
        assertThat(stranger.judge(LOG.signed().note() + falseLine)).isEqualTo(new Finality.Final(List.of()));
        // Without logs, the caller vouches for the log.
        TrustPolicy logless = policy(witnesses(1) + "quorum w0\n");
        assertThat(logless.judge(cosignedBy(0))).isInstanceOf(Finality.Final.class);
        assertRefused(logless, cosignedBy(0).note(), "policy.log-other");
    }

    private static void assertRefused(TrustPolicy policy, String note, String code) {
        assertThat(policy.judge(note))
                .isInstanceOfSatisfying(
                        Finality.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    @Test
    void everyRefusalNamesItsLine() {
        String two = witnesses(2);
        assertRefused(two, "policy.quorum-missing");
        assertRefused("", "policy.quorum-missing");
        assertRefused(two + "quorum w0\nquorum w1\n", "policy.quorum-repeated[4]");
        assertRefused("quorum w0\n" + two, "policy.name-unknown[1, w0]");
        assertRefused(two + "quorum w2\n", "policy.name-unknown[3, w2]");
        assertRefused(two + "quorum w0", "policy.line-unterminated[3]");
        assertRefused(two + "quorum\n", "policy.line-malformed[3]");
        assertRefused(two + "quorum w0 w1\n", "policy.line-malformed[3]");
        assertRefused(two + "quorum w0\r\n", "policy.octet-refused[3]");
        assertRefused("#\u0000\n", "policy.octet-refused[1]");
        assertRefused("#\u007f\n", "policy.octet-refused[1]");
        assertRefused("\nquora none\n", "policy.line-unknown[2]");
        assertRefused("Quorum none\n", "policy.line-unknown[1]");
        assertRefused("\u00a0quorum none\n", "policy.line-unknown[1]");
        assertRefused(two + "group g 0 w0\n", "policy.threshold-refused[3, 1]");
        assertRefused(two + "group g 3 w0 w1\n", "policy.threshold-refused[3, 2]");
        assertRefused(two + "group g 01 w0\n", "policy.threshold-refused[3, 1]");
        assertRefused(two + "group g 99999999999 w0\n", "policy.threshold-refused[3, 1]");
        assertRefused(two + "group g some w0\n", "policy.threshold-refused[3, 1]");
        assertRefused(two + "group g all\n", "policy.line-malformed[3]");
        assertRefused(two + "group g all none\n", "policy.name-unknown[3, none]");
        assertRefused(two + "group g all g\n", "policy.name-unknown[3, g]");
        assertRefused(two + "group g all w0 w0\n", "policy.member-repeated[3, w0]");
        assertRefused(two + "group g all w0\ngroup h all w0 w1\n", "policy.member-repeated[4, w0]");
        assertRefused(two + "group w0 all w1\n", "policy.name-taken[3, w0]");
        assertRefused(two + "group none all w1\n", "policy.name-taken[3, none]");
        assertRefused("witness none " + vkey(0) + "\n", "policy.name-taken[1, none]");
        assertRefused(two + "witness w0 " + vkey(2) + "\n", "policy.name-taken[3, w0]");
        assertRefused(two + "witness w2 " + vkey(1) + "\n", "policy.key-repeated[3]");
        assertRefused("witness w " + vkey(0) + " u v\n", "policy.line-malformed[1]");
        assertRefused("witness w\n", "policy.line-malformed[1]");
        assertRefused("witness w " + vkey(0).substring(1) + "\n", "policy.key-refused[1]");
        assertRefused("log " + vkey(0) + "\n", "policy.key-type[1]");
        assertRefused("witness w " + LOG.known().keys().getFirst().vkey() + "\n", "policy.key-type[1]");
        assertRefused(LOG_LINE + LOG_LINE, "policy.key-repeated[2]");
        assertRefused("#".repeat(TrustPolicy.BYTES_MAX) + "\n", "policy.too-large");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> policy(text)).as(text).hasMessageStartingWith(message);
    }

    /** The same key under another name is the same witness. */
    @Test
    void oneKeyCannotBeTwoWitnesses() {
        Ed25519SecretKey key = Ed25519SecretKey.ofSeed(new byte[32]);
        String one = NoteKey.cosigner("a", key.publicKey()).vkey();
        String two = NoteKey.cosigner("b", key.publicKey()).vkey();
        assertRefused("witness a " + one + "\nwitness b " + two + "\n", "policy.key-repeated[2]");
    }

    @Test
    void namesAreOctets() throws Malformed {
        byte[] text = ("witness \u212a " + vkey(0) + "\nwitness K " + vkey(1) + "\nquorum \u212a\n")
                .getBytes(StandardCharsets.UTF_8);
        TrustPolicy kelvin = TrustPolicy.parse(text);
        assertThat(TrustPolicy.shown(kelvin.quorum())).isEqualTo("\u212a");
        assertThat(kelvin.judge(cosignedBy(1))).isInstanceOf(Finality.Waiting.class);
        assertThat(kelvin.judge(cosignedBy(0))).isInstanceOf(Finality.Final.class);
        byte[] latin = ("witness \u00e9\u0085\u00a0 " + vkey(0) + " \u00e9\n# \u00ff\nquorum \u00e9\u0085\u00a0\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(TrustPolicy.parse(latin).quorum()).hasSize(3);
    }

    /** A random nest of groups as text, and the same thing as a function. */
    private record Model(String text, Predicate<BitSet> met) {
        static Model of(Random random) {
            StringBuilder text = new StringBuilder(LOG_LINE + witnesses(12));
            List<String> free = new ArrayList<>();
            List<Predicate<BitSet>> meanings = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int bit = i;
                free.add("w" + i);
                meanings.add(seen -> seen.get(bit));
            }
            for (int g = random.nextInt(1, 6); g > 0; g--) {
                int n = random.nextInt(1, free.size() + 1);
                List<String> names = new ArrayList<>();
                List<Predicate<BitSet>> inner = new ArrayList<>();
                for (int i = 0; i < n; i++) {
                    int taken = random.nextInt(free.size());
                    names.add(free.remove(taken));
                    inner.add(meanings.remove(taken));
                }
                int k = random.nextInt(1, n + 1);
                String word = k == n && random.nextBoolean() ? "all" : k == 1 && random.nextBoolean() ? "any" : "" + k;
                text.append("group g").append(g).append(' ').append(word).append(' ');
                text.append(String.join(" ", names)).append('\n');
                free.add("g" + g);
                meanings.add(
                        seen -> inner.stream().filter(one -> one.test(seen)).count() >= k);
            }
            int quorum = random.nextInt(free.size());
            text.append("quorum ").append(free.get(quorum)).append('\n');
            return new Model(text.toString(), meanings.get(quorum));
        }
    }

    @Test
    void aPolicyMeansWhatItsTextSays() throws Malformed {
        long seed = 77;
        Random random = new Random(seed);
        int met = 0;
        for (int i = 0; i < 60; i++) {
            Model model = Model.of(random);
            TrustPolicy policy = policy(model.text);
            for (int j = 0; j < 6; j++) {
                BitSet seen = BitSet.valueOf(new long[] {random.nextInt(1 << 12) | 1 << random.nextInt(12)});
                boolean expected = model.met.test(seen);
                assertThat(policy.judge(cosignedBy(seen.stream().toArray())) instanceof Finality.Final)
                        .as("seed %d, case %d.%d", seed, i, j)
                        .isEqualTo(expected);
                met += expected ? 1 : 0;
            }
        }
        assertThat(met).isBetween(30, 330);
    }

    @Test
    void noiseIsRefusedOrIsStillAPolicyOfItsOwnWitnesses() {
        long seed = 78;
        Random random = new Random(seed);
        byte[] good = (LOG_LINE + witnesses(4) + "group a 2 w0 w1 w2\ngroup b all a w3\nquorum b\n")
                .getBytes(StandardCharsets.UTF_8);
        int read = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = i % 2 == 0 ? Noise.of(good, random) : lines(good, random);
            try {
                TrustPolicy policy = TrustPolicy.parse(noise);
                assertThat(policy.witnesses()).hasSizeLessThanOrEqualTo(4);
                if (policy.judge(LOG.signed()) instanceof Finality.Final) {
                    assertThat(policy.quorum()).as("seed %d, case %d", seed, i).isEqualTo(TrustPolicy.NONE);
                }
                read++;
            } catch (Malformed refused) {
                assertThat(refused.problem().code()).startsWith("policy.");
            }
        }
        assertThat(read).isPositive();
    }

    /** Lines left out, doubled and moved. */
    private static byte[] lines(byte[] good, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(new String(good, StandardCharsets.UTF_8).split("(?<=\n)")));
        String moved = lines.remove(random.nextInt(lines.size()));
        for (int times = random.nextInt(3); times > 0; times--) {
            lines.add(random.nextInt(lines.size() + 1), moved);
        }
        return String.join("", lines).getBytes(StandardCharsets.UTF_8);
    }
}
