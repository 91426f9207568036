package org.entente.exchange.body;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.BodyCommitment;

/**
 * A body: an {@link AgeFile} whose plaintext is a salt of 32 bytes followed by the content. Whoever opens one with another
 * age program finds the content after the first 32 bytes.
 *
 * @param ciphertext the whole encrypted file
 * @param reference what the statement says about it
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by its reference, which names the bytes.
public record SealedBody(byte[] ciphertext, BodyReference reference) {

    /** Seals a content that fits in memory; draws the salt, then what {@link AgeFile#encrypt} draws. */
    public static SealedBody seal(byte[] content, List<BodyRecipient> recipients, SecureRandom random) {
        ByteArrayOutputStream ciphertext = new ByteArrayOutputStream(content.length + 4096);
        try {
            BodyReference reference = seal(new ByteArrayInputStream(content), ciphertext, recipients, random);
            return new SealedBody(ciphertext.toByteArray(), reference);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seals a stream of any length with the memory of a few chunks; closes neither stream. */
    public static BodyReference seal(
            InputStream content, OutputStream ciphertext, List<BodyRecipient> recipients, SecureRandom random)
            throws IOException {
        byte[] salt = new byte[BodyCommitment.SALT_BYTES];
        random.nextBytes(salt);
        DigestInputStream digestedContent = new DigestInputStream(content, sha256());
        Counted counted = new Counted(ciphertext);
        AgeFile.encrypt(
                new SequenceInputStream(new ByteArrayInputStream(salt), new Unclosed(digestedContent)),
                counted,
                recipients,
                random);
        Digest commitment = BodyCommitment.of(
                salt, Digest.ofBytes(digestedContent.getMessageDigest().digest()));
        return new BodyReference(Digest.ofBytes(counted.getMessageDigest().digest()), counted.count, commitment);
    }

    /** Opens a body that fits in memory; the problems are those of {@link VerifiedBody#of}. */
    public static byte[] open(byte[] ciphertext, BodyReference reference, List<BodyIdentity> identities)
            throws Malformed {
        return openSalted(ciphertext, reference, identities).content();
    }

    /** What a body holds, with the salt that shows to anybody that its sender committed to it. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once and never compared.
    public record Salted(byte[] salt, byte[] content) {}

    /** Opens a body that fits in memory, in order to show it to others; the problems are those of {@link VerifiedBody#of}. */
    public static Salted openSalted(byte[] ciphertext, BodyReference reference, List<BodyIdentity> identities)
            throws Malformed {
        ByteArrayOutputStream content = new ByteArrayOutputStream(ciphertext.length);
        try {
            byte[] salt = open(new ByteArrayInputStream(ciphertext), content, reference, identities);
            return new Salted(salt, content.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens the body that a statement names. Until this has returned, what was written to {@code content} MUST NOT be used, which is
     * why nobody else may call it: a content in memory is handed on afterwards, a longer one is read again ({@link VerifiedBody}).
     *
     * @return the salt of the commitment
     */
    static byte[] open(
            InputStream ciphertext, OutputStream content, BodyReference reference, List<BodyIdentity> identities)
            throws IOException, Malformed {
        CountedInput counted = new CountedInput(ciphertext, reference.bytes());
        Unsalted unsalted = new Unsalted(content);
        try {
            AgeFile.decrypt(counted, unsalted, identities);
        } catch (Malformed e) {
            counted.transferTo(OutputStream.nullOutputStream());
            throw counted.isNamedBy(reference) ? e : new Malformed("body.not-the-one-named");
        }
        if (!counted.isNamedBy(reference)) {
            throw new Malformed("body.not-the-one-named");
        }
        if (!unsalted.isCommittedBy(reference)) {
            throw new Malformed("body.commitment-broken");
        }
        return unsalted.salt;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    private static final class Counted extends DigestOutputStream {
        private long count;

        Counted(OutputStream out) {
            super(out, sha256());
        }

        @Override
        public void write(int value) throws IOException {
            super.write(value);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            super.write(bytes, offset, length);
            count += length;
        }
    }

    /** Digests what is read and stops one byte after the size that was named: a longer file is not read to its end. */
    private static final class CountedInput extends InputStream {
        private final InputStream in;
        private final MessageDigest digest = sha256();
        private final long bytesMax;
        private long count;

        CountedInput(InputStream in, long bytesNamed) {
            this.in = in;
            this.bytesMax = bytesNamed + 1;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int allowed = (int) Math.min(length, bytesMax - count);
            int got = allowed == 0 && length > 0 ? -1 : in.read(bytes, offset, allowed);
            if (got > 0) {
                digest.update(bytes, offset, got);
                count += got;
            }
            return got;
        }

        /** To be asked once, at the end. */
        boolean isNamedBy(BodyReference reference) {
            return count == reference.bytes() && Digest.ofBytes(digest.digest()).equals(reference.ciphertext());
        }
    }

    /** Keeps the first 32 bytes as the salt, and digests and passes on the rest. */
    private static final class Unsalted extends OutputStream {
        private final OutputStream content;
        private final MessageDigest digest = sha256();
        private final byte[] salt = new byte[BodyCommitment.SALT_BYTES];
        private int salted;

        Unsalted(OutputStream content) {
            this.content = content;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int toSalt = Math.min(length, salt.length - salted);
            System.arraycopy(bytes, offset, salt, salted, toSalt);
            salted += toSalt;
            if (length > toSalt) {
                digest.update(bytes, offset + toSalt, length - toSalt);
                content.write(bytes, offset + toSalt, length - toSalt);
            }
        }

        /** To be asked once, at the end. */
        boolean isCommittedBy(BodyReference reference) {
            return salted == salt.length
                    && BodyCommitment.of(salt, Digest.ofBytes(digest.digest())).equals(reference.commitment());
        }
    }

    /** The caller closes what the caller opened. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
