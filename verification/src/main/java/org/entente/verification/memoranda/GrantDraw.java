package org.entente.verification.memoranda;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Draws the clauses of a memorandum that let something be done. A clause names whole groups, such as the police of two parties, and only sometimes a single authority, as
 * people write them; so authorities of one party, kind and territory mostly stand alike.
 */
final class GrantDraw {
    /** Kinds of clause in turn; the first two stand in every memorandum. */
    private static final List<Grant.Kind> KINDS = List.of(
            Grant.Kind.PROBE,
            Grant.Kind.RELEASE,
            Grant.Kind.RECONCILE,
            Grant.Kind.RELEASE,
            Grant.Kind.PROBE,
            Grant.Kind.RELEASE,
            Grant.Kind.PROBE,
            Grant.Kind.RELEASE);

    /** Of ten clauses one is the joint group's, to be released or to be contributed under. */
    private static final int JOINT_EACH = 10;

    private static final int CONTRIBUTED = 5;
    private static final List<String> ASKED = List.of("never", "with consent");
    private static final List<String> CONSENT = List.of("never", "with consent", "freely");
    private static final List<String> THREAT =
            List.of("never", "for a named purpose, told within PT24H", "for a named purpose, told within P2D");
    private static final List<String> HOLD = List.of("never", "restricted", "in use");
    private static final List<Integer> INDEX_MIN = List.of(50, 100, 1_000);
    private static final List<Integer> QUOTA = List.of(512, 2_048, 10_000);
    private static final List<Integer> WATCH_DAYS = List.of(0, 30, 90);
    private static final List<Integer> KEEP_YEARS = List.of(1, 3, 5, 10);

    private final List<Member> members;
    private final List<String> joint;
    private final Random random;
    private final List<String> parties;
    private final Map<Grant.Kind, Integer> counts = new EnumMap<>(Grant.Kind.class);

    GrantDraw(List<Member> members, List<String> joint, Random random) {
        this.members = members;
        this.joint = joint;
        this.random = random;
        this.parties = members.stream().map(Member::party).distinct().toList();
    }

    List<Grant> draw(int count) {
        List<Grant> grants = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Grant.Kind kind = n % JOINT_EACH == CONTRIBUTED ? Grant.Kind.CONTRIBUTE : KINDS.get(n % KINDS.size());
            String number = kind.article() + "." + counts.merge(kind, 1, Integer::sum);
            boolean underJointGroup = kind == Grant.Kind.RELEASE && n % JOINT_EACH == JOINT_EACH - 1;
            grants.add(grant(number, kind, underJointGroup));
        }
        return grants;
    }

    private Grant grant(String number, Grant.Kind kind, boolean underJointGroup) {
        Grant.Terms terms = new Grant.Terms(
                1 + random.nextInt(2),
                any(INDEX_MIN),
                any(QUOTA),
                any(WATCH_DAYS),
                any(KEEP_YEARS),
                random.nextInt(4) == 0);
        if (underJointGroup || kind == Grant.Kind.CONTRIBUTE) {
            return new Grant(number, kind, jointScope(kind), terms, handing(joint, joint));
        }
        List<Holding> holdings = holdings(kind);
        List<String> codes = holdings.stream().map(Holding::code).toList();
        List<String> purposes = some(InventedMemorandum.PURPOSES, 1 + random.nextInt(3));
        while (true) {
            List<String> between = some(parties, 2 + random.nextInt(Math.min(2, parties.size() - 1)));
            List<String> by = side(holdings, between);
            List<String> counterpart = kind == Grant.Kind.RECONCILE ? by : side(holdings, between);
            Grant grant = new Grant(
                    number, kind, new Grant.Scope(codes, by, counterpart, purposes), terms, handing(by, counterpart));
            if (grant.crossesParties()) {
                return grant;
            }
        }
    }

    /** The group's own purpose and category; what it contributes, also what everybody has. */
    private Grant.Scope jointScope(Grant.Kind kind) {
        boolean everybodys = kind == Grant.Kind.CONTRIBUTE && random.nextBoolean();
        return new Grant.Scope(
                List.of(everybodys ? "company" : Holding.FIREARM.code()),
                joint,
                joint,
                everybodys ? some(InventedMemorandum.PURPOSES, 2) : List.of(InventedMemorandum.JOINT));
    }

    /** Nothing that breaks a promise of the text: neither free evidence nor passing on to a third party, and no threat for which no purpose is named. */
    private Grant.Handing handing(List<String> suppliers, List<String> receivers) {
        boolean bilateral = Stream.concat(suppliers.stream(), receivers.stream())
                        .map(Grant::party)
                        .distinct()
                        .count()
                == 2;
        List<String> to = bilateral && random.nextBoolean() ? some(receivers, 1 + random.nextInt(2)) : List.of();
        return new Grant.Handing(
                new Grant.Use(any(ASKED), any(CONSENT), any(THREAT)),
                new Grant.Onward(any(ASKED), to, random.nextBoolean()),
                any(CONSENT),
                any(HOLD));
    }

    /** What stands under a secrecy of its own gets a clause of its own; what is sensitive is in no index. */
    private List<Holding> holdings(Grant.Kind kind) {
        List<Holding> open = Holding.ALL.stream()
                .filter(one -> !one.jointOnly())
                .filter(one -> kind == Grant.Kind.RELEASE || !one.sensitive())
                .toList();
        Holding first = any(open);
        if (!first.onlyBetween().isEmpty() || random.nextBoolean()) {
            return List.of(first);
        }
        Holding second =
                any(open.stream().filter(one -> one.onlyBetween().isEmpty()).toList());
        return Stream.of(first, second).distinct().toList();
    }

    /** Everybody of one to three kinds in these parties, or somebody alone. */
    private List<String> side(List<Holding> holdings, List<String> between) {
        List<Member> may = members.stream()
                .filter(member -> between.contains(member.party()))
                .filter(member -> holdings.stream().allMatch(holding -> holding.mayPass(member.kind())))
                .toList();
        List<String> kinds = some(may.stream().map(Member::kind).distinct().toList(), 1 + random.nextInt(3));
        List<Member> chosen =
                may.stream().filter(member -> kinds.contains(member.kind())).toList();
        List<Member> named = random.nextInt(8) == 0 ? List.of(any(chosen)) : chosen;
        return named.stream().map(Member::code).toList();
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** So many of them, or all, in their order. */
    private <T> List<T> some(List<T> values, int count) {
        List<T> left = new ArrayList<>(values);
        while (left.size() > count) {
            left.remove(random.nextInt(left.size()));
        }
        return left;
    }
}
