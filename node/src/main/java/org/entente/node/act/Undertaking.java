package org.entente.node.act;

import java.io.IOException;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.statement.Statement;

/** One kind of act that officers do: how it is prepared from their facts, and what happens here when it is said. */
public interface Undertaking {
    /**
     * Prepares what would be said, after deciding that it may be.
     *
     * @param facts what the preparing officer gives; the undertaking reads every member and ends it
     * @param signatories all of whose approvals the draft asks for
     */
    Draft prepare(Members facts, Signatories signatories) throws IOException, Malformed, RefusedAct, NothingHere;

    /**
     * Happens in the transaction that says it, after the log of the relationship was locked; throws to undo everything.
     *
     * @throws RefusedAct when what was said meanwhile leaves no room for it
     */
    void said(Draft draft, Statement statement) throws RefusedAct;
}
