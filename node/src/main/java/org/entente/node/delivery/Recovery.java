package org.entente.node.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.LogReopened;
import org.entente.evidence.tile.TileGrowth;
import org.entente.exchange.delivery.Errands;
import org.entente.exchange.message.Message;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.PartnerWitness;
import org.entente.node.ledger.Reopenings;
import org.entente.node.ledger.Restoration;
import org.entente.node.party.Assurance;
import org.entente.node.party.LinkStops;
import org.entente.node.party.Parties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Sees to it that this node never goes on from an older copy of its log. Before it signs or takes anything in a relationship
 * after its start, it asks the partner for the newest head of this log that the partner has cosigned. If that is not the head
 * of leaves that are here, or the partner has statements of the relationship that are not here, then this database is older
 * than what was signed: nothing is said or taken any more, and what is missing is asked back.
 *
 * <p>Nothing of what comes back is believed. The head bears this party's own signature and both cosignatures of the partner;
 * the entries give its root; the statements have the ids of the entries, and verify under the cards of their places. Then they are
 * written in exactly the old order, in one transaction for each segment, and the log goes on under its old name: whoever
 * looks at it sees one history. What was said here meanwhile, and shown to nobody, comes behind it.
 *
 * <p>What the partner hides, nobody can miss: a partner that gives back an older head than it has cosigned makes this node
 * sign another one of the same size, and can call that two histories. Only a witness that is not a party helps against it.
 */
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Statements in one transaction, if it may end behind them. */
    private static final int SEGMENT = 4_000;

    private static final int SEGMENT_MAX = 16_000;
    private static final long SEGMENT_BYTES_MAX = 1L << 26;

    private final Parties parties;
    private final Courier courier;
    private final LinkStops stops;
    private final Own own;
    private final Restoration restoration;
    private final Recollection recollection;
    private final Map<PartyCode, Problem> refusals = new ConcurrentHashMap<>();

    /** This node's own logs and their heads, what it has cosigned of others, and with whom it knows that they are whole. */
    public record Own(
            Logs logs, Checkpoints checkpoints, PartnerWitness witness, Reopenings reopenings, Assurance assurance) {}

    public Recovery(
            Parties parties,
            Courier courier,
            LinkStops stops,
            Own own,
            Restoration restoration,
            Recollection recollection) {
        this.parties = parties;
        this.courier = courier;
        this.stops = stops;
        this.own = own;
        this.restoration = restoration;
        this.recollection = recollection;
    }

    /** Begins the restore of every log whose files hold entries that the database does not have, and completes the files of closed ones. */
    public void lookAtFiles() {
        own.logs.closed().forEach(own.checkpoints::completeFiles);
        for (Parties.Partner partner : parties.partners()) {
            if (own.checkpoints.isBehindItsFiles(own.logs.origin(partner.code()))) {
                hold(partner.code(), Problem.of("restore.files-ahead"));
            }
        }
    }

    /** Whether this node knows since its start that its log of the relationship is as new as what the partner has seen. */
    public boolean isAssured(PartyCode partner) {
        return own.assurance.with(partner);
    }

    /** Waits a little while for that. */
    void requireAssured(PartyCode partner) throws Malformed {
        try {
            if (!own.assurance.await(partner, PATIENCE, () -> stops.isRestoring(partner))) {
                stops.requireNone(partner);
                throw new Malformed("link.not-assured", partner.text());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Malformed("link.not-assured", partner.text());
        }
        stops.requireNone(partner);
    }

    /** Something says that the partner has seen more: it is asked again before anything else. */
    void doubt(PartyCode partner) {
        own.assurance.lose(partner);
    }

    /** Why what the partner has seen cannot be brought back, as it was when it was last asked; empty when it can, or was not asked. */
    Optional<Problem> refusal(PartyCode partner) {
        return Optional.ofNullable(refusals.get(partner));
    }

    /** The log goes on as its next incarnation: whether the partner has seen more than that is asked anew. */
    void reopened(PartyCode partner) {
        refusals.remove(partner);
        doubt(partner);
    }

    private void hold(PartyCode partner, Problem waitsFor) {
        doubt(partner);
        stops.restore(partner, waitsFor);
    }

    /** Asks, and restores some of what is missing; nearer means that nothing is missing. */
    Errands.Asked attempt(Parties.Partner partner) {
        PartyCode code = partner.code();
        String origin = own.logs.origin(code);
        try {
            Returned.Head head = courier.keptHead(partner);
            if (isWhole(partner, head)) {
                if (stops.isRestoring(code)) {
                    rememberCosigned(partner);
                    stops.restored(code);
                    LOG.info("the log of the relationship with {} is whole again, and goes on", code);
                }
                refusals.remove(code);
                own.assurance.gain(code);
                return Errands.Asked.NEARER;
            }
            refusals.remove(code);
        } catch (Courier.NoAnswer away) {
            if (stops.isRestoring(code)) {
                hold(code, Problem.of("restore.partner-away"));
            }
            return Errands.Asked.UNANSWERED;
        } catch (Malformed malformed) {
            refuse(code, malformed.problem(), origin);
        }
        return Errands.Asked.NO_NEARER;
    }

    /** What was asked about a log that was closed meanwhile says nothing about its next incarnation, whichever of the two ends first. */
    private void refuse(PartyCode code, Problem problem, String asked) {
        if (!problem.equals(refusals.put(code, problem))) {
            LOG.error("the log of the relationship with {} is not known to be whole: {}", code, problem);
        }
        if (!asked.equals(own.logs.origin(code))) {
            refusals.remove(code, problem);
        } else if (stops.isRestoring(code)) {
            hold(code, problem);
        }
    }

    /** As a witness too this node goes on from where it was: what it had cosigned bears its own cosignatures. */
    private void rememberCosigned(Parties.Partner partner) {
        try {
            Optional<String> head = courier.publishedHead(partner);
            if (head.isPresent()) {
                own.witness.remember(partner.card(), head.get());
            }
        } catch (Malformed refused) {
            LOG.warn(
                    "what {} publishes of its log bears no cosignatures of this node: {}",
                    partner.code(),
                    refused.problem());
        }
    }

    /** Whether all that the partner has seen is here; if it is not, some of it is brought back. */
    private boolean isWhole(Parties.Partner partner, Returned.Head head) throws Malformed {
        String origin = own.logs.origin(partner.code());
        if (head.checkpoint().isEmpty()) {
            requireAllOf(head.mirrored(), 0);
        } else if (!head.origin().equals(origin)) {
            requireOfClosed(partner.code(), origin, head);
        } else if (!covers(partner, origin, head)) {
            return false;
        }
        Set<Digest> missing = new HashSet<>(head.beyond());
        missing.removeAll(own.logs.places(partner.code(), head.beyond()).keySet());
        if (!missing.isEmpty()) {
            Problem lost = Problem.of("restore.tail-unwitnessed", Integer.toString(missing.size()));
            if (bearsOwnSignature(partner, missing)) {
                hold(partner.code(), lost);
            }
            throw new Malformed(lost);
        }
        return true;
    }

    /**
     * Whether this party signed one of some statements that are not here. A partner's word alone rests no more than its own
     * relationship; with this signature it is proved that this database is older.
     */
    private boolean bearsOwnSignature(Parties.Partner partner, Set<Digest> claimed) throws Malformed {
        List<Digest> asked = restoration.missing(List.copyOf(claimed));
        for (int from = 0; from < asked.size(); from += KeptDesk.STATEMENTS_MAX) {
            List<Digest> page = asked.subList(from, Math.min(asked.size(), from + KeptDesk.STATEMENTS_MAX));
            for (JsonNode document : courier.keptStatements(partner, page).documents()) {
                UnverifiedStatement one = Statement.of(document);
                boolean forThem = one.claimedTo()
                        .map(receiver -> receiver.party().equals(partner.code()))
                        .orElse(true);
                if (asked.contains(one.id()) && forThem && parties.isOwn(one)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Of another incarnation than the open one the partner knows what this node declared to be closed, as long as the declaration does
     * not count there yet. A later one that this party signed says that this database is older.
     */
    private void requireOfClosed(PartyCode partner, String origin, Returned.Head returned) throws Malformed {
        String closed = returned.origin();
        SignedCheckpoint head = own.checkpoints.read(returned.checkpoint().orElseThrow(), closed);
        Optional<Reopenings.Declared> opening = own.reopenings.opening(origin);
        if (opening.filter(one -> one.said().origin().equals(closed)).isEmpty()) {
            Problem since = Problem.of("restore.reopened-since", closed);
            hold(partner, since);
            throw new Malformed(since);
        }
        if (!LogReopened.Extent.of(head.checkpoint())
                .equals(opening.get().said().closed())) {
            throw new Malformed(
                    "restore.closed-other", Long.toString(head.checkpoint().size()));
        }
        if (own.reopenings.isRefused(opening.get().statement())) {
            throw new Malformed("restore.reopening-refused", origin);
        }
    }

    /** Whether the head is that of leaves that are here; if it is not, some of what is missing is brought back. */
    private boolean covers(Parties.Partner partner, String origin, Returned.Head returned) throws Malformed {
        SignedCheckpoint signed = own.checkpoints.read(returned.checkpoint().orElseThrow(), origin);
        Checkpoint head = signed.checkpoint();
        requireAllOf(returned.mirrored(), head.size());
        Optional<Checkpoint> last = own.checkpoints.cosigned(origin).map(SignedCheckpoint::checkpoint);
        if (last.filter(head::equals).isPresent()) {
            return true;
        }
        long known = last.map(Checkpoint::size).orElse(0L);
        if (head.size() < known && stops.isRestoring(partner.code())) {
            throw new Malformed("restore.checkpoint-older", Long.toString(head.size()), Long.toString(known));
        }
        long size = own.logs.size(origin);
        if (head.size() <= size && rootOver(origin, head.size(), List.of()).equals(head.root())) {
            adopt(partner, signed);
            return true;
        }
        if (head.size() <= known) {
            Problem other = Problem.of("restore.other-history", Long.toString(head.size()));
            hold(partner.code(), other);
            throw new Malformed(other);
        }
        hold(partner.code(), Problem.of("restore.under-way", Long.toString(head.size()), Long.toString(size)));
        if (returned.mirrored() < head.size()) {
            throw new Malformed("restore.mirror-short", Long.toString(returned.mirrored()), Long.toString(head.size()));
        }
        List<Digest> entries = entries(partner, known, head.size());
        if (!rootOver(origin, known, entries).equals(head.root())) {
            throw new Malformed("restore.root-other", Long.toString(head.size()));
        }
        bringBack(partner, signed, known, entries);
        return false;
    }

    /** Keeps the partner's cosignatures; those of a card that is on its way come again with a later head. */
    private void adopt(Parties.Partner partner, SignedCheckpoint head) {
        try {
            head.cosignedAt(Cosigner.of(partner.card()));
            own.checkpoints.adopt(head);
        } catch (Malformed notYet) {
            LOG.info(
                    "the head that {} gave back bears no cosignatures of its card here: {}",
                    partner.code(),
                    notYet.problem());
        }
    }

    /** A partner reads no further than it has cosigned: whoever keeps more entries than that hides a newer head. */
    private static void requireAllOf(long mirrored, long head) throws Malformed {
        if (mirrored > head) {
            throw new Malformed("restore.checkpoint-older", Long.toString(head), Long.toString(mirrored));
        }
    }

    private List<Digest> entries(Parties.Partner partner, long from, long end) throws Malformed {
        List<Digest> entries = new ArrayList<>();
        while (from + entries.size() < end) {
            List<Digest> page = courier.keptEntries(partner, from + entries.size());
            if (page.isEmpty()) {
                throw new Malformed("restore.mirror-short", Long.toString(from + entries.size()), Long.toString(end));
            }
            entries.addAll(page);
        }
        return entries.subList(0, (int) (end - from));
    }

    /** The root over the first leaves that are here and some entries behind them. */
    private Digest rootOver(String origin, long size, List<Digest> further) {
        TileGrowth growth = TileGrowth.empty();
        while (growth.size() < size) {
            own.logs
                    .read(origin, growth.size(), Math.min(size, growth.size() + SEGMENT))
                    .forEach(id -> growth.append(MerkleHash.statementLeaf(id), filled -> {}));
        }
        further.forEach(id -> growth.append(MerkleHash.statementLeaf(id), filled -> {}));
        return growth.root();
    }

    /** Brings back the first segment of the entries that are not here. */
    private void bringBack(Parties.Partner partner, SignedCheckpoint head, long known, List<Digest> entries)
            throws Malformed {
        PartyCode code = partner.code();
        String origin = head.checkpoint().origin();
        List<Digest> here = own.logs.read(origin, known, own.logs.size(origin));
        int same = 0;
        while (same < here.size() && same < entries.size() && here.get(same).equals(entries.get(same))) {
            same++;
        }
        long from = known + same;
        List<Digest> moving = restoration
                .movable(code, from)
                .orElseThrow(() -> new Malformed("restore.diverged", Long.toString(from)));
        RecoveredSegment segment = new RecoveredSegment(parties, code, origin, from);
        List<Digest> missing = entries.subList(same, entries.size());
        int end = 0;
        while (end < missing.size()
                && end < SEGMENT_MAX
                && segment.bytes() < SEGMENT_BYTES_MAX
                && (end < SEGMENT || !segment.mayEnd())) {
            List<Digest> page = missing.subList(end, Math.min(missing.size(), end + KeptDesk.STATEMENTS_MAX));
            segment.add(page, documents(partner, segment, page));
            end += page.size();
        }
        if (end == missing.size()) {
            head.cosignedAt(Cosigner.of(segment.partnersCard()));
        }
        Restoration.Segment whole = segment.segment();
        List<Message> said = whole.pieces().stream()
                .filter(Restoration.Piece::outgoing)
                .map(Restoration.Piece::message)
                .toList();
        restoration.write(code, whole, moving, piece -> recollection.recall(piece.statement(), piece.message(), said));
        LOG.info("{} entries of {} are back, from place {} on", whole.entries().size(), origin, from);
    }

    /** The documents behind some entries that are not here; what does not fit one answer is asked for again. */
    private Map<Digest, JsonNode> documents(Parties.Partner partner, RecoveredSegment segment, List<Digest> entries)
            throws Malformed {
        Map<Digest, JsonNode> documents = new HashMap<>();
        List<Digest> wanted = new ArrayList<>(restoration.missing(entries));
        while (!wanted.isEmpty()) {
            Returned.Statements page = courier.keptStatements(partner, wanted);
            int before = wanted.size();
            for (JsonNode document : page.documents()) {
                Digest id = RecoveredSegment.idOf(document);
                if (wanted.remove(id)) {
                    documents.put(id, document);
                }
            }
            segment.refused(page.refused());
            if (wanted.size() == before) {
                throw new Malformed(
                        "restore.statement-missing", wanted.getFirst().hex());
            }
        }
        return documents;
    }
}
