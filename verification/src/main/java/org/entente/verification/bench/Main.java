package org.entente.verification.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code bench NAME [--quick] [--json FILE] [--check]}. */
public final class Main {
    private static final List<Benchmark> ALL = List.of(new DemoBenchmark(), new MatchingBenchmark());
    private static final int USAGE = 2;

    private final PrintStream out;

    private Main(PrintStream out) {
        this.out = out;
    }

    /** What was asked for on the command line. */
    private record Order(Benchmark benchmark, boolean quick, boolean check, Optional<Path> json) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new Main(System.out).run(List.of(arguments)));
    }

    private int run(List<String> arguments) throws IOException, InterruptedException {
        Optional<Order> order = read(arguments);
        if (order.isEmpty()) {
            out.println("entente bench NAME [--quick] [--json FILE] [--check]");
            ALL.forEach(one -> out.printf(Locale.ROOT, "  %-10s %s%n", one.name(), one.about()));
            return USAGE;
        }
        return run(order.get());
    }

    private static Optional<Order> read(List<String> arguments) {
        Optional<Benchmark> benchmark = ALL.stream()
                .filter(one -> !arguments.isEmpty() && one.name().equals(arguments.getFirst()))
                .findFirst();
        if (benchmark.isEmpty()) {
            return Optional.empty();
        }
        boolean quick = false;
        boolean check = false;
        Optional<Path> json = Optional.empty();
        for (int i = 1; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--quick" -> quick = true;
                case "--check" -> check = true;
                case "--json" -> {
                    i++;
                    if (i == arguments.size()) {
                        return Optional.empty();
                    }
                    json = Optional.of(Path.of(arguments.get(i)));
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Order(benchmark.get(), quick, check, json));
    }

    private int run(Order order) throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        out.println(
                "bench " + order.benchmark().name() + ": " + order.benchmark().about());
        out.println(machine.processor() + ", " + machine.processors() + " processors, " + machine.memoryMib() + " MiB, "
                + machine.system() + ", " + machine.java());
        Benchmark.Measured measured = order.benchmark().measure(order.quick(), words -> out.println("  " + words));
        print(measured);
        if (order.json().isPresent()) {
            ObjectNode json = json(order, machine, begun, measured);
            Files.writeString(
                    order.json().get(),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n",
                    StandardCharsets.UTF_8);
        }
        boolean allHeld = measured.bars().stream().allMatch(Bar::held);
        return order.check() && !allHeld ? 1 : 0;
    }

    private void print(Benchmark.Measured measured) {
        for (Series series : measured.raw()) {
            if (!series.isEmpty()) {
                out.printf(
                        Locale.ROOT,
                        "  %-36s %12.1f %-4s (%.1f to %.1f)%n",
                        series.name(),
                        series.median(),
                        series.unit(),
                        series.least(),
                        series.greatest());
            }
        }
        for (Bar bar : measured.bars()) {
            String value = bar.value().isPresent()
                    ? String.format(Locale.ROOT, "%.1f", bar.value().getAsDouble())
                    : "not measured, " + bar.reason();
            out.printf(
                    Locale.ROOT,
                    "%s %s: %s %s (bar %.1f, %s is better)%n",
                    bar.held() ? "held   " : "MISSED ",
                    bar.name(),
                    value,
                    bar.goal().unit(),
                    bar.goal().number(),
                    bar.goal().better().word());
        }
    }

    private static ObjectNode json(Order order, Machine machine, Instant begun, Benchmark.Measured measured) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("benchmark", order.benchmark().name())
                .put("quick", order.quick())
                .put("begun", begun.toString());
        json.set("machine", machine.json());
        measured.raw().forEach(series -> json.withArray("/raw").add(series.json()));
        measured.bars().forEach(bar -> json.withArray("/bars").add(bar.json()));
        return json;
    }
}
