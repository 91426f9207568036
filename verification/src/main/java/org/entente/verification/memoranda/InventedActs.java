package org.entente.verification.memoranda;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.decision.Rounds;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;
import org.entente.memorandum.officer.Role;

/**
 * Draws acts under an invented memorandum: the same memorandum and seed give the same acts, everywhere.
 *
 * <p>Each act aims at a clause that would permit it, and then each of its facts is wrong once in {@value #WRONG} times, by itself: a purpose that nobody named, an officer too
 * few, an index one identifier too small, an item from elsewhere. So about half of the acts are permitted, single faults are common, several at once are rare, and every
 * refusal that the engine knows occurs. Amounts and moments lie on the boundary of what is allowed, or one beyond it, far more often than between.
 *
 * <p>Acts share their parts where these are equal, but share nothing with the memorandum, as acts that arrive from elsewhere.
 */
public final class InventedActs {
    private static final int WRONG = 30;
    private static final int ANNOUNCED = 40;
    private static final int OFFICERS_MAX = 3;
    private static final List<Manner> MANNERS = List.of(Manner.values());

    private static final List<String> UNNAMED_PURPOSES = List.of("migration-enforcement", "tariffs");
    private static final Category UNNAMED_CATEGORY = new Category("medical-record");
    private static final List<Role> ANSWERING = List.of(Role.LIAISON);
    private static final List<Role> OTHERS = List.of(Role.OVERSIGHT, Role.ADMINISTRATOR);
    private static final int DAYS = 730;
    private static final int DAY_SECONDS = 86_400;

    private final InventedMemorandum memorandum;
    private final Chance chance;
    private final Parts parts = new Parts();
    private final InventedItems items;
    private final List<Instant> boundaries;

    public InventedActs(InventedMemorandum memorandum, long seed) {
        this.memorandum = memorandum;
        this.chance = new Chance(seed);
        this.items = new InventedItems(memorandum, chance, parts);
        this.boundaries = boundaries();
    }

    /** So many acts, the next ones. */
    public List<Act> draw(int count) {
        List<Act> acts = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            acts.add(next());
        }
        return acts;
    }

    public Act next() {
        Grant grant = chance.any(memorandum.grants());
        ActName name = wrong()
                ? chance.any(Aim.ALL)
                : chance.once(ANNOUNCED) ? ActName.ANNOUNCE : chance.any(Aim.granted(grant));
        Aim aim = Aim.at(grant, name, chance);
        Circumstances circumstances = circumstances(grant, aim);
        return act(grant, name, circumstances);
    }

    /** Every kind of act that there is, made here and nowhere else. */
    private Act act(Grant grant, ActName name, Circumstances circumstances) {
        Grounds grounds = grounds(grant, name, circumstances);
        return switch (name) {
            case PROBE -> new Act.Probe(circumstances, grounds, charge(grant), indexIdentifiers(grant));
            case WATCH ->
                new Act.Watch(
                        circumstances,
                        grounds,
                        charge(grant),
                        indexIdentifiers(grant),
                        rounds(grant, circumstances.at()));
            case RECONCILE -> new Act.Reconcile(circumstances, grounds, indexIdentifiers(grant));
            case INDEX -> new Act.Index(circumstances, grounds, items.next(grant, circumstances));
            case REQUEST -> new Act.Request(circumstances, grounds);
            case RELEASE -> new Act.Release(circumstances, grounds, items.next(grant, circumstances));
            case DISSEMINATE -> new Act.Disseminate(circumstances, grounds, items.next(grant, circumstances));
            case CONTRIBUTE -> new Act.Contribute(circumstances, grounds, items.next(grant, circumstances));
            case FORWARD ->
                new Act.Forward(
                        circumstances,
                        grounds,
                        items.received(grant, circumstances),
                        recipient(grant, circumstances),
                        chance.once(2));
            case USE -> new Act.Use(circumstances, grounds, items.received(grant, circumstances), chance.any(MANNERS));
            case EXPORT -> new Act.Export(circumstances, grounds, items.received(grant, circumstances));
            case RETAIN -> new Act.Retain(circumstances, grounds, items.received(grant, circumstances));
            case ANNOUNCE -> announcement(circumstances, grounds);
        };
    }

    /** Whom the clause names, a colleague, or anybody. */
    private AuthorityCode recipient(Grant grant, Circumstances circumstances) {
        List<String> named = grant.handing().onward().to();
        if (!named.isEmpty() && chance.once(3)) {
            return authority(chance.any(named));
        }
        if (wrong()) {
            return authority(unnamed(circumstances.by().text()));
        }
        List<Member> colleagues = memorandum.members().stream()
                .filter(member ->
                        member.party().equals(circumstances.by().party().text()))
                .toList();
        return authority(
                chance.any(chance.once(2) ? colleagues : memorandum.members()).code());
    }

    /** Up to three parties; mostly every one but the announcing one has countersigned. */
    private Act announcement(Circumstances circumstances, Grounds grounds) {
        SortedSet<PartyCode> named = new TreeSet<>();
        for (int n = 0; n < 1 + chance.below(3); n++) {
            named.add(authority(chance.any(memorandum.members()).code()).party());
        }
        SortedSet<PartyCode> countersigned = new TreeSet<>(named);
        countersigned.remove(circumstances.by().party());
        if (chance.once(3) && !countersigned.isEmpty()) {
            countersigned.remove(chance.any(List.copyOf(countersigned)));
        }
        return new Act.Announce(circumstances, grounds, named, countersigned);
    }

    private Circumstances circumstances(Grant grant, Aim aim) {
        String by = wrong() ? chance.any(memorandum.members()).code() : aim.by();
        String counterpart = wrong() ? chance.any(memorandum.members()).code() : aim.counterpart();
        return new Circumstances(
                authority(wrong() ? unnamed(by) : by),
                authority(wrong() ? unnamed(counterpart) : counterpart),
                purpose(grant),
                category(grant),
                moment());
    }

    private AuthorityCode authority(String code) {
        return parts.authority(code);
    }

    /** An authority of the same party that the memorandum does not name. */
    private static String unnamed(String code) {
        return Grant.party(code) + "/NOBODY";
    }

    private Purpose purpose(Grant grant) {
        if (!wrong()) {
            return parts.purpose(chance.any(grant.scope().purposes()));
        }
        return parts.purpose(
                chance.any(Stream.of(InventedMemorandum.PURPOSES, UNNAMED_PURPOSES, List.of(InventedMemorandum.JOINT))
                        .flatMap(List::stream)
                        .toList()));
    }

    private Category category(Grant grant) {
        if (!wrong()) {
            return parts.category(chance.any(grant.scope().categories()));
        }
        return chance.once(2)
                ? UNNAMED_CATEGORY
                : parts.category(chance.any(Holding.ALL).code());
    }

    /** Seldom before the memorandum is in force; often in the first or last second of a term. */
    private Instant moment() {
        if (chance.once(10)) {
            return chance.any(boundaries);
        }
        return InventedMemorandum.SINCE
                .plus(Duration.ofDays(chance.below(DAYS)))
                .plusSeconds(chance.once(4) ? DAY_SECONDS - 1 : chance.below(DAY_SECONDS));
    }

    private static List<Instant> boundaries() {
        List<Instant> moments = new ArrayList<>(List.of(
                InventedMemorandum.SINCE,
                Instant.parse("2028-02-28T23:59:59Z"),
                Instant.parse("2028-02-29T00:00:00Z")));
        moments.add(InventedMemorandum.SINCE.minusSeconds(1));
        for (LocalDate day : List.of(InventedMemorandum.JOINT_FROM, InventedMemorandum.JOINT_UNTIL.plusDays(1))) {
            Instant begins = day.atStartOfDay().toInstant(ZoneOffset.UTC);
            moments.add(begins);
            moments.add(begins.minusSeconds(1));
        }
        return List.copyOf(moments);
    }

    private Grounds grounds(Grant grant, ActName name, Circumstances circumstances) {
        Optional<String> caseReference = wrong() || chance.once(20) ? Optional.empty() : parts.caseReference(chance);
        Optional<String> legalBasis = wrong() ? Optional.empty() : parts.legalBasis(chance);
        TreeSet<Approver> approvers = new TreeSet<>();
        if (name == ActName.RECONCILE) {
            for (AuthorityCode side : List.of(circumstances.by(), circumstances.counterpart())) {
                approvers.add(parts.approver(side, 1, wrong() ? Role.LIAISON : Role.LEGAL));
            }
        } else {
            int enough = Math.max(grant.terms().officers(), sensitive(circumstances) ? 2 : 1);
            int given = wrong() ? enough - 1 : Math.min(OFFICERS_MAX, enough + chance.below(2));
            for (int n = 1; n <= given; n++) {
                AuthorityCode whose = wrong() ? circumstances.counterpart() : circumstances.by();
                approvers.add(parts.approver(whose, wrong() ? 1 : n, wrong() ? chance.any(OTHERS) : role(name)));
            }
        }
        return parts.shared(new Grounds(caseReference, legalBasis, approvers, consents(name, circumstances)));
    }

    private static boolean sensitive(Circumstances circumstances) {
        String code = circumstances.category().code();
        return Holding.ALL.stream().noneMatch(one -> one.code().equals(code))
                || Holding.of(code).sensitive();
    }

    private Role role(ActName name) {
        List<Role> may = Stream.of(Role.ANALYST, Role.LIAISON, Role.LEGAL)
                .filter(role -> role.mayApprove(name))
                .toList();
        return chance.any(may.isEmpty() ? ANSWERING : may);
    }

    /** Now and then of everybody whose item it could be. */
    private SortedSet<AuthorityCode> consents(ActName name, Circumstances circumstances) {
        SortedSet<AuthorityCode> given = new TreeSet<>(Party.ORDER);
        if (List.of(ActName.RELEASE, ActName.INDEX, ActName.DISSEMINATE, ActName.CONTRIBUTE)
                        .contains(name)
                && chance.once(3)) {
            given.addAll(items.others(circumstances.by()));
        }
        if (List.of(ActName.FORWARD, ActName.USE, ActName.EXPORT).contains(name) && !chance.once(3)) {
            given.add(circumstances.counterpart());
        }
        return given;
    }

    private Act.Charge charge(Grant grant) {
        int quota = grant.terms().quota();
        int before = chance.once(2) ? 0 : chance.below(quota);
        int left = quota - before;
        int now = wrong() ? left + 1 : chance.once(4) ? left : 1 + chance.below(left);
        return parts.charge(now, before, chance.once(2) ? 0 : chance.below(quota));
    }

    private long indexIdentifiers(Grant grant) {
        int least = grant.terms().indexMin();
        return wrong() ? least - 1 : chance.once(3) ? least : least + chance.below(1_000_000);
    }

    /** Mostly still going on. */
    private Rounds rounds(Grant grant, Instant at) {
        int longest = Math.max(1, grant.terms().watchDays());
        int days = wrong() ? longest + 1 : chance.once(2) ? longest : 1 + chance.below(longest);
        long length = Duration.ofDays(days).toSeconds();
        long gone = wrong() ? length : chance.once(4) ? length - 1 : chance.below((int) length);
        Instant begins = at.minusSeconds(gone);
        Term each = new Term(
                wrong() ? Duration.ofSeconds(DAY_SECONDS - 1) : chance.once(2) ? Period.ofDays(1) : Period.ofDays(7));
        return new Rounds(begins, begins.plusSeconds(length), each);
    }

    private boolean wrong() {
        return chance.once(WRONG);
    }
}
