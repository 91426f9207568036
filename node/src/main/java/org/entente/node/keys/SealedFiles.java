package org.entente.node.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.Folder;

/**
 * A folder of secrets, each a file sealed under one passphrase.
 *
 * <p>The sealing key is scrypt (RFC 7914; N = 2^15, r = 8, p = 1: 32 MiB, about 0.1 s) of the passphrase and the
 * folder's salt, derived once when the folder is opened. A file is {@code nonce(12) ‖ AES-256-GCM ciphertext}, with
 * the file's name as associated data, so that one secret cannot be put in the place of another. Nonces are random:
 * a folder seals some thousands of files in its life, one of bodies' keys some millions, far below the 2^32 at which random
 * nonces become a risk.
 *
 * <p>{@link #write} has reached the disk when it returns: the content is forced, then renamed into place, then the
 * folder is forced. {@link #destroy} overwrites before it deletes, which no file system promises to honour; what a
 * destroyed key protected is safe only as far as copies of the passphrase are.
 */
public final class SealedFiles {
    private static final int SCRYPT_COST = 1 << 15;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int FILE_BYTES_MAX = 1 << 26;
    private static final String LEAVING = ".leaving";
    private static final String SALT_NAME = "salt";
    private static final String SEALED = ".sealed";
    private static final String CHECK_NAME = "passphrase-check";

    private final Folder folder;
    private final SecretKeySpec key;
    private final SecureRandom random;

    private SealedFiles(Folder folder, SecretKeySpec key, SecureRandom random) {
        this.folder = folder;
        this.key = key;
        this.random = random;
    }

    /** Makes the folder, its salt and a check of the passphrase. */
    public static SealedFiles create(Path folder, byte[] passphrase, SecureRandom random) throws IOException {
        return create(DiskFolder.make(folder), passphrase, random);
    }

    /** Makes the salt and a check of the passphrase in a folder that has none. The salt comes last: with it the folder is whole. */
    public static SealedFiles create(Folder folder, byte[] passphrase, SecureRandom random) throws IOException {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        SealedFiles files = new SealedFiles(folder, derive(passphrase, salt), random);
        files.write(CHECK_NAME, CHECK_NAME.getBytes(StandardCharsets.UTF_8));
        folder.replace(SALT_NAME, salt);
        return files;
    }

    /**
     * Opens an existing folder.
     *
     * @throws Malformed {@code keys.missing} when there is no such folder, {@code keys.passphrase-wrong}
     */
    public static SealedFiles open(Path folder, byte[] passphrase, SecureRandom random) throws IOException, Malformed {
        return open(new DiskFolder(folder), passphrase, random);
    }

    /** Whether secrets were ever kept in this folder. */
    public static boolean isIn(Folder folder) {
        return folder.holds(SALT_NAME);
    }

    /** Whether there is a secret of this name in a folder, whatever its file holds. */
    public static boolean isIn(Folder folder, String name) {
        return folder.holds(name(name) + SEALED);
    }

    /** Opens an existing folder; see the other {@code open}. */
    public static SealedFiles open(Folder folder, byte[] passphrase, SecureRandom random)
            throws IOException, Malformed {
        if (!isIn(folder)) {
            throw new Malformed("keys.missing", folder.place());
        }
        SealedFiles files = new SealedFiles(folder, derive(passphrase, bytes(folder, SALT_NAME)), random);
        try {
            files.read(CHECK_NAME);
        } catch (Malformed e) {
            throw new Malformed("keys.passphrase-wrong", folder.place());
        }
        files.finishDestroying();
        return files;
    }

    /** Seals the secret under its name; an existing secret of that name is replaced at once or not at all. */
    public void write(String name, byte[] secret) throws IOException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, name, nonce, secret);
        folder.replace(
                name(name) + SEALED,
                ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                        .put(nonce)
                        .put(sealed)
                        .array());
    }

    /**
     * The secret of this name; the caller clears the array after use.
     *
     * @throws Malformed {@code keys.missing} or {@code keys.damaged}
     */
    public byte[] read(String name) throws IOException, Malformed {
        String file = name(name) + SEALED;
        byte[] bytes;
        try {
            if (folder.size(file) > FILE_BYTES_MAX) {
                throw new Malformed("keys.damaged", folder.place() + "/" + file);
            }
            bytes = bytes(folder, file);
        } catch (NoSuchFileException e) {
            throw new Malformed("keys.missing", folder.place() + "/" + file);
        }
        if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new Malformed("keys.damaged", folder.place() + "/" + file);
        }
        byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
        try {
            return crypt(Cipher.DECRYPT_MODE, name, nonce, Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length));
        } catch (IllegalStateException e) {
            throw new Malformed("keys.damaged", folder.place() + "/" + file);
        }
    }

    public boolean holds(String name) {
        return folder.holds(name(name) + SEALED);
    }

    /** The names of all secrets. */
    public List<String> names() throws IOException {
        return folder.names().stream()
                .filter(file -> file.endsWith(SEALED))
                .map(file -> file.substring(0, file.length() - SEALED.length()))
                .filter(name -> !name.equals(CHECK_NAME))
                .toList();
    }

    /** When a secret was written. */
    public Instant writtenAt(String name) throws IOException {
        return folder.touchedAt(name(name) + SEALED);
    }

    /**
     * Overwrites and deletes the secret; deleting what is not there is no error. It is renamed first, so it is there whole or not at
     * all, whenever the power fails; what was left renamed is overwritten when it is destroyed again or the folder is opened again.
     */
    public void destroy(String name) throws IOException {
        String file = name(name) + SEALED;
        String leaving = name + LEAVING;
        if (folder.holds(file)) {
            folder.rename(file, leaving);
            folder.forceNames();
        }
        if (folder.holds(leaving)) {
            overwrite(leaving);
        }
    }

    private void overwrite(String leaving) throws IOException {
        byte[] noise = new byte[Math.toIntExact(folder.size(leaving))];
        random.nextBytes(noise);
        folder.overwrite(leaving, noise);
        folder.delete(leaving);
        folder.forceNames();
    }

    private void finishDestroying() throws IOException {
        for (String left : folder.names()) {
            if (left.endsWith(LEAVING)) {
                overwrite(left);
            }
        }
    }

    private static byte[] bytes(Folder folder, String file) throws IOException {
        try (InputStream stream = folder.open(file)) {
            return stream.readAllBytes();
        }
    }

    private static String name(String name) {
        if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9.-]{0,127}")) {
            throw new IllegalArgumentException("not a name of a sealed file");
        }
        return name;
    }

    private byte[] crypt(int mode, String name, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a sealed file does not open", e);
        }
    }

    private static SecretKeySpec derive(byte[] passphrase, byte[] salt) {
        return new SecretKeySpec(SCrypt.generate(passphrase, salt, SCRYPT_COST, 8, 1, 32), "AES");
    }
}
