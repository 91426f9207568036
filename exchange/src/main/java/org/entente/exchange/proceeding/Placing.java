package org.entente.exchange.proceeding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Phase;
import org.entente.exchange.form.Side;
import org.entente.exchange.form.Step;
import org.entente.exchange.proceeding.Proceeding.Outcome;
import org.entente.exchange.proceeding.Proceeding.Placed;

/** Puts the moves of both sides into the one order, and says what became of each. */
final class Placing {
    private final Form form;
    private final Row opener;
    private final Row counterpart;

    /** A side's moves, and of each how many of the other side's its speaker had; less than none: it names one that is not there. */
    private static final class Row {
        private final Side side;
        private final List<Move> moves;
        private final int[] had;
        private final boolean[] regular;

        private Row(Side side, List<Move> moves, List<Move> others) {
            this.side = side;
            this.moves = moves;
            this.had = new int[moves.size()];
            this.regular = new boolean[moves.size()];
            Map<Digest, Integer> places = new HashMap<>();
            for (Move other : others) {
                places.put(other.statement(), places.size() + 1);
            }
            int before = 0;
            for (int n = 0; n < had.length; n++) {
                int named = moves.get(n)
                        .after()
                        .map(after -> places.getOrDefault(after, -1))
                        .orElse(0);
                // Nobody forgets what it had; and who names what is not there waits with all that it says later.
                before = before < 0 || named < 0 ? -1 : Math.max(before, named);
                had[n] = before;
            }
        }

        private boolean ready(int index, int others) {
            return had[index] >= 0 && had[index] <= others;
        }
    }

    Placing(Form form, List<Move> byOpener, List<Move> byCounterpart) {
        this.form = form;
        this.opener = new Row(Side.OPENER, byOpener, byCounterpart);
        this.counterpart = new Row(Side.COUNTERPART, byCounterpart, byOpener);
    }

    List<Placed> placed() {
        List<Place> order = order(opener.moves.size(), counterpart.moves.size());
        for (Place place : order) {
            place.row.regular[place.index] = isRegular(place);
        }
        return walk(order);
    }

    /** A move by its row and index in it. */
    private record Place(Row row, int index) {
        Move move() {
            return row.moves.get(index);
        }
    }

    /** The order of the first so many of each side; shorter where one waits for what is not there. */
    private List<Place> order(int openerMoves, int counterpartMoves) {
        List<Place> order = new ArrayList<>(openerMoves + counterpartMoves);
        int a = 0;
        int b = 0;
        while (true) {
            boolean openers = a < openerMoves && opener.ready(a, b);
            boolean counterparts = b < counterpartMoves && counterpart.ready(b, a);
            if (!openers && !counterparts) {
                return order;
            }
            boolean both = openers && counterparts;
            boolean overtaken =
                    both && prevails(counterpart, b, counterpartMoves, a) && !prevails(opener, a, openerMoves, b);
            if (openers && !overtaken) {
                order.add(new Place(opener, a++));
            } else {
                order.add(new Place(counterpart, b++));
            }
        }
    }

    /** Whether among what this side says without having the other's next one is a step that prevails. */
    private boolean prevails(Row row, int from, int until, int others) {
        for (int n = from; n < until && row.ready(n, others); n++) {
            if (form.step(row.moves.get(n).step())
                    .filter(step -> step.way().prevails())
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** What came before it in the knowledge of its speaker stands before it in the order, and was judged already. */
    private boolean isRegular(Place place) {
        int own = place.index;
        int others = place.row.had[own];
        List<Placed> known = walk(place.row.side == Side.OPENER ? order(own, others) : order(others, own));
        Optional<Phase> phase =
                known.isEmpty() ? Optional.empty() : known.getLast().phase();
        return allowed(place.move(), phase).isPresent();
    }

    private List<Placed> walk(List<Place> order) {
        List<Placed> placed = new ArrayList<>(order.size());
        Optional<Phase> phase = Optional.empty();
        for (Place place : order) {
            Move move = place.move();
            Optional<Step> step = allowed(move, phase);
            boolean regular = place.row.regular[place.index];
            Outcome outcome = !regular ? Outcome.IRREGULAR : step.isEmpty() ? Outcome.CROSSED : Outcome.TAKEN;
            if (outcome == Outcome.TAKEN) {
                Optional<Phase> next = step.flatMap(taken -> taken.way().to()).map(form::phase);
                phase = next.isPresent() ? next : phase;
            }
            placed.add(new Placed(move, outcome, phase));
        }
        return List.copyOf(placed);
    }

    private Optional<Step> allowed(Move move, Optional<Phase> phase) {
        return form.step(move.step())
                .filter(step -> step.by() == move.by())
                .filter(step -> phase.map(step::mayBeTakenIn).orElse(step.opens()));
    }
}
