package org.entente.node.link;

import java.time.Duration;
import org.entente.evidence.canonical.Problem;

/** How a call to another party's node went. */
public sealed interface PeerAnswer {
    /**
     * The party answered; whether well, its status says.
     *
     * @param contentType as declared, empty when it was not
     * @param bytes the whole body, within the call's bound
     * @param retryAfter when the same may be asked again, at most an hour; zero when nothing is said about it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Answered(int status, String contentType, byte[] bytes, Duration retryAfter) implements PeerAnswer {}

    /**
     * The party is there and asks to be left alone for a while; the request was not worked on.
     *
     * @param rest positive, at most an hour: nobody can put this node off for longer
     */
    record Later(Duration rest) implements PeerAnswer {}

    /** No answer came; trying again later is right, the request may or may not have arrived. */
    record Unreachable(Problem problem) implements PeerAnswer {}

    /** Somebody answered who is not the party: nothing was sent to them. A matter for people. */
    record NotTheParty(Problem problem) implements PeerAnswer {}
}
