package org.entente.node.link;

import java.io.IOException;

/** Answers one kind of request that an authenticated party makes. Called on a virtual thread; may block. */
@FunctionalInterface
public interface PeerExchangeHandler {
    /**
     * Answers the request. An exception other than one that came out of the body is answered with 500 and no words.
     *
     * @throws IOException when the body could not be read to its end, as the body's stream said; let it pass through
     */
    PeerReply handle(PeerRequest request) throws IOException;
}
