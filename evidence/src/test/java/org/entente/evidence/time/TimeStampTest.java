package org.entente.evidence.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time stamps made by a real authority, and everything that should not pass for one. */
final class TimeStampTest {
    private static final Digest CHECKPOINT = Digest.of("a checkpoint".getBytes(StandardCharsets.UTF_8));
    private static final TimeQuestion QUESTION = new TimeQuestion(CHECKPOINT, BigInteger.valueOf(1_234_567_890_123L));

    @TempDir
    static Path folder;

    @TempDir
    Path another;

    private static OpenSslAuthority authority;
    private static byte[] answer;

    @BeforeAll
    static void stampOnce() {
        authority = OpenSslAuthority.found(folder);
        answer = authority.answer(QUESTION.bytes());
    }

    @Test
    void aTokenHoldsUnderTheRootAndUnderTheClocksOwnCertificate() throws Malformed {
        for (byte[] trusted : List.of(authority.rootCertificate(), authority.clockCertificate())) {
            TimeStamp stamp = QUESTION.answered(answer, TimeAuthorities.read(trusted));
            assertThat(Duration.between(stamp.at(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
            assertThat(stamp.authority()).isEqualTo("CN=Clock");
            TimeStamp again = TimeStamp.open(stamp.bytes(), CHECKPOINT, TimeAuthorities.read(trusted));
            assertThat(again.at()).isEqualTo(stamp.at());
        }
    }

    @Test
    void otherKindsOfKeysServeToo() throws Malformed {
        OpenSslAuthority rsa = OpenSslAuthority.found(another, List.of("rsa:2048"), "sha512", "critical,timeStamping");
        TimeStamp stamp = QUESTION.answered(rsa.answer(QUESTION.bytes()), TimeAuthorities.read(rsa.rootCertificate()));
        assertThat(stamp.authority()).isEqualTo("CN=Clock");
    }

    @Test
    void whoIsNotTrustedVouchesForNothing() throws Malformed {
        OpenSslAuthority other = OpenSslAuthority.found(another);
        TimeAuthorities others = TimeAuthorities.read(other.rootCertificate());
        assertThat(refusal(() -> QUESTION.answered(answer, others))).isEqualTo("timestamp.untrusted");
        assertThat(refusal(() -> QUESTION.answered(answer, TimeAuthorities.none())))
                .isEqualTo("timestamp.untrusted");
    }

    @Test
    void aCertificateForSomethingElseSignsNoTime() throws Malformed {
        // The program itself refuses to stamp so; its certificate is put in the place of the one that stamped.
        OpenSslAuthority mail = OpenSslAuthority.found(another, List.of("rsa:2048"), "sha256", "emailProtection");
        TimeAuthorities mails = TimeAuthorities.read(mail.clockCertificate());
        assertThat(refusal(() -> QUESTION.answered(answer, mails))).isEqualTo("timestamp.untrusted");
    }

    @Test
    void aWeakDigestIsRefused() throws Malformed {
        OpenSslAuthority weak = OpenSslAuthority.found(another, List.of("rsa:2048"), "sha1", "critical,timeStamping");
        TimeAuthorities trusted = TimeAuthorities.read(weak.rootCertificate());
        byte[] sha1 = weak.answer(QUESTION.bytes());
        assertThat(refusal(() -> QUESTION.answered(sha1, trusted))).isEqualTo("timestamp.algorithm");
    }

    @Test
    void anAnswerToAnotherQuestionIsNoAnswer() throws Malformed {
        TimeAuthorities trusted = TimeAuthorities.read(authority.rootCertificate());
        TimeQuestion otherNonce = new TimeQuestion(CHECKPOINT, BigInteger.TEN);
        TimeQuestion otherImprint = new TimeQuestion(Digest.of(new byte[] {1}), QUESTION.nonce());
        assertThat(refusal(() -> otherNonce.answered(answer, trusted))).isEqualTo("timestamp.other-question");
        assertThat(refusal(() -> otherImprint.answered(answer, trusted))).isEqualTo("timestamp.other-question");
        byte[] token = QUESTION.answered(answer, trusted).bytes();
        assertThat(refusal(() -> TimeStamp.open(token, otherImprint.imprint(), trusted)))
                .isEqualTo("timestamp.other-imprint");
    }

    @Test
    void whatTheAuthorityRefusesIsSaidInItsWords() throws Malformed {
        TimeAuthorities trusted = TimeAuthorities.read(authority.rootCertificate());
        byte[] refused = authority.answer(new byte[] {0x30, 0x00});
        assertThat(refusal(() -> QUESTION.answered(refused, trusted))).isEqualTo("timestamp.refused");
    }

    /** A few bytes of the envelope are signed by nobody, as the list of digests used; none of them says anything. */
    @Test
    void noChangedByteChangesWhatItSays() throws Malformed {
        TimeAuthorities trusted = TimeAuthorities.read(authority.rootCertificate());
        TimeStamp stamp = QUESTION.answered(answer, trusted);
        int refused = 0;
        for (int place = 0; place < stamp.bytes().length; place++) {
            byte[] changed = stamp.bytes();
            changed[place] ^= 1;
            try {
                TimeStamp read = TimeStamp.open(changed, CHECKPOINT, trusted);
                assertThat(read.at()).as("byte %d", place).isEqualTo(stamp.at());
                assertThat(read.authority()).as("byte %d", place).isEqualTo(stamp.authority());
            } catch (Malformed malformed) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(stamp.bytes().length * 9 / 10);
    }

    @Test
    void anyBytesAreReadOrRefused() throws Malformed {
        TimeAuthorities trusted = TimeAuthorities.read(authority.rootCertificate());
        Random random = new Random(20_260_101);
        for (int run = 0; run < 3_000; run++) {
            byte[] bytes = random.nextBoolean() ? new byte[random.nextInt(300)] : answer.clone();
            if (bytes.length == answer.length) {
                for (int changes = random.nextInt(8); changes >= 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            } else {
                random.nextBytes(bytes);
            }
            try {
                assertThat(QUESTION.answered(bytes, trusted).at()).isNotNull();
            } catch (Malformed refused) {
                assertThat(refused.problem().code()).startsWith("timestamp.");
            }
        }
        byte[] large = new byte[TimeQuestion.ANSWER_BYTES_MAX + 1];
        assertThat(refusal(() -> QUESTION.answered(large, trusted))).isEqualTo("timestamp.too-large");
        assertThat(refusal(() -> TimeStamp.open(large, CHECKPOINT, trusted))).isEqualTo("timestamp.too-large");
        assertThat(refusal(() -> TimeAuthorities.read(new byte[] {1, 2, 3})))
                .isEqualTo("timestamp.authorities-malformed");
    }

    private static String refusal(ThrowingCallable act) {
        Malformed refused = catchThrowableOfType(Malformed.class, act);
        assertThat(refused).as("refused").isNotNull();
        return refused.problem().code();
    }
}
