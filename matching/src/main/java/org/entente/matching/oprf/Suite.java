package org.entente.matching.oprf;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.Scalar;
import org.entente.matching.group.Scalars;

/** The ciphersuite ristretto255-SHA512 (RFC 9497 section 4.1) in one mode: its hashes and their domain separation. */
final class Suite {
    static final int OUTPUT_BYTES = 64;
    private static final int SHA512_BLOCK_BYTES = 128;
    private static final byte[] FINALIZE = "Finalize".getBytes(US_ASCII);

    private final byte[] seedTag;
    private final byte[] hashToGroupTag;
    private final byte[] hashToScalarTag;
    private final byte[] deriveKeyPairTag;

    Suite(Mode mode) {
        String context = "OPRFV1-" + (char) mode.number() + "-ristretto255-SHA512";
        seedTag = ("Seed-" + context).getBytes(US_ASCII);
        hashToGroupTag = lengthAfter("HashToGroup-" + context);
        hashToScalarTag = lengthAfter("HashToScalar-" + context);
        // Section 3.2.1: this tag alone has no dash.
        deriveKeyPairTag = lengthAfter("DeriveKeyPair" + context);
    }

    private static byte[] lengthAfter(String tag) {
        return (tag + (char) tag.length()).getBytes(US_ASCII);
    }

    static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform has no SHA-512", e);
        }
    }

    /** expand_message_xmd of RFC 9380 section 5.3.1 with SHA-512 to 64 bytes: one output block for each message. */
    private static byte[] expand(InputBatch messages, byte[] tag) {
        MessageDigest sha = sha512();
        byte[] zeroBlock = new byte[SHA512_BLOCK_BYTES];
        byte[] lengthAndZero = {0, OUTPUT_BYTES, 0};
        byte[] out = new byte[messages.count() * OUTPUT_BYTES];
        for (int n = 0; n < messages.count(); n++) {
            sha.update(zeroBlock);
            sha.update(messages.bytes(), messages.start(n), messages.length(n));
            sha.update(lengthAndZero);
            sha.update(tag);
            byte[] b0 = sha.digest();
            sha.update(b0);
            sha.update((byte) 1);
            sha.update(tag);
            System.arraycopy(sha.digest(), 0, out, n * OUTPUT_BYTES, OUTPUT_BYTES);
        }
        return out;
    }

    /**
     * Section 2.1, HashToGroup.
     *
     * @throws ArithmeticException when an input hashes to the identity (InvalidInputError), which nobody can bring about
     */
    Elements hashToGroup(InputBatch inputs) {
        Elements elements = Elements.hashToGroup(expand(inputs, hashToGroupTag));
        if (elements.containsIdentity()) {
            throw new ArithmeticException("an input hashes to the identity");
        }
        return elements;
    }

    Scalars hashToScalars(InputBatch messages) {
        return Scalars.reduce(expand(messages, hashToScalarTag));
    }

    Scalar hashToScalar(byte[] message) {
        return hashToScalars(InputBatch.of(List.of(message))).at(0);
    }

    byte[] seedTag() {
        return seedTag.clone();
    }

    /**
     * Section 3.2.1, DeriveKeyPair, for conformance; the keys of the index are drawn, never derived.
     *
     * @throws ArithmeticException DeriveKeyPairError, once in 2^2000 seeds
     */
    Scalar deriveSecretKey(byte[] seed, byte[] info) {
        for (int counter = 0; counter < 256; counter++) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            message.writeBytes(seed);
            putPrefixed(message, info);
            message.write(counter);
            Scalar key = Scalars.reduce(expand(InputBatch.of(List.of(message.toByteArray())), deriveKeyPairTag))
                    .at(0);
            if (!key.isZero()) {
                return key;
            }
        }
        throw new ArithmeticException("the seed derives no key");
    }

    /** Appends the length in two bytes, then the bytes. */
    static void putPrefixed(ByteArrayOutputStream out, byte[] bytes) {
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    /** Hash of section 3.3: len ‖ input ‖ info ‖ len ‖ element ‖ "Finalize" for each; {@code framedInfo} is empty but in POPRF. */
    byte[] finish(InputBatch inputs, byte[] framedInfo, Elements unblinded) {
        byte[] encodings = unblinded.encode();
        byte[] out = new byte[inputs.count() * OUTPUT_BYTES];
        MessageDigest sha = sha512();
        for (int n = 0; n < inputs.count(); n++) {
            sha.update((byte) (inputs.length(n) >> 8));
            sha.update((byte) inputs.length(n));
            sha.update(inputs.bytes(), inputs.start(n), inputs.length(n));
            sha.update(framedInfo);
            sha.update((byte) 0);
            sha.update((byte) Element.BYTES);
            sha.update(encodings, n * Element.BYTES, Element.BYTES);
            sha.update(FINALIZE);
            System.arraycopy(sha.digest(), 0, out, n * OUTPUT_BYTES, OUTPUT_BYTES);
        }
        return out;
    }
}
