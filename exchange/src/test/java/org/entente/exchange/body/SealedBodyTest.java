package org.entente.exchange.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.junit.jupiter.api.Test;

class SealedBodyTest {
    private static final BodyIdentity OURS = BodyIdentity.generate(new SeededRandom(1));
    private static final List<BodyRecipient> TO_US = List.of(OURS.recipient());
    private static final byte[] CONTENT = "a fact".getBytes(StandardCharsets.UTF_8);

    private final SealedBody body = SealedBody.seal(CONTENT, TO_US, new SeededRandom(4));

    @Test
    void whatIsSealedOpensAndIsWhatTheReferenceSays() throws Malformed {
        assertThat(SealedBody.open(body.ciphertext(), body.reference(), List.of(OURS)))
                .isEqualTo(CONTENT);
        assertThat(body.reference().ciphertext()).isEqualTo(Digest.of(body.ciphertext()));
        assertThat(body.reference().bytes()).isEqualTo(body.ciphertext().length);
    }

    @Test
    void theCommitmentIsTheOneOfTheSpecification() throws Malformed {
        byte[] plaintext = AgeFile.decrypt(body.ciphertext(), List.of(OURS));
        byte[] salt = Arrays.copyOf(plaintext, 32);
        assertThat(Arrays.copyOfRange(plaintext, 32, plaintext.length)).isEqualTo(CONTENT);
        assertThat(body.reference().commitment())
                .isEqualTo(Digest.of(
                        "entente.body-commitment.v1\0".getBytes(StandardCharsets.US_ASCII),
                        salt,
                        Digest.of(CONTENT).bytes()));
    }

    @Test
    void theSameContentTwiceCannotBeRecognised() {
        SealedBody again = SealedBody.seal(CONTENT, TO_US, new SeededRandom(5));
        assertThat(again.reference().commitment()).isNotEqualTo(body.reference().commitment());
        assertThat(again.reference().ciphertext()).isNotEqualTo(body.reference().ciphertext());
    }

    @Test
    void anotherFileThanTheOneNamedIsRefusedEvenWhenItOpens() {
        SealedBody other = SealedBody.seal(CONTENT, TO_US, new SeededRandom(5));
        assertThat(problemOf(other.ciphertext(), body.reference())).isEqualTo("body.not-the-one-named");
        byte[] longer = Arrays.copyOf(body.ciphertext(), body.ciphertext().length + 100);
        assertThat(problemOf(longer, body.reference())).isEqualTo("body.not-the-one-named");
        byte[] shorter = Arrays.copyOf(body.ciphertext(), body.ciphertext().length - 1);
        assertThat(problemOf(shorter, body.reference())).isEqualTo("body.not-the-one-named");
    }

    @Test
    void aNamedFileThatCannotBeOpenedSaysWhy() {
        byte[] junk = "junk\n".getBytes(StandardCharsets.UTF_8);
        BodyReference named =
                new BodyReference(Digest.of(junk), junk.length, body.reference().commitment());
        assertThat(problemOf(junk, named)).isEqualTo("body.not-age");
    }

    @Test
    void aBrokenCommitmentIsRefused() {
        BodyReference lie = new BodyReference(
                body.reference().ciphertext(), body.reference().bytes(), Digest.of(CONTENT));
        assertThat(problemOf(body.ciphertext(), lie)).isEqualTo("body.commitment-broken");
        byte[] saltless = AgeFile.encrypt(new byte[31], TO_US, new SeededRandom(6));
        BodyReference named = new BodyReference(Digest.of(saltless), saltless.length, Digest.of(CONTENT));
        assertThat(problemOf(saltless, named)).isEqualTo("body.commitment-broken");
    }

    @Test
    void aLargeBodyStreamsWithoutBeingHeld() throws IOException, Malformed {
        long length = 48L << 20;
        Pipe pipe = new Pipe();
        BodyReference reference = SealedBody.seal(zeros(length), pipe, TO_US, new SeededRandom(8));
        long[] count = new long[1];
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int value) {
                count[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int many) {
                count[0] += many;
            }
        };
        VerifiedBody verified = VerifiedBody.of(pipe::content, reference, List.of(OURS));
        assertThat(verified.contentBytes()).isEqualTo(length);
        verified.writeTo(counting);
        assertThat(count[0]).isEqualTo(length);
    }

    @Test
    void aReferenceReadsBackAndRefusesWhatIsNotOne() throws Malformed {
        var json = body.reference().json();
        assertThat(BodyReference.read(Members.of(json, "body"))).isEqualTo(body.reference());
        assertThatThrownBy(() -> BodyReference.read(Members.of(json.deepCopy().put("bytes", 0), "body")))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> BodyReference.read(Members.of(json.deepCopy().put("name", "x"), "body")))
                .hasMessageContaining("json.member-unknown");
    }

    private static String problemOf(byte[] ciphertext, BodyReference reference) {
        try {
            SealedBody.open(ciphertext, reference, List.of(OURS));
            return "opened";
        } catch (Malformed refused) {
            return refused.problem().toString();
        }
    }

    private static InputStream zeros(long length) {
        return new InputStream() {
            private long left = length;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int many) {
                if (left <= 0) {
                    return -1;
                }
                int got = (int) Math.min(many, left);
                left -= got;
                return got;
            }
        };
    }

    /** Holds what was written until it is read; only the test itself needs the memory. */
    private static final class Pipe extends ByteArrayOutputStream {
        InputStream content() {
            return new java.io.ByteArrayInputStream(buf, 0, count);
        }
    }
}
