package org.entente.memorandum.decision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Named;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.signing.Standing;

/**
 * Decides acts. Pure and total: the same standing and act give the same decision, on every node and at any time.
 *
 * <p>Everything starts refused. An act is taken through the checks of {@link #decide(Standing, Act)} in their order, and
 * the first one that fails names its clause. Only what passes them all reaches the clauses that grant it; each of those is
 * judged on its own terms ({@link Granting}), and the best answer counts: a permit, else a consent that would make it one,
 * else the refusal of the first. So a clause can add a permit only within what the checks before it let through, and no
 * clause can lift the territorial rule or the limits of purpose.
 */
public final class Decider {
    private final Memorandum memorandum;
    private final Standing standing;
    private final Act act;
    private final Circumstances circumstances;

    private Decider(Standing standing, Act act) {
        this.memorandum = standing.memorandum();
        this.standing = standing;
        this.act = act;
        this.circumstances = act.circumstances();
    }

    /** Decides under one memorandum. */
    public static Decision decide(Standing standing, Act act) {
        return new Decider(standing, act).decide();
    }

    /**
     * Decides under every memorandum that applies: that names both authorities' parties and the purpose, whatever its
     * state. The most protective answer wins: one refusal refuses, one missing consent is asked for. Without any that
     * applies the act is refused.
     */
    public static Decision decide(Collection<Standing> standings, Act act) {
        Circumstances circumstances = act.circumstances();
        List<Decision> decisions = standings.stream()
                .filter(standing -> applies(standing.memorandum(), circumstances))
                .map(standing -> decide(standing, act))
                .toList();
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Refused) {
                return decision;
            }
        }
        for (Decision decision : decisions) {
            if (decision instanceof Decision.ConsentNeeded) {
                return decision;
            }
        }
        if (decisions.isEmpty()) {
            return standings.stream()
                    .filter(standing -> namesBoth(standing.memorandum(), circumstances))
                    .findFirst()
                    .map(standing -> decide(standing, act))
                    .orElseGet(() -> new Decision.Refused(
                            List.of(),
                            Problem.of(
                                    "memorandum.decision.no-memorandum",
                                    circumstances.by().party().text(),
                                    circumstances.counterpart().party().text())));
        }
        Set<Citation> clauses = new LinkedHashSet<>();
        Set<Obligation> obligations = new LinkedHashSet<>();
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Permitted permitted) {
                clauses.addAll(permitted.clauses());
                obligations.addAll(permitted.obligations());
            }
        }
        return new Decision.Permitted(List.copyOf(clauses), List.copyOf(obligations));
    }

    private static boolean applies(Memorandum memorandum, Circumstances circumstances) {
        return namesBoth(memorandum, circumstances)
                && memorandum.purpose(circumstances.purpose()).isPresent();
    }

    private static boolean namesBoth(Memorandum memorandum, Circumstances circumstances) {
        return memorandum.party(circumstances.by().party()).isPresent()
                && memorandum.party(circumstances.counterpart().party()).isPresent();
    }

    private Decision decide() {
        return Stream.<Check>of(
                        this::purposeNamed,
                        this::partiesNamed,
                        this::inForce,
                        this::categoryNamed,
                        this::jointGroup,
                        this::kindsOfAuthority)
                .map(Check::run)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(this::granted);
    }

    private Optional<Decision> purposeNamed() {
        if (memorandum.purpose(circumstances.purpose()).isPresent()) {
            return Optional.empty();
        }
        return refused(
                Terms.NotNamed.class,
                "memorandum.decision.purpose-not-named",
                circumstances.purpose().code(),
                memorandum.id());
    }

    private Optional<Decision> partiesNamed() {
        for (AuthorityCode authority : List.of(circumstances.by(), circumstances.counterpart())) {
            if (memorandum.authority(authority).isEmpty()) {
                return refused(
                        Terms.NotNamed.class,
                        "memorandum.decision.authority-not-named",
                        authority.text(),
                        memorandum.id());
            }
        }
        if (circumstances.by().party().equals(circumstances.counterpart().party())) {
            return refused(
                    Terms.NotNamed.class,
                    "memorandum.decision.one-party",
                    circumstances.by().text(),
                    circumstances.counterpart().text());
        }
        return Optional.empty();
    }

    private Optional<Decision> inForce() {
        return switch (standing) {
            case Standing.Draft _, Standing.Signed _ ->
                refused(Terms.LegalNature.class, "memorandum.decision.not-in-force", memorandum.id());
            case Standing.InForce inForce
            when circumstances.at().isBefore(inForce.since()) ->
                refused(Terms.LegalNature.class, "memorandum.decision.not-in-force", memorandum.id());
            case Standing.InForce _ -> Optional.empty();
            case Standing.Suspended suspended ->
                refused(
                        Terms.Suspend.class,
                        "memorandum.decision.suspended",
                        memorandum.id(),
                        suspended.by().text());
            case Standing.Withdrawn withdrawn when circumstances.at().isBefore(withdrawn.ends()) -> Optional.empty();
            case Standing.Withdrawn withdrawn -> {
                boolean hasClause = !memorandum.clausesOf(Terms.Withdraw.class).isEmpty();
                yield refused(
                        hasClause ? Terms.Withdraw.class : Terms.Suspend.class,
                        "memorandum.decision.withdrawn",
                        memorandum.id(),
                        withdrawn.by().text());
            }
        };
    }

    private Optional<Decision> categoryNamed() {
        if (memorandum.category(circumstances.category()).isPresent()) {
            return Optional.empty();
        }
        return refused(
                Terms.NotNamed.class,
                "memorandum.decision.category-not-named",
                circumstances.category().code(),
                memorandum.id());
    }

    /** What only a joint group's terms add needs the group: both authorities in it, on a day of its term. */
    private Optional<Decision> jointGroup() {
        boolean purpose = memorandum
                .purpose(circumstances.purpose())
                .map(Named::onlyUnderJointGroup)
                .orElse(true);
        boolean category = memorandum
                .category(circumstances.category())
                .map(Named::onlyUnderJointGroup)
                .orElse(true);
        if (!purpose && !category) {
            return Optional.empty();
        }
        for (var clause : memorandum.clausesOf(Terms.JointGroup.class)) {
            Terms.JointGroup group = clause.terms();
            List<Citation> cited = cite(clause.number());
            for (AuthorityCode authority : List.of(circumstances.by(), circumstances.counterpart())) {
                if (!group.members().contains(authority)) {
                    return Optional.of(new Decision.Refused(
                            cited, Problem.of("memorandum.decision.not-in-joint-group", authority.text())));
                }
            }
            if (circumstances.day().isBefore(group.from())
                    || circumstances.day().isAfter(group.until())) {
                return Optional.of(new Decision.Refused(
                        cited,
                        Problem.of(
                                "memorandum.decision.joint-group-term",
                                group.from().toString(),
                                group.until().toString())));
            }
            return Optional.empty();
        }
        return refused(
                Terms.NotNamed.class,
                "memorandum.decision.category-not-named",
                circumstances.category().code(),
                memorandum.id());
    }

    /** A category may pass between some kinds of authority only; a suspicious report never beyond the units. */
    private Optional<Decision> kindsOfAuthority() {
        Named.CategoryTerms category =
                memorandum.category(circumstances.category()).orElseThrow();
        Set<Words.AuthorityKind> allowed = category.secrecy() == SecrecyRegime.SUSPICIOUS_REPORT
                ? Set.of(Words.AuthorityKind.FINANCIAL_INTELLIGENCE_UNIT)
                : category.onlyBetween();
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        for (AuthorityCode authority : List.of(circumstances.by(), circumstances.counterpart())) {
            boolean may = memorandum
                    .authority(authority)
                    .map(Party.Authority::kind)
                    .filter(allowed::contains)
                    .isPresent();
            if (!may) {
                return refused(
                        Terms.NotNamed.class,
                        "memorandum.decision.kind-of-authority",
                        authority.text(),
                        circumstances.category().code());
            }
        }
        return Optional.empty();
    }

    private Decision granted() {
        List<Decision> decisions = new ArrayList<>();
        memorandum.clauses().forEach((number, terms) -> {
            if (Granting.covers(terms, act)) {
                decisions.add(new Granting(memorandum, number, terms, act).decide());
            }
        });
        return decisions.stream()
                .filter(Decision.Permitted.class::isInstance)
                .findFirst()
                .or(() -> decisions.stream()
                        .filter(Decision.ConsentNeeded.class::isInstance)
                        .findFirst())
                .or(() -> decisions.stream().findFirst())
                .or(() -> refused(
                        Terms.NotNamed.class,
                        "memorandum.decision.act-not-named",
                        act.name().word(),
                        circumstances.by().text(),
                        circumstances.counterpart().text(),
                        circumstances.category().code(),
                        circumstances.purpose().code()))
                .orElseThrow();
    }

    private Optional<Decision> refused(Class<? extends Terms> mandatory, String code, String... arguments) {
        return Optional.of(new Decision.Refused(cite(memorandum.mandatory(mandatory)), Problem.of(code, arguments)));
    }

    private List<Citation> cite(ClauseNumber number) {
        return List.of(new Citation(memorandum.id(), number));
    }
}
