package org.entente.node.arrival;

import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.delivery.Effects;
import org.entente.exchange.message.Arrangement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Ending;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Onward;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.message.Reply;
import org.entente.node.comparison.Indices;
import org.entente.node.comparison.Probes;
import org.entente.node.erasure.Erasures;
import org.entente.node.handover.Requests;
import org.entente.node.ledger.CardChanges;
import org.entente.node.ledger.Reopenings;
import org.entente.node.ledger.Voice;
import org.entente.node.memoranda.Memoranda;
import org.entente.node.officer.Officers;
import org.entente.node.proceeding.Procedures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each kind of statement does when it is accepted. Only what is quick happens here, in the transaction; what takes
 * long (opening a body, evaluating a batch) is left as a duty that is done afterwards, once.
 */
public final class ArrivalEffects implements Effects {
    private static final Logger LOG = LoggerFactory.getLogger(ArrivalEffects.class);

    private final Admission admission;
    private final Records records;
    private final Duties duties;
    private final Voice voice;
    private final Erasures erasures;
    private final PartyCode own;

    /** Where effects are recorded. */
    public record Records(
            Officers officers, Memoranda memoranda, Indices indices, Probes probes, Asked asked, Changes changes) {}

    /** What is asked of each other. */
    public record Asked(Requests requests, Procedures procedures) {}

    /** What a party changes of itself: its cards, and the names of its logs. */
    public record Changes(CardChanges cards, Reopenings logs) {}

    public ArrivalEffects(
            Admission admission, Records records, Duties duties, Voice voice, Erasures erasures, PartyCode own) {
        this.admission = admission;
        this.records = records;
        this.duties = duties;
        this.voice = voice;
        this.erasures = erasures;
        this.own = own;
    }

    @Override
    public void apply(Statement statement, Message message) {
        Optional<Reply.Refused> refusal = admission.refusal(statement, message);
        if (refusal.isPresent()) {
            Actor from = statement.to().orElse(own);
            voice.say(refusal.get(), from, statement.from());
            return;
        }
        try {
            take(statement, message);
        } catch (Malformed malformed) {
            LOG.warn("{} has no effect: {}", statement, malformed.problem());
            voice.say(
                    Admission.refused(statement, Reply.Reason.OUT_OF_DATE, Optional.empty()),
                    statement.to().orElse(own),
                    statement.from());
        }
    }

    private void take(Statement statement, Message message) throws Malformed {
        record(statement, message);
        if (leavesDuty(message)) {
            duties.owe(statement);
        }
    }

    /** Whether something is left to be done that takes long. */
    static boolean leavesDuty(Message message) {
        return switch (message) {
            case Comparison.IndexAnnounced _,
                    Comparison.ReconcileAgreed _,
                    Comparison.ProbeAnswered _,
                    Comparison.ProbeAsked _,
                    Handover.ItemReleased _,
                    Handover.ItemRequested _ -> true;
            case Procedure step ->
                step.given().sealed().isPresent() && step.named().declared().isPresent();
            default -> false;
        };
    }

    /** What is quick, and needs no answer. */
    void record(Statement statement, Message message) throws Malformed {
        switch (message) {
            case Arrangement.OfficerAppointed _ -> records.officers().learn(OfficerAppointment.read(statement));
            case Arrangement.CardReplaced _, Arrangement.KeyTakenBack _ ->
                records.changes().cards().take(statement, statement.from().party());
            case Arrangement.LogContinued continued ->
                records.changes().logs().take(statement, continued.declaration());
            case Arrangement.MemorandumDeclared _ -> records.memoranda().declared(statement);
            case Arrangement.JointAuthorised _, Arrangement.JointCountersigned _ -> {
                // Read from the statements wherever an item's provenance names them.
            }
            case Comparison.IndexAnnounced announced -> records.indices().announced(statement, announced);
            case Comparison.WatchAsked _ -> {
                // Its rounds come by themselves, and are held to what it says.
            }
            case Comparison.ReconcileAsked _ -> {
                // Waits for a legal adviser of this party.
            }
            case Comparison.ReconcileAgreed _, Comparison.ProbeAnswered _, Handover.ItemReleased _ -> {
                // Nothing before its duty is done.
            }
            case Comparison.ProbeAsked asked ->
                records.probes().charge(statement.id(), statement.from().party(), asked);
            case Handover.ItemRequested _ ->
                records.asked().requests().received(statement.id(), (AuthorityCode)
                        statement.to().orElseThrow());
            case Ending.EpochEnded ended -> records.indices().ends().ended(statement, ended);
            case Ending.IndexErased erased -> records.indices().ends().attested(statement, erased);
            case Ending.ErasureAttested attested -> erasures.attested(statement, attested);
            case Onward.ItemExported exported -> records.asked().requests().requireGiven(statement, exported.release());
            case Procedure step -> records.asked().procedures().take(statement, step, false);
            case Handover.RequestDecided _, Reply.Receipt _ -> {
                // The state of a request is folded from the statements.
            }
            case Reply.Refused refused -> {
                records.asked().procedures().refused(refused.statement());
                records.probes()
                        .refused(
                                refused.statement(),
                                statement.from(),
                                refused.clause().orElse(refused.reason().word()));
            }
        }
    }
}
