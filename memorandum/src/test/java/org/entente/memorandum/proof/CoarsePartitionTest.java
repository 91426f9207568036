package org.entente.memorandum.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.decision.Rules;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Standing;
import org.junit.jupiter.api.Test;

/** Classes that are too coarse are caught, because an act decides otherwise than the representative of its class. */
class CoarsePartitionTest {
    private static final String TEXT = Example.yaml()
            .replace(
                    "      ANAM:    {kind: customs}", "      ANAM:    {kind: customs}\n      ANAMB:   {kind: customs}");

    @Test
    void classesOfTheTextItselfAreFineEnough() throws Malformed {
        assertThat(mismatches(TEXT, TEXT)).isEmpty();
    }

    @Test
    void classesThatOverlookAnAuthorityOrAPurposeAreCaught() throws Malformed {
        for (String[] overlooked : new String[][] {
            {"by: [MX/UIF, MX/FGR, US/FINCEN, US/DEA]", "by: [MX/UIF, MX/FGR, MX/ANAM, US/FINCEN, US/DEA]"},
            {
                "of: [MX/UIF, US/FINCEN]\n    for: [drug-trafficking, money-laundering]",
                "of: [MX/UIF, US/FINCEN]\n    for: drug-trafficking"
            }
        }) {
            String finer = TEXT.replace(overlooked[0], overlooked[1]);
            assertThat(mismatches(finer, finer)).isEmpty();
            assertThat(mismatches(finer, TEXT)).as(overlooked[0]).isNotEmpty();
        }
    }

    /** Acts on which the engine rules otherwise for whoever stands for them, by the classes of another text. */
    private static List<Act> mismatches(String text, String classes) throws Malformed {
        Memorandum memorandum = Memorandum.parseYaml(text);
        Standing standing = new Standing.InForce(memorandum, Instant.EPOCH);
        Proof proof = new Proof(Partition.of(Memorandum.parseYaml(classes), List.of()), Rules.of(memorandum));
        List<AuthorityCode> authorities = memorandum.parties().values().stream()
                .flatMap(party -> party.authorities().keySet().stream())
                .toList();
        List<Act> mismatches = new ArrayList<>();
        for (AuthorityCode by : authorities) {
            for (AuthorityCode counterpart : authorities) {
                for (Purpose purpose : memorandum.purposes().keySet()) {
                    for (Category category : memorandum.categories().keySet()) {
                        Circumstances circumstances = new Circumstances(
                                by, counterpart, purpose, category, Instant.parse("2026-11-22T12:00:00Z"));
                        Grounds grounds = Grounds.approvedBy(new Approver(by, "officer-1", Role.ANALYST))
                                .forCase("7", "article 15");
                        for (Act act : List.<Act>of(
                                new Act.Request(circumstances, grounds),
                                new Act.Probe(circumstances, grounds, new Act.Charge(64, 0), 500))) {
                            if (!proof.itself(standing, act).equals(proof.representative(standing, act))) {
                                mismatches.add(act);
                            }
                        }
                    }
                }
            }
        }
        return mismatches;
    }
}
