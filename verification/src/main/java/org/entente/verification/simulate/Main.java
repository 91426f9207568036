package org.entente.verification.simulate;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code simulate --seeds N [--from S] [--nodes K] | --replay SEED [--nodes K]}. */
public final class Main {
    static final String USAGE =
            "simulate --seeds N [--from S] [--nodes 3..5]   runs N histories and says what happened\n"
                    + "simulate --replay SEED [--nodes 3..5]          shows every step of one";
    private static final int VIOLATED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int PROGRESS_EACH = 25;
    /** In a run of so many histories every fault and every attack must happen; one that does not is as good as none. */
    private static final int ALL_FIRE_WITHIN = 200;

    private Main() {}

    /** What is asked for. */
    record Order(long seeds, long from, Optional<Integer> nodes, Optional<Long> replay) {
        static Optional<Order> read(List<String> arguments) {
            long seeds = 0;
            long from = 1;
            Optional<Integer> nodes = Optional.empty();
            Optional<Long> replay = Optional.empty();
            try {
                for (int i = 0; i + 1 < arguments.size(); i += 2) {
                    long value = Long.parseLong(arguments.get(i + 1));
                    switch (arguments.get(i)) {
                        case "--seeds" -> seeds = value;
                        case "--from" -> from = value;
                        case "--nodes" -> nodes = Optional.of(Math.toIntExact(value));
                        case "--replay" -> replay = Optional.of(value);
                        default -> {
                            return Optional.empty();
                        }
                    }
                }
            } catch (ArithmeticException | NumberFormatException notANumber) {
                return Optional.empty();
            }
            boolean possible = arguments.size() % 2 == 0
                    && (seeds > 0) != replay.isPresent()
                    && nodes.filter(count -> count < 3 || count > Cast.PARTIES_MAX)
                            .isEmpty();
            return possible ? Optional.of(new Order(seeds, from, nodes, replay)) : Optional.empty();
        }

        History history(long seed) {
            return History.of(seed, nodes.orElse(History.nodesOf(seed)), replay.isPresent());
        }
    }

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        System.exit(run(List.of(arguments), System.out));
    }

    static int run(List<String> arguments, PrintStream out) throws InterruptedException, ExecutionException {
        Optional<Order> order = Order.read(arguments);
        if (order.isEmpty()) {
            out.println(USAGE);
            return WRONG_USAGE;
        }
        if (order.get().replay().isPresent()) {
            History.Outcome outcome =
                    order.get().history(order.get().replay().get()).run();
            print(outcome, out);
            return outcome.violations().isEmpty() ? 0 : VIOLATED;
        }
        return runAll(order.get(), out);
    }

    private static int runAll(Order order, PrintStream out) throws InterruptedException, ExecutionException {
        Tally all = new Tally();
        List<History.Outcome> violated = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<History.Outcome>> outcomes = new ArrayList<>();
            for (long seed = order.from(); seed < order.from() + order.seeds(); seed++) {
                long mine = seed;
                outcomes.add(threads.submit(() -> order.history(mine).run()));
            }
            for (Future<History.Outcome> outcome : outcomes) {
                History.Outcome one = outcome.get();
                all.add(one.tally());
                if (!one.violations().isEmpty()) {
                    violated.add(one);
                }
                if (all.histories() % PROGRESS_EACH == 0) {
                    out.println("  " + all.histories() + " of " + order.seeds() + " histories, " + all.violations()
                            + " violations");
                }
            }
        }
        violated.stream().limit(3).forEach(outcome -> print(outcome, out));
        List<String> never = order.seeds() >= ALL_FIRE_WITHIN ? all.neverFired() : List.of();
        never.forEach(what -> out.println("never fired: " + what));
        out.println(all.line());
        return violated.isEmpty() && never.isEmpty() ? 0 : VIOLATED;
    }

    private static void print(History.Outcome outcome, PrintStream out) {
        out.println("seed " + outcome.seed() + ", history " + Integer.toHexString(outcome.fingerprint()));
        outcome.trace().forEach(line -> out.println("  " + line));
        outcome.violations().forEach(violation -> out.println("violated: " + violation));
    }
}
