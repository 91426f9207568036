package org.entente.verification.simulate;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Something that a hostile partner tries over its own connection, and what must come of it.
 *
 * @param name in words joined by hyphens
 * @param attempt tries it by this hand, and holds what comes back against what must
 */
record Attack(String name, Consumer<Intruder> attempt) {
    /** All that leave the link as it is. */
    static List<Attack> all() {
        return Stream.of(FormAttacks.all(), WordAttacks.all(), DecisionAttacks.all(), LogAttacks.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Those after which the victim exchanges nothing more with the partner. */
    static List<Attack> last() {
        return LogAttacks.last();
    }
}
