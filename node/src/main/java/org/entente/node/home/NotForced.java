package org.entente.node.home;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The system could not force a file to the disk. What is on the disk is not known any more, and asking again proves nothing: the
 * system may have dropped what it could not write and call the next attempt a success. The node MUST stop.
 */
public final class NotForced extends IOException {
    private static final long serialVersionUID = 1L;

    NotForced(Path file, IOException cause) {
        super("not forced to the disk: " + file, cause);
    }
}
