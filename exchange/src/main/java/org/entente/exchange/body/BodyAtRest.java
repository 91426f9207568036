package org.entente.exchange.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;

/**
 * The form in which a node keeps a body: encrypted once more, under a key that serves this body alone. Whoever destroys the key
 * has destroyed every copy of the file with it, backups included, which no long-lived key of an authority could give.
 *
 * <p>The file is {@code "entente-body/1\n"}, then the body in chunks of 64 KiB, each sealed with ChaCha20-Poly1305 in the STREAM
 * construction of age ({@link AgeFile}): cutting, joining, swapping and appending are noticed. The chunks' key is
 * {@code HKDF-SHA-256(salt = SHA-256 of the body, key, "entente.body-at-rest.v1")}: a key that is put beside another body, or a
 * body under another name, opens nothing. A key seals one body, once, which is why the construction needs no nonce of its own.
 * Memory stays at a few chunks for any size.
 */
public final class BodyAtRest {
    public static final int KEY_BYTES = 32;

    private static final byte[] HEADER = "entente-body/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DOMAIN = "entente.body-at-rest.v1".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int SEALED_CHUNK_BYTES = CHUNK_BYTES + ChunkCipher.TAG_BYTES;

    private BodyAtRest() {}

    /** Whether what begins with these bytes claims to be of this form; a body as it travels never does. */
    public static boolean claims(byte[] beginning) {
        return beginning.length >= HEADER.length
                && Arrays.equals(HEADER, 0, HEADER.length, beginning, 0, HEADER.length);
    }

    /** How many bytes of a file tell what {@link #claims} asks. */
    public static int headerBytes() {
        return HEADER.length;
    }

    /** The length of the body in a file of this length. */
    public static long bodyBytes(long fileBytes) {
        long sealed = Math.max(0, fileBytes - HEADER.length);
        long chunks = (sealed + SEALED_CHUNK_BYTES - 1) / SEALED_CHUNK_BYTES;
        return Math.max(0, sealed - chunks * ChunkCipher.TAG_BYTES);
    }

    /**
     * Encrypts what the stream holds, which MUST be the body of this digest; closes neither stream.
     *
     * @param key {@value #KEY_BYTES} random bytes that served nothing else
     */
    public static void write(InputStream body, OutputStream file, byte[] key, Digest digest) throws IOException {
        ChunkCipher cipher = cipher(key, digest);
        file.write(HEADER);
        byte[] sealed = new byte[SEALED_CHUNK_BYTES];
        Chunks chunks = new Chunks(body, CHUNK_BYTES);
        for (long counter = 0; chunks.next(); counter++) {
            int length = cipher.seal(counter, chunks.isLast(), chunks.bytes(), chunks.length(), sealed);
            file.write(sealed, 0, length);
        }
    }

    /**
     * Decrypts a whole file and checks that it holds the body of this digest; closes neither stream. Until this has returned, what
     * was written MUST NOT be believed. Problems: {@code body.at-rest-unknown} (another form or version) and
     * {@code body.at-rest-damaged} (changed, cut, another body's file, or another key).
     */
    public static void read(InputStream file, OutputStream body, byte[] key, Digest digest)
            throws IOException, Malformed {
        if (!claims(file.readNBytes(HEADER.length))) {
            throw new Malformed("body.at-rest-unknown", digest.hex());
        }
        DigestOutputStream digested = new DigestOutputStream(body, sha256());
        ChunkCipher cipher = cipher(key, digest);
        byte[] opened = new byte[SEALED_CHUNK_BYTES];
        Chunks chunks = new Chunks(file, SEALED_CHUNK_BYTES);
        for (long counter = 0; chunks.next(); counter++) {
            Optional<Integer> length = cipher.open(counter, chunks.isLast(), chunks.bytes(), chunks.length(), opened);
            if (length.isEmpty()) {
                throw damaged(digest);
            }
            digested.write(opened, 0, length.get());
        }
        if (!Digest.ofBytes(digested.getMessageDigest().digest()).equals(digest)) {
            throw damaged(digest);
        }
    }

    private static Malformed damaged(Digest digest) {
        return new Malformed("body.at-rest-damaged", digest.hex());
    }

    private static ChunkCipher cipher(byte[] key, Digest digest) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a body's key has 32 bytes, not " + key.length);
        }
        byte[] chunkKey = Hkdf.expand(Hkdf.extract(digest.bytes(), key), DOMAIN, ChunkCipher.KEY_BYTES);
        return new ChunkCipher(chunkKey, new byte[ChunkCipher.NONCE_BYTES]);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}
