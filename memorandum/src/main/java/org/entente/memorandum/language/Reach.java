package org.entente.memorandum.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;

/**
 * What the clauses that grant reach together: where two of them cover one act on different terms, where one adds nothing to
 * another, and where one can never be used, because nobody whom it names is of the kind, or in the group, that it takes.
 */
final class Reach {
    private final Tree document;
    private final Names names;
    private final Findings findings;
    private final List<Map.Entry<ClauseNumber, Terms.Grant>> grants = new ArrayList<>();
    private final Set<AuthorityCode> members = new HashSet<>();
    private final Set<Words.AuthorityKind> kinds = new HashSet<>();

    Reach(Tree document, Names names, SortedMap<ClauseNumber, Terms> clauses, Findings findings) {
        this.document = document;
        this.names = names;
        this.findings = findings;
        clauses.forEach((number, terms) -> {
            if (terms instanceof Terms.Grant grant) {
                grants.add(Map.entry(number, grant));
            }
            if (terms instanceof Terms.JointGroup group) {
                members.addAll(group.members());
            }
        });
        names.parties()
                .values()
                .forEach(party -> party.authorities().values().forEach(authority -> kinds.add(authority.kind())));
    }

    void find() {
        names.categories().forEach(this::kindsThatNobodyHas);
        for (int one = 0; one < grants.size(); one++) {
            neverUsed(grants.get(one).getKey(), grants.get(one).getValue());
            for (int other = one + 1; other < grants.size(); other++) {
                together(grants.get(one), grants.get(other));
            }
        }
    }

    private void kindsThatNobodyHas(Category category, Named.CategoryTerms terms) {
        SortedSet<Words.AuthorityKind> missing = new TreeSet<>(terms.onlyBetween());
        missing.removeAll(kinds);
        missing.forEach(kind -> findings.warning(
                document.at("categories", category.code(), "only between"),
                "memorandum.language.kind-of-nobody",
                kind.word(),
                category.code()));
    }

    private void neverUsed(ClauseNumber number, Terms.Grant grant) {
        Terms.Scope scope = grant.scope();
        Spot spot = head(number, grant);
        for (Category category : scope.categories()) {
            Named.CategoryTerms terms = names.categories().get(category);
            if (terms == null) {
                continue;
            }
            if (!somePair(scope, authority -> mayHave(authority, terms))) {
                findings.warning(spot, "memorandum.language.kind-never-meets", number.text(), category.code());
            }
            if (terms.onlyUnderJointGroup() && !somePair(scope, members::contains)) {
                findings.warning(spot, "memorandum.language.group-never-meets", number.text(), category.code());
            }
        }
        for (Purpose purpose : scope.purposes()) {
            Named.PurposeTerms terms = names.defined().get(purpose);
            if (terms != null && terms.onlyUnderJointGroup() && !somePair(scope, members::contains)) {
                findings.warning(spot, "memorandum.language.group-never-meets", number.text(), purpose.code());
            }
        }
    }

    private boolean mayHave(AuthorityCode code, Named.CategoryTerms terms) {
        Set<Words.AuthorityKind> allowed = terms.secrecy() == SecrecyRegime.SUSPICIOUS_REPORT
                ? Set.of(Words.AuthorityKind.FINANCIAL_INTELLIGENCE_UNIT)
                : terms.onlyBetween();
        Party party = names.parties().get(code.party());
        Party.Authority authority = party == null ? null : party.authorities().get(code);
        return authority != null && (allowed.isEmpty() || allowed.contains(authority.kind()));
    }

    private static boolean somePair(Terms.Scope scope, Predicate<AuthorityCode> may) {
        return scope.by().stream()
                .filter(may)
                .anyMatch(actor -> scope.counterpart().stream()
                        .filter(may)
                        .anyMatch(other -> !other.party().equals(actor.party())));
    }

    private void together(Map.Entry<ClauseNumber, Terms.Grant> earlier, Map.Entry<ClauseNumber, Terms.Grant> later) {
        Terms.Grant one = earlier.getValue();
        Terms.Grant other = later.getValue();
        if (one.getClass() != other.getClass() || !meet(one.scope(), other.scope())) {
            return;
        }
        if (!conditions(one).equals(conditions(other))) {
            findings.warning(
                    head(later.getKey(), other),
                    "memorandum.language.overlap",
                    later.getKey().text(),
                    earlier.getKey().text());
        } else if (within(other.scope(), one.scope())) {
            covered(later.getKey(), other, earlier.getKey());
        } else if (within(one.scope(), other.scope())) {
            covered(earlier.getKey(), one, later.getKey());
        }
    }

    private void covered(ClauseNumber number, Terms.Grant grant, ClauseNumber by) {
        findings.warning(head(number, grant), "memorandum.language.covered", number.text(), by.text());
    }

    /** Whether one act of two authorities of different parties is covered by both. */
    private static boolean meet(Terms.Scope one, Terms.Scope other) {
        return !Collections.disjoint(one.categories(), other.categories())
                && !Collections.disjoint(one.purposes(), other.purposes())
                && one.by().stream()
                        .filter(actor -> other.by().contains(actor))
                        .anyMatch(actor -> one.counterpart().stream()
                                .filter(counterpart -> other.counterpart().contains(counterpart))
                                .anyMatch(counterpart -> !counterpart.party().equals(actor.party())));
    }

    private static boolean within(Terms.Scope inner, Terms.Scope outer) {
        return outer.categories().containsAll(inner.categories())
                && outer.purposes().containsAll(inner.purposes())
                && outer.by().containsAll(inner.by())
                && outer.counterpart().containsAll(inner.counterpart());
    }

    /** All that a clause says but whom and what it covers. */
    private static List<Object> conditions(Terms.Grant grant) {
        return switch (grant) {
            case Terms.Reconcile reconcile -> List.of(reconcile.index());
            case Terms.Probe probe ->
                List.of(probe.index(), probe.needs(), probe.quota(), probe.tellOfHit(), probe.watch());
            case Terms.Release release -> List.of(release.on(), release.needs(), release.handover());
            case Terms.Contribute contribute -> List.of(contribute.needs(), contribute.handover());
        };
    }

    private Spot head(ClauseNumber number, Terms.Grant grant) {
        Vocabulary kind = switch (grant) {
            case Terms.Reconcile _ -> Vocabulary.CLAUSE_RECONCILE;
            case Terms.Probe _ -> Vocabulary.CLAUSE_PROBE;
            case Terms.Release _ -> Vocabulary.CLAUSE_RELEASE;
            case Terms.Contribute _ -> Vocabulary.CLAUSE_CONTRIBUTE;
        };
        return document.at("clauses", number.text(), kind.head());
    }
}
