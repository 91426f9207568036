package org.entente.evidence.attack;

import static org.entente.evidence.attack.Clock.SHA256;
import static org.entente.evidence.attack.Forge.utf8;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.time.TimeQuestion;
import org.entente.evidence.time.TimeStamp;

/** Attacks on time stamps: by strangers, by whoever carries them, and by an authority that is careless. */
final class TimeStampAttacks {
    private static final Digest IMPRINT = Digest.of(utf8("a checkpoint"));
    private static final Instant AT = Instant.parse("2026-01-31T08:15:00Z");
    private static final BigInteger NONCE = BigInteger.valueOf(1_234_567_890_123L);
    private static final TimeQuestion QUESTION = new TimeQuestion(IMPRINT, NONCE);
    private static final Clock ROOT = Clock.root("CN=Root of clocks");
    private static final Clock CLOCK = ROOT.certifies("CN=Clock", KeyPurposeId.id_kp_timeStamping);

    private TimeStampAttacks() {}

    static Stream<Attack<?>> all() {
        return Stream.of(words(), signers(), algorithms(), answers(), authorities())
                .flatMap(Attacks::all);
    }

    private static TimeAuthorities trusted() throws Malformed {
        return TimeAuthorities.read(ROOT.pem());
    }

    static void verify(byte[] token) throws Malformed {
        TimeStamp.open(token, IMPRINT, trusted());
    }

    private static byte[] info() {
        return says(IMPRINT, AT);
    }

    private static byte[] says(Digest imprint, Instant at) {
        return Clock.says(NISTObjectIdentifiers.id_sha256, imprint.bytes(), at, NONCE);
    }

    private static byte[] token(byte[] info) {
        return CLOCK.token(info);
    }

    private static Attacks<byte[]> table() {
        return Attacks.on(token(info()), TimeStampAttacks::verify);
    }

    /** Another byte string of the same length in the place of one. */
    private static byte[] with(byte[] token, byte[] part, byte[] other) {
        for (int at = 0; at <= token.length - part.length; at++) {
            if (Arrays.equals(token, at, at + part.length, part, 0, part.length)) {
                byte[] changed = token.clone();
                System.arraycopy(other, 0, changed, at, other.length);
                return changed;
            }
        }
        throw new IllegalArgumentException("not in the token");
    }

    private static Attacks<byte[]> words() {
        Digest other = Digest.of(utf8("another checkpoint"));
        String refused = "timestamp.signature-false[CN=Clock]";
        return table().add(
                        "the time stamp of another checkpoint is shown",
                        "timestamp.other-imprint",
                        t -> token(says(other, AT)))
                .add(
                        "the imprint is exchanged in the token",
                        refused,
                        t -> with(token(says(other, AT)), other.bytes(), IMPRINT.bytes()))
                .add(
                        "the time is dated back in the token",
                        refused,
                        t -> with(t, utf8("20260131081500Z"), utf8("20250131081500Z")))
                .add(
                        "the imprint is of another digest of the same length",
                        "timestamp.other-imprint",
                        t -> token(Clock.says(NISTObjectIdentifiers.id_sha3_256, IMPRINT.bytes(), AT, NONCE)))
                .add(
                        "the imprint is of a digest that is broken",
                        "timestamp.other-imprint",
                        t -> token(Clock.says(OIWObjectIdentifiers.idSHA1, new byte[20], AT, NONCE)))
                .add("something follows the token", "timestamp.malformed", Forge::longer)
                .add("the token is cut off", "timestamp.malformed", t -> Arrays.copyOf(t, t.length - 1))
                .add(
                        "the token is a flood",
                        "timestamp.too-large[65536]",
                        t -> Arrays.copyOf(t, TimeStamp.BYTES_MAX + 1))
                .add("the token is a question", "timestamp.malformed", t -> QUESTION.bytes());
    }

    private static Attacks<byte[]> signers() {
        Clock stranger = Clock.root("CN=Root of clocks");
        Clock strangers = stranger.certifies("CN=Clock", KeyPurposeId.id_kp_timeStamping);
        Clock mail = ROOT.certifies("CN=Clock", KeyPurposeId.id_kp_emailProtection);
        Clock below = CLOCK.certifies("CN=Other clock", KeyPurposeId.id_kp_timeStamping);
        return table().add(
                        "a stranger's root has the name of the trusted one",
                        "timestamp.untrusted[CN=Clock]",
                        t -> strangers.token(info(), Clock.STRONG, SHA256, strangers, stranger))
                .add(
                        "a clock certifies another clock",
                        "timestamp.untrusted[CN=Other clock]",
                        t -> below.token(info(), Clock.STRONG, SHA256, below, CLOCK))
                .add(
                        "a certificate for letters signs the time",
                        "timestamp.signature-false[CN=Clock]",
                        t -> mail.token(info(), Clock.STRONG, SHA256, mail))
                .add(
                        "the trusted root itself signs the time",
                        "timestamp.signature-false[CN=Root of clocks]",
                        t -> ROOT.token(info(), Clock.STRONG, SHA256, ROOT))
                .add(
                        "the time lies in a future that the certificate does not reach",
                        "timestamp.signature-false[CN=Clock]",
                        t -> token(says(IMPRINT, Clock.UNTIL.plusSeconds(1))))
                .add(
                        "the time lies before the certificate begins",
                        "timestamp.signature-false[CN=Clock]",
                        t -> token(says(IMPRINT, Clock.FROM.minusSeconds(1))))
                .add(
                        "a stranger signs under the clock's certificate",
                        "timestamp.signature-false[CN=Clock]",
                        t -> new Clock(CLOCK.certificate(), stranger.pair()).token(info(), Clock.STRONG, SHA256, CLOCK))
                .add(
                        "the certificate is withheld",
                        "timestamp.untrusted[CN=Root of clocks]",
                        t -> CLOCK.token(info(), Clock.STRONG, SHA256))
                .add(
                        "a crowd of certificates keeps the reader looking for a path",
                        "timestamp.certificates-too-many[16]",
                        t -> CLOCK.token(info(), Clock.STRONG, SHA256, crowd()))
                .add(
                        "two clocks sign one token",
                        "timestamp.malformed",
                        t -> Clock.token(
                                info(),
                                List.of(CLOCK.signer(Clock.STRONG, SHA256), mail.signer(Clock.STRONG, SHA256)),
                                CLOCK,
                                mail));
    }

    private static Clock[] crowd() {
        return IntStream.rangeClosed(0, 16)
                .mapToObj(i -> CLOCK.named("Clock " + i))
                .toArray(Clock[]::new);
    }

    private static Attacks<byte[]> algorithms() {
        AlgorithmIdentifier sha1 = new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1);
        Clock weak = ROOT.certifies("CN=Clock", KeyPurposeId.id_kp_timeStamping, "SHA1withECDSA");
        return table().add(
                        "the content is hashed with SHA-1",
                        "timestamp.algorithm",
                        t -> CLOCK.token(info(), "SHA1withECDSA", sha1, CLOCK))
                .add(
                        "the signature hashes with SHA-1 behind a content hashed with SHA-256",
                        "timestamp.algorithm",
                        t -> CLOCK.token(info(), "SHA1withECDSA", SHA256, CLOCK))
                .add(
                        "the certificate of the clock is signed over SHA-1",
                        "timestamp.algorithm",
                        t -> weak.token(info(), Clock.STRONG, SHA256, weak));
    }

    private static byte[] answer(int status, byte[] info) {
        return Clock.answer(status, token(info));
    }

    private static Attacks<byte[]> answers() {
        ASN1ObjectIdentifier sha256 = NISTObjectIdentifiers.id_sha256;
        return Attacks.on(answer(0, info()), (byte[] answer) -> QUESTION.answered(answer, trusted()))
                .add(
                        "an old answer is sent again",
                        "timestamp.other-question",
                        t -> answer(0, Clock.says(sha256, IMPRINT.bytes(), AT, NONCE.add(BigInteger.ONE))))
                .add(
                        "the answer is to a question about something else",
                        "timestamp.other-question",
                        t -> answer(0, says(Digest.of(utf8("another")), AT)))
                .add("the answer refuses and brings a token all the same", "timestamp.refused", t -> answer(2, info()))
                .add("the answer is a web page", "timestamp.malformed", t -> utf8("<!DOCTYPE html>"))
                .add("the answer is a flood", "timestamp.too-large", t -> new byte[TimeQuestion.ANSWER_BYTES_MAX + 1]);
    }

    private static Attacks<byte[]> authorities() {
        return Attacks.on(ROOT.pem(), TimeAuthorities::read)
                .add(
                        "the certificates of authorities are damaged",
                        "timestamp.authorities-malformed",
                        pem -> Arrays.copyOf(pem, pem.length / 2))
                .add("the file of authorities is empty", "timestamp.authorities-malformed", pem -> new byte[0])
                .add("the authorities are too many to be chosen", "timestamp.authorities-malformed", pem -> {
                    byte[] many = new byte[pem.length * 65];
                    for (int i = 0; i < many.length; i++) {
                        many[i] = pem[i % pem.length];
                    }
                    return many;
                });
    }
}
