package org.entente.node.act;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Role;
import org.entente.node.officer.Officer;

/**
 * The officers of one authority who must all approve an act before it is said. They are named when it is prepared, because
 * the memorandum decides on them: an act that needs two is refused when one is named.
 *
 * @param preparer who prepares it, and approves it like the others
 * @param colleagues whom the preparer names, none of them twice
 */
public record Signatories(Officer preparer, List<Officer> colleagues) {
    public Signatories {
        colleagues = List.copyOf(colleagues);
        for (Officer colleague : colleagues) {
            if (!colleague.authority().equals(preparer.authority())) {
                throw new IllegalArgumentException("signatories are of one authority");
            }
        }
    }

    /** One officer alone. */
    public static Signatories alone(Officer officer) {
        return new Signatories(officer, List.of());
    }

    public AuthorityCode authority() {
        return preparer.authority();
    }

    public Set<String> pseudonyms() {
        return all().map(Officer::pseudonym).collect(Collectors.toSet());
    }

    public SortedSet<Approver> approvers() {
        return all().map(Decisions::approver).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What they give for an act under a case. */
    public Grounds grounds(Optional<String> caseReference, Optional<String> legalBasis) {
        return new Grounds(caseReference, legalBasis, approvers(), Decisions.noConsents());
    }

    /** Requires that the role of each may approve the act. */
    public void requireRole(ActName act) throws RefusedAct {
        for (Officer officer : all().toList()) {
            require(officer.role().mayApprove(act), officer, act);
        }
    }

    /** Requires that each has this one role. */
    public void require(Role role, ActName act) throws RefusedAct {
        for (Officer officer : all().toList()) {
            require(officer.role() == role, officer, act);
        }
    }

    private static void require(boolean may, Officer officer, ActName act) throws RefusedAct {
        if (!may) {
            throw new RefusedAct(
                    Problem.of(
                            "officer.role-lacks",
                            officer.pseudonym(),
                            officer.role().word(),
                            act.word()),
                    List.of());
        }
    }

    private Stream<Officer> all() {
        return Stream.concat(Stream.of(preparer), colleagues.stream());
    }
}
