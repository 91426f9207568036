package org.entente.evidence.fuzz;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;

/**
 * A reader that takes bytes from strangers.
 *
 * @param name what it reads
 * @param runs how many inputs it is given in the regular suite
 * @param noise what it is given
 * @param reader the reader
 */
record Target(String name, int runs, Noise noise, Reader reader) {
    /** Reads bytes, and gives back what it understood as bytes, if there is one form for it. */
    interface Reader {
        Optional<byte[]> read(byte[] bytes) throws Malformed;
    }

    /** Reads bytes and gives back what it understood. */
    interface Canonical {
        byte[] read(byte[] bytes) throws Malformed;
    }

    /** Reads bytes and judges them. */
    interface Judge {
        void read(byte[] bytes) throws Malformed;
    }

    /** Of whatever it reads there is one form. */
    static Target canonical(String name, int runs, Canonical reader, byte[]... good) {
        return new Target(name, runs, Noise.ofBytes(List.of(good)), bytes -> Optional.of(reader.read(bytes)));
    }

    /** It judges, and gives nothing back. */
    static Target judging(String name, int runs, Noise noise, Judge judge) {
        return new Target(name, runs, noise, bytes -> {
            judge.read(bytes);
            return Optional.empty();
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
