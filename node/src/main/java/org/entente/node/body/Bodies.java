package org.entente.node.body;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.CardAuthority;
import org.entente.exchange.body.BodyRecipient;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SealedBody;
import org.entente.node.keys.NodeKeys;
import org.entente.node.party.Parties;

/** Seals what goes to a partner's authority, and opens what came for one of ours. */
public final class Bodies {
    private final BodyFiles files;
    private final Parties parties;
    private final NodeKeys keys;
    private final SecureRandom random;

    public Bodies(BodyFiles files, Parties parties, NodeKeys keys, SecureRandom random) {
        this.files = files;
        this.parties = parties;
        this.keys = keys;
        this.random = random;
    }

    /** Encrypts to the key that the receiver's card shows and keeps the file; on return it is durable. */
    public BodyReference seal(byte[] content, AuthorityCode receiver) throws IOException, Malformed {
        CardAuthority authority = parties.require(receiver)
                .card()
                .authority(receiver)
                .orElseThrow(() -> new Malformed("party.authority-unknown", receiver.text()));
        SealedBody sealed = SealedBody.seal(content, List.of(BodyRecipient.parse(authority.bodyRecipient())), random);
        files.keep(sealed);
        return sealed.reference();
    }

    /** Opens a body that was sealed for an authority of this party. */
    public byte[] open(BodyReference reference, AuthorityCode receiver) throws IOException, Malformed {
        return openSalted(reference, receiver).content();
    }

    /** The same, with the salt that shows to others that the sender committed to the content. */
    public SealedBody.Salted openSalted(BodyReference reference, AuthorityCode receiver) throws IOException, Malformed {
        return SealedBody.openSalted(files.read(reference), reference, keys.opening(receiver));
    }
}
