package org.entente.node.reading;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * Things that are read from bytes, the same each time: cards, statements, texts. What was read and verified once is kept
 * under the SHA-256 of its bytes and of what it was verified under, and the same bytes are not read again. Bytes that
 * somebody changed have another digest, so they are read, and fail as they did before. Of the things that nobody asked for
 * in the longest time the oldest is given up, so that no more than so many are kept.
 *
 * @param <V> what is read; MUST be immutable
 */
public final class ReadOnce<V> {
    private static final float LOAD = 0.75f;

    private final int most;
    private final SequencedMap<Digest, V> known = new LinkedHashMap<>(16, LOAD, true);

    public ReadOnce(int most) {
        this.most = most;
    }

    /** Reads bytes, and verifies what they say. */
    @FunctionalInterface
    public interface Reader<V> {
        V read() throws Malformed;
    }

    /**
     * What these bytes say.
     *
     * @param key digest of all that the reading depends on
     */
    public V of(Digest key, Reader<? extends V> reader) throws Malformed {
        V found = find(key);
        if (found != null) {
            return found;
        }
        V read = reader.read();
        keep(key, read);
        return read;
    }

    /** Keeps what was read and verified elsewhere. */
    public void know(Digest key, V read) {
        keep(key, read);
    }

    private synchronized @Nullable V find(Digest key) {
        return known.get(key);
    }

    private synchronized void keep(Digest key, V read) {
        known.put(key, read);
        if (known.size() > most) {
            known.pollFirstEntry();
        }
    }
}
