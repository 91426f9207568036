package org.entente.node.server;

import java.util.SortedSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.officer.Officer;
import tools.jackson.databind.JsonNode;

/** Takes this party's own declarations about a memorandum, keeps them and says them to every party that it names. */
public interface DeclarationDesk {
    /**
     * Passes on a declaration that the party's root signed elsewhere.
     *
     * @param statement the JWS of the declaration
     * @return the id of the statement
     * @throws NothingHere when the memorandum is not here
     */
    Digest declare(Digest memorandum, JsonNode statement, Officer officer) throws Malformed, RefusedAct, NothingHere;

    /**
     * Suspends at once, under the node's own statement keys.
     *
     * @param clauses what is suspended by itself; none for the whole
     * @return the id of the statement
     * @throws NothingHere when the memorandum is not here
     */
    Digest suspend(Digest memorandum, SortedSet<ClauseNumber> clauses, Officer officer)
            throws Malformed, RefusedAct, NothingHere;
}
