package org.entente.node.server;

import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PublicKeys;
import org.entente.node.officer.Officer;
import org.entente.node.officer.Token;

/** Enrols an officer of this party and announces the appointment to every partner. */
public interface EnrolmentDesk {
    /**
     * Enrols the officer.
     *
     * @param keys the officer's public keys; the secret ones never come here
     * @return the officer's token, which is not kept and cannot be shown again
     * @throws Malformed {@code officer.taken}
     */
    Token enrol(Officer officer, PublicKeys keys) throws Malformed;
}
