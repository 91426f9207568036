package org.entente.node.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardSucceeded;
import org.entente.node.keys.LinkKeys;
import org.entente.node.keys.SealedFiles;
import org.entente.node.link.LinkIdentity;
import org.entente.node.link.PeerClient;
import org.entente.node.link.PeerListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shows the next link certificate once every partner has acknowledged the card that names it beside the one in use. The port
 * stays open and calls go on: what is connected keeps the old one until it ends. A partner that is silent is waited for, for
 * from then on it would take this node for a stranger, and could not even be told.
 */
final class LinkRenewal {
    private static final Logger LOG = LoggerFactory.getLogger(LinkRenewal.class);

    private final SealedFiles sealed;
    private final JdbcClient sql;
    private final PartyCard own;

    LinkRenewal(SealedFiles sealed, JdbcClient sql, PartyCard own) {
        this.sealed = sealed;
        this.sql = sql;
        this.own = own;
    }

    /** Looks whether it is time, and changes over. */
    void renew(PeerListener listener, PeerClient client) {
        try {
            Optional<LinkIdentity> next = LinkKeys.next(sealed);
            if (next.isPresent() && isKnownToAll(Digest.of(next.get().certificateDer()))) {
                LinkKeys.takeUp(sealed);
                listener.show(next.get());
                client.show(next.get());
                LOG.info(
                        "the link certificate {} is shown from now on; the next card names it alone",
                        next.get().certificateDigest());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (Malformed damaged) {
            throw new IllegalStateException(damaged);
        }
    }

    private boolean isKnownToAll(Digest pin) throws Malformed {
        if (!own.content().tlsPins().contains(pin)) {
            return false;
        }
        for (byte[] waiting : unacknowledged()) {
            if (CardSucceeded.read(Statement.parse(waiting)
                            .verify(own.root(), own.root().kid()))
                    .card()
                    .content()
                    .tlsPins()
                    .contains(pin)) {
                return false;
            }
        }
        return true;
    }

    /** Statements about own cards that a partner has not acknowledged, or refused. */
    private List<byte[]> unacknowledged() {
        return sql.sql("""
                        select s.bytes from outbox o join statement s on s.id = o.statement
                        where s.outgoing and s.kind = ? and o.acknowledged_at is null""")
                .param(CardSucceeded.KIND)
                .query((row, number) -> row.getBytes("bytes"))
                .list();
    }
}
