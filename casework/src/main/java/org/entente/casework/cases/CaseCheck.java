package org.entente.casework.cases;

import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Purpose;

/** Whether a probe or request may name a case. The memorandum decides afterwards whether the act itself may be done. */
public sealed interface CaseCheck {

    /** It may. */
    record Covered() implements CaseCheck {}

    /** It may not, and what would have to be different. */
    record NotCovered(Problem problem) implements CaseCheck {}

    /** A probe or request that somebody wants to make. */
    record Wanted(AuthorityCode by, Digest memorandum, Purpose purpose) {}

    /**
     * Checks that the case is open, is that authority's own, and has this memorandum and this purpose. A case of another
     * authority answers as one that does not exist, so that nobody learns of it.
     */
    static CaseCheck of(Case found, Wanted wanted) {
        Case.Opening opening = found.opening();
        if (!opening.opener().authority().equals(wanted.by())) {
            return new NotCovered(Problem.of("casework.case-unknown"));
        }
        return switch (found) {
            case Case.Closed closed ->
                new NotCovered(
                        Problem.of("casework.case-closed", opening.reference().text()));
            case Case.Open _
            when !opening.memorandum().equals(wanted.memorandum()) ->
                new NotCovered(Problem.of(
                        "casework.case-other-memorandum", opening.reference().text()));
            case Case.Open _
            when !opening.purpose().equals(wanted.purpose()) ->
                new NotCovered(Problem.of(
                        "casework.case-other-purpose",
                        opening.reference().text(),
                        opening.purpose().code(),
                        wanted.purpose().code()));
            case Case.Open _ -> new Covered();
        };
    }
}
