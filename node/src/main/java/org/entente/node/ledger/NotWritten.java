package org.entente.node.ledger;

import org.entente.evidence.canonical.Problem;

/** What a caller wanted written was not written, for no fault of its own, or nobody knows whether it was. */
public final class NotWritten extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NotWritten(String message, Throwable cause) {
        super(message, cause);
    }

    private NotWritten(String message) {
        super(message);
    }

    static NotWritten undone(Throwable cause) {
        return new NotWritten("nothing of it happened: the transaction that it was written in is undone", cause);
    }

    static NotWritten unknown(Throwable cause) {
        return new NotWritten("whether it happened is not known until the node starts again", cause);
    }

    static NotWritten stopped(Problem problem) {
        return new NotWritten("the node has stopped: " + problem);
    }

    static NotWritten closing() {
        return new NotWritten("the node is being closed");
    }
}
