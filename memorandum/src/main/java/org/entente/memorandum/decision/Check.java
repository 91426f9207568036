package org.entente.memorandum.decision;

import java.util.Optional;

/** One check: empty when it passes, else the decision that it makes. The first that fails ends the others. */
@FunctionalInterface
interface Check {
    Optional<Decision> run();
}
