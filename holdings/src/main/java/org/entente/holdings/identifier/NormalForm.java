package org.entente.holdings.identifier;

import java.util.Set;
import org.entente.evidence.canonical.Problem;

/** How the texts of one type become its normal form. */
@FunctionalInterface
interface NormalForm {
    /** Reads a text that is neither too long nor a common placeholder. */
    IdentifierReading read(IdentifierType type, String text, Hints hints);

    static IdentifierReading sound(IdentifierType type, String value) {
        return new IdentifierReading.Sound(new Identifier(type, value, Set.of()));
    }

    static IdentifierReading flagged(IdentifierType type, String value, Warning warning) {
        return new IdentifierReading.Flagged(new Identifier(type, value, Set.of(warning)));
    }

    static IdentifierReading with(Set<Warning> warnings, IdentifierType type, String value) {
        return warnings.isEmpty()
                ? sound(type, value)
                : new IdentifierReading.Flagged(new Identifier(type, value, warnings));
    }

    static IdentifierReading soundIf(boolean passes, IdentifierType type, String value, Warning otherwise) {
        return passes ? sound(type, value) : flagged(type, value, otherwise);
    }

    static IdentifierReading not(String code, IdentifierType type) {
        return new IdentifierReading.NotAnIdentifier(Problem.of(code, type.word()));
    }

    static IdentifierReading wrongForm(IdentifierType type) {
        return not("holdings.identifier-form", type);
    }
}
