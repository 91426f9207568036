package org.entente.node.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The claim of one node on a home; the system gives it up when the process ends in whatever way.
 *
 * <p>Homes that this process holds are remembered too: POSIX drops a process's lock as soon as it closes <em>any</em>
 * descriptor of the file, so the file of a held home must not even be opened again.
 */
final class HomeLock implements AutoCloseable {
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path home;
    private final FileChannel channel;

    private HomeLock(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /** Claims a home, given by its real path. */
    static HomeLock take(Path home) throws DatabaseUnavailable {
        if (!HELD_HERE.add(home)) {
            throw new DatabaseUnavailable("database.home-in-use", home.toString());
        }
        boolean taken = false;
        try {
            FileChannel channel = FileChannel.open(
                    home.resolve("postgres.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                taken = channel.tryLock() != null;
            } catch (OverlappingFileLockException ofAnotherClassLoader) {
                taken = false;
            }
            if (taken) {
                return new HomeLock(home, channel);
            }
            channel.close();
        } catch (IOException failed) {
            throw DatabaseUnavailable.notWritten(home, failed);
        } finally {
            if (!taken) {
                HELD_HERE.remove(home);
            }
        }
        throw new DatabaseUnavailable("database.home-in-use", home.toString());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // closing only gives the claim up, and the end of the process does so too
        } finally {
            HELD_HERE.remove(home);
        }
    }
}
