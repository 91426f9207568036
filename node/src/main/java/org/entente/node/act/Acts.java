package org.entente.node.act;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Approvals;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.SentDecision;
import org.entente.node.ledger.Sequencer;
import org.entente.node.ledger.Voice;
import org.entente.node.officer.Officer;
import org.entente.node.officer.Officers;
import org.entente.node.reading.Edition;
import org.springframework.dao.DuplicateKeyException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two steps of every act. First it is prepared: decided by the memoranda and written down exactly as it would be said.
 * Then its officers sign the digest of that, each with their own keys; with the last signature it is decided once more,
 * and said.
 */
public final class Acts {
    private static final String WITH = "with";
    private static final String PSEUDONYM = "[a-z0-9][a-z0-9-]{0,63}";

    private final Map<String, Undertaking> undertakings;
    private final Drafts drafts;
    private final Officers officers;
    private final Decisions decisions;
    private final Voice voice;
    private final Sequencer sequencer;

    public Acts(
            Map<String, Undertaking> undertakings,
            Drafts drafts,
            Officers officers,
            Decisions decisions,
            Voice voice,
            Sequencer sequencer) {
        this.undertakings = Map.copyOf(undertakings);
        this.drafts = drafts;
        this.officers = officers;
        this.decisions = decisions;
        this.voice = voice;
        this.sequencer = sequencer;
    }

    /**
     * Prepares an act by its name.
     *
     * @param facts of the act; {@code with} names the colleagues who are to approve it too
     */
    public ObjectNode prepare(String act, ObjectNode facts, Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere {
        Undertaking undertaking = undertakings.get(act);
        if (undertaking == null) {
            throw new NothingHere();
        }
        Members members = Members.of(facts, "");
        Signatories signatories = signatories(members, officer);
        Draft draft = undertaking.prepare(members, signatories);
        requireRoom(draft);
        drafts.sweep();
        drafts.keep(draft);
        Draft kept = drafts.find(draft.subject()).orElseThrow(() -> new Malformed("act.circumstances-changed"));
        if (kept.said().isPresent()) {
            throw new Malformed("act.said-already");
        }
        return shown(kept);
    }

    /** The end of an epoch takes something back, and is said however far behind the partner is. */
    private void requireRoom(Draft draft) throws Malformed {
        if (draft.message().kind() != Kind.EPOCH_ENDED) {
            voice.requireRoom(draft.between().to().party());
        }
    }

    /** The preparing officer and the colleagues of the same authority whom the facts name; who is of another one is nobody. */
    private Signatories signatories(Members facts, Officer officer) throws Malformed {
        if (!facts.has(WITH)) {
            return Signatories.alone(officer);
        }
        List<Officer> colleagues = new ArrayList<>();
        for (JsonNode name : facts.array(WITH, 1, Approvals.APPROVALS_MAX - 1)) {
            String pseudonym = name.asString("");
            if (!pseudonym.matches(PSEUDONYM)) {
                throw new Malformed("officer.pseudonym-malformed");
            }
            Officer colleague = officers.own(pseudonym)
                    .filter(known -> known.authority().equals(officer.authority()))
                    .orElseThrow(() -> new Malformed("act.colleague-unknown", pseudonym));
            if (colleague.equals(officer) || colleagues.contains(colleague)) {
                throw new Malformed("act.colleague-twice", pseudonym);
            }
            colleagues.add(colleague);
        }
        return new Signatories(officer, colleagues);
    }

    /** The drafts that wait for this officer's approval, the oldest first. */
    public List<ObjectNode> waitingFor(Officer officer) throws Malformed {
        List<ObjectNode> waiting = new ArrayList<>();
        for (Digest subject : drafts.waitingFor(officer)) {
            Optional<Draft> draft = drafts.find(subject);
            if (draft.isPresent()) {
                waiting.add(shown(draft.get()));
            }
        }
        return waiting;
    }

    /** The draft of this subject, for officers of the authority that would say it. */
    public ObjectNode draft(Digest subject, Officer officer) throws Malformed, NothingHere {
        return shown(find(subject, officer));
    }

    /**
     * Takes an officer's approval, and says the act with the last one that it needs.
     *
     * @param body {@code {"approval": the officer's signed approval}}
     */
    public ObjectNode approve(Digest subject, ObjectNode body, Officer officer)
            throws Malformed, RefusedAct, NothingHere {
        try (Edition.Look _ = Edition.look()) {
            return taken(subject, body, officer);
        }
    }

    private ObjectNode taken(Digest subject, ObjectNode body, Officer officer)
            throws Malformed, RefusedAct, NothingHere {
        Draft draft = find(subject, officer);
        Members members = Members.of(body, "");
        JsonNode document = members.node("approval");
        members.end();
        OfficerAppointment appointment = officers.appointment(
                        officer.authority().party(), officer.pseudonym())
                .orElseThrow(NothingHere::new);
        Statement signed = Statement.of(document).verify(appointment.keys(), officer.pseudonym());
        Approval approval = Approval.read(signed);
        if (!approval.subject().equals(subject)
                || !approval.purpose().equals(draft.message().kind().approvalPurpose())
                || !approval.authority().equals(officer.authority())
                || !approval.role().equals(officer.role().word())) {
            throw new Malformed("approval.subject-other", officer.pseudonym());
        }
        if (!draft.between().approvers().contains(officer.pseudonym())) {
            throw new NothingHere();
        }
        if (draft.said().isPresent()) {
            return shown(draft);
        }
        drafts.approve(subject, officer.pseudonym(), signed);
        Draft approved = draft.with(signed);
        // A colleague may have approved meanwhile: whoever reads last sees all approvals.
        return shown(sayWhenApproved(approved.approvedByAll() ? approved : find(subject, officer)));
    }

    /** The draft as it stands then. */
    private Draft sayWhenApproved(Draft draft) throws Malformed, RefusedAct, NothingHere {
        if (draft.said().isPresent() || !draft.approvedByAll()) {
            return draft;
        }
        requireRoom(draft);
        Optional<SentDecision> decision = draft.message().decision();
        if (decision.isPresent()) {
            decisions.confirm(decision.get());
        }
        Undertaking undertaking = undertakings.get(draft.act());
        if (undertaking == null) {
            throw new IllegalStateException("a draft of an act that does not exist: " + draft.act());
        }
        try {
            return say(draft.subject(), undertaking);
        } catch (DuplicateKeyException overtaken) {
            throw new Malformed("act.circumstances-changed");
        } catch (Undone undone) {
            throw undone.refused;
        }
    }

    /** Thrown inside the transaction so that all of it is undone; never seen outside. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final RefusedAct refused;

        private Undone(RefusedAct refused) {
            super(refused);
            this.refused = refused;
        }
    }

    private Draft say(Digest subject, Undertaking undertaking) {
        return sequencer.write(() -> {
            boolean unsaid = drafts.takeUnsaid(subject);
            Draft whole = drafts.find(subject).orElseThrow();
            if (!unsaid) {
                return whole;
            }
            Statement said = voice.say(
                    whole.statementDraft().withApprovals(whole.approvals()),
                    whole.message(),
                    whole.between().to().party(),
                    statement -> {
                        drafts.said(subject, statement.id());
                        try {
                            undertaking.said(whole, statement);
                        } catch (RefusedAct refused) {
                            throw new Undone(refused);
                        }
                    });
            return whole.saidAs(said.id());
        });
    }

    /** The draft with the decision in words, as the officer reads it before signing. */
    private ObjectNode shown(Draft draft) throws Malformed {
        ObjectNode json = draft.json();
        Optional<SentDecision> decision = draft.message().decision();
        if (decision.isPresent()) {
            json.set("decision", decisions.explained(decision.get()));
        }
        return json;
    }

    private Draft find(Digest subject, Officer officer) throws NothingHere {
        return drafts.find(subject)
                .filter(draft -> draft.between().from().equals(officer.authority()))
                .orElseThrow(NothingHere::new);
    }

    /** The acts that exist, for the interface's description. */
    public List<String> names() {
        return undertakings.keySet().stream().sorted().toList();
    }
}
