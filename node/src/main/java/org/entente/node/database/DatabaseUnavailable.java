package org.entente.node.database;

import java.io.IOException;
import java.nio.file.Path;
import org.entente.evidence.canonical.Problem;
import org.entente.node.home.DiskSpace;

/** The database cannot be used now; the problem says why and what to do. Nothing was changed in the node's records. */
public final class DatabaseUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    DatabaseUnavailable(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    DatabaseUnavailable(String code, String... arguments) {
        super(Problem.of(code, arguments).toString());
        this.problem = Problem.of(code, arguments);
    }

    /** What a failed write means: the disk is full, or the place does not take files. */
    static DatabaseUnavailable notWritten(Path place, IOException cause) {
        String code = DiskSpace.isBehind(cause) ? "database.disk-full" : "database.not-writable";
        return new DatabaseUnavailable(Problem.of(code, place.toString()), cause);
    }

    /** What a server program's own words mean. */
    static DatabaseUnavailable programFailed(String code, Path place, String words) {
        return DiskSpace.isNamedBy(words)
                ? new DatabaseUnavailable("database.disk-full", place.toString())
                : new DatabaseUnavailable(code, place.toString(), lastLines(words));
    }

    /** What the driver or the migration found, in its own words. */
    static DatabaseUnavailable refused(String code, DatabaseAddress address, Throwable cause) {
        return new DatabaseUnavailable(
                Problem.of(code, address.toString(), lastLines(String.valueOf(cause.getMessage()))), cause);
    }

    public Problem problem() {
        return problem;
    }

    private static String lastLines(String words) {
        String flat = words.strip().replaceAll("\\s*\\R\\s*", " | ");
        return flat.length() <= 400 ? flat : "…" + flat.substring(flat.length() - 400);
    }
}
