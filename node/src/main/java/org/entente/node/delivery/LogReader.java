package org.entente.node.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.tile.BundleAt;
import org.entente.evidence.tile.TilePath;
import org.entente.evidence.tile.TiledTree;
import org.entente.evidence.tile.TreeTiles;
import org.entente.node.home.DiskSpace;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.Mirrors;
import org.entente.node.ledger.PartnerWitness;
import org.entente.node.ledger.Reopenings;
import org.entente.node.party.Parties;
import org.entente.node.party.PartnerStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what this node has cosigned of a partner's log, and keeps its entries. Each is tied to the cosigned root before it is
 * kept; files that do not give it, or are not there, are a fault of publication, which accuses nobody: the head was signed, and
 * whoever published it can still give the right files.
 */
public final class LogReader {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final int BUNDLES_AT_ONCE = 64;
    /** How long to rest when there is nothing to read. */
    static final Duration NOTHING_NEW = Duration.ofMillis(400);

    private static final Duration FAULT = Duration.ofSeconds(30);

    private final PartnerWitness witness;
    private final Mirrors mirrors;
    private final Courier courier;
    private final Reopenings reopenings;
    private final Room room;

    /** How much may be read: what the disk has left, and what a partner's log may be ahead of this node's own. */
    public record Room(DiskSpace disk, PartnerStorage storage, Logs logs) {
        private boolean isThere(PartyCode partner, long read) {
            return storage.readsOn(read, logs.size(logs.origin(partner)));
        }
    }

    public LogReader(PartnerWitness witness, Mirrors mirrors, Courier courier, Reopenings reopenings, Room room) {
        this.witness = witness;
        this.mirrors = mirrors;
        this.courier = courier;
        this.reopenings = reopenings;
        this.room = room;
    }

    /** Whether this node has cosigned more of a partner's log than it has read. */
    boolean hasUnread(Parties.Partner partner) {
        Optional<SignedCheckpoint> seen = witness.seen(partner.card());
        return seen.isPresent() && seen.get().checkpoint().size() > mirrors.size(witness.origin(partner.code()));
    }

    /** Reads some of what is new, and says how long to rest before it looks again: not at all when it got on; empty when nobody answered. */
    Optional<Duration> readOn(Parties.Partner partner) {
        Optional<SignedCheckpoint> seen = witness.seen(partner.card());
        String origin = witness.origin(partner.code());
        long from = mirrors.size(origin);
        if (seen.isEmpty() || seen.get().checkpoint().size() <= from) {
            return Optional.of(NOTHING_NEW);
        }
        if (!room.isThere(partner.code(), from)) {
            LOG.warn(
                    "the log {} names far more than {} has brought; it is read on when that has come",
                    origin,
                    partner.code());
            return Optional.of(FAULT);
        }
        try {
            room.disk.requireReserve();
            read(partner, seen.get().checkpoint(), from);
            return Optional.of(Duration.ZERO);
        } catch (Courier.NoAnswer away) {
            return Optional.empty();
        } catch (IOException full) {
            LOG.error("the log {} is not read on: {}; make room", origin, full.getMessage());
            return Optional.of(FAULT);
        } catch (Malformed fault) {
            if (mirrors.fault(origin, partner.code(), fault.problem())) {
                LOG.error(
                        "the log {} does not give out what it signed and this node has cosigned: {}; ask its operator",
                        origin,
                        fault.problem());
            }
            return Optional.of(FAULT);
        }
    }

    private void read(Parties.Partner partner, Checkpoint head, long from) throws Malformed {
        TiledTree tree = TiledTree.open(head, path -> courier.logFile(partner, path));
        List<BundleAt> bundles = new TreeTiles(head.size())
                .bundlesSince(from)
                .limit(BUNDLES_AT_ONCE)
                .toList();
        long kept = from;
        for (BundleAt at : bundles) {
            List<Digest> statements = tree.bundle(at).statementIds();
            long begins = at.index() * TilePath.WIDTH_MAX;
            List<Digest> fresh = statements.subList((int) (kept - begins), statements.size());
            reopenings.requireAsDeclared(head.origin(), partner.code(), kept, fresh);
            mirrors.keep(head.origin(), partner.code(), kept, fresh);
            kept = begins + statements.size();
        }
    }
}
