package org.entente.node.proceeding;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.form.Effect;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Side;
import org.entente.exchange.form.Step;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.proceeding.Proceeding;
import org.entente.node.act.Draft;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.act.Undertaking;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes a step of a proceeding that the form lets this side take as it stands. */
public final class StepAct implements Undertaking {
    private final Procedures procedures;
    private final StepMaking making;

    public StepAct(Procedures procedures, StepMaking making) {
        this.procedures = procedures;
        this.making = making;
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories)
            throws IOException, Malformed, RefusedAct, NothingHere {
        Digest opening = facts.digest("proceeding");
        String name = facts.line("step", 64);
        Procedures.Whole whole = procedures.find(opening, signatories.authority());
        Proceeding proceeding = whole.proceeding().orElseThrow(() -> new Malformed("proceeding.form-unknown"));
        Step step = proceeding.form().step(name).orElseThrow(() -> new Malformed("proceeding.step-unknown", name));
        StepMaking.Wanted wanted = StepMaking.Wanted.read(step, facts);
        facts.end();
        StepMaking.requireSignatories(step, signatories);
        requireOpen(proceeding, whole.ownSide(), step);
        requireNotHeld(whole, step);
        Instant at = making.now();
        Form form = proceeding.form();
        AuthorityCode to = whole.row().between().partner();
        Procedure.ProceedingOpened opened =
                (Procedure.ProceedingOpened) whole.said().getFirst().message();
        StepMaking.Made made = making.make(wanted, signatories.authority(), to);
        ObjectNode memory = JsonNodeFactory.instance.objectNode();
        made.remember(memory);
        Procedure.StepTaken message = new Procedure.StepTaken(
                opening,
                proceeding.seenBy(whole.ownSide()),
                new Procedure.Named(form.name(), form.version(), step.name()),
                made.given(),
                making.decide(wanted, opened.matter(), signatories, to, at));
        return Draft.fresh(
                "step-taken",
                message,
                new Draft.Between(signatories.authority(), to, signatories.pseudonyms(), at),
                memory);
    }

    /** Two officers at once: whoever signs last finds that the proceeding has moved on. */
    @Override
    public void said(Draft draft, Statement statement) throws RefusedAct {
        Procedure.StepTaken step = (Procedure.StepTaken) draft.message();
        Procedures.Whole before = procedures.locked(step.proceeding(), statement.id());
        Proceeding proceeding = before.proceeding().orElseThrow();
        Optional<Step> declared = proceeding.form().step(step.named().step());
        requireOpen(proceeding, before.ownSide(), declared.orElseThrow());
        requireNotHeld(before, declared.orElseThrow());
        if (!proceeding.seenBy(before.ownSide()).equals(step.after())) {
            throw new RefusedAct(Problem.of("proceeding.moved-on", proceeding.toString()), List.of());
        }
        procedures.take(statement, step, true);
        StepMaking.Made.remembered(draft.memory()).ifPresent(values -> procedures.keep(statement.id(), values));
    }

    /** Nobody says that an item is erased which a court holds here. */
    private void requireNotHeld(Procedures.Whole whole, Step step) throws RefusedAct {
        Form form = whole.proceeding().orElseThrow().form();
        boolean erases = step.way()
                .to()
                .flatMap(phase -> form.phase(phase).effect())
                .filter(effect -> effect == Effect.ERASURE)
                .isPresent();
        List<Digest> held = erases ? procedures.held(whole) : List.of();
        if (!held.isEmpty()) {
            throw new RefusedAct(
                    Problem.of("proceeding.item-held", held.getFirst().hex()), List.of());
        }
    }

    private static void requireOpen(Proceeding proceeding, Side side, Step step) throws RefusedAct {
        if (!proceeding.open(side).contains(step)) {
            String phase = proceeding.phase().map(now -> now.name()).orElse("");
            throw new RefusedAct(Problem.of("proceeding.step-not-open", step.name(), phase), List.of());
        }
    }
}
