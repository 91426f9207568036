package org.entente.memorandum.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Values by what a text says of them: two of which it says the same are of one class.
 *
 * @param <T> authorities, purposes, categories or places
 */
final class Classes<T> {
    private final Function<T, Object> signature;
    private final Map<Object, List<T>> members = new LinkedHashMap<>();
    private final Map<T, T> representatives = new HashMap<>();
    private final List<T> firsts;

    /**
     * Sorts values into classes.
     *
     * @param all at least one value of every class that there can be
     */
    Classes(Collection<T> all, Function<T, Object> signature) {
        this.signature = signature;
        for (T value : all) {
            List<T> alike = members.computeIfAbsent(signature.apply(value), fresh -> new ArrayList<>());
            alike.add(value);
            representatives.put(value, alike.getFirst());
        }
        this.firsts = members.values().stream().map(List::getFirst).toList();
    }

    /** One of each class. */
    List<T> representatives() {
        return firsts;
    }

    /** One of each class, and never this one, as far as its class has others. */
    List<T> representativesBut(T value) {
        return members.values().stream()
                .flatMap(alike ->
                        alike.stream().filter(member -> !member.equals(value)).limit(1))
                .toList();
    }

    /** Who stands for the value. A value that the text does not know is of a class that it does know. */
    T representative(T value) {
        return Optional.ofNullable(representatives.get(value))
                .orElseGet(() -> alike(value).getFirst());
    }

    /** Who stands for a value that is another than this one. */
    T representativeBut(T value, T other) {
        return alike(value).stream()
                .filter(member -> !member.equals(other))
                .findFirst()
                .orElseGet(() -> representative(value));
    }

    private List<T> alike(T value) {
        return Optional.ofNullable(members.get(signature.apply(value)))
                .orElseThrow(() -> new IllegalStateException("of no class: " + value));
    }

    int count() {
        return members.size();
    }
}
