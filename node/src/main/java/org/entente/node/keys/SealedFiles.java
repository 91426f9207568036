package org.entente.node.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.home.NodeHome;

/**
 * A folder of secrets, each a file sealed under one passphrase.
 *
 * <p>The sealing key is scrypt (RFC 7914; N = 2^15, r = 8, p = 1: 32 MiB, about 0.1 s) of the passphrase and the
 * folder's salt, derived once when the folder is opened. A file is {@code nonce(12) ‖ AES-256-GCM ciphertext}, with
 * the file's name as associated data, so that one secret cannot be put in the place of another. Nonces are random:
 * a folder seals some thousands of files in its life, far below the 2^32 at which random nonces become a risk.
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
    private static final String CHECK_NAME = "passphrase-check";

    private final Path folder;
    private final SecretKeySpec key;
    private final SecureRandom random;

    private SealedFiles(Path folder, SecretKeySpec key, SecureRandom random) {
        this.folder = folder;
        this.key = key;
        this.random = random;
    }

    /** Makes the folder, its salt and a check of the passphrase. */
    public static SealedFiles create(Path folder, byte[] passphrase, SecureRandom random) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        SealedFiles files = new SealedFiles(folder, derive(passphrase, salt), random);
        files.writeRaw("salt", salt);
        files.write(CHECK_NAME, CHECK_NAME.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /**
     * Opens an existing folder.
     *
     * @throws Malformed {@code keys.missing} when there is no such folder, {@code keys.passphrase-wrong}
     */
    public static SealedFiles open(Path folder, byte[] passphrase, SecureRandom random) throws IOException, Malformed {
        Path salt = folder.resolve("salt");
        if (!Files.isRegularFile(salt)) {
            throw new Malformed("keys.missing", folder.toString());
        }
        SealedFiles files = new SealedFiles(folder, derive(passphrase, Files.readAllBytes(salt)), random);
        try {
            files.read(CHECK_NAME);
        } catch (Malformed e) {
            throw new Malformed("keys.passphrase-wrong", folder.toString());
        }
        files.finishDestroying();
        return files;
    }

    /** Seals the secret under its name; an existing secret of that name is replaced at once or not at all. */
    public void write(String name, byte[] secret) throws IOException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, name, nonce, secret);
        writeRaw(
                name + ".sealed",
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
        Path file = path(name + ".sealed");
        byte[] bytes;
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new Malformed("keys.damaged", file.toString());
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new Malformed("keys.missing", file.toString());
        }
        if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new Malformed("keys.damaged", file.toString());
        }
        byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
        try {
            return crypt(Cipher.DECRYPT_MODE, name, nonce, Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length));
        } catch (IllegalStateException e) {
            throw new Malformed("keys.damaged", file.toString());
        }
    }

    public boolean holds(String name) {
        return Files.isRegularFile(path(name + ".sealed"));
    }

    /**
     * Overwrites and deletes the secret; deleting what is not there is no error. It is renamed first, so it is there whole or not at
     * all, whenever the power fails; what was left renamed is overwritten when the folder is opened again.
     */
    public void destroy(String name) throws IOException {
        Path file = path(name + ".sealed");
        if (Files.isRegularFile(file)) {
            Path leaving = path(name + LEAVING);
            Files.move(file, leaving, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder();
            overwrite(leaving);
        }
    }

    private void overwrite(Path leaving) throws IOException {
        byte[] noise = new byte[Math.toIntExact(Files.size(leaving))];
        random.nextBytes(noise);
        try (FileChannel channel = FileChannel.open(leaving, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise));
            channel.force(true);
        }
        Files.deleteIfExists(leaving);
        forceFolder();
    }

    private void finishDestroying() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + LEAVING)) {
            for (Path leaving : left) {
                overwrite(leaving);
            }
        }
    }

    private void writeRaw(String name, byte[] bytes) throws IOException {
        NodeHome.write(path(name), bytes);
    }

    private void forceFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path path(String name) {
        if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9.-]{0,127}")) {
            throw new IllegalArgumentException("not a name of a sealed file");
        }
        return folder.resolve(name);
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
