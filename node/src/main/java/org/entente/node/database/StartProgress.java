package org.entente.node.database;

/** Is told which part of opening a database begins, so that a person who waits knows for what. */
@FunctionalInterface
public interface StartProgress {
    /** The parts that can take seconds, in their order; a reopened database only has the last ones. */
    enum Part {
        /** The server's programs are unpacked, once for each machine. */
        UNPACKING,
        /** An empty database is made, once for each home. */
        INITIALISING,
        /** A server that an earlier, killed node left behind is shut down. */
        STOPPING_EARLIER_SERVER,
        /** The server starts and, after a hard kill, replays its journal. */
        STARTING,
        /** The schema is brought up to date. */
        MIGRATING
    }

    StartProgress SILENT = part -> {};

    void begins(Part part);
}
