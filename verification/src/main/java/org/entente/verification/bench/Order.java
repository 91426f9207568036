package org.entente.verification.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was asked for on the command line. */
record Order(Benchmark benchmark, Extent extent, boolean check, Optional<Path> json) {
    /** How it is asked for. */
    static final String USAGE =
            "entente bench NAME [--quick] [--only PART[,PART]] [--json FILE] [--check] [--soak MINUTES]";

    private static final Set<String> TAKE_VALUE = Set.of("--json", "--only", "--soak");

    /** Empty when anything is not understood. */
    static Optional<Order> read(List<String> arguments, Collection<Benchmark> known) {
        Deque<String> left = new ArrayDeque<>(arguments);
        String name = left.isEmpty() ? "" : left.pop();
        return known.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .flatMap(benchmark -> options(benchmark, left));
    }

    private static Optional<Order> options(Benchmark benchmark, Deque<String> left) {
        boolean quick = false;
        boolean check = false;
        Set<String> only = Set.of();
        Optional<Path> json = Optional.empty();
        int soak = 0;
        while (!left.isEmpty()) {
            String option = left.pop();
            boolean takesValue = TAKE_VALUE.contains(option);
            if (takesValue && left.isEmpty()) {
                return Optional.empty();
            }
            switch (option) {
                case "--quick" -> quick = true;
                case "--check" -> check = true;
                case "--json" -> json = Optional.of(Path.of(left.pop()));
                case "--soak" -> soak = minutes(left.pop());
                case "--only" -> only = Set.copyOf(List.of(left.pop().split(",", -1)));
                default -> {
                    return Optional.empty();
                }
            }
        }
        return benchmark.parts().containsAll(only) && soak >= 0
                ? Optional.of(new Order(benchmark, new Extent(quick, only, soak), check, json))
                : Optional.empty();
    }

    /** Below nothing when it is not understood. */
    private static int minutes(String text) {
        return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : -1;
    }
}
