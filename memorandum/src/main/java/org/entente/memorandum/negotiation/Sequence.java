package org.entente.memorandum.negotiation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;

/**
 * Puts statements into one order that depends on nothing but the statements: each after the one that its party said before it, and
 * after the one that it answers. Digests cannot run in a circle, so there always is such an order; among those that may come next it
 * takes the one that is least deep in its party's sequence, then by party and id.
 *
 * <p>A party that spoke from two copies of the same folder has two statements after the same one. Neither is refused, because nobody
 * could then ever speak for it again: both count, in this order, and the party is named.
 */
final class Sequence {
    private static final Comparator<Waiting> ORDER = Comparator.comparingInt(Waiting::depth)
            .thenComparing(waiting -> waiting.move().party())
            .thenComparing(waiting -> waiting.move().id().hex());

    private final Map<Digest, Move> known = new HashMap<>();
    private final Map<Digest, List<Move>> followers = new HashMap<>();
    private final List<Move> first = new ArrayList<>();
    private final List<Move> ordered = new ArrayList<>();
    private final SortedSet<PartyCode> forked = new TreeSet<>();

    private record Waiting(Move move, int depth) {}

    /** Takes statements of one negotiation, each once. */
    Sequence(Collection<Move> moves) {
        moves.forEach(move -> known.put(move.id(), move));
        for (Move move : known.values()) {
            Optional<Move> before = move.after().map(known::get);
            if (before.isPresent() && before.get().party().equals(move.party())) {
                followers
                        .computeIfAbsent(before.get().id(), _ -> new ArrayList<>())
                        .add(move);
            } else if (move.after().isEmpty()) {
                first.add(move);
            }
        }
        Set<PartyCode> begun = new HashSet<>();
        for (Move move : first) {
            if (!begun.add(move.party())) {
                forked.add(move.party());
            }
        }
        followers.values().stream()
                .filter(several -> several.size() > 1)
                .forEach(several -> forked.add(several.getFirst().party()));
        order(reachable());
    }

    private Set<Digest> reachable() {
        Set<Digest> reachable = new HashSet<>();
        List<Move> next = new ArrayList<>(first);
        while (!next.isEmpty()) {
            Move move = next.removeLast();
            reachable.add(move.id());
            next.addAll(followers.getOrDefault(move.id(), List.of()));
        }
        return reachable;
    }

    /** What answers a statement that will never have its turn need not wait for it. */
    private void order(Set<Digest> reachable) {
        NavigableSet<Waiting> ready = new TreeSet<>(ORDER);
        Map<Digest, List<Waiting>> blocked = new HashMap<>();
        Set<Digest> done = new HashSet<>();
        first.forEach(move -> admit(new Waiting(move, 0), reachable, done, ready, blocked));
        while (!ready.isEmpty()) {
            Waiting turn = ready.pollFirst();
            Digest id = turn.move().id();
            ordered.add(turn.move());
            done.add(id);
            List<Waiting> freed = blocked.remove(id);
            if (freed != null) {
                ready.addAll(freed);
            }
            followers
                    .getOrDefault(id, List.of())
                    .forEach(move -> admit(new Waiting(move, turn.depth() + 1), reachable, done, ready, blocked));
        }
    }

    private static void admit(
            Waiting waiting,
            Set<Digest> reachable,
            Set<Digest> done,
            Set<Waiting> ready,
            Map<Digest, List<Waiting>> blocked) {
        Optional<Digest> awaited =
                waiting.move().said().answers().filter(reachable::contains).filter(id -> !done.contains(id));
        awaited.ifPresentOrElse(
                id -> blocked.computeIfAbsent(id, _ -> new ArrayList<>()).add(waiting), () -> ready.add(waiting));
    }

    /** Those that count, each after what it follows and answers. */
    List<Move> ordered() {
        return List.copyOf(ordered);
    }

    /** Those whose predecessor is missing, sorted by id. */
    List<Move> orphans() {
        Set<Move> counted = new HashSet<>(ordered);
        return known.values().stream()
                .filter(move -> !counted.contains(move))
                .sorted(Comparator.comparing(move -> move.id().hex()))
                .toList();
    }

    SortedSet<PartyCode> forked() {
        return forked;
    }
}
