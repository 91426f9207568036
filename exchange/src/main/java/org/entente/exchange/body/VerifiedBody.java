package org.entente.exchange.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.entente.evidence.canonical.Malformed;

/**
 * A body of any length that was read to its end and is the one that its statement names: length, digest and commitment hold. This is
 * the one way to the content of a body that does not fit in memory, so that nobody gets to see what was not verified; the price is
 * reading it twice.
 */
public final class VerifiedBody {
    private final Source source;
    private final BodyReference reference;
    private final List<BodyIdentity> identities;
    private final byte[] salt;
    private final long contentBytes;

    private VerifiedBody(
            Source source, BodyReference reference, List<BodyIdentity> identities, byte[] salt, long contentBytes) {
        this.source = source;
        this.reference = reference;
        this.identities = List.copyOf(identities);
        this.salt = salt;
        this.contentBytes = contentBytes;
    }

    /** Where the encrypted file lies; it gives the same bytes each time, and whoever opened it closes it. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException, Malformed;
    }

    /**
     * Reads a body to its end with the memory of a few chunks, and keeps nothing of it.
     *
     * @throws Malformed what {@link AgeFile#decrypt} says, {@code body.not-the-one-named} (other bytes than the statement's digest
     *     and size) and {@code body.commitment-broken} (the sender committed to another content: evidence against the sender)
     */
    public static VerifiedBody of(Source source, BodyReference reference, List<BodyIdentity> identities)
            throws IOException, Malformed {
        Counting counting = new Counting();
        try (InputStream ciphertext = source.open()) {
            byte[] salt = SealedBody.open(ciphertext, counting, reference, identities);
            return new VerifiedBody(source, reference, identities, salt, counting.bytes);
        }
    }

    /**
     * Writes the content out, and verifies it once more; closes nothing.
     *
     * @throws Malformed when the file was changed in the meantime
     */
    public void writeTo(OutputStream content) throws IOException, Malformed {
        try (InputStream ciphertext = source.open()) {
            SealedBody.open(ciphertext, content, reference, identities);
        }
    }

    /** The salt of the commitment. */
    public byte[] salt() {
        return salt.clone();
    }

    public long contentBytes() {
        return contentBytes;
    }

    private static final class Counting extends OutputStream {
        private long bytes;

        @Override
        public void write(int value) {
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes += length;
        }
    }
}
