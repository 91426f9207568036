package org.entente.verification.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The command line, and what its answer looks like to a program. */
final class OrderTest {
    private static final Bar.Goal GOAL = new Bar.Goal(2, "s", Bar.Better.LOWER);

    /** Measures nothing and says so. */
    private record Told(String word, List<Bar> bars) implements Part {
        @Override
        public Set<String> names() {
            return Set.of(word);
        }

        @Override
        public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress) {
            Series series = new Series(word, "s");
            series.add(3);
            series.add(1);
            return new Benchmark.Measured(List.of(series), bars);
        }

        @Override
        public List<Bar> unmeasured(String reason) {
            return bars.stream()
                    .map(bar -> Bar.unmeasured(bar.name(), bar.goal(), reason))
                    .toList();
        }
    }

    private final Benchmark benchmark = new OfParts(
            "matching",
            "",
            new Parts(List.of(
                    new Told("scaled", List.of(Bar.measured("shared", 9, GOAL, true))),
                    new Told("whole", List.of(Bar.measured("shared", 1, GOAL, false))),
                    new Told("other", List.of(Bar.measured("own", 2, GOAL, false))))));

    private Optional<Order> order(String... words) {
        return Order.read(List.of(words), List.of(benchmark));
    }

    private JsonNode json(String... words) throws Exception {
        Order order = order(words).orElseThrow();
        return Main.json(order, Machine.here(), Instant.EPOCH, order.benchmark().measure(order.extent(), told -> {}));
    }

    @Test
    void aSoakLastsSoManyMinutesAndIsNotPartOfAnyOtherOrder() {
        assertThat(order("matching", "--soak", "10").orElseThrow().extent().soakMinutes())
                .isEqualTo(10);
        assertThat(order("matching").orElseThrow().extent().soakMinutes()).isZero();
        assertThat(order("matching", "--soak", "none")).isEmpty();
        assertThat(order("matching", "--soak")).isEmpty();
    }

    @Test
    void everyOptionIsRead() {
        Order order = order("matching", "--only", "whole,other", "--json", "out.json", "--check", "--quick")
                .orElseThrow();
        assertThat(order.extent()).isEqualTo(new Extent(true, Set.of("whole", "other")));
        assertThat(order.check()).isTrue();
        assertThat(order.json()).contains(Path.of("out.json"));
        assertThat(order("matching").orElseThrow().extent()).isEqualTo(new Extent(false, Set.of()));
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        assertThat(order()).isEmpty();
        assertThat(order("nothing")).isEmpty();
        assertThat(order("matching", "--only")).isEmpty();
        assertThat(order("matching", "--only", "")).isEmpty();
        assertThat(order("matching", "--only", "whole,nothing")).isEmpty();
        assertThat(order("matching", "--json")).isEmpty();
        assertThat(order("matching", "--slow")).isEmpty();
    }

    @Test
    void theJsonHoldsTheMachineEveryRepetitionAndEveryBar() throws Exception {
        JsonNode json = json("matching");
        assertThat(json.required("machine").required("processors").asInt()).isPositive();
        assertThat(json.required("raw")).hasSize(3);
        JsonNode first = json.required("raw").required(0);
        assertThat(first.required("values")).hasSize(2);
        assertThat(first.required("median").asDouble()).isEqualTo(2);
        assertThat(json.required("bars")).hasSize(2);
        for (JsonNode bar : json.required("bars")) {
            assertThat(bar.propertyNames())
                    .containsExactlyInAnyOrder("name", "value", "unit", "bar", "better", "held", "reason", "scaled");
        }
    }

    @Test
    void whatWasMeasuredWholeCountsBeforeWhatWasScaled() throws Exception {
        JsonNode bar = json("matching").required("bars").required(0);
        assertThat(bar.required("value").asDouble()).isEqualTo(1);
        assertThat(bar.required("scaled").asBoolean()).isFalse();
        assertThat(bar.required("held").asBoolean()).isTrue();
    }

    @Test
    void aPartThatWasLeftOutKeepsItsBarsAndSaysWhy() throws Exception {
        JsonNode json = json("matching", "--only", "scaled");
        assertThat(json.required("only").required(0).asString()).isEqualTo("scaled");
        assertThat(json.required("raw")).hasSize(1);
        assertThat(json.required("bars").required(0).required("scaled").asBoolean())
                .isTrue();
        JsonNode own = json.required("bars").required(1);
        assertThat(own.required("value").isNull()).isTrue();
        assertThat(own.required("held").asBoolean()).isFalse();
        assertThat(own.required("reason").asString()).contains("--only");
    }

    @Test
    void everyPartOfTheMatchingCanBeAskedForAndHasItsBars() throws Exception {
        Benchmark matching = OfParts.matching();
        assertThat(matching.parts()).containsExactly("growth", "probe", "steps", "whole");
    }

    @Test
    void everyPartOfTheDecisionsCanBeAskedForAndKeepsItsBars() throws Exception {
        Benchmark decide = OfParts.decide();
        assertThat(decide.parts()).containsExactly("cedar", "growth", "proof", "rates");
        Benchmark.Measured nothing = decide.measure(new Extent(true, Set.of("nothing")), told -> {});
        assertThat(nothing.bars())
                .extracting(Bar::name)
                .containsExactly(
                        "decisions-per-second",
                        "decision-p99",
                        "growth-with-clauses",
                        "proof-of-forty-clauses",
                        "over-cedar");
        assertThat(nothing.bars()).allSatisfy(bar -> {
            assertThat(bar.held()).isFalse();
            assertThat(bar.reason()).contains("--only");
        });
    }

    @Test
    void seriesComeOverFromAnotherProcess() {
        SeriesBook there = new SeriesBook();
        there.of("built", "s").add(1.5);
        there.of("built", "s").add(2.5);
        SeriesBook here = new SeriesBook();
        here.read("10^6, ", there.json());
        assertThat(here.all()).hasSize(1);
        assertThat(here.of("10^6, built", "s").median()).isEqualTo(2);
    }
}
