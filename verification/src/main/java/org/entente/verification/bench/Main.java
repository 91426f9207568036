package org.entente.verification.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code bench NAME [--quick] [--only PART[,PART]] [--json FILE] [--check] [--soak MINUTES]}. */
public final class Main {
    private static final List<Benchmark> ALL = List.of(
            new DemoBenchmark(),
            OfParts.matching(),
            OfParts.decide(),
            OfParts.evidence(),
            OfParts.proceedings(),
            new ExchangeBenchmark(),
            new KernelBenchmark());
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final PrintStream out;

    private Main(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new Main(System.out).run(List.of(arguments)));
    }

    private int run(List<String> arguments) throws IOException, InterruptedException {
        Optional<Order> order = Order.read(arguments, ALL);
        if (order.isEmpty()) {
            out.println(Order.USAGE);
            ALL.forEach(this::describe);
            return USAGE;
        }
        try {
            return run(order.get());
        } catch (BenchmarkFailed failed) {
            out.println(failed.getMessage());
            return FAILED;
        }
    }

    private void describe(Benchmark benchmark) {
        out.printf(Locale.ROOT, "  %-10s %s%n", benchmark.name(), benchmark.about());
        if (!benchmark.parts().isEmpty()) {
            out.printf(Locale.ROOT, "  %-10s parts: %s%n", "", String.join(", ", benchmark.parts()));
        }
    }

    private int run(Order order) throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        out.println(
                "bench " + order.benchmark().name() + ": " + order.benchmark().about());
        out.println(machine.processor() + ", " + machine.processors() + " processors, " + machine.memoryMib() + " MiB, "
                + machine.system() + ", " + machine.java());
        Benchmark.Measured measured = order.benchmark().measure(order.extent(), words -> out.println("  " + words));
        print(measured);
        if (order.json().isPresent()) {
            ObjectNode json = json(order, machine, begun, measured);
            Files.writeString(
                    order.json().get(),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n",
                    StandardCharsets.UTF_8);
        }
        boolean allHeld = measured.bars().stream().allMatch(Bar::held);
        return order.check() && !allHeld ? FAILED : 0;
    }

    private void print(Benchmark.Measured measured) {
        for (Series series : measured.raw()) {
            if (!series.isEmpty()) {
                out.printf(
                        Locale.ROOT,
                        "  %-64s %14.1f %-4s (%.1f to %.1f)%n",
                        series.name(),
                        series.median(),
                        series.unit(),
                        series.least(),
                        series.greatest());
            }
        }
        for (Bar bar : measured.bars()) {
            String value = bar.value().isPresent()
                    ? String.format(
                            Locale.ROOT,
                            "%.2f %s",
                            bar.value().getAsDouble(),
                            bar.goal().unit())
                    : "not measured, " + bar.reason();
            out.printf(
                    Locale.ROOT,
                    "%s %s: %s%s (bar %.2f %s, %s is better)%n",
                    bar.held() ? "held   " : "MISSED ",
                    bar.name(),
                    value,
                    bar.scaled() ? ", scaled" : "",
                    bar.goal().number(),
                    bar.goal().unit(),
                    bar.goal().better().word());
        }
    }

    static ObjectNode json(Order order, Machine machine, Instant begun, Benchmark.Measured measured) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("benchmark", order.benchmark().name())
                .put("quick", order.extent().quick())
                .put("begun", begun.toString());
        order.extent().only().stream().sorted().forEach(json.withArray("/only")::add);
        json.set("machine", machine.json());
        measured.raw().forEach(series -> json.withArray("/raw").add(series.json()));
        measured.bars().forEach(bar -> json.withArray("/bars").add(bar.json()));
        return json;
    }
}
