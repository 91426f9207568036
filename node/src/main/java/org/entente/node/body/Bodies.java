package org.entente.node.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.CardAuthority;
import org.entente.exchange.body.BodyAtRest;
import org.entente.exchange.body.BodyRecipient;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SealedBody;
import org.entente.exchange.body.VerifiedBody;
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
        return seal(new ByteArrayInputStream(content), receiver);
    }

    /**
     * The same for a content of any length, with the memory of a few chunks; closes nothing.
     *
     * @throws Malformed {@code body.too-large}
     */
    public BodyReference seal(InputStream content, AuthorityCode receiver) throws IOException, Malformed {
        CardAuthority authority = parties.require(receiver)
                .card()
                .authority(receiver)
                .orElseThrow(() -> new Malformed("party.authority-unknown", receiver.text()));
        List<BodyRecipient> recipients = List.of(BodyRecipient.parse(authority.bodyRecipient()));
        return files.seal(ciphertext -> SealedBody.seal(content, ciphertext, recipients, random));
    }

    /** Opens a body that was sealed for an authority of this party and fits in memory. */
    public byte[] open(BodyReference reference, AuthorityCode receiver) throws IOException, Malformed {
        return openSalted(reference, receiver).content();
    }

    /** The same, with the salt that shows to others that the sender committed to the content. */
    public SealedBody.Salted openSalted(BodyReference reference, AuthorityCode receiver) throws IOException, Malformed {
        return SealedBody.openSalted(files.read(reference), reference, keys.opening(receiver));
    }

    /** Reads a body of any length to its end, and verifies it; only then can its content be had. */
    public VerifiedBody verify(BodyReference reference, AuthorityCode receiver) throws IOException, Malformed {
        try {
            return VerifiedBody.of(() -> files.open(reference.ciphertext(), 0), reference, keys.opening(receiver));
        } catch (BodyAtRest.Damaged damaged) {
            throw damaged.asMalformed();
        }
    }

    /** Whether a body is here; one that is counts as having come now. */
    public boolean renew(Digest body) throws IOException {
        return files.renew(body);
    }

    /** The longest body that may be sealed here. */
    public long bytesMax() {
        return files.limits().bytesMax();
    }
}
