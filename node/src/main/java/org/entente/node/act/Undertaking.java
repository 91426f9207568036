package org.entente.node.act;

import java.io.IOException;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.statement.Statement;
import org.entente.node.officer.Officer;

/** One kind of act that officers do: how it is prepared from their facts, and what happens here when it is said. */
public interface Undertaking {
    /**
     * Prepares what would be said, after deciding that it may be.
     *
     * @param facts what the officer gives; the undertaking reads every member and ends it
     */
    Draft prepare(Members facts, Officer officer) throws IOException, Malformed, RefusedAct, NothingHere;

    /**
     * Happens in the transaction that says it, after the log of the relationship was locked; throws to undo everything.
     *
     * @throws RefusedAct when what was said meanwhile leaves no room for it
     */
    void said(Draft draft, Statement statement) throws RefusedAct;
}
