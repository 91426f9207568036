package org.entente.memorandum.language;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;

/** Whether clauses that were each read agree with one another and with the names. */
final class Agreement {
    private final Tree document;
    private final Names names;
    private final SortedMap<ClauseNumber, Terms> clauses;
    private final Findings findings;

    Agreement(Tree document, Names names, SortedMap<ClauseNumber, Terms> clauses, Findings findings) {
        this.document = document;
        this.names = names;
        this.clauses = clauses;
        this.findings = findings;
    }

    void check() {
        jointGroup();
        contributors();
        regimesStandOnce();
    }

    /** What stands "only under: joint-group" is what the group's clause adds, and nothing else. */
    private void jointGroup() {
        Set<Purpose> purposes = new HashSet<>();
        Set<Category> categories = new HashSet<>();
        clauses.values().forEach(terms -> {
            if (terms instanceof Terms.JointGroup group) {
                purposes.addAll(group.addsPurposes());
                categories.addAll(group.addsCategories());
            }
        });
        names.defined()
                .forEach((purpose, terms) -> agrees("purposes", purpose.code(), terms, purposes.contains(purpose)));
        names.categories()
                .forEach((category, terms) ->
                        agrees("categories", category.code(), terms, categories.contains(category)));
    }

    private void agrees(String list, String code, Named terms, boolean added) {
        if (terms.onlyUnderJointGroup() != added) {
            findings.error(document.at(list, code, "only under"), "memorandum.language.joint-group-differs", code);
        }
    }

    /** Only members of the joint group have a common file to contribute to. */
    private void contributors() {
        Set<AuthorityCode> members = new HashSet<>();
        clauses.values().forEach(terms -> {
            if (terms instanceof Terms.JointGroup group) {
                members.addAll(group.members());
            }
        });
        for (Map.Entry<ClauseNumber, Terms> clause : clauses.entrySet()) {
            if (clause.getValue() instanceof Terms.Contribute contribute) {
                contribute.scope().by().stream()
                        .filter(authority -> !members.contains(authority))
                        .forEach(authority -> findings.error(
                                at(clause.getKey(), "between"),
                                "memorandum.language.contributor-no-member",
                                authority.text()));
            }
        }
    }

    /** One regime stands in one clause on equivalence; two clauses would make all their regimes one without saying so. */
    private void regimesStandOnce() {
        Set<SecrecyRegime> seen = EnumSet.noneOf(SecrecyRegime.class);
        for (Map.Entry<ClauseNumber, Terms> clause : clauses.entrySet()) {
            if (clause.getValue() instanceof Terms.EquivalentSecrecy equivalent) {
                for (SecrecyRegime regime : equivalent.regimes()) {
                    if (!seen.add(regime)) {
                        findings.error(
                                at(clause.getKey(), "equivalent secrecy"),
                                "memorandum.language.secrecy-twice",
                                regime.word());
                    }
                }
            }
        }
    }

    private Spot at(ClauseNumber number, String key) {
        return document.at("clauses", number.text(), key);
    }
}
