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
    static final Set<Words.AuthorityKind> UNITS = Set.of(Words.AuthorityKind.FINANCIAL_INTELLIGENCE_UNIT);

    private final Memorandum memorandum;
    private final Bearings bearings;
    private final Register<AuthorityCode, Party.Authority> authorities;
    private final Register<Purpose, Named.PurposeTerms> purposes;
    private final Register<Category, Named.CategoryTerms> categories;
    private final Map<ClauseNumber, Terms> clauses;
    private final Set<PartyCode> parties;
    private final Map<ActName, Grants> grants = new EnumMap<>(ActName.class);

    private Rules(Memorandum memorandum) {
        this.memorandum = memorandum;
        this.bearings = new Bearings(memorandum);
        Map<AuthorityCode, Party.Authority> named = new HashMap<>();
        memorandum.parties().values().forEach(party -> named.putAll(party.authorities()));
        this.authorities = new Register<>(named);
        this.purposes = new Register<>(memorandum.purposes());
        this.categories = new Register<>(memorandum.categories());
        this.clauses = new HashMap<>(memorandum.clauses());
        this.parties = new HashSet<>(memorandum.parties().keySet());
        for (ActName act : ActName.values()) {
            List<Grant> granting = new ArrayList<>();
            memorandum.clauses().forEach((number, terms) -> {
                if (Grants.grants(terms, act)) {
                    granting.add(new Grant(this, number, terms, act));
                }
            });
            grants.put(act, new Grants(act, granting, authorities, purposes, categories));
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
        Optional<Reason> over = bearings.standing(facts);
        if (over.isPresent()) {
            return refused(over.get());
        }
        Optional<Register.Entry<Party.Authority>> by = authorities.find(facts.by());
        if (by.isEmpty()) {
            return refused(Reason.ACTOR_NOT_NAMED);
        }
        Optional<Register.Entry<Party.Authority>> counterpart = authorities.find(facts.counterpart());
        if (counterpart.isEmpty()) {
            return refused(Reason.COUNTERPART_NOT_NAMED);
        }
        if (facts.by().party().equals(facts.counterpart().party())) {
            return refused(Reason.ONE_PARTY);
        }
        Optional<Register.Entry<Named.PurposeTerms>> purpose = purposes.find(facts.purpose());
        if (purpose.isEmpty() && !againstThreat(facts)) {
            return refused(Reason.PURPOSE_NOT_NAMED);
        }
        Optional<Register.Entry<Named.CategoryTerms>> category = categories.find(facts.category());
        if (category.isEmpty()) {
            return refused(Reason.CATEGORY_NOT_NAMED);
        }
        NamedCase named = new NamedCase(facts, by.get(), counterpart.get(), purpose, category.get());
        Optional<Reason> outside = group(named).or(() -> kinds(named));
        return outside.isPresent() ? refused(outside.get()) : granted(named);
    }

    private Ruling refused(Reason reason) {
        return refused(reason, bearings.closing());
    }

    /** The refusal by the clause that the reason comes from: some have one of their own, the others come from the clause that was judged. */
    Ruling refused(Reason reason, ClauseNumber judged) {
        return new Ruling.Refused(bearings.clause(reason).orElse(judged), reason, judged);
    }

    private static boolean againstThreat(Facts facts) {
        return facts.act() == ActName.USE && facts.manner() == Manner.IMMEDIATE_THREAT;
    }

    /** What only a joint group's terms add needs the group, and so does whatever is contributed: both authorities in it, on a day of its term. */
    private Optional<Reason> group(NamedCase named) {
        Facts facts = named.facts();
        boolean onlyUnderGroup = facts.act() == ActName.CONTRIBUTE
                || named.category().terms().onlyUnderJointGroup()
                || named.purpose()
                        .filter(purpose -> purpose.terms().onlyUnderJointGroup())
                        .isPresent();
        if (!onlyUnderGroup) {
            return Optional.empty();
        }
        Optional<Terms.JointGroup> group = bearings.group();
        if (group.isEmpty()) {
            return Optional.of(Reason.CATEGORY_NOT_NAMED);
        }
        return group.flatMap(terms -> {
            if (!bearings.inGroup(facts.by())) {
                return Optional.of(Reason.ACTOR_NOT_IN_GROUP);
            }
            if (!bearings.inGroup(facts.counterpart())) {
                return Optional.of(Reason.COUNTERPART_NOT_IN_GROUP);
            }
            return facts.before(terms.from()) || facts.after(terms.until())
                    ? Optional.of(Reason.GROUP_TERM)
                    : Optional.empty();
        });
    }

    /** A category may pass between some kinds of authority only; a suspicious report never beyond the units. */
    private static Optional<Reason> kinds(NamedCase named) {
        Set<Words.AuthorityKind> allowed = kinds(named.category().terms());
        if (allowed.isEmpty() || named.between(allowed)) {
            return Optional.empty();
        }
        return Optional.of(allowed.contains(named.by().terms().kind()) ? Reason.COUNTERPART_KIND : Reason.ACTOR_KIND);
    }

    /** The kinds between which the category may pass; none means any. */
    static Set<Words.AuthorityKind> kinds(Named.CategoryTerms category) {
        return category.secrecy() == SecrecyRegime.SUSPICIOUS_REPORT ? UNITS : category.onlyBetween();
    }

    private Ruling granted(NamedCase named) {
        return Optional.ofNullable(grants.get(named.facts().act()))
                .orElseThrow()
                .judge(named)
                .orElseGet(() -> refused(Reason.ACT_NOT_NAMED));
    }

    /** Of an authority, when it is named. */
    Optional<Party.Authority> authority(AuthorityCode authority) {
        return authorities.find(authority).map(Register.Entry::terms);
    }

    /** Whether the authority is named, and of one of the kinds. */
    boolean isOf(Set<Words.AuthorityKind> kinds, AuthorityCode authority) {
        return authority(authority)
                .filter(terms -> kinds.contains(terms.kind()))
                .isPresent();
    }

    /** Of a category, when it is named. */
    Optional<Named.CategoryTerms> category(Category category) {
        return categories.find(category).map(Register.Entry::terms);
    }

    /** Of a clause of this memorandum. */
    Terms terms(ClauseNumber number) {
        return Optional.ofNullable(clauses.get(number)).orElseThrow();
    }

    boolean named(PartyCode party) {
        return parties.contains(party);
    }

    boolean named(Purpose purpose) {
        return purposes.has(purpose);
    }

    Bearings bearings() {
        return bearings;
    }
}
