package org.entente.verification.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.signing.LifecycleEvent;

/**
 * One history: some nodes, some days, and what befalls them, all of it given by a seed. Afterwards everything is healed, and within a bound
 * everything that was said must have arrived.
 */
final class History {
    private static final int TRACE_LINES = 60;
    private static final int OCCASIONS = 11;
    private static final int QUESTIONS_MAX = 3;
    private static final int ATTACKS = 14;
    private static final int STATEMENTS_MIN = 200;
    /** A history that goes on beyond this never comes to rest. */
    private static final long EVENTS_MAX = 1_000_000;

    private static final Duration LASTS = Duration.ofDays(9);
    private static final Duration HEALS_WITHIN = Duration.ofDays(2);

    private final long seed;
    private final Tally tally = new Tally();
    private final Course course = new Course();
    private final Trace trace;
    private final Watch watch;
    private final Network network;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<Cast.Member> members;
    private Optional<SimulatedNode> hostile = Optional.empty();
    private List<Attack> attacks = List.of();
    private boolean calm;
    private boolean endsAtViolation;

    /** What came of a history. */
    record Outcome(long seed, Tally tally, List<String> violations, List<String> trace, int fingerprint) {}

    /**
     * A history that is to be run.
     *
     * @param traceAll whether all steps are kept, and not the last ones alone
     */
    History(long seed, int count, boolean traceAll) {
        this.seed = seed;
        this.trace = new Trace(course, traceAll ? Integer.MAX_VALUE : TRACE_LINES);
        this.watch = new Watch(trace, course);
        this.network = new Network(course, new Random(seed * 31 + 1), tally);
        this.members = Cast.MEMBERS.subList(0, count);
        SimulatedNode.World world = new SimulatedNode.World(course, network, trace, tally, watch, members);
        for (int n = 0; n < count; n++) {
            Disk disk = new Disk(new Random(seed * 31 + 100 + n), tally);
            SimulatedNode node = new SimulatedNode(members.get(n), world, disk, new Random(seed * 31 + 200 + n));
            nodes.add(node);
            network.attach(node);
        }
    }

    /** The history of a seed: in every second one a partner is hostile, and tries the share of the attacks that the seed gives it. */
    static History of(long seed, int count, boolean traceAll) {
        History history = new History(seed, count, traceAll);
        return Math.floorMod(seed, 2) == 0 ? history.withAttacks(shareOf(seed)) : history;
    }

    private static List<Attack> shareOf(long seed) {
        List<Attack> all = Attack.all();
        long first = Math.floorDiv(seed, 2) * ATTACKS;
        return IntStream.range(0, ATTACKS)
                .mapToObj(n -> all.get((int) Math.floorMod(first + n, (long) all.size())))
                .toList();
    }

    /** Plants a bug in one of the nodes. */
    History plant(Flaw flaw, int at) {
        PartyCode party = nodes.get(at).party();
        watch.plant(party, flaw);
        if (flaw == Flaw.FORCE_SKIPPED) {
            nodes.get(at).disk().skipForce();
        } else if (flaw == Flaw.FORCE_FAILURE_IGNORED) {
            nodes.get(at).disk().ignoreFailure();
        }
        return this;
    }

    /** Plants a bug that leaves a check out in all nodes that are not hostile. */
    History plant(Flaw flaw) {
        for (int n = 0; n < nodes.size() - 1; n++) {
            plant(flaw, n);
        }
        return this;
    }

    /** Ends with the first violation: what nodes do to each other for days after that is of no interest. */
    History endingAtViolation() {
        endsAtViolation = true;
        return this;
    }

    private boolean enough() {
        if (course.happened() > EVENTS_MAX) {
            watch.violated("the history does not come to rest: more than " + EVENTS_MAX + " events");
            return true;
        }
        return endsAtViolation && !watch.violations().isEmpty();
    }

    /** Nothing befalls anybody: what goes wrong, goes wrong by the attacks alone. */
    History inCalm() {
        calm = true;
        network.heal();
        return this;
    }

    /** How many nodes a seed gives, from three to five. */
    static int nodesOf(long seed) {
        return 3 + (int) Math.floorMod(seed, 3L);
    }

    Outcome run() {
        Random plan = new Random(seed * 31 + 2);
        nodes.forEach(SimulatedNode::start);
        for (SimulatedNode node : nodes) {
            for (Cast.Member partner : members) {
                if (!partner.party().equals(node.party())) {
                    at(
                            within(plan, Duration.ofHours(1)),
                            node,
                            run -> run.desk().introduce(partner));
                }
            }
        }
        for (int occasion = 0; occasion < OCCASIONS; occasion++) {
            ask(plan, Duration.ofHours(2).plus(within(plan, LASTS.minusHours(2))));
        }
        if (!calm) {
            planSuspension(plan);
            planSuccessions(plan);
            planFaults(plan);
        }
        hostile.ifPresent(node -> planAttacks(plan, node));
        course.runUntil(Course.BEGIN.plus(LASTS), this::enough);
        heal();
        fill(plan);
        course.runUntil(Course.BEGIN.plus(LASTS).plus(HEALS_WITHIN), this::enough);
        if (!enough()) {
            watch.ended(nodes);
        }
        tally.history(said(), !watch.violations().isEmpty());
        return new Outcome(seed, tally, List.copyOf(watch.violations()), trace.lines(), trace.fingerprint());
    }

    /** Somebody has questions to a partner. */
    private void ask(Random plan, Duration when) {
        SimulatedNode node = any(plan);
        Cast.Member partner = other(plan, node);
        int questions = 1 + plan.nextInt(QUESTIONS_MAX);
        for (int question = 0; question < questions; question++) {
            at(when, node, run -> run.desk().ask(partner));
        }
    }

    /** Where misfortune left little to say, more is asked once all is well, until enough is said. */
    private void fill(Random plan) {
        for (Duration when = Duration.ofMinutes(1);
                when.compareTo(HEALS_WITHIN.dividedBy(2)) < 0;
                when = when.plusMinutes(30)) {
            long seed = plan.nextLong();
            course.after(when, () -> {
                if (said() < STATEMENTS_MIN) {
                    ask(new Random(seed), Duration.between(Course.BEGIN, course.now()));
                }
            });
        }
    }

    /** How many statements were said for good. */
    private long said() {
        return nodes.stream()
                .flatMap(node -> node.running().stream())
                .flatMap(run -> run.tables().statements.values().stream())
                .filter(Tables.Stored::outgoing)
                .count();
    }

    private static Duration within(Random plan, Duration length) {
        return Duration.ofMillis((long) (plan.nextDouble() * length.toMillis()));
    }

    private SimulatedNode any(Random plan) {
        return nodes.get(plan.nextInt(nodes.size()));
    }

    private Cast.Member other(Random plan, SimulatedNode node) {
        Cast.Member found = members.get(plan.nextInt(members.size()));
        return found.party().equals(node.party()) ? other(plan, node) : found;
    }

    /** Something that a node's people do, if it is up then; else it is tried again an hour later. */
    private void at(Duration when, SimulatedNode node, java.util.function.Consumer<SimulatedNode.Running> what) {
        course.at(Course.BEGIN.plus(when), () -> {
            Optional<SimulatedNode.Running> run = node.running();
            if (run.isPresent()) {
                node.guarded(run.get(), () -> what.accept(run.get()));
            } else if (course.now().isBefore(Course.BEGIN.plus(LASTS).plus(HEALS_WITHIN.dividedBy(2)))) {
                at(Duration.between(Course.BEGIN, course.now()).plusHours(1), node, what);
            }
        });
    }

    /** Somebody suspends the memorandum at the very moment when the others, who do not know it yet, ask for something. */
    private void planSuspension(Random plan) {
        if (plan.nextInt(2) == 0) {
            SimulatedNode node = any(plan);
            Duration begins = within(plan, LASTS.minusDays(3));
            at(begins, node, run -> run.desk().declare(LifecycleEvent.Kind.SUSPENDED, members));
            nodes.stream()
                    .filter(other -> other != node)
                    .forEach(other -> at(begins, other, run -> run.desk().ask(node.own())));
            at(begins.plusHours(20), node, run -> run.desk().declare(LifecycleEvent.Kind.RESUMED, members));
        }
    }

    /** Some of those that keep to the rules replace their cards while the others talk to them, with a clock that is right. */
    private void planSuccessions(Random plan) {
        for (SimulatedNode node : nodes) {
            int times = hostile.filter(node::equals).isPresent() ? 0 : plan.nextInt(3);
            for (int time = 0; time < times; time++) {
                succeed(node, within(plan, LASTS));
            }
        }
    }

    private void succeed(SimulatedNode node, Duration when) {
        at(when, node, run -> {
            if (node.clockOff().isZero()) {
                run.desk().succeed();
            } else {
                succeed(node, Duration.between(Course.BEGIN, course.now()).plusHours(6));
            }
        });
    }

    /** Makes the last node a hostile partner of all others: it keeps to the rules, and tries these besides. */
    History withAttacks(List<Attack> tried) {
        hostile = Optional.of(nodes.getLast());
        watch.hostile(nodes.getLast().party());
        attacks = List.copyOf(tried);
        return this;
    }

    private void planAttacks(Random plan, SimulatedNode node) {
        for (Attack attack : attacks) {
            tryAgain(
                    attack,
                    node,
                    new Random(plan.nextLong()),
                    Duration.ofHours(6).plus(within(plan, LASTS.minusDays(2))));
        }
        for (Attack attack : Attack.last()) {
            tryAgain(attack, node, new Random(plan.nextLong()), LASTS.minusHours(12));
        }
    }

    private void tryAgain(Attack attack, SimulatedNode node, Random random, Duration when) {
        course.at(Course.BEGIN.plus(when), () -> {
            SimulatedNode victim = nodes.get(random.nextInt(nodes.size() - 1));
            if (!new Intruder(node, victim, random).attempt(attack)
                    && course.now().isBefore(Course.BEGIN.plus(LASTS))) {
                tryAgain(
                        attack,
                        node,
                        random,
                        Duration.between(Course.BEGIN, course.now()).plusHours(3));
            }
        });
    }

    private void planFaults(Random plan) {
        for (int cut = 0; cut < 4 + plan.nextInt(8); cut++) {
            SimulatedNode node = any(plan);
            int steps = plan.nextInt(12);
            course.at(Course.BEGIN.plus(within(plan, LASTS)), () -> node.disk().cutSoon(steps));
        }
        for (int apart = 0; apart < 1 + plan.nextInt(3); apart++) {
            SimulatedNode node = any(plan);
            Cast.Member partner = other(plan, node);
            Duration length = within(plan, Duration.ofDays(7));
            boolean damages = plan.nextBoolean();
            course.at(Course.BEGIN.plus(within(plan, LASTS)), () -> {
                network.cut(node.party(), partner.party(), length);
                if (damages) {
                    course.after(length.dividedBy(2), node.disk()::damageBodies);
                }
            });
        }
        sometimes(plan, 3, node -> {
            tally.fault(Fault.CLOCK_WRONG);
            node.setClockOff(Duration.ofDays(plan.nextInt(7_300) - 3_650L));
        });
        sometimes(plan, 3, node -> {
            tally.fault(Fault.CLOCK_JUMPS);
            node.setClockOff(Duration.ofSeconds(plan.nextInt(7_200) - 3_600L));
        });
        sometimes(plan, 3, node -> {
            node.disk().full(true);
            course.after(Duration.ofHours(3), () -> node.disk().full(false));
        });
        sometimes(plan, 3, node -> node.disk().forceFails());
        sometimes(plan, 3, node -> {
            if (node.isUp()) {
                node.disk().flipBit();
                node.fails();
            }
        });
        sometimes(plan, 4, node -> node.disk().damageBodies());
        sometimes(plan, 4, node -> {
            if (node.isUp()) {
                node.fails();
                node.disk().cutSoon(plan.nextInt(40));
            }
        });
    }

    private void sometimes(Random plan, int oneIn, java.util.function.Consumer<SimulatedNode> what) {
        if (plan.nextInt(oneIn) == 0) {
            SimulatedNode node = any(plan);
            course.at(Course.BEGIN.plus(within(plan, LASTS)), () -> what.accept(node));
        }
    }

    private void heal() {
        trace.say("---", "everything heals");
        network.heal();
        for (SimulatedNode node : nodes) {
            node.disk().calm();
            node.setClockOff(Duration.ZERO);
            node.start();
        }
    }
}
