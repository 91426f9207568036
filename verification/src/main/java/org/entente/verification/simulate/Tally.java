package org.entente.verification.simulate;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happened in a history, or in many. */
final class Tally {
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<String, Long> attacks = new TreeMap<>();
    private long histories;
    private long statements;
    private long messages;
    private long violations;

    void fault(Fault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    void attack(String name) {
        attacks.merge(name, 1L, Long::sum);
    }

    void message() {
        messages++;
    }

    void statement() {
        statements++;
    }

    void history(boolean violated) {
        histories++;
        violations += violated ? 1 : 0;
    }

    void add(Tally other) {
        other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
        other.attacks.forEach((attack, count) -> attacks.merge(attack, count, Long::sum));
        histories += other.histories;
        statements += other.statements;
        messages += other.messages;
        violations += other.violations;
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

    long violations() {
        return violations;
    }

    /** One line: histories, messages, faults by kind, violations. */
    String line() {
        String kinds = faults.entrySet().stream()
                .map(entry -> entry.getKey().word() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        long fired = attacks.values().stream().mapToLong(Long::longValue).sum();
        return String.format(
                Locale.ROOT,
                "%d histories, %d statements, %d messages; faults: %s; %d attacks of %d kinds; %d violations",
                histories,
                statements,
                messages,
                kinds.isEmpty() ? "none" : kinds,
                fired,
                attacks.size(),
                violations);
    }
}
