package org.entente.exchange.passage;

import java.time.LocalDate;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.exchange.message.Comparison.Ground;
import org.entente.exchange.message.Comparison.ProbeAnswered;
import org.entente.exchange.message.Comparison.ProbeAsked;
import org.entente.exchange.message.Comparison.ReconcileAgreed;
import org.entente.exchange.message.Comparison.ReconcileAsked;
import org.entente.exchange.message.Comparison.WatchAsked;
import org.entente.exchange.message.Handover.ItemReleased;
import org.entente.exchange.message.Handover.ItemRequested;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Onward;
import org.entente.exchange.message.Onward.ItemExported;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.message.Procedure.Matter;
import org.entente.exchange.message.Procedure.ProceedingOpened;
import org.entente.exchange.message.Procedure.StepTaken;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Received;
import org.entente.memorandum.decision.Rounds;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.officer.ActName;

/**
 * The facts of an act as the statement around it, and the question before it, state them. The act must repeat each.
 *
 * @param scope what is done, about what and what for
 * @param particulars what only some acts have
 */
record Stated(Passage.Incoming incoming, boolean byReceiver, Scope scope, Particulars particulars) {

    record Scope(ActName name, Category category, Purpose purpose) {}

    record Particulars(Optional<Digest> caseDigest, Optional<Integer> identifiers, Optional<Envelope> envelope) {
        static final Particulars NONE = new Particulars(Optional.empty(), Optional.empty(), Optional.empty());

        static Particulars elements(Optional<Digest> caseDigest, int elements) {
            return new Particulars(caseDigest, Optional.of(elements), Optional.empty());
        }
    }

    /** Empty when the message answers a question that is not there or is of another kind. */
    static Optional<Stated> by(Passage.Incoming incoming) {
        Optional<Message> question = incoming.question();
        return switch (incoming.message()) {
            case ReconcileAgreed _
            when question.orElse(null) instanceof ReconcileAsked asked ->
                Optional.of(new Stated(
                        incoming,
                        true,
                        new Scope(ActName.RECONCILE, asked.category(), asked.purpose()),
                        Particulars.NONE));
            case ProbeAsked asked -> Optional.of(probe(incoming, false, asked));
            case ProbeAnswered _
            when question.orElse(null) instanceof ProbeAsked asked -> Optional.of(probe(incoming, true, asked));
            case WatchAsked asked ->
                Optional.of(new Stated(
                        incoming,
                        false,
                        new Scope(
                                ActName.WATCH,
                                asked.matter().category(),
                                asked.matter().purpose()),
                        Particulars.elements(
                                Optional.of(asked.matter().caseDigest()),
                                asked.pace().elements())));
            case ItemRequested asked ->
                Optional.of(new Stated(
                        incoming,
                        false,
                        new Scope(
                                ActName.REQUEST,
                                asked.subject().category(),
                                asked.subject().purpose()),
                        new Particulars(
                                Optional.of(asked.subject().caseDigest()), Optional.empty(), Optional.empty())));
            case ItemReleased released
            when question.orElse(null) instanceof ItemRequested asked ->
                Optional.of(released(
                        incoming,
                        new Scope(
                                ActName.RELEASE,
                                released.envelope().category(),
                                asked.subject().purpose()),
                        asked.subject().caseDigest(),
                        released));
            case ItemExported exported
            when question.orElse(null) instanceof ItemReleased released ->
                Optional.of(released(
                        incoming,
                        new Scope(ActName.EXPORT, released.envelope().category(), exported.purpose()),
                        exported.caseDigest(),
                        released));
            case Procedure step -> step(incoming, step);
            default -> Optional.empty();
        };
    }

    private static Stated released(Passage.Incoming incoming, Scope scope, Digest caseDigest, ItemReleased released) {
        return new Stated(
                incoming,
                false,
                scope,
                new Particulars(Optional.of(caseDigest), Optional.empty(), Optional.of(released.envelope())));
    }

    /** A step under a form states what its proceeding is about; what it hands over states its own category. */
    private static Optional<Stated> step(Passage.Incoming incoming, Procedure step) {
        Optional<Matter> matter = switch (step) {
            case ProceedingOpened opened -> opened.matter();
            case StepTaken _ ->
                incoming.question().orElse(null) instanceof ProceedingOpened opened
                        ? opened.matter()
                        : Optional.empty();
        };
        Optional<ActName> act =
                step.named().declared().flatMap(declared -> declared.needs().act());
        Optional<Envelope> envelope = step.given().envelope();
        return matter.isEmpty() || act.isEmpty()
                ? Optional.empty()
                : Optional.of(new Stated(
                        incoming,
                        false,
                        new Scope(
                                act.get(),
                                envelope.map(Envelope::category)
                                        .orElse(matter.get().category()),
                                matter.get().purpose()),
                        new Particulars(matter.get().caseDigest(), Optional.empty(), envelope)));
    }

    private static Stated probe(Passage.Incoming incoming, boolean byReceiver, ProbeAsked asked) {
        return switch (asked.ground()) {
            case Ground.UnderCase under ->
                new Stated(
                        incoming,
                        byReceiver,
                        new Scope(ActName.PROBE, asked.category(), asked.purpose()),
                        Particulars.elements(
                                Optional.of(under.digest()), asked.batch().elements()));
            case Ground.UnderWatch _ ->
                new Stated(
                        incoming,
                        byReceiver,
                        new Scope(ActName.WATCH, asked.category(), asked.purpose()),
                        Particulars.elements(Optional.empty(), asked.batch().elements()));
            case Ground.UnderReconcile _ ->
                new Stated(
                        incoming,
                        byReceiver,
                        new Scope(ActName.RECONCILE, asked.category(), asked.purpose()),
                        Particulars.NONE);
        };
    }

    /** The first fact in which the act says something else; empty when it says the same throughout. */
    Optional<String> difference(Act act) {
        Circumstances circumstances = act.circumstances();
        Optional<Actor> speaker = Optional.of(incoming.statement().from());
        Optional<Actor> receiver = incoming.statement().to();
        Optional<Actor> by = Optional.of(circumstances.by());
        Optional<Actor> counterpart = Optional.of(circumstances.counterpart());
        if (act.name() != scope.name()) {
            return Optional.of("act");
        }
        if (!by.equals(byReceiver ? receiver : speaker)) {
            return Optional.of("by");
        }
        if (!counterpart.equals(byReceiver ? speaker : receiver)) {
            return Optional.of("counterpart");
        }
        if (!circumstances.at().equals(incoming.statement().at())) {
            return Optional.of("at");
        }
        if (!circumstances.category().equals(scope.category())) {
            return Optional.of("category");
        }
        if (!circumstances.purpose().equals(scope.purpose())) {
            return Optional.of("purpose");
        }
        return grounds(act).or(() -> particulars(act));
    }

    private Optional<String> grounds(Act act) {
        if (!act.grounds().approvers().equals(incoming.approvers())) {
            return Optional.of("approvers");
        }
        if (!incoming.consents().containsAll(act.grounds().consents())) {
            return Optional.of("consents");
        }
        Optional<String> caseReference = particulars.caseDigest().map(Digest::hex);
        boolean sameCase =
                caseReference.isEmpty() || act.grounds().caseReference().equals(caseReference);
        return sameCase ? Optional.empty() : Optional.of("case");
    }

    private Optional<String> particulars(Act act) {
        return switch (act) {
            case Act.Probe probe when differs(probe.charge()) -> Optional.of("identifiers");
            case Act.Watch watch when differs(watch.charge()) -> Optional.of("identifiers");
            case Act.Watch watch when differs(watch.rounds()) -> Optional.of("rounds");
            case Act.Release release
            when !Optional.of(release.item().envelope()).equals(particulars.envelope()) -> Optional.of("envelope");
            case Act.Disseminate disseminate
            when !Optional.of(disseminate.item().envelope()).equals(particulars.envelope()) -> Optional.of("envelope");
            case Act.Export export when differs(export.received()) -> Optional.of("received");
            case Act.Probe _,
                    Act.Watch _,
                    Act.Reconcile _,
                    Act.Index _,
                    Act.Request _,
                    Act.Release _,
                    Act.Disseminate _,
                    Act.Export _ -> Optional.empty();
            // No message states these yet, so no act of these kinds comes this far.
            case Act.Contribute _, Act.Forward _, Act.Use _, Act.Retain _, Act.Announce _ -> Optional.of("act");
        };
    }

    /** The item as it was released, on the day on which it was; what a court holds leaves in no file. */
    private boolean differs(Received received) {
        return !Optional.of(received.envelope()).equals(particulars.envelope())
                || !Optional.of(received.on()).equals(releasedOn())
                || received.challenged()
                || received.hold().isPresent();
    }

    private Optional<LocalDate> releasedOn() {
        if (!(incoming.question().orElse(null) instanceof ItemReleased released)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Onward.receivedOn(released));
        } catch (Malformed noDay) {
            return Optional.empty();
        }
    }

    private boolean differs(Act.Charge charge) {
        return particulars.identifiers().isPresent()
                && charge.identifiers() != particulars.identifiers().get();
    }

    /** A watch begins when it is asked; that its rounds are those that it asked for is the receiver's to look up. */
    private boolean differs(Rounds rounds) {
        if (!(incoming.message() instanceof WatchAsked asked)) {
            return false;
        }
        try {
            return !asked.pace().rounds(incoming.statement().at()).equals(rounds);
        } catch (Malformed noPace) {
            return true;
        }
    }
}
