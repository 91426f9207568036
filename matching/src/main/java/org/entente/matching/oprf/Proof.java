package org.entente.matching.oprf;

import java.util.Arrays;
import org.entente.matching.group.EncodingRefused;
import org.entente.matching.group.Scalar;

/** One proof that a whole batch was evaluated with the key of a public key (RFC 9497 section 2.2). */
public record Proof(Scalar challenge, Scalar response) {
    /** challenge ‖ response. */
    public static final int BYTES = 2 * Scalar.BYTES;

    public static Proof decode(byte[] bytes) throws EncodingRefused {
        return new Proof(
                Scalar.decode(Arrays.copyOf(bytes, Math.min(bytes.length, Scalar.BYTES))),
                Scalar.decode(Arrays.copyOfRange(bytes, Scalar.BYTES, Math.max(bytes.length, Scalar.BYTES))));
    }

    public byte[] encode() {
        byte[] bytes = Arrays.copyOf(challenge.encode(), BYTES);
        System.arraycopy(response.encode(), 0, bytes, Scalar.BYTES, Scalar.BYTES);
        return bytes;
    }
}
