package org.entente.memorandum.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.memorandum.decision.Reason;
import org.entente.memorandum.decision.Rules;
import org.entente.memorandum.decision.Ruling;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.officer.ActName;
import org.junit.jupiter.api.Test;

/** An engine that forgot that a clause is suspended would be caught: the promise is held against the facts, and not against its reasons. */
class SuspendedClauseTest {
    @Test
    void aPermitUnderASuspendedClauseBreaksThePromise() {
        Memorandum memorandum = Example.memorandum();
        Partition partition = Partition.of(memorandum, List.of());
        Rules rules = Rules.of(memorandum);
        for (ActName act : EnumSet.of(ActName.PROBE, ActName.RELEASE, ActName.USE, ActName.CONTRIBUTE)) {
            Picks picks = new Picks();
            Case facts = new Case(partition, act, picks);
            int suspended = 0;
            do {
                facts.forget();
                if (rules.rule(facts) instanceof Ruling.Refused refused
                        && refused.reason() == Reason.CLAUSE_SUSPENDED
                        && facts.suspended(refused.judged())
                                .filter(facts::reached)
                                .isPresent()) {
                    suspended++;
                    Ruling forgetful = new Ruling.Permitted(refused.judged());
                    Promises promises = new Promises(rules, facts);
                    assertThat(promises.kept(Never.NOTHING_NEW_WHILE_SUSPENDED, forgetful))
                            .isFalse();
                }
            } while (picks.next());
            assertThat(suspended).as(act.word()).isPositive();
        }
    }

    @Test
    void aSuspensionOfAClauseIsTold() {
        Memorandum memorandum = Example.memorandum();
        Rules rules = Rules.of(memorandum);
        Picks picks = new Picks();
        Case facts = new Case(Partition.of(memorandum, List.of()), ActName.REQUEST, picks);
        Set<String> keys = new HashSet<>();
        do {
            facts.forget();
            rules.rule(facts);
            Story.of(facts).forEach(point -> keys.add(point.key()));
        } while (picks.next());
        assertThat(keys).contains("story.clause-suspended", "story.superseded");
    }
}
