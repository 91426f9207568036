package org.entente.node.demo;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the demonstration is asked to do.
 *
 * @param home where both nodes live; a home of an earlier run is gone on with
 * @param memorandum the text that both parties sign
 * @param seed of the generated lists
 */
public record DemoOrder(Path home, Path memorandum, long seed, Side mx, Side us) {
    public DemoOrder {
        home = home.toAbsolutePath().normalize();
    }

    /**
     * What is given for one of the two.
     *
     * @param list the list to load, {@code FORMAT:FILE}; generated when absent
     */
    public record Side(Optional<String> list, OptionalInt apiPort, OptionalInt peerPort) {}
}
