package org.entente.node.comparison;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.matching.index.DraftFile;
import org.entente.matching.index.StoredBytes;
import org.entente.matching.index.Workplace;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.NodeHome;

/**
 * A folder in which one index is built: runs, each forced and then renamed into place, and the two drafts. Files are read and written at
 * positions and never mapped, so a full disk is an error and not a fault, and what was built does not count as this process's memory.
 */
public final class FolderWorkplace implements Workplace, AutoCloseable {
    private final Path folder;
    private final DiskSpace disk;
    private final List<FileBytes> open = new ArrayList<>();
    private final Map<Part, FileBytes> drafts = new EnumMap<>(Part.class);

    public FolderWorkplace(Path folder, DiskSpace disk) throws IOException {
        this.folder = folder;
        this.disk = disk;
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Override
    public Optional<StoredBytes> run(int ordinal) throws IOException {
        Path file = runFile(ordinal);
        return Files.isRegularFile(file) ? Optional.of(open(file, StandardOpenOption.READ)) : Optional.empty();
    }

    @Override
    public StoredBytes keepRun(int ordinal, byte[] run) throws IOException {
        disk.requireReserve();
        Path file = runFile(ordinal);
        NodeHome.write(file, run);
        return open(file, StandardOpenOption.READ);
    }

    @Override
    public DraftFile draft(Part part, long length) throws IOException {
        disk.requireReserve();
        Path file = draftFile(part);
        Files.deleteIfExists(file);
        FileBytes draft = open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        draft.channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
        drafts.put(part, draft);
        return draft;
    }

    private Path runFile(int ordinal) {
        return folder.resolve("run-%06d".formatted(ordinal));
    }

    private Path draftFile(Part part) {
        return folder.resolve(part == Part.SHARED ? "shared.draft" : "own.draft");
    }

    private synchronized FileBytes open(Path file, StandardOpenOption... options) throws IOException {
        FileBytes bytes = new FileBytes(FileChannel.open(
                file,
                Set.of(options),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
        open.add(bytes);
        return bytes;
    }

    /** Forces a finished draft to the disk and gives it its name: from now on it may be served. */
    public void publish(Part part, Path name) throws IOException {
        FileBytes draft = drafts.get(part);
        if (draft == null) {
            throw new IllegalStateException("there is no draft to publish");
        }
        draft.channel.force(true);
        Files.move(draftFile(part), name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        NodeHome.forceFolder(name);
    }

    /** Closes every file and deletes unfinished drafts; runs stay for the next attempt. */
    @Override
    public synchronized void close() throws IOException {
        for (FileBytes file : open) {
            file.channel.close();
        }
        open.clear();
        for (Part part : Part.values()) {
            Files.deleteIfExists(draftFile(part));
        }
    }

    /** Deletes a folder of this kind with all that is in it. */
    public static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static final class FileBytes implements DraftFile {
        private final FileChannel channel;

        FileBytes(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public long length() {
            try {
                return channel.size();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void read(long at, byte[] into, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
            long next = at;
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, next);
                if (read < 0) {
                    throw new EOFException("a file of the build ends at " + next);
                }
                next += read;
            }
        }

        @Override
        public void write(long at, byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            long next = at;
            while (buffer.hasRemaining()) {
                next += channel.write(buffer, next);
            }
        }
    }
}
