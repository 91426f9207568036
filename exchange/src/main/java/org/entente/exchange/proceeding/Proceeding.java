package org.entente.exchange.proceeding;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.exchange.form.Effect;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Phase;
import org.entente.exchange.form.Side;
import org.entente.exchange.form.Step;
import org.entente.memorandum.item.IsoDay;
import tools.jackson.databind.JsonNode;

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

    private static final String ITEMS = "items";

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

    /** What stands now for the items that it is about. */
    public Optional<Effect> effect() {
        return phase().flatMap(Phase::effect);
    }

    /** The last day of what stands now, as the step that led here gave it; a day that does not read as one is none. */
    public Optional<LocalDate> effectUntil() {
        return phase().flatMap(Phase::until).flatMap(field -> lastTaken(field).flatMap(Proceeding::day));
    }

    /** The items that it is about: as the last taken move names them that names any. What does not read as a statement is none. */
    public List<Digest> items() {
        List<Digest> items = new ArrayList<>();
        lastTaken(ITEMS)
                .ifPresent(named -> named.forEach(item ->
                        digest(item).filter(read -> !items.contains(read)).ifPresent(items::add)));
        return List.copyOf(items);
    }

    private Optional<JsonNode> lastTaken(String field) {
        return placed.reversed().stream()
                .filter(one ->
                        one.outcome() == Outcome.TAKEN && one.move().open().has(field))
                .findFirst()
                .map(one -> one.move().open().get(field));
    }

    private static Optional<LocalDate> day(JsonNode value) {
        try {
            return Optional.of(IsoDay.parse(value.asString("")));
        } catch (Malformed none) {
            return Optional.empty();
        }
    }

    private static Optional<Digest> digest(JsonNode value) {
        try {
            return Optional.of(Digest.parse(value.asString("")));
        } catch (Malformed none) {
            return Optional.empty();
        }
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
