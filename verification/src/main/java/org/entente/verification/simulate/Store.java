package org.entente.verification.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Message;

/** A node's database on a {@link Disk}: one transaction after another, each whole or not at all. */
final class Store {
    private static final int ROW_BYTES = 64;

    private final Disk disk;
    private final Tables tables;
    private Optional<Writing> open = Optional.empty();

    private Store(Disk disk, Tables tables) {
        this.disk = disk;
        this.tables = tables;
    }

    /** Opens what the journal holds. */
    static Store recover(Disk disk) throws Disk.Damaged {
        Tables tables = new Tables();
        disk.recover()
                .forEach(changes -> changes.forEach(change -> change.apply().accept(tables)));
        return new Store(disk, tables);
    }

    Tables tables() {
        return tables;
    }

    /** Writes what the body writes, or nothing of it; inside of what is being written, it joins. */
    <T> T give(Function<Writing, T> body) {
        if (open.isPresent()) {
            return body.apply(open.get());
        }
        Writing writing = new Writing();
        open = Optional.of(writing);
        T result;
        try {
            result = body.apply(writing);
        } finally {
            open = Optional.empty();
        }
        if (!writing.changes.isEmpty()) {
            disk.commit(writing.changes);
            writing.changes.forEach(change -> change.apply().accept(tables));
        }
        return result;
    }

    /** The same for a body that gives nothing. */
    void write(Consumer<Writing> body) {
        give(writing -> {
            body.accept(writing);
            return writing;
        });
    }

    /** One transaction. */
    final class Writing {
        private final List<Change> changes = new ArrayList<>();
        private final Map<PartyCode, List<Digest>> fresh = new HashMap<>();

        void row(String what, Consumer<Tables> apply) {
            changes.add(new Change(what, ROW_BYTES, apply));
        }

        /** A statement and its leaf; gives its place in the log of the relationship. */
        long record(PartyCode partner, Statement statement, Message message, boolean outgoing) {
            List<Digest> here = fresh.computeIfAbsent(partner, one -> new ArrayList<>());
            long place = (long) tables.with(partner).leaves.size() + here.size();
            here.add(statement.id());
            changes.add(new Change("statement", statement.bytes().length, later -> {
                later.statements.put(statement.id(), new Tables.Stored(statement, message, outgoing));
                Tables.Relationship with = later.with(partner);
                with.places.put(statement.id(), (long) with.leaves.size());
                with.leaves.add(statement.id());
            }));
            return place;
        }

        /** The place that a statement of this transaction gets, or has already. */
        Optional<Long> place(PartyCode partner, Digest statement) {
            int here = fresh.getOrDefault(partner, List.of()).indexOf(statement);
            Tables.Relationship with = tables.with(partner);
            return here >= 0
                    ? Optional.of((long) with.leaves.size() + here)
                    : Optional.ofNullable(with.places.get(statement));
        }
    }

    /** The place of a statement, also of one that is being written. */
    Optional<Long> place(PartyCode partner, Digest statement) {
        return open.map(writing -> writing.place(partner, statement))
                .orElseGet(() -> Optional.ofNullable(tables.with(partner).places.get(statement)));
    }
}
