package org.entente.exchange.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;

/** An outbox that lives as long as its object: what a crash of the node's process would leave on disk. */
final class InMemoryOutbox implements Outbox {
    private final List<Row> waiting = new ArrayList<>();
    private final Set<Digest> everAppended = new HashSet<>();
    private final List<SetAside> aside = new ArrayList<>();

    @Override
    public void append(List<Row> rows) {
        for (Row row : rows) {
            if (!everAppended.add(row.statement())) {
                throw new IllegalArgumentException("appended before: " + row.statement());
            }
            waiting.add(row);
        }
    }

    @Override
    public List<Row> head(PartyCode partner, int rowsMax) {
        return waiting.stream()
                .filter(row -> row.partner().equals(partner))
                .limit(rowsMax)
                .toList();
    }

    @Override
    public long waiting(PartyCode partner) {
        return waiting.stream().filter(row -> row.partner().equals(partner)).count();
    }

    @Override
    public void acknowledge(PartyCode partner, Digest statement) {
        waiting.removeIf(row -> row.partner().equals(partner) && row.statement().equals(statement));
    }

    @Override
    public void setAside(SetAside refused) {
        boolean was = waiting.removeIf(row ->
                row.partner().equals(refused.partner()) && row.statement().equals(refused.statement()));
        if (was) {
            aside.add(refused);
        }
    }

    @Override
    public List<SetAside> setAside(PartyCode partner) {
        return aside.stream().filter(row -> row.partner().equals(partner)).toList();
    }
}
