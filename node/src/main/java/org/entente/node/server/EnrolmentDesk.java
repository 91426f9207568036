package org.entente.node.server;

import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PublicKeys;
import org.entente.node.officer.Officer;
import org.entente.node.officer.Token;

/** Enrols an officer of this party and announces the appointment to every partner. */
public interface EnrolmentDesk {
    /**
     * What came of it.
     *
     * @param again whether exactly this was enrolled before, and nothing changed
     * @param token the token that was drawn here, which is not kept and cannot be shown again; none when the officer has one
     */
    record Enrolled(boolean again, Optional<Token> token) {}

    /**
     * Enrols the officer. The same enrolment may come again as long as it names the token, so that whoever lost the answer can
     * ask again; nothing replaces the keys or the token of an officer.
     *
     * @param keys the officer's public keys; the secret ones never come here
     * @param tokenHash of the token that the officer drew; without it a token is drawn here
     * @throws Malformed {@code officer.taken} or {@code officer.keys-taken}
     */
    Enrolled enrol(Officer officer, PublicKeys keys, Optional<Digest> tokenHash) throws Malformed;
}
