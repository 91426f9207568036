package org.entente.node.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something to be written that was handed to the sequencer, and what became of it. */
sealed class Handed {
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private sealed interface Outcome {}

    private record Given(Object result) implements Outcome {}

    private record Thrown(Throwable failure) implements Outcome {}

    /** A body that writes what it likes. */
    static final class Alone extends Handed {
        final Supplier<?> body;

        Alone(Supplier<?> body) {
            this.body = body;
        }
    }

    /** A row that can be written with others of its kind. */
    static final class Row<E> extends Handed {
        final Sequencer.Together<E> kind;
        final E row;

        Row(Sequencer.Together<E> kind, E row) {
            this.kind = kind;
            this.row = row;
        }

        /** This row if it is of that kind. */
        @SuppressWarnings({"unchecked", "ReferenceEquality"}) // The same object of a kind has the same type of rows.
        <O> @Nullable Row<O> as(Sequencer.Together<O> other) {
            return kind == (Object) other ? (Row<O>) this : null;
        }
    }

    void succeed(Object result) {
        outcome.complete(new Given(result));
    }

    /** The first word counts. */
    void fail(Throwable failure) {
        outcome.complete(new Thrown(failure));
    }

    /** Waits, and gives what the body gave or throws what it threw. */
    Object await() {
        return switch (outcome.join()) {
            case Given given -> given.result;
            case Thrown(RuntimeException failure) -> throw failure;
            case Thrown(Error failure) -> throw failure;
            case Thrown(Throwable failure) -> throw new IllegalStateException(failure);
        };
    }
}
