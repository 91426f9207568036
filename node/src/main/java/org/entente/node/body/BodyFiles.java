package org.entente.node.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SealedBody;
import org.entente.node.home.DiskSpace;

/**
 * The folder of bodies. A file is forced to the disk before it gets its name, so that a body that a statement names is
 * whole or absent; what no statement names is an orphan that may be swept.
 */
public final class BodyFiles {
    /** Largest body that this node takes or makes, in bytes. */
    public static final long BYTES_MAX = 1L << 28;

    private static final int CHUNK_BYTES = 1 << 16;
    /** What an act says by itself is smaller, and goes on when the disk is nearly full. */
    private static final int SMALL_BYTES_MAX = 1 << 20;

    /** How often a body that comes in asks whether the disk still has room: every 16 MiB. */
    private static final int CHUNKS_BETWEEN_CHECKS = 256;

    private final Path folder;
    private final DiskSpace disk;

    public BodyFiles(Path folder, DiskSpace disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Keeps a body that was sealed here; on return it is durable. A large one may not use up what the disk has in reserve. */
    public void keep(SealedBody body) throws IOException {
        if (body.ciphertext().length > SMALL_BYTES_MAX) {
            disk.requireReserve();
        }
        try (Draft draft = new Draft()) {
            draft.write(ByteBuffer.wrap(body.ciphertext()));
            draft.name(body.reference().ciphertext());
        }
    }

    /**
     * Keeps a body that comes in; on return it is durable. It may not use up what the disk has in reserve.
     *
     * @throws Malformed {@code body.too-large}, or {@code body.not-the-one-named} when its digest is another
     */
    public void keep(Digest expected, InputStream stream) throws IOException, Malformed {
        try (Draft draft = new Draft()) {
            Digest found = draft.copy(stream);
            if (!found.equals(expected)) {
                throw new Malformed("body.not-the-one-named");
            }
            draft.name(expected);
        }
    }

    /** Where the body of this digest lies, if it is here. */
    public Optional<Path> find(Digest ciphertext) {
        Path file = folder.resolve(ciphertext.hex());
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /** The bytes of a body that must be here. */
    public byte[] read(BodyReference reference) throws IOException, Malformed {
        Optional<Path> file = find(reference.ciphertext());
        if (file.isEmpty()) {
            throw new Malformed("exchange.body-missing", reference.ciphertext().hex());
        }
        return Files.readAllBytes(file.get());
    }

    /** Those of the references whose files are here. */
    public Set<Digest> present(Collection<BodyReference> references) {
        Set<Digest> present = new HashSet<>();
        for (BodyReference reference : references) {
            if (find(reference.ciphertext()).isPresent()) {
                present.add(reference.ciphertext());
            }
        }
        return present;
    }

    /** Erases a body; one that is not there is no error. */
    public void erase(Digest ciphertext) throws IOException {
        if (Files.deleteIfExists(folder.resolve(ciphertext.hex()))) {
            forceFolder();
        }
    }

    private void forceFolder() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Removes the drafts that a crash left behind; no other process may be writing here. */
    public void sweepDrafts() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".draft") || file.toString().endsWith(".part")) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** A file on its way to its name; closing it unnamed removes it. */
    private final class Draft implements AutoCloseable {
        private final Path path = folder.resolve(UUID.randomUUID() + ".draft");
        private final FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

        private Draft() throws IOException {}

        private void write(ByteBuffer buffer) throws IOException {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        private Digest copy(InputStream stream) throws IOException, Malformed {
            var sha256 = new java.security.DigestInputStream(stream, sha256());
            byte[] chunk = new byte[CHUNK_BYTES];
            long total = 0;
            long chunks = 0;
            for (int count = sha256.read(chunk); count >= 0; count = sha256.read(chunk)) {
                if (chunks++ % CHUNKS_BETWEEN_CHECKS == 0) {
                    disk.requireReserve();
                }
                total += count;
                if (total > BYTES_MAX) {
                    throw new Malformed("body.too-large", Long.toString(BYTES_MAX));
                }
                write(ByteBuffer.wrap(chunk, 0, count));
            }
            return Digest.ofBytes(sha256.getMessageDigest().digest());
        }

        private void name(Digest digest) throws IOException {
            channel.force(true);
            Files.move(path, folder.resolve(digest.hex()), StandardCopyOption.ATOMIC_MOVE);
            forceFolder();
        }

        @Override
        public void close() throws IOException {
            channel.close();
            Files.deleteIfExists(path);
        }
    }

    private static java.security.MessageDigest sha256() {
        try {
            return java.security.MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digests of some references, for statements that list them. */
    public static List<Digest> digests(Collection<BodyReference> references) {
        return references.stream().map(BodyReference::ciphertext).toList();
    }
}
