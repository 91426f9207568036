package org.entente.exchange.proceeding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.message.Handover.ItemReleased;
import org.entente.exchange.message.Handover.ItemRequested;
import org.entente.exchange.message.Handover.RequestDecided;
import org.entente.exchange.message.Handover.Verdict;
import org.entente.exchange.message.Onward.ItemExported;
import org.entente.exchange.message.Reply.Receipt;
import org.entente.exchange.message.Reply.Refused;
import org.entente.exchange.message.Reply.Stage;

/**
 * One request from asking to opening: asked → approved → released → delivered → opened, with a refusal possible until the
 * release, and after it by the receiver.
 *
 * <p>Folding means adding to what each party said; the state is read off the two lists afterwards, each walked in its own
 * order. So no interleaving can matter, and an answer that a node sees before its question waits by itself.
 * What does not fit (a second decision, a release of what was refused) changes nothing and is listed in
 * {@link #irregularities}.
 */
public final class RequestProceeding {
    private final Exchanged exchanged;
    private final State state;
    private final List<Problem> irregularities;

    private RequestProceeding(Exchanged exchanged) {
        this.exchanged = exchanged;
        List<Problem> found = new ArrayList<>();
        this.state = read(exchanged, found);
        this.irregularities = List.copyOf(found);
    }

    /** How far the request has come. */
    public sealed interface State {
        /** Its own statement was not seen yet. */
        record Unseen() implements State {}

        record Asked() implements State {}

        record Approved(Digest decision) implements State {}

        /** By an officer's decision, or by the node itself. */
        record NotGranted(Digest statement, Optional<String> clause) implements State {}

        record Released(Digest release) implements State {}

        record Delivered(Digest release) implements State {}

        record Opened(Digest release) implements State {}

        record Unreadable(Digest release) implements State {}

        /** The asker's own node does not take the item in: both must permit. */
        record NotTakenIn(Digest release, Optional<String> clause) implements State {}
    }

    /** A request of which nothing was seen yet. */
    public static RequestProceeding of(Digest request, PartyCode asker, PartyCode asked) {
        return new RequestProceeding(Exchanged.opening(request, asker, asked));
    }

    /** Adds a statement; each party's in its own order, the two parties' in any. */
    public RequestProceeding with(Said said) {
        return new RequestProceeding(exchanged.with(said));
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
            case State.Asked _ -> Optional.of(new Duty(exchanged.asked(), Duty.Step.DECIDE));
            case State.Approved _ -> Optional.of(new Duty(exchanged.asked(), Duty.Step.RELEASE));
            case State.Released _ -> Optional.of(new Duty(exchanged.asker(), Duty.Step.RECEIVE));
            case State.Delivered _ -> Optional.of(new Duty(exchanged.asker(), Duty.Step.OPEN));
            case State.Unseen _, State.NotGranted _, State.Opened _, State.Unreadable _, State.NotTakenIn _ ->
                Optional.empty();
        };
    }

    private static State read(Exchanged exchanged, List<Problem> irregular) {
        boolean asked = exchanged.byAsker().stream()
                .anyMatch(said ->
                        said.statement().equals(exchanged.opening()) && said.message() instanceof ItemRequested);
        if (!asked) {
            return new State.Unseen();
        }
        State state = new State.Asked();
        for (Said said : exchanged.byAsked()) {
            if (said.answers(exchanged.opening())) {
                state = refusedDecision(exchanged, said)
                        ? irregular(state, said, irregular)
                        : answered(state, said, irregular);
            }
        }
        return state instanceof State.Released released ? received(released, exchanged.byAsker(), irregular) : state;
    }

    /** A decision that the asker's node refuses, because no officer stands behind it for example, decides nothing. */
    private static boolean refusedDecision(Exchanged exchanged, Said said) {
        return said.message() instanceof RequestDecided
                && exchanged.byAsker().stream()
                        .anyMatch(by -> by.message() instanceof Refused && by.answers(said.statement()));
    }

    private static State answered(State before, Said said, List<Problem> irregular) {
        boolean undecided = before instanceof State.Asked;
        boolean open = undecided || before instanceof State.Approved;
        return switch (said.message()) {
            case RequestDecided decided
            when undecided ->
                decided.verdict() == Verdict.APPROVED
                        ? new State.Approved(said.statement())
                        : new State.NotGranted(said.statement(), decided.clause());
            case Refused refused when open -> new State.NotGranted(said.statement(), refused.clause());
            case ItemReleased released when before instanceof State.Approved -> new State.Released(said.statement());
            case Receipt _ -> before;
            default -> irregular(before, said, irregular);
        };
    }

    /** The asker's own walk: delivered, then opened or not; a node that only ever says opened has delivered too. */
    private static State received(State.Released released, List<Said> byAsker, List<Problem> irregular) {
        State state = released;
        for (Said said : byAsker) {
            if (!said.answers(released.release())) {
                continue;
            }
            boolean opened = state instanceof State.Opened;
            boolean arriving = state instanceof State.Released || state instanceof State.Delivered;
            state = switch (said.message()) {
                case Receipt receipt when arriving -> receipt(receipt.stage(), released.release());
                case Refused refused when arriving -> new State.NotTakenIn(released.release(), refused.clause());
                case ItemExported _ when opened -> state;
                default -> irregular(state, said, irregular);
            };
        }
        return state;
    }

    private static State receipt(Stage stage, Digest release) {
        return switch (stage) {
            case DELIVERED -> new State.Delivered(release);
            case OPENED -> new State.Opened(release);
            case UNREADABLE -> new State.Unreadable(release);
        };
    }

    private static State irregular(State unchanged, Said said, List<Problem> irregular) {
        irregular.add(
                Problem.of("exchange.proceeding-irregular", said.statement().hex()));
        return unchanged;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestProceeding that && exchanged.equals(that.exchanged);
    }

    @Override
    public int hashCode() {
        return exchanged.hashCode();
    }

    @Override
    public String toString() {
        return "request " + exchanged.opening() + " " + state;
    }
}
