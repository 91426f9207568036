package org.entente.memorandum.decision;

import java.util.Optional;

/** One thing that a clause demands of a case. */
@FunctionalInterface
interface Check {
    /** Why the case does not meet it; empty when it does. */
    Optional<Reason> missing(NamedCase named);
}
