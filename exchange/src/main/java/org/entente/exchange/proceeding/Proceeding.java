package org.entente.exchange.proceeding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Phase;
import org.entente.exchange.form.Side;
import org.entente.exchange.form.Step;

/**
 * What the statements of two parties under one form amount to. Each side's moves are kept in the order in which it said them; how they came
 * to be interleaved at a node does not matter. Both nodes, and whoever reads both logs later, compute the same.
 *
 * <p>A move is judged by what its speaker could know: its own earlier moves, and the other side's up to the one that it names. What the form
 * did not let it do there is irregular, for ever, whatever comes later. Moves that crossed on the way are put into one order that
 * depends on nothing but themselves: what {@linkplain Step.Way#prevails() prevails} comes first. A move whose time had
 * passed in that order has crossed, and changes nothing.
 */
public final class Proceeding {
    /** How many moves of one side count; what is said beyond is kept as a statement, and moves nothing. */
    public static final int MOVES_MAX = 200;

    private final Form form;
    private final List<Move> byOpener;
    private final List<Move> byCounterpart;
    private final List<Placed> placed;

    private Proceeding(Form form, List<Move> byOpener, List<Move> byCounterpart) {
        this.form = form;
        this.byOpener = List.copyOf(byOpener);
        this.byCounterpart = List.copyOf(byCounterpart);
        this.placed = new Placing(form, this.byOpener, this.byCounterpart).placed();
    }

    /** What became of a move. */
    public enum Outcome {
        TAKEN,
        /** It was overtaken by one of the other side that its speaker did not have yet. */
        CROSSED,
        /** The form does not let its speaker do this there. */
        IRREGULAR
    }

    /**
     * A move in the order of all.
     *
     * @param phase in which the proceeding is after it; empty before it was opened
     */
    public record Placed(Move move, Outcome outcome, Optional<Phase> phase) {}

    /** A proceeding under a form of which nothing was said yet. */
    public static Proceeding under(Form form) {
        return new Proceeding(form, List.of(), List.of());
    }

    /** Adds a move; each side's in its own order, the two sides' in any. One that is there already changes nothing. */
    public Proceeding with(Move move) {
        List<Move> own = new ArrayList<>(of(move.by()));
        if (own.size() == MOVES_MAX
                || own.stream().anyMatch(before -> before.statement().equals(move.statement()))) {
            return this;
        }
        own.add(move);
        return move.by() == Side.OPENER
                ? new Proceeding(form, own, byCounterpart)
                : new Proceeding(form, byOpener, own);
    }

    public Form form() {
        return form;
    }

    /** In which phase it is; empty while its opening was not seen. */
    public Optional<Phase> phase() {
        return placed.isEmpty() ? Optional.empty() : placed.getLast().phase();
    }

    /** Every move that has its place, in the one order; what names a statement that is not there yet has none. */
    public List<Placed> placed() {
        return placed;
    }

    /** What became of a move; empty while it has no place. */
    public Optional<Outcome> outcome(Digest statement) {
        return placed.stream()
                .filter(one -> one.move().statement().equals(statement))
                .map(Placed::outcome)
                .findFirst();
    }

    /** The steps that a side may take now. */
    public List<Step> open(Side side) {
        return phase().map(now -> form.open(side, now)).orElseGet(List::of);
    }

    /** What the next move of a side names as seen: the other side's last. */
    public Optional<Digest> seenBy(Side side) {
        List<Move> others = of(side.other());
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(others.getLast().statement());
    }

    private List<Move> of(Side side) {
        return side == Side.OPENER ? byOpener : byCounterpart;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Proceeding that
                && form.digest().equals(that.form.digest())
                && byOpener.equals(that.byOpener)
                && byCounterpart.equals(that.byCounterpart);
    }

    @Override
    public int hashCode() {
        return byOpener.hashCode() + 31 * byCounterpart.hashCode();
    }

    @Override
    public String toString() {
        return form.name() + " " + phase().map(Phase::name).orElse("unseen");
    }
}
