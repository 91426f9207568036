package org.entente.node.arrival;

import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.decision.Act;
import org.entente.node.comparison.Indices;
import org.entente.node.comparison.Probes;
import org.entente.node.ledger.Statements;
import org.entente.node.memoranda.Memoranda;

/**
 * What a partner's watch covers: batches of its own size, one in each of its rounds, within its term, for its case, against indices of the scope that
 * it was asked of. That it is not over, and the quota, are the decision's, which is made anew for each batch.
 */
final class WatchTerms {
    private final Statements statements;
    private final Memoranda memoranda;
    private final Indices indices;
    private final Probes probes;

    WatchTerms(Statements statements, Memoranda memoranda, Admission.OwnFacts facts) {
        this.statements = statements;
        this.memoranda = memoranda;
        this.indices = facts.indices();
        this.probes = facts.probes();
    }

    boolean cover(Statement statement, Comparison.ProbeAsked asked, Digest watch) {
        Optional<Statements.Entry> begun = statements.find(watch).filter(entry -> !entry.outgoing());
        if (begun.isEmpty() || !(begun.get().message() instanceof Comparison.WatchAsked terms) || wasRefused(watch)) {
            return false;
        }
        Statement beginning = begun.get().statement();
        boolean sameParties =
                beginning.from().equals(statement.from()) && beginning.to().equals(statement.to());
        boolean sameMatter = terms.matter().category().equals(asked.category())
                && terms.matter().purpose().equals(asked.purpose())
                && sameScope(terms.matter().index(), asked.index());
        boolean sameSize = terms.pace().elements() == asked.batch().elements();
        boolean inTerm = !statement.at().isBefore(beginning.at())
                && statement.at().isBefore(terms.pace().until());
        return sameParties
                && sameMatter
                && sameSize
                && inTerm
                && sameRounds(beginning, terms, asked)
                && isFirstOfItsRound(statement, terms, watch);
    }

    private boolean wasRefused(Digest watch) {
        return statements.answers(watch).stream()
                .anyMatch(answer -> answer.outgoing() && answer.message() instanceof Reply.Refused);
    }

    /** An index of ours that followed the first one has the same holder, reader and use. */
    private boolean sameScope(Digest first, Digest now) {
        Optional<Indices.Announced> agreed = indices.findWhole(first).filter(Indices.Announced::own);
        Optional<Indices.Announced> named = indices.findWhole(now).filter(Indices.Announced::own);
        return agreed.isPresent()
                && named.isPresent()
                && agreed.get().holder().equals(named.get().holder())
                && agreed.get().reader().equals(named.get().reader())
                && agreed.get().facts().use().equals(named.get().facts().use());
    }

    private boolean sameRounds(Statement beginning, Comparison.WatchAsked terms, Comparison.ProbeAsked asked) {
        try {
            return Act.fromJson(asked.sent().actJson(), memoranda.authorisations()) instanceof Act.Watch act
                    && act.rounds().equals(terms.pace().rounds(beginning.at()))
                    && act.grounds()
                            .caseReference()
                            .equals(Optional.of(terms.matter().caseDigest().hex()));
        } catch (Malformed malformed) {
            return false;
        }
    }

    private boolean isFirstOfItsRound(Statement statement, Comparison.WatchAsked terms, Digest watch) {
        long round = terms.pace().round(statement.at());
        return probes.momentsUnder(watch).stream()
                .noneMatch(moment -> terms.pace().round(moment) == round);
    }
}
