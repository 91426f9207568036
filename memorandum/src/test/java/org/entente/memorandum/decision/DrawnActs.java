package org.entente.memorandum.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;
import org.entente.memorandum.officer.Role;

/**
 * Draws acts of all kinds under a memorandum. Each aims at a clause that would grant it, and each of its facts is wrong once in {@value #WRONG} times, by itself; counts, days and
 * moments lie mostly on a boundary or one beside it. The same memorandum and seed give the same acts.
 */
final class DrawnActs {
    private static final int WRONG = 14;
    private static final List<String> STRANGERS = List.of("MX/NOBODY", "US/NOBODY", "FR/DGSI");
    private static final List<String> NAMES = List.of("o1", "o2", "o3");

    private final Memorandum memorandum;
    private final Random random;
    private final DrawnItems items;
    private final List<Terms> clauses;
    private final List<AuthorityCode> authorities = new ArrayList<>();
    private final List<Purpose> purposes;
    private final List<Category> categories;
    private final List<Instant> boundaries = new ArrayList<>();

    DrawnActs(Memorandum memorandum, long seed) {
        this.memorandum = memorandum;
        this.random = new Random(seed);
        memorandum
                .parties()
                .values()
                .forEach(party -> authorities.addAll(party.authorities().keySet()));
        this.items = new DrawnItems(memorandum, authorities, random);
        this.clauses = memorandum.clauses().values().stream()
                .filter(terms -> terms instanceof Terms.Grant || terms instanceof Terms.Announce)
                .toList();
        this.purposes = List.copyOf(memorandum.purposes().keySet());
        this.categories = List.copyOf(memorandum.categories().keySet());
        dates().forEach(day -> around(day.atStartOfDay().toInstant(ZoneOffset.UTC)));
        around(Story.AT);
    }

    private List<LocalDate> dates() {
        List<LocalDate> days = new ArrayList<>();
        memorandum.clausesOf(Terms.Force.class).forEach(clause -> {
            clause.terms().from().ifPresent(days::add);
            clause.terms().ends().map(day -> day.plusDays(1)).ifPresent(days::add);
        });
        memorandum.clausesOf(Terms.JointGroup.class).forEach(clause -> {
            days.add(clause.terms().from());
            days.add(clause.terms().until().plusDays(1));
        });
        return days;
    }

    private void around(Instant moment) {
        boundaries.addAll(List.of(moment.minusSeconds(1), moment));
    }

    /** The act of this number, whatever was drawn before. */
    Act number(int number) {
        random.setSeed(number * 0x9E3779B97F4A7C15L);
        return next();
    }

    Act next() {
        Terms clause = any(clauses);
        ActName name = wrong() ? any(List.of(ActName.values())) : any(granted(clause));
        Circumstances circumstances = circumstances(clause, name);
        Grounds grounds = grounds(clause, name, circumstances);
        return act(clause, name, circumstances, grounds);
    }

    private static List<ActName> granted(Terms clause) {
        return switch (clause) {
            case Terms.Reconcile _ -> List.of(ActName.RECONCILE, ActName.INDEX);
            case Terms.Probe _ -> List.of(ActName.PROBE, ActName.WATCH, ActName.INDEX);
            case Terms.Release _ ->
                List.of(
                        ActName.REQUEST,
                        ActName.RELEASE,
                        ActName.DISSEMINATE,
                        ActName.FORWARD,
                        ActName.USE,
                        ActName.USE,
                        ActName.EXPORT,
                        ActName.RETAIN,
                        ActName.RETAIN);
            case Terms.Contribute _ ->
                List.of(
                        ActName.CONTRIBUTE,
                        ActName.CONTRIBUTE,
                        ActName.FORWARD,
                        ActName.USE,
                        ActName.EXPORT,
                        ActName.RETAIN);
            default -> List.of(ActName.ANNOUNCE);
        };
    }

    private Act act(Terms clause, ActName name, Circumstances circumstances, Grounds grounds) {
        return switch (name) {
            case PROBE -> new Act.Probe(circumstances, grounds, charge(clause), holds(clause));
            case WATCH ->
                new Act.Watch(
                        circumstances, grounds, charge(clause), holds(clause), rounds(clause, circumstances.at()));
            case RECONCILE -> new Act.Reconcile(circumstances, grounds, holds(clause));
            case INDEX -> new Act.Index(circumstances, grounds, items.own(clause, circumstances));
            case REQUEST -> new Act.Request(circumstances, grounds);
            case RELEASE -> new Act.Release(circumstances, grounds, items.own(clause, circumstances));
            case DISSEMINATE -> new Act.Disseminate(circumstances, grounds, items.own(clause, circumstances));
            case CONTRIBUTE -> new Act.Contribute(circumstances, grounds, items.own(clause, circumstances));
            case FORWARD ->
                new Act.Forward(
                        circumstances,
                        grounds,
                        items.received(clause, circumstances),
                        recipient(clause),
                        random.nextBoolean());
            case USE ->
                new Act.Use(
                        circumstances, grounds, items.received(clause, circumstances), any(List.of(Manner.values())));
            case EXPORT -> new Act.Export(circumstances, grounds, items.received(clause, circumstances));
            case RETAIN -> new Act.Retain(circumstances, grounds, items.received(clause, circumstances));
            case ANNOUNCE -> announce(circumstances, grounds);
        };
    }

    private Act announce(Circumstances circumstances, Grounds grounds) {
        List<PartyCode> parties = List.copyOf(memorandum.parties().keySet());
        TreeSet<PartyCode> named = new TreeSet<>(List.of(any(parties)));
        named.add(wrong() ? new PartyCode("FR") : any(parties));
        TreeSet<PartyCode> countersigned = new TreeSet<>(named);
        if (random.nextBoolean()) {
            countersigned.remove(
                    random.nextInt(3) == 0 ? any(parties) : circumstances.by().party());
        }
        return new Act.Announce(circumstances, grounds, named, countersigned);
    }

    private Circumstances circumstances(Terms clause, ActName name) {
        if (!(clause instanceof Terms.Grant grant)) {
            return new Circumstances(any(authorities), any(authorities), any(purposes), any(categories), moment());
        }
        boolean backward = List.of(
                        ActName.INDEX, ActName.REQUEST, ActName.FORWARD, ActName.USE, ActName.EXPORT, ActName.RETAIN)
                .contains(name);
        Collection<AuthorityCode> first = grant.scope().by();
        Collection<AuthorityCode> second = grant.scope().counterpart();
        AuthorityCode by = side(backward ? second : first);
        AuthorityCode counterpart = side(backward ? first : second);
        for (int tries = 0; tries < 8 && by.party().equals(counterpart.party()); tries++) {
            counterpart = side(backward ? first : second);
        }
        return new Circumstances(
                by,
                counterpart,
                wrong()
                        ? any(purposes)
                        : wrong() ? new Purpose("tariffs") : any(grant.scope().purposes()),
                wrong()
                        ? any(categories)
                        : wrong() ? new Category("hearsay") : any(grant.scope().categories()),
                moment());
    }

    private AuthorityCode side(Collection<AuthorityCode> named) {
        return wrong() ? any(authorities) : wrong() ? Story.authority(any(STRANGERS)) : any(named);
    }

    private Instant moment() {
        return random.nextInt(6) == 0 ? any(boundaries) : Story.AT;
    }

    private AuthorityCode recipient(Terms clause) {
        boolean named = random.nextInt(4) == 0;
        if (named
                && clause instanceof Terms.Passing passing
                && !passing.handover().onward().to().isEmpty()) {
            return any(passing.handover().onward().to());
        }
        return wrong() ? Story.authority(any(STRANGERS)) : any(authorities);
    }

    private Grounds grounds(Terms clause, ActName name, Circumstances circumstances) {
        TreeSet<Approver> approvers = new TreeSet<>();
        int enough = Math.max(demanded(clause), random.nextInt(3));
        List<Role> may = List.of(Role.values()).stream()
                .filter(role -> role.mayApprove(name))
                .toList();
        for (int n = wrong() ? 1 : 0; n < enough; n++) {
            AuthorityCode whose = wrong() ? any(authorities) : circumstances.by();
            approvers.add(
                    new Approver(whose, "o" + (wrong() ? 1 : n), wrong() ? any(List.of(Role.values())) : any(may)));
        }
        if (name == ActName.RECONCILE) {
            approvers.add(new Approver(circumstances.by(), any(NAMES), wrong() ? Role.ANALYST : Role.LEGAL));
            approvers.add(new Approver(circumstances.counterpart(), any(NAMES), wrong() ? Role.LIAISON : Role.LEGAL));
        }
        TreeSet<AuthorityCode> consents = new TreeSet<>(Party.ORDER);
        if (random.nextInt(3) == 0) {
            consents.addAll(authorities);
        }
        return new Grounds(
                random.nextInt(8) == 0 ? Optional.empty() : Optional.of("case 7"),
                random.nextInt(8) == 0 ? Optional.empty() : Optional.of("article 15"),
                approvers,
                consents);
    }

    private static int demanded(Terms clause) {
        return switch (clause) {
            case Terms.Probe probe -> probe.needs().officers();
            case Terms.Passing passing -> passing.needs().officers();
            default -> 1;
        };
    }

    private Act.Charge charge(Terms clause) {
        long quota = clause instanceof Terms.Probe probe ? probe.quota().identifiers() : 64;
        long before = random.nextInt((int) quota);
        long now = Math.max(1, quota - before + (wrong() ? 1 : -random.nextInt(2)));
        return random.nextBoolean()
                ? new Act.Charge(now, before)
                : new Act.Charge(now, before + random.nextInt(3), new TreeMap<>(Map.of("P1M", before)));
    }

    private long holds(Terms clause) {
        long least = switch (clause) {
            case Terms.Probe probe -> probe.index().identifiersMin();
            case Terms.Reconcile reconcile -> reconcile.index().identifiersMin();
            default -> 50;
        };
        return Math.max(0, least + (wrong() ? -1 : random.nextInt(2)));
    }

    private Rounds rounds(Terms clause, Instant at) {
        Optional<Terms.Watch> allowed = clause instanceof Terms.Probe probe ? probe.watch() : Optional.empty();
        Term longest = allowed.map(Terms.Watch::longest).orElseGet(() -> term("P90D"));
        Instant begins = at.minusSeconds(random.nextInt(3) * 86_400L);
        Instant until = longest.after(begins).plusSeconds(wrong() ? 1 : -random.nextInt(2));
        if (wrong()) {
            begins = at.minusSeconds(864_000);
            until = at.plusSeconds(random.nextInt(2));
        }
        Term each = allowed.map(Terms.Watch::each).orElseGet(() -> term("P1D"));
        return new Rounds(begins, until, wrong() ? term("PT23H59M59S") : random.nextBoolean() ? term("PT240H") : each);
    }

    static Term term(String text) {
        return Story.parsed(() -> Term.parse(text));
    }

    private boolean wrong() {
        return random.nextInt(WRONG) == 0;
    }

    private <T> T any(Collection<T> values) {
        return List.copyOf(values).get(random.nextInt(values.size()));
    }
}
