package org.entente.node.home;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder on the disk.
 *
 * @param path must be there
 */
public record DiskFolder(Path path) implements Folder {

    /** Makes the folder if it is not there; only its owner may enter it. */
    public static DiskFolder make(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        return new DiskFolder(path);
    }

    private record OpenDraft(FileChannel channel, Path file) implements Draft {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writeAll(channel, ByteBuffer.wrap(bytes, offset, length));
        }

        @Override
        public void force() throws IOException {
            NodeHome.force(channel, file);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @Override
    public String place() {
        return path.toString();
    }

    @Override
    public Draft create(String name) throws IOException {
        Path file = path.resolve(name);
        return new OpenDraft(
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                file);
    }

    @Override
    public Draft append(String name, long behind) throws IOException {
        Path file = path.resolve(name);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            if (channel.size() < behind) {
                throw new EOFException(file + " ends before " + behind);
            }
            if (channel.size() > behind) {
                channel.truncate(behind);
            }
            channel.position(behind);
            return new OpenDraft(channel, file);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(path.resolve(name));
    }

    @Override
    public boolean holds(String name) {
        return Files.isRegularFile(path.resolve(name));
    }

    @Override
    public long size(String name) throws IOException {
        return Files.size(path.resolve(name));
    }

    @Override
    public Instant touchedAt(String name) throws IOException {
        return Files.getLastModifiedTime(path.resolve(name)).toInstant();
    }

    @Override
    public void touch(String name, Instant when) throws IOException {
        Files.setLastModifiedTime(path.resolve(name), FileTime.from(when));
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    @Override
    public void overwrite(String name, byte[] bytes) throws IOException {
        Path file = path.resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            writeAll(channel, ByteBuffer.wrap(bytes));
            NodeHome.force(channel, file);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                path.resolve(from),
                path.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public boolean delete(String name) throws IOException {
        return Files.deleteIfExists(path.resolve(name));
    }

    @Override
    public void forceNames() throws IOException {
        try (FileChannel names = FileChannel.open(path, StandardOpenOption.READ)) {
            NodeHome.force(names, path);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
