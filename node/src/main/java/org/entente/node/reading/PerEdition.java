package org.entente.node.reading;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was read of tables that an {@link Edition} names, kept for as long as it stands. Another edition begins with nothing.
 *
 * @param <K> what is asked for
 * @param <V> what was read; MUST be immutable
 */
public final class PerEdition<K, V> {
    private final Edition edition;
    private final int most;
    private volatile Shelf<K, V> shelf = new Shelf<>(new UUID(0, 0), new ConcurrentHashMap<>());

    /** @param most so many are kept; what is asked for beyond them is read each time */
    public PerEdition(JdbcClient sql, int most) {
        this.edition = new Edition(sql);
        this.most = most;
    }

    private record Shelf<K, V>(UUID edition, Map<K, V> known) {}

    /** What is known in the edition that the caller sees, or what the reader reads now. */
    public V of(K key, Supplier<? extends V> reader) {
        V known = shelf(edition.current()).known.get(key);
        if (known != null) {
            return known;
        }
        // The look may be older than what is read now, which then belongs to another edition, perhaps to none that
        // comes to be.
        UUID before = edition.again();
        V read = reader.get();
        Map<K, V> open = shelf(before).known;
        if (open.size() < most && before.equals(edition.again())) {
            open.put(key, read);
        }
        return read;
    }

    private Shelf<K, V> shelf(UUID wanted) {
        Shelf<K, V> open = shelf;
        if (!open.edition.equals(wanted)) {
            open = new Shelf<>(wanted, new ConcurrentHashMap<>());
            shelf = open;
        }
        return open;
    }
}
