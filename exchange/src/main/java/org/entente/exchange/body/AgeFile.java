package org.entente.exchange.body;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;

/**
 * An age v1 file (C2SP age, c2sp.org/age) whose recipients are post-quantum hybrids.
 *
 * <p>A fresh <em>file key</em> of 16 bytes is wrapped for each recipient in a stanza of the header and authenticates the
 * header. The payload key is derived from it and a nonce, and encrypts the plaintext in chunks of 64 KiB, each
 * authenticated with its number; the last chunk is flagged, so that cutting, joining, swapping and appending
 * are noticed. Memory stays at a few chunks for any size. Stanzas of other types are skipped, as the format asks;
 * this class itself writes only hybrid ones.
 *
 * <p>While it decrypts, whole chunks reach the output before the end is seen. Until {@link #decrypt} has returned, what
 * was written MUST NOT be used: a cut file is noticed only at the cut.
 */
public final class AgeFile {
    /** Plaintext bytes in a chunk. */
    public static final int CHUNK_BYTES = 64 * 1024;

    public static final int RECIPIENTS_MAX = 16;

    private static final String STANZA_TYPE = "mlkem768x25519";
    private static final String HPKE_INFO = "age-encryption.org/mlkem768x25519";
    private static final int FILE_KEY_BYTES = 16;
    private static final int PAYLOAD_NONCE_BYTES = 16;
    private static final int SEALED_CHUNK_BYTES = CHUNK_BYTES + ChunkCipher.TAG_BYTES;

    private AgeFile() {}

    /**
     * Encrypts everything that the stream holds; closes neither stream.
     *
     * @param recipients one to {@value #RECIPIENTS_MAX}
     * @throws IllegalArgumentException for another number of recipients, or a key whose X25519 half has a low order
     */
    public static void encrypt(
            InputStream plaintext, OutputStream ciphertext, List<BodyRecipient> recipients, SecureRandom random)
            throws IOException {
        if (recipients.isEmpty() || recipients.size() > RECIPIENTS_MAX) {
            throw new IllegalArgumentException("a body has 1 to 16 recipients, not " + recipients.size());
        }
        byte[] fileKey = new byte[FILE_KEY_BYTES];
        random.nextBytes(fileKey);
        List<AgeHeader.Stanza> stanzas = new ArrayList<>();
        for (BodyRecipient recipient : recipients) {
            stanzas.add(wrap(fileKey, recipient, random));
        }
        byte[] authenticated = AgeHeader.authenticated(stanzas);
        ciphertext.write(AgeHeader.encode(authenticated, AgeHeader.mac(fileKey, authenticated)));
        byte[] nonce = new byte[PAYLOAD_NONCE_BYTES];
        random.nextBytes(nonce);
        ciphertext.write(nonce);
        ChunkCipher cipher = payloadCipher(fileKey, nonce);
        Arrays.fill(fileKey, (byte) 0);
        byte[] sealed = new byte[SEALED_CHUNK_BYTES];
        Chunks chunks = new Chunks(plaintext, CHUNK_BYTES);
        for (long counter = 0; chunks.next(); counter++) {
            int length = cipher.seal(counter, chunks.isLast(), chunks.bytes(), chunks.length(), sealed);
            ciphertext.write(sealed, 0, length);
        }
    }

    public static byte[] encrypt(byte[] plaintext, List<BodyRecipient> recipients, SecureRandom random) {
        ByteArrayOutputStream ciphertext = new ByteArrayOutputStream(plaintext.length + 4096);
        try {
            encrypt(new ByteArrayInputStream(plaintext), ciphertext, recipients, random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ciphertext.toByteArray();
    }

    /**
     * Decrypts a whole file with the first identity that fits; closes neither stream. Problems:
     * {@code body.not-age} (another format or version), {@code body.header-malformed}, {@code body.not-for-us} (no stanza
     * opens with these keys), {@code body.header-forged} (its MAC is wrong), {@code body.payload-damaged} (with the
     * number of the chunk, from 1: changed, cut short, or followed by something).
     */
    public static void decrypt(InputStream ciphertext, OutputStream plaintext, List<BodyIdentity> identities)
            throws IOException, Malformed {
        InputStream file = new BufferedInputStream(ciphertext, SEALED_CHUNK_BYTES);
        AgeHeader header = AgeHeader.read(file);
        byte[] fileKey = unwrap(header.stanzas(), identities);
        if (!MessageDigest.isEqual(AgeHeader.mac(fileKey, header.authenticated()), header.mac())) {
            throw new Malformed("body.header-forged");
        }
        byte[] nonce = file.readNBytes(PAYLOAD_NONCE_BYTES);
        if (nonce.length < PAYLOAD_NONCE_BYTES) {
            throw AgeHeader.malformed();
        }
        ChunkCipher cipher = payloadCipher(fileKey, nonce);
        Arrays.fill(fileKey, (byte) 0);
        byte[] opened = new byte[SEALED_CHUNK_BYTES];
        Chunks chunks = new Chunks(file, SEALED_CHUNK_BYTES);
        for (long counter = 0; chunks.next(); counter++) {
            Optional<Integer> length = cipher.open(counter, chunks.isLast(), chunks.bytes(), chunks.length(), opened);
            if (length.isEmpty() || (length.get() == 0 && counter > 0)) {
                throw damaged(counter);
            }
            plaintext.write(opened, 0, length.get());
        }
    }

    public static byte[] decrypt(byte[] ciphertext, List<BodyIdentity> identities) throws Malformed {
        ByteArrayOutputStream plaintext = new ByteArrayOutputStream(ciphertext.length);
        try {
            decrypt(new ByteArrayInputStream(ciphertext), plaintext, identities);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return plaintext.toByteArray();
    }

    private static AgeHeader.Stanza wrap(byte[] fileKey, BodyRecipient recipient, SecureRandom random) {
        HybridKem.Encapsulation encapsulation = HybridKem.encapsulate(recipient.publicKey(), random)
                .orElseThrow(() -> new IllegalArgumentException("the recipient's X25519 key has a low order"));
        byte[] wrapped = new byte[FILE_KEY_BYTES + ChunkCipher.TAG_BYTES];
        SealBase.cipher(encapsulation.sharedSecret(), HPKE_INFO).seal(0, false, fileKey, FILE_KEY_BYTES, wrapped);
        return AgeHeader.stanza(STANZA_TYPE, encapsulation.encapsulatedKey(), wrapped);
    }

    private static byte[] unwrap(List<AgeHeader.Stanza> stanzas, List<BodyIdentity> identities) throws Malformed {
        Optional<byte[]> found = Optional.empty();
        for (AgeHeader.Stanza stanza : stanzas) {
            if (!stanza.type().equals(STANZA_TYPE)) {
                continue;
            }
            if (stanza.arguments().size() != 2) {
                throw AgeHeader.malformed();
            }
            byte[] encapsulatedKey = AgeHeader.decodeBase64(stanza.arguments().get(1));
            if (encapsulatedKey.length != HybridKem.ENCAPSULATION_BYTES
                    || stanza.body().length != FILE_KEY_BYTES + ChunkCipher.TAG_BYTES) {
                throw AgeHeader.malformed();
            }
            for (BodyIdentity identity : identities) {
                if (found.isEmpty()) {
                    found = unwrap(stanza, encapsulatedKey, identity);
                }
            }
        }
        return found.orElseThrow(() -> new Malformed("body.not-for-us"));
    }

    private static Optional<byte[]> unwrap(AgeHeader.Stanza stanza, byte[] encapsulatedKey, BodyIdentity identity)
            throws Malformed {
        byte[] sharedSecret =
                HybridKem.decapsulate(identity.seed(), encapsulatedKey).orElseThrow(AgeHeader::malformed);
        byte[] fileKey = new byte[FILE_KEY_BYTES];
        return SealBase.cipher(sharedSecret, HPKE_INFO)
                .open(0, false, stanza.body(), stanza.body().length, fileKey)
                .map(length -> fileKey);
    }

    private static ChunkCipher payloadCipher(byte[] fileKey, byte[] nonce) {
        byte[] key = Hkdf.expand(
                Hkdf.extract(nonce, fileKey), "payload".getBytes(StandardCharsets.US_ASCII), Hkdf.HASH_BYTES);
        return new ChunkCipher(key, new byte[ChunkCipher.NONCE_BYTES]);
    }

    private static Malformed damaged(long counter) {
        return new Malformed("body.payload-damaged", Long.toString(counter + 1));
    }
}
