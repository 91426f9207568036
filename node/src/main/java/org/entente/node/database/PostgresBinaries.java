package org.entente.node.database;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs for this machine, unpacked once into a cache that all nodes of an account share.
 *
 * <p>A folder is named by the SHA-256 of the archive and appears by one rename after every file in it was forced to
 * the disk: what is there is whole. Two nodes that unpack at once do the work twice and keep one result.
 */
final class PostgresBinaries {
    /** The major version, which the data folder must agree with. */
    static final String MAJOR = "18";

    private static final long UNPACKED_BYTES_MAX = 1L << 30;
    private static final int XZ_MEMORY_KIB_MAX = 256 * 1024;

    private PostgresBinaries() {}

    /** The folder with {@code bin}, {@code lib} and {@code share}, unpacked now if it was not there. */
    static Path unpackedIn(Path cache, StartProgress progress) throws DatabaseUnavailable {
        String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"), hasMusl())
                .orElseThrow(() -> new DatabaseUnavailable(
                        "database.platform-unsupported",
                        System.getProperty("os.name") + " " + System.getProperty("os.arch")));
        byte[] archive = archive(platform);
        Path place = cache.toAbsolutePath().normalize();
        Path folder = place.resolve("postgres-" + HexFormat.of().formatHex(sha256(archive), 0, 16));
        try {
            Files.createDirectories(place);
            if (!Files.isDirectory(folder)) {
                progress.begins(StartProgress.Part.UNPACKING);
                unpack(archive, place, folder);
            }
            refuseWritableByOthers(folder);
            return folder;
        } catch (IOException failed) {
            throw DatabaseUnavailable.notWritten(place, failed);
        }
    }

    /** The archive's platform words, empty when there is no archive for it. */
    static Optional<String> platform(String system, String processor, boolean musl) {
        String words = switch (processor.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> "";
        };
        if (words.isEmpty() || musl) {
            return Optional.empty();
        }
        return switch (system.toLowerCase(Locale.ROOT)) {
            case "linux" -> Optional.of("linux-" + words);
            case "mac os x", "darwin" -> Optional.of("darwin-" + words);
            default -> Optional.empty();
        };
    }

    private static boolean hasMusl() {
        try (Stream<Path> libraries = Files.list(Path.of("/lib"))) {
            return libraries.anyMatch(path -> path.getFileName().toString().startsWith("ld-musl-"));
        } catch (IOException noSuchFolder) {
            return false;
        }
    }

    private static byte[] archive(String platform) throws DatabaseUnavailable {
        try (InputStream stream = PostgresBinaries.class.getResourceAsStream("/postgres-" + platform + ".txz")) {
            if (stream == null) {
                throw new DatabaseUnavailable("database.platform-unsupported", platform);
            }
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new DatabaseUnavailable("database.platform-unsupported", platform);
        }
    }

    private static void unpack(byte[] archive, Path cache, Path folder) throws IOException {
        Path fresh = Files.createTempDirectory(cache, ".unpacking-");
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive), XZ_MEMORY_KIB_MAX))) {
            long bytes = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                bytes += entry.getSize();
                Path place = fresh.resolve(entry.getName()).normalize();
                if (!place.startsWith(fresh) || bytes > UNPACKED_BYTES_MAX) {
                    throw new IOException("not a server archive: " + entry.getName());
                }
                if (!neededToBuildOnly(entry.getName())) {
                    write(tar, entry, place, fresh);
                }
            }
            openFoldersForReading(fresh);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            delete(fresh);
            if (!Files.isDirectory(folder)) {
                throw failed;
            }
        }
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path place, Path root) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(place);
        } else if (entry.isSymbolicLink()) {
            Path target = Path.of(entry.getLinkName());
            if (target.isAbsolute() || !place.resolveSibling(target).normalize().startsWith(root)) {
                throw new IOException("not a server archive: " + entry.getName());
            }
            Files.createDirectories(place.getParent());
            Files.createSymbolicLink(place, target);
        } else if (entry.isFile()) {
            Files.createDirectories(place.getParent());
            Files.copy(content, place);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
            try (FileChannel channel = FileChannel.open(place, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        } else {
            throw new IOException("not a server archive: " + entry.getName());
        }
    }

    private static void openFoldersForReading(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path folder : paths.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static boolean neededToBuildOnly(String name) {
        return name.endsWith(".a") || name.contains("/pkgconfig/") || name.startsWith("include/");
    }

    /** Programs that somebody else could exchange are not run. */
    private static void refuseWritableByOthers(Path folder) throws IOException, DatabaseUnavailable {
        List<String> trusted =
                List.of("root", ProcessHandle.current().info().user().orElse("root"));
        for (Path path : List.of(folder, folder.resolve("bin"), folder.resolve("bin/postgres"))) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (!trusted.contains(Files.getOwner(path).getName())
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                    || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
                throw new DatabaseUnavailable("database.cache-open", path.toString());
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
