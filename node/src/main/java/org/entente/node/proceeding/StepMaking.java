package org.entente.node.proceeding;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.form.Filled;
import org.entente.exchange.form.Step;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.message.SentDecision;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.decision.Item;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.officer.ActName;
import org.entente.node.act.Decisions;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.body.Bodies;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a step is made: its fields checked and divided, its body sealed, its act decided. */
public final class StepMaking {
    private static final int LEGAL_BASIS_MAX = 200;

    private final Decisions decisions;
    private final Bodies bodies;
    private final Procedures.Calendars calendars;
    private final Clock clock;

    public StepMaking(Decisions decisions, Bodies bodies, Procedures.Calendars calendars, Clock clock) {
        this.decisions = decisions;
        this.bodies = bodies;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * What an officer gives for a step.
     *
     * @param values of the fields
     * @param envelope of what the step hands over
     * @param legalBasis the law under which it is done
     */
    record Wanted(Step step, ObjectNode values, Optional<Envelope> envelope, Optional<String> legalBasis) {
        static Wanted read(Step step, Members facts) throws Malformed {
            ObjectNode values = facts.object("values");
            boolean supplies = step.needs().act().filter(ActName::supplies).isPresent();
            Optional<Envelope> envelope =
                    supplies ? Optional.of(Envelope.fromJson(facts.node("envelope"))) : Optional.empty();
            Optional<String> basis = step.needs().act().isPresent()
                    ? Optional.of(facts.line("legalBasis", LEGAL_BASIS_MAX))
                    : Optional.empty();
            return new Wanted(step, values, envelope, basis);
        }
    }

    Instant now() {
        return UtcSeconds.whole(clock.instant());
    }

    /** Requires that as many officers sign as the form asks for, each of a role that may. */
    static void requireSignatories(Step step, Signatories signatories) throws RefusedAct {
        int wanted = step.needs().officers();
        boolean roles = signatories.approvers().stream()
                .allMatch(approver -> step.needs().approvers().contains(approver.role()));
        if (!roles) {
            throw new RefusedAct(Problem.of("proceeding.role-lacks", step.name()), List.of());
        }
        if (signatories.pseudonyms().size() < wanted) {
            throw new RefusedAct(
                    Problem.of("proceeding.officers-needed", step.name(), Integer.toString(wanted)), List.of());
        }
    }

    /**
     * What was filled in, as it travels.
     *
     * @param sealed the values that travel sealed, which the own officers go on reading
     */
    record Made(Procedure.Given given, ObjectNode sealed) {
        private static final String VALUES = "values";

        /** Remembers in a draft what its statement does not show. */
        void remember(ObjectNode memory) {
            memory.set(VALUES, sealed);
        }

        /** What a draft remembers; empty where nothing travels sealed. */
        static Optional<ObjectNode> remembered(ObjectNode memory) {
            return memory.get(VALUES) instanceof ObjectNode values && !values.isEmpty()
                    ? Optional.of(values)
                    : Optional.empty();
        }
    }

    /** Checks the fields, and seals those that are not open to the other authority. */
    Made make(Wanted wanted, AuthorityCode from, AuthorityCode to) throws IOException, Malformed {
        LocalDate today = calendars.of(from).dayOf(clock.instant());
        Filled filled = Filled.in(wanted.step(), wanted.values(), today);
        Optional<BodyReference> sealed = Optional.empty();
        if (!filled.sealed().isEmpty() || wanted.envelope().isPresent()) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.set("values", filled.sealed());
            wanted.envelope().ifPresent(envelope -> body.set("envelope", envelope.toJson()));
            sealed = Optional.of(bodies.seal(CanonicalJson.encode(body), to));
        }
        return new Made(Procedure.Given.of(filled.open(), sealed, wanted.envelope()), filled.sealed());
    }

    /** The decision of the memoranda about what the step does; empty for a step that needs none. */
    Optional<SentDecision> decide(
            Wanted wanted, Optional<Procedure.Matter> matter, Signatories signatories, AuthorityCode to, Instant at)
            throws RefusedAct, Malformed {
        Optional<ActName> name = wanted.step().needs().act();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Procedure.Matter about = matter.orElseThrow(() -> new Malformed("proceeding.matter-missing"));
        Circumstances circumstances = new Circumstances(
                signatories.authority(),
                to,
                about.purpose(),
                wanted.envelope().map(Envelope::category).orElse(about.category()),
                at);
        Grounds grounds = signatories.grounds(about.caseDigest().map(Digest::hex), wanted.legalBasis());
        return Optional.of(decisions.permit(act(name.get(), circumstances, grounds, wanted)));
    }

    private Act act(ActName name, Circumstances circumstances, Grounds grounds, Wanted wanted) {
        return switch (name) {
            case REQUEST -> new Act.Request(circumstances, grounds);
            case RELEASE -> new Act.Release(circumstances, grounds, item(wanted));
            case DISSEMINATE -> new Act.Disseminate(circumstances, grounds, item(wanted));
            case PROBE, RECONCILE, WATCH, INDEX, FORWARD, USE, EXPORT, CONTRIBUTE, ANNOUNCE, RETAIN ->
                throw new IllegalArgumentException("no form has this act: " + name.word());
        };
    }

    private Item item(Wanted wanted) {
        return new Item(wanted.envelope().orElseThrow(), decisions.authorisations());
    }
}
