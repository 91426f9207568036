package org.entente.memorandum.language;

import java.util.Optional;

/**
 * A value that was read, or the bare fact that it could not be. A reader first reads all its parts, so that what is wrong with
 * each is found, and only then composes them.
 */
final class Read<T> {
    private final Optional<T> value;

    private Read(Optional<T> value) {
        this.value = value;
    }

    static <T> Read<T> of(T value) {
        return new Read<>(Optional.of(value));
    }

    static <T> Read<T> nothing() {
        return new Read<>(Optional.empty());
    }

    /** What is composed of parts, unless one of them could not be read. */
    static <T> Read<T> whole(Composition<T> composition) {
        try {
            return of(composition.compose());
        } catch (Unread found) {
            return nothing();
        }
    }

    T get() throws Unread {
        if (value.isEmpty()) {
            throw new Unread();
        }
        return value.get();
    }

    Optional<T> found() {
        return value;
    }

    /** Puts parts together. */
    @FunctionalInterface
    interface Composition<T> {
        T compose() throws Unread;
    }
}
