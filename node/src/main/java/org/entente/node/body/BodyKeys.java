package org.entente.node.body;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.exchange.body.BodyAtRest;
import org.entente.node.home.Folder;
import org.entente.node.keys.SealedFiles;

/**
 * The key of each body that is kept here, one sealed file a key. The folder MUST NOT be part of any backup: a key that is destroyed
 * is to be gone everywhere, and with it every copy of the body.
 */
public final class BodyKeys {
    /** Says that no body was left without a key of its own when this node started last. */
    private static final String COMPLETE = "complete";

    private final Folder folder;
    private final SealedFiles files;
    private final SecureRandom random;

    private BodyKeys(Folder folder, SealedFiles files, SecureRandom random) {
        this.folder = folder;
        this.files = files;
        this.random = random;
    }

    /**
     * Opens the folder; one that was never used is made ready.
     *
     * @throws Malformed {@code keys.passphrase-wrong}
     */
    public static BodyKeys open(Folder folder, byte[] passphrase, SecureRandom random) throws IOException, Malformed {
        for (String name : folder.names()) {
            if (name.endsWith(".draft")) {
                folder.delete(name);
            }
        }
        return new BodyKeys(
                folder,
                SealedFiles.isIn(folder)
                        ? SealedFiles.open(folder, passphrase, random)
                        : SealedFiles.create(folder, passphrase, random),
                random);
    }

    /** Whether every body that lay here had a key of its own when this was asked for last. */
    static boolean areComplete(Folder folder) {
        return folder.holds(COMPLETE);
    }

    boolean areComplete() {
        return areComplete(folder);
    }

    /** Every body has a key of its own now. */
    void noteComplete() throws IOException {
        folder.replace(COMPLETE, new byte[0]);
    }

    /** Whether there is a file for the key of a body, whatever it holds. */
    static boolean hasFile(Folder folder, Digest body) {
        return SealedFiles.isIn(folder, body.hex());
    }

    /** A new key that nobody keeps yet. */
    byte[] draw() {
        byte[] key = new byte[BodyAtRest.KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    /** What draws the keys, and the salts of what is sealed under them. */
    SecureRandom random() {
        return random;
    }

    /** Keeps the key of a body that is not whole yet, durably on return. */
    void keepPartial(String name, byte[] key) throws IOException {
        files.write(name, key);
    }

    /**
     * The key of a body that is not whole yet; the caller clears it after use.
     *
     * @throws Malformed {@code keys.missing} or {@code keys.damaged}
     */
    byte[] readPartial(String name) throws IOException, Malformed {
        return files.read(name);
    }

    /** Overwrites and deletes the key of a body that is not whole yet; one that is not there is no error. */
    void destroyPartial(String name) throws IOException {
        files.destroy(name);
    }

    /** Keeps the key of a body, durably on return; one that was there is replaced. */
    void keep(Digest body, byte[] key) throws IOException {
        files.write(body.hex(), key);
    }

    boolean holds(Digest body) {
        return files.holds(body.hex());
    }

    /**
     * The key of a body; the caller clears it after use.
     *
     * @throws Malformed {@code keys.missing} or {@code keys.damaged}
     */
    byte[] read(Digest body) throws IOException, Malformed {
        return files.read(body.hex());
    }

    /** Overwrites and deletes the key of a body, durably on return; one that is not there is no error. */
    void destroy(Digest body) throws IOException {
        files.destroy(body.hex());
    }

    /** The names of all keys. */
    List<String> names() throws IOException {
        return files.names();
    }

    Instant writtenAt(Digest body) throws IOException {
        return files.writtenAt(body.hex());
    }
}
