package org.entente.exchange.proceeding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.message.Comparison.ProbeAnswered;
import org.entente.exchange.message.Comparison.ProbeAsked;
import org.entente.exchange.message.Reply.Receipt;
import org.entente.exchange.message.Reply.Refused;

/**
 * One probe: asked → answered → received, or refused. Folded as {@link RequestProceeding} is. Hits are nowhere in
 * it: the statements do not tell them.
 */
public final class ProbeProceeding {
    private final Exchanged exchanged;
    private final State state;
    private final List<Problem> irregularities;

    private ProbeProceeding(Exchanged exchanged) {
        this.exchanged = exchanged;
        List<Problem> found = new ArrayList<>();
        this.state = read(exchanged, found);
        this.irregularities = List.copyOf(found);
    }

    /** How far the probe has come. */
    public sealed interface State {
        /** Its own statement was not seen yet. */
        record Unseen() implements State {}

        record Asked() implements State {}

        record Answered(Digest answer) implements State {}

        /** The asker has the evaluated batch. */
        record Received(Digest answer) implements State {}

        record NotAnswered(Digest statement, Optional<String> clause) implements State {}
    }

    /** A probe of which nothing was seen yet. */
    public static ProbeProceeding of(Digest probe, PartyCode asker, PartyCode asked) {
        return new ProbeProceeding(Exchanged.opening(probe, asker, asked));
    }

    /** Adds a statement; each party's in its own order, the two parties' in any. */
    public ProbeProceeding with(Said said) {
        return new ProbeProceeding(exchanged.with(said));
    }

    public State state() {
        return state;
    }

    /** What was said against the order of things: {@code exchange.proceeding-irregular} with the statement's id. */
    public List<Problem> irregularities() {
        return irregularities;
    }

    /** Who must act next; empty when it is over, or not begun. */
    public Optional<Duty> next() {
        return switch (state) {
            case State.Asked _ -> Optional.of(new Duty(exchanged.asked(), Duty.Step.ANSWER));
            case State.Answered _ -> Optional.of(new Duty(exchanged.asker(), Duty.Step.RECEIVE));
            case State.Unseen _, State.Received _, State.NotAnswered _ -> Optional.empty();
        };
    }

    private static State read(Exchanged exchanged, List<Problem> irregular) {
        boolean asked = exchanged.byAsker().stream()
                .anyMatch(said -> said.statement().equals(exchanged.opening()) && said.message() instanceof ProbeAsked);
        if (!asked) {
            return new State.Unseen();
        }
        State state = new State.Asked();
        for (Said said : exchanged.byAsked()) {
            if (!said.answers(exchanged.opening()) || said.message() instanceof Receipt) {
                continue;
            }
            if (state instanceof State.Asked && said.message() instanceof ProbeAnswered) {
                state = new State.Answered(said.statement());
            } else if (state instanceof State.Asked && said.message() instanceof Refused refused) {
                state = new State.NotAnswered(said.statement(), refused.clause());
            } else {
                irregular.add(Problem.of(
                        "exchange.proceeding-irregular", said.statement().hex()));
            }
        }
        if (state instanceof State.Answered answered) {
            boolean received = exchanged.byAsker().stream()
                    .anyMatch(said -> said.answers(answered.answer()) && said.message() instanceof Receipt);
            return received ? new State.Received(answered.answer()) : answered;
        }
        return state;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProbeProceeding that && exchanged.equals(that.exchanged);
    }

    @Override
    public int hashCode() {
        return exchanged.hashCode();
    }

    @Override
    public String toString() {
        return "probe " + exchanged.opening() + " " + state;
    }
}
