package org.entente.exchange.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.message.Message;

/** An inbox that lives as long as its object. */
final class InMemoryInbox implements Inbox {
    private record Key(PartyCode sender, Digest statement) {}

    private final Map<Key, Digest> known = new LinkedHashMap<>();
    private final List<Kept> kept = new ArrayList<>();

    @Override
    public Optional<Digest> known(PartyCode sender, Digest statement) {
        return Optional.ofNullable(known.get(new Key(sender, statement)));
    }

    @Override
    public synchronized Outcome accept(Arrival arrival, Message message, Runnable effect) {
        Key key = new Key(arrival.sender(), arrival.statement().id());
        if (known.containsKey(key)) {
            return Outcome.ALREADY_KNOWN;
        }
        try {
            effect.run();
        } catch (IllegalStateException poison) {
            throw new Stumbled(poison);
        }
        known.put(key, arrival.bytes());
        return Outcome.ACCEPTED;
    }

    @Override
    public void keepAsEvidence(Arrival arrival, Problem problem) {
        Kept refused = new Kept(arrival.sender(), arrival.statement().id(), arrival.bytes(), problem);
        if (kept.stream().noneMatch(before -> before.bytes().equals(refused.bytes()))) {
            kept.add(refused);
        }
    }

    @Override
    public List<Kept> kept(PartyCode sender) {
        return kept.stream().filter(row -> row.sender().equals(sender)).toList();
    }
}
