package org.entente.node.keys;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.node.link.LinkIdentity;

/**
 * The certificate and key that the node shows on the link, and those that are to follow. A card names both for a while: the
 * node shows the old ones until every partner has the card, then the next; the card after that names those alone.
 */
public final class LinkKeys {
    private static final String NEXT = "next.";

    private LinkKeys() {}

    private static LinkIdentity read(SealedFiles files, String prefix) throws IOException, Malformed {
        return LinkIdentity.of(
                files.read(prefix + NodeBirth.LINK_CERTIFICATE), files.read(prefix + NodeBirth.LINK_KEY));
    }

    /** The identity that is shown now; one whose taking up was cut short is taken up first. */
    public static LinkIdentity current(SealedFiles files) throws IOException, Malformed {
        try {
            return read(files, "");
        } catch (Malformed torn) {
            if (next(files).isEmpty()) {
                throw torn;
            }
            takeUp(files);
            return read(files, "");
        }
    }

    /** The identity that is to be shown next. */
    public static Optional<LinkIdentity> next(SealedFiles files) throws IOException, Malformed {
        return files.holds(NEXT + NodeBirth.LINK_CERTIFICATE) ? Optional.of(read(files, NEXT)) : Optional.empty();
    }

    static Digest pin(LinkIdentity identity) {
        return Digest.of(identity.certificateDer());
    }

    /**
     * The certificates that a card names: the one that is shown, and the one that follows, which is drawn if it is to be.
     *
     * @throws Malformed {@code succession.link-pending} when one follows already
     */
    static List<Digest> pins(SealedFiles files, PartyCard held, boolean draws, SecureRandom random, Instant now)
            throws IOException, Malformed {
        Digest shown = pin(current(files));
        Optional<Digest> pending =
                next(files).map(LinkKeys::pin).filter(held.content().tlsPins()::contains);
        if (pending.isPresent() && draws) {
            throw new Malformed("succession.link-pending", held.party().text());
        }
        if (pending.isPresent()) {
            return List.of(shown, pending.get());
        }
        return draws ? List.of(shown, pin(draw(files, held, random, now))) : List.of(shown);
    }

    /** One that was drawn before and stands on no card is replaced: nobody knows it. */
    private static LinkIdentity draw(SealedFiles files, PartyCard held, SecureRandom random, Instant now)
            throws IOException {
        LinkIdentity identity = LinkIdentity.generate(held.party().text(), now, random);
        files.destroy(NEXT + NodeBirth.LINK_CERTIFICATE);
        files.write(NEXT + NodeBirth.LINK_KEY, identity.privateKeyDer());
        files.write(NEXT + NodeBirth.LINK_CERTIFICATE, identity.certificateDer());
        return identity;
    }

    /** Puts the next identity in the place of the one that is shown, whose key is gone then; may be done again after it was cut short. */
    public static void takeUp(SealedFiles files) throws IOException, Malformed {
        LinkIdentity next = read(files, NEXT);
        files.write(NodeBirth.LINK_KEY, next.privateKeyDer());
        files.write(NodeBirth.LINK_CERTIFICATE, next.certificateDer());
        files.destroy(NEXT + NodeBirth.LINK_CERTIFICATE);
        files.destroy(NEXT + NodeBirth.LINK_KEY);
    }
}
