package org.entente.memorandum.decision;

import java.util.Optional;
import java.util.Set;
import org.entente.memorandum.language.Named;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Words;

/**
 * A case whose names the memorandum has, with what it says of them, so that each is looked up once.
 *
 * @param purpose none where it is not named, which is possible only against an immediate threat
 */
record NamedCase(
        Facts facts,
        Register.Entry<Party.Authority> by,
        Register.Entry<Party.Authority> counterpart,
        Optional<Register.Entry<Named.PurposeTerms>> purpose,
        Register.Entry<Named.CategoryTerms> category) {
    /** Whether both authorities are of one of these kinds. */
    boolean between(Set<Words.AuthorityKind> kinds) {
        return kinds.contains(by.terms().kind())
                && kinds.contains(counterpart.terms().kind());
    }

    /** How many officers must approve, where the clause or the act demands so many: what is sensitive takes two. */
    int officersNeeded(int officers) {
        return officersNeeded(category.terms(), officers);
    }

    static int officersNeeded(Named.CategoryTerms category, int officers) {
        return category.sensitive() ? Math.max(2, officers) : officers;
    }
}
