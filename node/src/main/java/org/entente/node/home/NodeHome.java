package org.entente.node.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where everything of one node lies. Only its owner may enter the folder. */
public record NodeHome(Path folder) {
    public NodeHome {
        folder = folder.toAbsolutePath().normalize();
    }

    public Path settings() {
        return folder.resolve("node.json");
    }

    public Path keys() {
        return folder.resolve("keys");
    }

    /** The party root's sealed keys: to be carried away and kept offline. */
    public Path root() {
        return folder.resolve("root");
    }

    /** The node's own party card, to be handed to partners. */
    public Path card() {
        return folder.resolve("card.json");
    }

    /** What the root has signed about the party's cards and keys, and the node has not passed on and taken up yet. */
    public Path succession() {
        return folder.resolve("succession.json");
    }

    /** Certificate of the listener for the party's own people, PEM. */
    public Path certificate() {
        return folder.resolve("certificate.pem");
    }

    public Path database() {
        return folder.resolve("postgres");
    }

    /** Bodies, each encrypted under a key of its own and named by the SHA-256 of what travels. */
    public Path bodies() {
        return folder.resolve("bodies");
    }

    /** The keys of the bodies, sealed. MUST NOT be part of any backup: what is destroyed here is to be gone everywhere. */
    public Path bodyKeys() {
        return folder.resolve("body-keys");
    }

    public Path indices() {
        return folder.resolve("indices");
    }

    /** The node's own logs as files, derived from the database. */
    public Path tiles() {
        return folder.resolve("tiles");
    }

    /** Officers' credentials that were made here, one file an officer. */
    public Path officers() {
        return folder.resolve("officers");
    }

    /** Public side of the first administrator, enrolled at the first start. */
    public Path founder() {
        return folder.resolve("founder.json");
    }

    /** Addresses of the running node, rewritten at each start. */
    public Path addresses() {
        return folder.resolve("addresses.json");
    }

    /** Makes the folder and those inside it, readable by their owner alone. */
    public void create() throws IOException {
        for (Path path : new Path[] {folder, bodies(), indices(), tiles(), officers()}) {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Writes a file so that a reader sees the old content or the whole new one, and a crash loses neither. */
    public static void write(Path file, byte[] bytes) throws IOException {
        replace(file, bytes);
        forceFolder(file);
    }

    /**
     * Writes a file so that a reader sees the old content or the whole new one. Its bytes are durable on return, its name after
     * {@link #forceFolder}, for which many files of one folder may wait.
     */
    public static void replace(Path file, byte[] bytes) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        try (FileChannel channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            force(channel, draft);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes the names in the folder of a file durable. */
    public static void forceFolder(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            try (FileChannel folder = FileChannel.open(parent, StandardOpenOption.READ)) {
                force(folder, parent);
            }
        }
    }

    /** Makes what was written durable, and says when nobody knows whether it is. */
    static void force(FileChannel channel, Path file) throws NotForced {
        try {
            channel.force(true);
        } catch (IOException failed) {
            throw new NotForced(file, failed);
        }
    }
}
