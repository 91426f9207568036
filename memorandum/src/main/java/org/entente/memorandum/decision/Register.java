package org.entente.memorandum.decision;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names of one kind that a memorandum has, each with what it says of it, and numbered from zero. */
final class Register<N, T> {
    private final Map<N, Optional<Entry<T>>> entries = new HashMap<>();

    Register(Map<N, T> named) {
        named.forEach((name, terms) -> entries.put(name, Optional.of(new Entry<>(entries.size(), terms))));
    }

    /** What one name stands for. */
    record Entry<T>(int number, T terms) {}

    Optional<Entry<T>> find(N name) {
        return entries.getOrDefault(name, Optional.empty());
    }

    boolean has(N name) {
        return entries.containsKey(name);
    }

    int size() {
        return entries.size();
    }
}
