package org.entente.node.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The operating-system account under which the server runs, as the words that go before its command.
 *
 * <p>PostgreSQL refuses to run as root. A node that was started as root therefore gives its server a user namespace in
 * which root's files belong to <em>nobody</em> and no capability is left ({@code unshare}, util-linux 2.38): that works
 * wherever the home lies, also below a closed {@code /root}. Where namespaces are forbidden (many containers) the server
 * becomes the real user nobody ({@code setpriv}) and owns the data folder; then every folder on the way must be passable
 * for it. The choice is remembered by the data folder's owner, because either account cannot use the other's files.
 */
sealed interface ServerAccount {
    Duration PROBE = Duration.ofSeconds(10);

    /** The words before the command of the server or of {@code initdb}. */
    List<String> prefix();

    /** Gives a file or folder that we made to the server's account. */
    void own(Path path) throws IOException;

    /** The node's own account, which is not root. */
    record Ours() implements ServerAccount {
        @Override
        public List<String> prefix() {
            return List.of();
        }

        @Override
        public void own(Path path) {}
    }

    /** Root outside, nobody inside a user namespace. */
    record Mapped(int uid) implements ServerAccount {
        @Override
        public List<String> prefix() {
            return List.of("unshare", "--user", "--map-user=" + uid, "--map-group=" + uid, "--");
        }

        @Override
        public void own(Path path) {}
    }

    /** The real user nobody. */
    record Lowered(int uid) implements ServerAccount {
        @Override
        public List<String> prefix() {
            return List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--no-new-privs", "--");
        }

        @Override
        public void own(Path path) throws IOException {
            Files.setAttribute(path, "unix:uid", uid);
            Files.setAttribute(path, "unix:gid", uid);
        }
    }

    /**
     * The account for a data folder in {@code place}, which exists.
     *
     * @param binaries the unpacked server, which the account must be able to run
     * @throws DatabaseUnavailable as root, when neither way works
     */
    static ServerAccount choose(Path place, Path data, Path binaries) throws DatabaseUnavailable {
        try {
            if (uidOf(place) != 0 || !runsAsRoot(place)) {
                return new Ours();
            }
            int nobody = nobody();
            int owner = Files.isDirectory(data) ? uidOf(data) : -1;
            List<ServerAccount> ways = owner == -1
                    ? List.of(new Mapped(nobody), new Lowered(nobody))
                    : List.of(owner == 0 ? new Mapped(nobody) : new Lowered(owner));
            for (ServerAccount way : ways) {
                if (way.works(place, binaries)) {
                    return way;
                }
            }
        } catch (IOException unreadable) {
            throw DatabaseUnavailable.notWritten(place, unreadable);
        }
        throw new DatabaseUnavailable("database.root-not-possible", place.toString());
    }

    private boolean works(Path place, Path binaries) {
        Program.Ended ran =
                Program.run(PROBE, with(List.of(binaries.resolve("bin/postgres").toString(), "--version")));
        return ran.well()
                && Program.run(PROBE, with(List.of("test", "-x", place.toString())))
                        .well();
    }

    /** The command, run under this account. */
    default List<String> with(List<String> command) {
        List<String> words = new ArrayList<>(prefix());
        words.addAll(command);
        return words;
    }

    /** Locale and library settings of the person who started the node are none of the server's business. */
    static void quietEnvironment(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name -> name.startsWith("PG")
                        || name.startsWith("LC_")
                        || name.startsWith("LD_")
                        || name.startsWith("DYLD_")
                        || name.equals("LANG")
                        || name.equals("LANGUAGE"));
        environment.put("LC_ALL", "C");
    }

    private static boolean runsAsRoot(Path place) throws IOException {
        Path probe = Files.createTempFile(place, ".account", "");
        try {
            return uidOf(probe) == 0;
        } finally {
            Files.delete(probe);
        }
    }

    private static int uidOf(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }

    /** {@code initdb} insists on an account with a name, so the number comes from the system's list. */
    private static int nobody() throws IOException {
        try (Stream<String> accounts = Files.lines(Path.of("/etc/passwd"))) {
            return accounts.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3 && fields[0].equals("nobody"))
                    .map(fields -> Integer.parseInt(fields[2]))
                    .findFirst()
                    .orElse(65534);
        }
    }
}
