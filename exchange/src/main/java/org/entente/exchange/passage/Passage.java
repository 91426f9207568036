package org.entente.exchange.passage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.SentDecision;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Decider;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.decision.DecisionRecord;
import org.entente.memorandum.signing.Standing;
import org.entente.memorandum.signing.VerifiedAuthorisation;

/**
 * Whether a statement that carries its sender's decision may have its effect here.
 *
 * <p>In this order: (1) the act in it can be read with what this node has verified; (2) the act is the one that the
 * statement states, with no fact added, left out or changed; (3) the same inputs give the same record here; (4) that
 * record permits; (5) this node, with its own facts in place of those that it counts itself, permits too. What fails
 * in (2) to (4) is the sender's signed error and is kept as evidence; what fails in (1) or (5) is only refused.
 */
public sealed interface Passage {

    /** Both permit; the own record is what this node answers for. */
    record Permitted(Act act, DecisionRecord own) implements Passage {}

    /** The statement cannot be judged here yet, or at all. */
    record NotJudged(Problem problem) implements Passage {}

    /** The sender's decision is not what its inputs give, or does not fit its statement: kept as evidence. */
    record False(Problem problem) implements Passage {}

    /** This node does not permit it, whatever the sender's record says. */
    record NotPermitted(DecisionRecord own) implements Passage {}

    /**
     * What came in.
     *
     * @param question the message that it answers, when this node has it
     * @param approvers the officers whose approvals were verified for this act
     * @param consents the authorities whose consents were verified for this act
     */
    record Incoming(
            Statement statement,
            Message message,
            Optional<Message> question,
            SortedSet<Approver> approvers,
            Set<AuthorityCode> consents) {
        public Incoming {
            consents = Set.copyOf(consents);
        }
    }

    /**
     * How this node stands.
     *
     * @param standings every memorandum it knows, as it stands here
     * @param authorisations the joint authorisations that it has verified
     * @param ownFacts puts this node's own facts (time, quota used, size of its index) in place of the sender's
     */
    record Here(
            Collection<Standing> standings,
            Collection<VerifiedAuthorisation> authorisations,
            UnaryOperator<Act> ownFacts) {
        public Here {
            standings = List.copyOf(standings);
            authorisations = List.copyOf(authorisations);
        }
    }

    /**
     * Decides as the sender, before anything is signed.
     *
     * @return the record over exactly those memoranda that name both parties, as the receiver will make it
     */
    static DecisionRecord outgoing(Act act, Collection<Standing> standings) {
        return DecisionRecord.of(between(act, standings), act);
    }

    /** Makes the memoranda between two parties ready to decide, as {@link #outgoing} does, about many acts. */
    static Decider ready(PartyCode one, PartyCode other, Collection<Standing> standings) {
        return Decider.under(between(one, other, standings));
    }

    /**
     * Decides as the receiver.
     *
     * @throws IllegalArgumentException for a message of a kind that needs no decision
     */
    static Passage incoming(Incoming incoming, Here here) {
        SentDecision sent = incoming.message()
                .decision()
                .orElseThrow(() -> new IllegalArgumentException("needs no decision: " + incoming.message()));
        Act act;
        try {
            act = Act.fromJson(sent.actJson(), here.authorisations());
        } catch (Malformed refused) {
            return new NotJudged(refused.problem());
        }
        Optional<Stated> stated = Stated.by(incoming);
        if (stated.isEmpty()) {
            return new NotJudged(Problem.of("exchange.question-unknown"));
        }
        Optional<String> difference = stated.get().difference(act);
        if (difference.isPresent()) {
            return new False(Problem.of("exchange.act-differs", difference.get()));
        }
        DecisionRecord again = DecisionRecord.of(between(act, here.standings()), act);
        if (!again.agreesWith(sent.recordJson())) {
            return new False(Problem.of("exchange.decision-differs"));
        }
        if (!(again.decision() instanceof Decision.Permitted)) {
            return new False(Problem.of("exchange.decision-not-permitted"));
        }
        Act ownAct = here.ownFacts().apply(act);
        DecisionRecord own = DecisionRecord.of(between(ownAct, here.standings()), ownAct);
        return own.decision() instanceof Decision.Permitted ? new Permitted(act, own) : new NotPermitted(own);
    }

    /**
     * Memoranda with others are nobody's business here, and must not enter the digest of the inputs; nor must a text that
     * not every party has signed, which may lie at one node only. Where there is nothing else, it says why nothing is
     * permitted.
     */
    private static List<Standing> between(PartyCode one, PartyCode other, Collection<Standing> standings) {
        List<Standing> both = standings.stream()
                .filter(standing -> standing.memorandum().party(one).isPresent()
                        && standing.memorandum().party(other).isPresent())
                .toList();
        List<Standing> signed = both.stream()
                .filter(standing -> switch (standing) {
                    case Standing.Draft _, Standing.Signed _ -> false;
                    case Standing.Concluded _, Standing.Superseded _ -> true;
                })
                .toList();
        return signed.isEmpty() ? both : signed;
    }

    private static List<Standing> between(Act act, Collection<Standing> standings) {
        return between(
                act.circumstances().by().party(),
                act.circumstances().counterpart().party(),
                standings);
    }
}
