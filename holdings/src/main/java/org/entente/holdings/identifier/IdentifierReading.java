package org.entente.holdings.identifier;

import java.util.Optional;
import org.entente.evidence.canonical.Problem;

/** What a text turned out to be, read as one type of identifier. */
public sealed interface IdentifierReading {

    /** An identifier that passes every check of its type. */
    record Sound(Identifier found) implements IdentifierReading {}

    /** An identifier that is kept although something about it is doubtful; {@link Identifier#warnings} says what. */
    record Flagged(Identifier found) implements IdentifierReading {}

    /** No identifier: a placeholder, a fragment, another form. It never matches anything. */
    record NotAnIdentifier(Problem why) implements IdentifierReading {}

    /** The identifier, sound or flagged. */
    default Optional<Identifier> identifier() {
        return switch (this) {
            case Sound sound -> Optional.of(sound.found());
            case Flagged flagged -> Optional.of(flagged.found());
            case NotAnIdentifier _ -> Optional.empty();
        };
    }
}
