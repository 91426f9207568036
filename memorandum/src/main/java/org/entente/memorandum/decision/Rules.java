package org.entente.memorandum.decision;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Named;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;

/**
 * A memorandum made ready to be asked. Pure and total: the same facts give the same ruling, on every node and at any time.
 *
 * <p>Everything starts refused. A case is taken through the checks of {@link #rule} in their order, and the first one that fails
 * names its clause. Only what passes them all reaches the clauses that grant such an act; each of those is judged on its own
 * terms ({@link Grant}), and the best answer counts: a permit, else a consent that would make it one, else the refusal of the first. So a
 * clause can add a permit only within what the checks before it let through.
 *
 * <p>Which clauses grant an act between two authorities, for a purpose and in a category, is looked up as four sets of bits
 * ({@link Grants}), so the number of clauses hardly matters.
 */
public final class Rules {
    private final Memorandum memorandum;
    private final Bearings bearings;
    private final Map<AuthorityCode, Party.Authority> authorities = new HashMap<>();
    private final Map<Purpose, Named.PurposeTerms> purposes;
    private final Map<Category, Named.CategoryTerms> categories;
    private final Map<ClauseNumber, Terms> clauses;
    private final Set<PartyCode> parties;
    private final Map<ActName, Grants> grants = new EnumMap<>(ActName.class);

    private Rules(Memorandum memorandum) {
        this.memorandum = memorandum;
        this.bearings = new Bearings(memorandum);
        memorandum.parties().values().forEach(party -> authorities.putAll(party.authorities()));
        this.purposes = new HashMap<>(memorandum.purposes());
        this.categories = new HashMap<>(memorandum.categories());
        this.clauses = new HashMap<>(memorandum.clauses());
        this.parties = new HashSet<>(memorandum.parties().keySet());
        for (ActName act : ActName.values()) {
            List<Grant> granting = new ArrayList<>();
            memorandum.clauses().forEach((number, terms) -> {
                if (Grants.grants(terms, act)) {
                    granting.add(new Grant(this, number, terms));
                }
            });
            grants.put(act, new Grants(act, granting));
        }
    }

    public static Rules of(Memorandum memorandum) {
        return new Rules(memorandum);
    }

    public Memorandum memorandum() {
        return memorandum;
    }

    /** Rules on one case. */
    public Ruling rule(Facts facts) {
        return bearings.standing(facts)
                .or(() -> named(facts))
                .or(() -> group(facts))
                .or(() -> kinds(facts))
                .map(reason -> refused(reason, bearings.closing()))
                .orElseGet(() -> granted(facts));
    }

    /** The refusal by the clause that the reason comes from: some have one of their own, the others come from the clause that was judged. */
    Ruling refused(Reason reason, ClauseNumber judged) {
        return new Ruling.Refused(bearings.clause(reason).orElse(judged), reason, judged);
    }

    private Optional<Reason> named(Facts facts) {
        if (!authorities.containsKey(facts.by())) {
            return Optional.of(Reason.ACTOR_NOT_NAMED);
        }
        if (!authorities.containsKey(facts.counterpart())) {
            return Optional.of(Reason.COUNTERPART_NOT_NAMED);
        }
        if (facts.by().party().equals(facts.counterpart().party())) {
            return Optional.of(Reason.ONE_PARTY);
        }
        if (!purposes.containsKey(facts.purpose()) && !againstThreat(facts)) {
            return Optional.of(Reason.PURPOSE_NOT_NAMED);
        }
        return categories.containsKey(facts.category()) ? Optional.empty() : Optional.of(Reason.CATEGORY_NOT_NAMED);
    }

    private static boolean againstThreat(Facts facts) {
        return facts.act() == ActName.USE && facts.manner() == Manner.IMMEDIATE_THREAT;
    }

    /** What only a joint group's terms add needs the group, and so does whatever is contributed: both authorities in it, on a day of its term. */
    private Optional<Reason> group(Facts facts) {
        boolean contributed = facts.act() == ActName.CONTRIBUTE;
        if (!contributed && !onlyUnderGroup(facts.purpose()) && !category(facts).onlyUnderJointGroup()) {
            return Optional.empty();
        }
        Optional<Terms.JointGroup> group = bearings.group();
        if (group.isEmpty()) {
            return Optional.of(Reason.CATEGORY_NOT_NAMED);
        }
        return group.flatMap(terms -> {
            if (!terms.members().contains(facts.by())) {
                return Optional.of(Reason.ACTOR_NOT_IN_GROUP);
            }
            if (!terms.members().contains(facts.counterpart())) {
                return Optional.of(Reason.COUNTERPART_NOT_IN_GROUP);
            }
            return facts.before(terms.from()) || facts.after(terms.until())
                    ? Optional.of(Reason.GROUP_TERM)
                    : Optional.empty();
        });
    }

    private boolean onlyUnderGroup(Purpose purpose) {
        return Optional.ofNullable(purposes.get(purpose))
                .map(Named.PurposeTerms::onlyUnderJointGroup)
                .orElse(false);
    }

    /** A category may pass between some kinds of authority only; a suspicious report never beyond the units. */
    private Optional<Reason> kinds(Facts facts) {
        Set<Words.AuthorityKind> allowed = kinds(category(facts));
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        if (!isOf(allowed, facts.by())) {
            return Optional.of(Reason.ACTOR_KIND);
        }
        return isOf(allowed, facts.counterpart()) ? Optional.empty() : Optional.of(Reason.COUNTERPART_KIND);
    }

    static Set<Words.AuthorityKind> kinds(Named.CategoryTerms category) {
        return category.secrecy() == SecrecyRegime.SUSPICIOUS_REPORT
                ? Set.of(Words.AuthorityKind.FINANCIAL_INTELLIGENCE_UNIT)
                : category.onlyBetween();
    }

    /** Whether the authority is named, and of one of the kinds. */
    boolean isOf(Set<Words.AuthorityKind> kinds, AuthorityCode authority) {
        return authority(authority)
                .filter(terms -> kinds.contains(terms.kind()))
                .isPresent();
    }

    private Ruling granted(Facts facts) {
        Grants granting = Optional.ofNullable(grants.get(facts.act())).orElseThrow();
        Ruling best = refused(Reason.ACT_NOT_NAMED, bearings.closing());
        boolean none = true;
        for (Grant grant : granting.covering(facts)) {
            Ruling ruling = grant.judge(facts);
            if (ruling instanceof Ruling.Permitted) {
                return ruling;
            }
            if (none || (ruling instanceof Ruling.ConsentNeeded && best instanceof Ruling.Refused)) {
                best = ruling;
            }
            none = false;
        }
        return best;
    }

    Optional<Party.Authority> authority(AuthorityCode authority) {
        return Optional.ofNullable(authorities.get(authority));
    }

    /** Of a category that is known to be named. */
    Named.CategoryTerms category(Facts facts) {
        return Optional.ofNullable(categories.get(facts.category())).orElseThrow();
    }

    /** Of a clause of this memorandum. */
    Terms terms(ClauseNumber number) {
        return Optional.ofNullable(clauses.get(number)).orElseThrow();
    }

    boolean named(PartyCode party) {
        return parties.contains(party);
    }

    boolean named(Purpose purpose) {
        return purposes.containsKey(purpose);
    }

    Bearings bearings() {
        return bearings;
    }
}
