package org.entente.memorandum.decision;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.card.AuthorityCode;

/**
 * What is given for an act. That approvals and consents were signed is the caller's to have verified.
 *
 * @param caseReference the acting authority's reference of the case, which names no person; at most 100 characters
 * @param legalBasis the law or order under which it acts, at most 200 characters
 * @param approvers the officers who approved exactly this act
 * @param consents the authorities that consented to exactly this act
 */
public record Grounds(
        Optional<String> caseReference,
        Optional<String> legalBasis,
        Set<Approver> approvers,
        Set<AuthorityCode> consents) {
    static final int CASE_CHARACTERS_MAX = 100;
    static final int LEGAL_BASIS_CHARACTERS_MAX = 200;

    public Grounds {
        if (tooLong(caseReference, CASE_CHARACTERS_MAX) || tooLong(legalBasis, LEGAL_BASIS_CHARACTERS_MAX)) {
            throw new IllegalArgumentException("a reference is blank or too long");
        }
        approvers = Set.copyOf(approvers);
        consents = Set.copyOf(consents);
    }

    /** Nothing given but approvals. */
    public static Grounds approvedBy(Approver... approvers) {
        return new Grounds(Optional.empty(), Optional.empty(), Set.of(approvers), Set.of());
    }

    public Grounds forCase(String reference, String basis) {
        return new Grounds(Optional.of(reference), Optional.of(basis), approvers, consents);
    }

    public Grounds withConsents(Collection<AuthorityCode> given) {
        return new Grounds(caseReference, legalBasis, approvers, Set.copyOf(given));
    }

    private static boolean tooLong(Optional<String> text, int charactersMax) {
        return text.filter(given -> given.isBlank() || given.length() > charactersMax)
                .isPresent();
    }
}
