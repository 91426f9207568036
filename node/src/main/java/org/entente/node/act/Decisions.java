package org.entente.node.act;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.message.SentDecision;
import org.entente.exchange.passage.Passage;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Citation;
import org.entente.memorandum.decision.Decider;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.decision.DecisionRecord;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.rendering.Explanation;
import org.entente.memorandum.rendering.Language;
import org.entente.memorandum.signing.Standing;
import org.entente.memorandum.signing.VerifiedAuthorisation;
import org.entente.node.memoranda.Memoranda;
import org.entente.node.officer.Officer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks the memoranda. Whatever an officer does passes here before it is prepared, and again before it is said. */
public final class Decisions {
    private final Memoranda memoranda;

    public Decisions(Memoranda memoranda) {
        this.memoranda = memoranda;
    }

    /** The decision that travels with the act. */
    public SentDecision permit(Act act) throws RefusedAct {
        DecisionRecord record = decide(act);
        if (record.decision() instanceof Decision.Permitted) {
            return SentDecision.of(act, record);
        }
        throw refusal(record.decision());
    }

    /**
     * The memoranda as they stand now towards one counterpart, for deciding about many items at once.
     *
     * @param authorisations the joint authorisations that were verified by now
     */
    public record Sitting(List<Standing> standings, List<VerifiedAuthorisation> authorisations, Decider decider) {
        public Decision judge(Act act) {
            return decider.decide(act);
        }
    }

    /** Opens a sitting about what is done towards a partner. */
    public Sitting sitting(PartyCode partner) {
        List<Standing> standings = memoranda.standings(partner);
        return new Sitting(standings, authorisations(), Passage.ready(memoranda.own(), partner, standings));
    }

    /** A decision that was permitted, in words of both languages. */
    public ObjectNode explained(SentDecision sent) throws Malformed {
        Act act = Act.fromJson(sent.actJson(), authorisations());
        Decision decision = decide(act).decision();
        Circumstances circumstances = act.circumstances();
        List<Memorandum> asked = Passage.ready(
                        circumstances.by().party(), circumstances.counterpart().party(), standings(act))
                .memoranda(circumstances);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("outcome", sent.recordJson().required("outcome").asString());
        ArrayNode clauses = json.putArray("clauses");
        clauses(decision).forEach(clauses::add);
        json.putObject("why")
                .put("en", Explanation.why(decision, asked, Language.EN))
                .put("es", Explanation.why(decision, asked, Language.ES));
        return json;
    }

    /** How many distinct identifiers an index of this category must hold: the greatest number that a clause names. */
    public int indexMinimum(Digest memorandum, Category category) throws NothingHere {
        Memorandum text = memoranda.find(memorandum).orElseThrow(NothingHere::new);
        long minimum = 1;
        for (var clause : text.clausesOf(Terms.Reconcile.class)) {
            if (clause.terms().scope().categories().contains(category)) {
                minimum = Math.max(minimum, clause.terms().index().identifiersMin());
            }
        }
        for (var clause : text.clausesOf(Terms.Probe.class)) {
            if (clause.terms().scope().categories().contains(category)) {
                minimum = Math.max(minimum, clause.terms().index().identifiersMin());
            }
        }
        return Math.toIntExact(Math.min(minimum, Integer.MAX_VALUE));
    }

    /** When the key of an index that is announced now is destroyed at the latest. */
    public Instant epochEnd(Digest memorandum, Circumstances index) throws NothingHere {
        Circumstances use =
                new Circumstances(index.counterpart(), index.by(), index.purpose(), index.category(), index.at());
        return UtcSeconds.whole(memoranda
                .epochBound(memorandum, use)
                .orElseThrow(NothingHere::new)
                .until());
    }

    /** Requires that a decision that was made earlier would be made again now, in every part. */
    public void confirm(SentDecision sent) throws RefusedAct, Malformed {
        Act act = Act.fromJson(sent.actJson(), authorisations());
        DecisionRecord again = decide(act);
        if (!(again.decision() instanceof Decision.Permitted)) {
            throw refusal(again.decision());
        }
        if (!again.agreesWith(sent.recordJson())) {
            throw new Malformed("act.circumstances-changed");
        }
    }

    /** The joint authorisations that this node has verified. */
    public List<VerifiedAuthorisation> authorisations() {
        return memoranda.authorisations();
    }

    /** Nobody consented yet. */
    public static SortedSet<AuthorityCode> noConsents() {
        return new TreeSet<>(Party.ORDER);
    }

    public static Approver approver(Officer officer) {
        return new Approver(officer.authority(), officer.pseudonym(), officer.role());
    }

    /** A refusal or a missing consent, as the officer is told. */
    public static RefusedAct refusal(Decision decision) {
        Problem problem = switch (decision) {
            case Decision.Refused refused -> refused.problem();
            case Decision.ConsentNeeded consent -> consent.why();
            case Decision.Permitted permitted -> throw new IllegalArgumentException("it is permitted");
        };
        return new RefusedAct(problem, clauses(decision));
    }

    public static List<String> clauses(Decision decision) {
        List<String> clauses = new ArrayList<>();
        for (Citation citation : decision.clauses()) {
            clauses.add(citation.toString());
        }
        return clauses;
    }

    private DecisionRecord decide(Act act) {
        return Passage.outgoing(act, standings(act));
    }

    private List<Standing> standings(Act act) {
        PartyCode by = act.circumstances().by().party();
        PartyCode counterpart = act.circumstances().counterpart().party();
        return memoranda.standings(memoranda.isOwn(by) ? counterpart : by);
    }
}
