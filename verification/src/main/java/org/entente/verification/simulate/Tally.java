package org.entente.verification.simulate;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened in a history, or in many. */
final class Tally {
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<String, Long> attacks = new TreeMap<>();
    private long histories;
    private long statements;
    private long messages;
    private long violations;
    private long successions;

    void fault(Fault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    void attack(String name) {
        attacks.merge(name, 1L, Long::sum);
    }

    void message() {
        messages++;
    }

    /** A party replaces its card. */
    void succession() {
        successions++;
    }

    /** A history ends, in which so many statements were said for good. */
    void history(long said, boolean violated) {
        histories++;
        statements += said;
        violations += violated ? 1 : 0;
    }

    void add(Tally other) {
        other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
        other.attacks.forEach((attack, count) -> attacks.merge(attack, count, Long::sum));
        histories += other.histories;
        statements += other.statements;
        messages += other.messages;
        violations += other.violations;
        successions += other.successions;
    }

    Map<Fault, Long> faults() {
        return Map.copyOf(faults);
    }

    Map<String, Long> attacks() {
        return Map.copyOf(attacks);
    }

    long statements() {
        return statements;
    }

    long messages() {
        return messages;
    }

    long histories() {
        return histories;
    }

    long successions() {
        return successions;
    }

    long violations() {
        return violations;
    }

    /** Every kind of fault and every attack that there is, and that did not happen. */
    List<String> neverFired() {
        return Stream.concat(
                        Stream.of(Fault.values())
                                .filter(fault -> !faults.containsKey(fault))
                                .map(Fault::word),
                        Stream.of(Attack.all(), Attack.last())
                                .flatMap(List::stream)
                                .map(Attack::name)
                                .filter(name -> !attacks.containsKey(name)))
                .toList();
    }

    /** One line: histories, statements, messages, replaced cards, faults by kind, violations. */
    String line() {
        String kinds = faults.entrySet().stream()
                .map(entry -> entry.getKey().word() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        long fired = attacks.values().stream().mapToLong(Long::longValue).sum();
        return String.format(
                Locale.ROOT,
                "%d histories, %d statements, %d messages, %d replaced cards; faults: %s; %d attacks of %d kinds; %d violations",
                histories,
                statements,
                messages,
                successions,
                kinds.isEmpty() ? "none" : kinds,
                fired,
                attacks.size(),
                violations);
    }
}
