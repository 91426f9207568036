package org.entente.evidence.statement;

import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.Jws;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PublicKeys;
import org.entente.evidence.certificate.CertificateChain;

/** A statement of the right form, of which nobody knows yet who signed it. It tells only what is needed to find out. */
public final class UnverifiedStatement {
    private final StatementDraft said;
    private final Jws jws;

    private UnverifiedStatement(StatementDraft said, Jws jws) {
        this.said = said;
        this.jws = jws;
    }

    static UnverifiedStatement of(Jws jws) throws Malformed {
        StatementDraft said = StatementDraft.read(jws.payload());
        if (jws.certification().isPresent()
                && jws.certification().get().issuedAt() != said.at().getEpochSecond()) {
            throw new Malformed("statement.issued-at-other");
        }
        return new UnverifiedStatement(said, jws);
    }

    public Digest id() {
        return jws.id();
    }

    /** The canonical bytes, signatures included, as they came. */
    public byte[] bytes() {
        return jws.bytes();
    }

    /** Who is said to speak. */
    public Actor claimedFrom() {
        return said.from();
    }

    /** To whom it is said to be spoken, if to anybody. */
    public Optional<Actor> claimedTo() {
        return said.to();
    }

    /** What sort of statement it is said to be. */
    public String claimedKind() {
        return said.kind();
    }

    /** Which keys are said to have signed. */
    public String claimedKid() {
        return jws.kid();
    }

    /** Requires both signatures to be those of the given keys under the given name, and under no certificate: those of a root, or of an officer. */
    public Statement verify(PublicKeys keys, String expectedKid) throws Malformed {
        return verify(keys, expectedKid, Optional.empty());
    }

    private Statement verify(PublicKeys keys, String expectedKid, Optional<Digest> certificate) throws Malformed {
        jws.verify(keys, expectedKid);
        jws.requireCertificate(certificate);
        return new Statement(said, jws);
    }

    /** Requires the sender to be introduced by the card and both signatures to be those of its statement keys, under the card's certificate if it has one. */
    public Statement verify(PartyCard card) throws Malformed {
        if (!card.introduces(said.from())) {
            throw new Malformed("statement.sender-foreign", card.party().text());
        }
        return verify(
                card.statementKeys(),
                card.statementKeys().kid(),
                card.certificates().map(CertificateChain::thumbprint));
    }
}
