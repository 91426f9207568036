package org.entente.node.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a node's own server below its home: {@code postgres/data} (the server's), {@code postgres.password}
 * (0600, ours).
 *
 * <p>A new data folder is made beside its place and moved there when it is complete, so that a start that was cut short
 * leaves nothing that looks like a database.
 */
final class PostgresCluster {
    static final String USER = "entente";

    private static final Duration INITIALISE_LIMIT = Duration.ofMinutes(3);

    private final Path home;
    private final Path binaries;
    private final ServerAccount account;
    private final Path folder;

    PostgresCluster(Path home, Path binaries, ServerAccount account) {
        this.home = home;
        this.binaries = binaries;
        this.account = account;
        this.folder = home.resolve("postgres");
    }

    static Path dataBelow(Path home) {
        return home.resolve("postgres").resolve("data");
    }

    Path data() {
        return dataBelow(home);
    }

    /** The password of the server's one account; makes the database first when there is none. */
    String passwordAfterInitialising(StartProgress progress) throws DatabaseUnavailable {
        Path file = home.resolve("postgres.password");
        try {
            if (Files.isDirectory(data())) {
                requireOurMajor();
                if (!Files.exists(file)) {
                    throw new DatabaseUnavailable("database.password-missing", file.toString());
                }
                return Files.readString(file).strip();
            }
            progress.begins(StartProgress.Part.INITIALISING);
            String password = newPassword();
            initialise(password);
            return password;
        } catch (IOException failed) {
            throw DatabaseUnavailable.notWritten(home, failed);
        }
    }

    /** The lines of {@code postmaster.pid}, empty when no server claims the data. */
    List<String> claim() {
        try {
            return Files.readAllLines(data().resolve("postmaster.pid"));
        } catch (IOException absent) {
            return List.of();
        }
    }

    /** The server that an earlier node left running on our data, if there is one. */
    Optional<ProcessHandle> serverLeftBehind() {
        return claimant().filter(this::isOurServer);
    }

    /**
     * Makes a claim of the dead harmless when its number now belongs to some other process, which PostgreSQL would take
     * for a running server. Our own number is one it knows to be none (it is the server's parent); the rest of the file
     * stays, because PostgreSQL finds by it whether a process of the dead server still has the shared memory.
     */
    void disarmForeignClaim() throws DatabaseUnavailable {
        Optional<ProcessHandle> claimant = claimant();
        if (claimant.isEmpty() || isOurServer(claimant.get())) {
            return;
        }
        List<String> lines = new ArrayList<>(claim());
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        try {
            Files.write(data().resolve("postmaster.pid"), lines);
        } catch (IOException failed) {
            throw DatabaseUnavailable.notWritten(data(), failed);
        }
    }

    private Optional<ProcessHandle> claimant() {
        List<String> lines = claim();
        if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessHandle::isAlive);
    }

    /** A server works in its data folder; where that cannot be read, its command line names the folder. */
    private boolean isOurServer(ProcessHandle process) {
        if (process.pid() == ProcessHandle.current().pid()) {
            return false;
        }
        Path workingFolder = Path.of("/proc", Long.toString(process.pid()), "cwd");
        try {
            return Files.isSameFile(Files.readSymbolicLink(workingFolder), data());
        } catch (IOException | UnsupportedOperationException notReadable) {
            return process.info()
                    .commandLine()
                    .filter(words -> words.contains(data().toString()))
                    .isPresent();
        }
    }

    private void requireOurMajor() throws IOException, DatabaseUnavailable {
        Path version = data().resolve("PG_VERSION");
        String major = Files.exists(version) ? Files.readString(version).strip() : "none";
        if (!major.equals(PostgresBinaries.MAJOR)) {
            throw new DatabaseUnavailable("database.data-version", data().toString(), major, PostgresBinaries.MAJOR);
        }
    }

    private void initialise(String password) throws IOException, DatabaseUnavailable {
        Path fresh = folder.resolve("data.new");
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        account.own(folder);
        delete(fresh);
        Path passwordForServer = folder.resolve("initdb.password");
        Files.deleteIfExists(passwordForServer);
        writePrivately(passwordForServer, password);
        try {
            account.own(passwordForServer);
            Program.Ended ran = Program.run(
                    INITIALISE_LIMIT,
                    account.with(List.of(
                            binaries.resolve("bin/initdb").toString(),
                            "--pgdata=" + fresh,
                            "--username=" + USER,
                            "--pwfile=" + passwordForServer,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--data-checksums",
                            "--no-instructions")));
            if (!ran.well()) {
                delete(fresh);
                throw DatabaseUnavailable.programFailed("database.initialise-failed", folder, ran.output());
            }
        } finally {
            Files.deleteIfExists(passwordForServer);
        }
        Files.writeString(fresh.resolve("pg_hba.conf"), "host all " + USER + " 127.0.0.1/32 scram-sha-256\n");
        Path file = home.resolve("postgres.password");
        Files.deleteIfExists(file);
        writePrivately(file, password);
        Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
        forceFolder(folder);
        forceFolder(home);
    }

    private static String newPassword() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
