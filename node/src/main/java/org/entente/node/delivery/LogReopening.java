package org.entente.node.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.LogReopened;
import org.entente.evidence.tile.TileGrowth;
import org.entente.exchange.message.Message;
import org.entente.node.ledger.NextIncarnation;
import org.entente.node.ledger.Restoration;
import org.entente.node.ledger.Statements;
import org.entente.node.party.Parties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The way out for a log that is older than what was signed of it, and cannot be completed: it is closed where it is, and goes on
 * under its next name, by a signed declaration. An administrator orders it, once the partner was asked for all that it has.
 *
 * <p>The next incarnation begins with what the partner keeps of the closed one, for as long as the statements can be had, at the
 * same places; then comes all else that both have of the relationship, in the partner's order, then what was said here and
 * nobody has, and last of all the declaration. So no evidence needs two logs, both logs hold in the same order what each party said,
 * and the declaration stands where it is said: behind everything, and under the newest keys.
 */
public final class LogReopening {
    static final String KEYS_OLDER = "restore.keys-older";
    private static final Logger LOG = LoggerFactory.getLogger(LogReopening.class);
    private static final int BEYOND_MAX = 100_000;
    private static final long DOCUMENT_BYTES_MAX = 1L << 28;

    /** What time does not heal, by the refusal of the restore. */
    private static final Map<String, LogReopened.Reason> REASONS = Map.of(
            "restore.tail-unwitnessed", LogReopened.Reason.TAIL_UNWITNESSED,
            "restore.mirror-short", LogReopened.Reason.MIRROR_SHORT,
            "restore.statement-missing", LogReopened.Reason.STATEMENT_MISSING,
            "restore.diverged", LogReopened.Reason.DIVERGED,
            "restore.other-history", LogReopened.Reason.OTHER_HISTORY,
            "restore.root-other", LogReopened.Reason.ROOT_OTHER);

    private final Parties parties;
    private final Courier courier;
    private final Recovery recovery;
    private final Recovery.Own own;
    private final Writing writing;
    private final Recollection recollection;

    /** How the next incarnation is written: where, out of which statements, signed with which keys, at which moment. */
    public record Writing(
            NextIncarnation next, Restoration restoration, Statements statements, SecretKeys keys, Clock clock) {}

    public LogReopening(
            Parties parties,
            Courier courier,
            Recovery recovery,
            Recovery.Own own,
            Writing writing,
            Recollection recollection) {
        this.parties = parties;
        this.courier = courier;
        this.recovery = recovery;
        this.own = own;
        this.writing = writing;
        this.recollection = recollection;
    }

    /**
     * Closes the log of the relationship and opens its next incarnation.
     *
     * @throws Malformed {@code reopening.needless} unless the restore of the log is refused for what time does not heal,
     *     {@code restore.partner-away}, {@code restore.checkpoint-older}, {@code restore.keys-older}, {@code reopening.too-much} or {@code reopening.busy}
     */
    public synchronized void reopen(PartyCode code, NextIncarnation.Order order) throws Malformed {
        Parties.Partner partner = parties.partner(code).orElseThrow(() -> new Malformed("party.unknown", code.text()));
        Problem refusal = recovery.refusal(code).orElseThrow(() -> needless(code));
        LogReopened.Reason reason = reason(refusal).orElseThrow(() -> needless(code));
        try {
            open(partner, reason, order);
        } catch (Courier.NoAnswer away) {
            throw new Malformed("restore.partner-away");
        } catch (NextIncarnation.Grown grown) {
            throw new Malformed("reopening.busy", code.text());
        }
        recovery.reopened(code);
    }

    private static Malformed needless(PartyCode partner) {
        return new Malformed("reopening.needless", partner.text());
    }

    private static Optional<LogReopened.Reason> reason(Problem refusal) {
        return refusal.code().startsWith("signature.")
                ? Optional.of(LogReopened.Reason.STATEMENT_REFUSED)
                : Optional.ofNullable(REASONS.get(refusal.code()));
    }

    private void open(Parties.Partner partner, LogReopened.Reason reason, NextIncarnation.Order order)
            throws Malformed {
        PartyCode code = partner.code();
        String origin = own.logs().origin(code);
        own.checkpoints().completeFiles(origin);
        List<Digest> here = own.logs().read(origin, 0, own.logs().size(origin));
        Kept kept = kept(partner, origin, here);
        int same = common(here, kept.mirror);
        List<Digest> leading = leading(code, here, same, kept);
        CarriedEntries carried = new CarriedEntries(parties, code, origin, same);
        Fetched fetched = new Fetched(partner);
        long keeps = carry(carried, leading.subList(same, leading.size()), fetched);
        Set<Digest> behind = new LinkedHashSet<>(kept.beyond);
        behind.addAll(here.subList(same, here.size()));
        leading.forEach(behind::remove);
        carry(carried, behind, fetched);

        List<Digest> all = new ArrayList<>(here.subList(0, same));
        all.addAll(carried.entries());
        boolean otherHistory =
                keeps >= kept.closed.size() && !root(all, kept.closed.size()).equals(kept.closed.root());
        long first = otherHistory ? Math.min(same, kept.closed.size() - 1) : keeps;
        LogReopened said = new LogReopened(
                origin,
                next(origin, code),
                all.size(),
                new LogReopened.Extent(first, root(all, first)),
                kept.closed,
                reason);
        // That the partner has cosigned the entry of a statement does not say that it has the statement.
        Set<Digest> taken = new HashSet<>(kept.beyond);
        taken.addAll(fetched.documents.keySet());
        NextIncarnation.Plan plan = new NextIncarnation.Plan(
                same, here.subList(same, here.size()), carried.entries(), carried.pieces(), taken, fetched.refused);
        write(code, plan, said, carried, order);
    }

    private void write(
            PartyCode code,
            NextIncarnation.Plan plan,
            LogReopened said,
            CarriedEntries carried,
            NextIncarnation.Order order)
            throws Malformed {
        Statement declaration =
                Statement.sign(said.draft(parties.own().party(), code, writing.clock.instant()), writing.keys);
        if (!carried.wouldCount(declaration)) {
            throw new Malformed(KEYS_OLDER, Long.toString(said.place()));
        }
        List<Message> ours = plan.pieces().stream()
                .filter(Restoration.Piece::outgoing)
                .map(Restoration.Piece::message)
                .toList();
        writing.next.open(
                code,
                plan,
                declaration,
                said,
                order,
                piece -> recollection.recall(piece.statement(), piece.message(), ours));
        LOG.warn(
                "{} ordered that {} goes on as {}: {} of {} cosigned entries keep their places",
                order.officer(),
                said.origin(),
                said.next(),
                Math.min(said.keeps().size(), said.closed().size()),
                said.closed().size());
    }

    private String next(String origin, PartyCode partner) {
        PartyCode ours = parties.own().party();
        return LogNames.relationship(
                ours, partner, LogNames.incarnation(origin, ours, partner).orElseThrow() + 1);
    }

    /** All that the partner has: the head that it has cosigned, its entries, and what else, in the partner's order. */
    private record Kept(LogReopened.Extent closed, List<Digest> mirror, List<Digest> beyond) {}

    private Kept kept(Parties.Partner partner, String origin, List<Digest> here) throws Malformed {
        Returned.Head head = courier.keptHead(partner);
        LogReopened.Extent closed = head.checkpoint().isPresent()
                ? LogReopened.Extent.of(
                        own.checkpoints().read(head.checkpoint().get(), origin).checkpoint())
                : LogReopened.Extent.NOTHING;
        long known = own.checkpoints()
                .cosigned(origin)
                .map(SignedCheckpoint::checkpoint)
                .map(Checkpoint::size)
                .orElse(0L);
        long seen = Math.max(known, head.mirrored());
        if (closed.size() < seen) {
            throw new Malformed("restore.checkpoint-older", Long.toString(closed.size()), Long.toString(seen));
        }
        boolean isHere =
                closed.size() <= here.size() && root(here, closed.size()).equals(closed.root());
        List<Digest> mirror = isHere ? here.subList(0, (int) closed.size()) : mirror(partner, head.mirrored());
        return new Kept(closed, mirror, beyond(partner, head));
    }

    private List<Digest> mirror(Parties.Partner partner, long size) throws Malformed {
        List<Digest> mirror = new ArrayList<>();
        while (mirror.size() < size) {
            List<Digest> page = courier.keptEntries(partner, mirror.size());
            if (page.isEmpty()) {
                return mirror;
            }
            mirror.addAll(page);
        }
        return mirror.subList(0, (int) size);
    }

    private List<Digest> beyond(Parties.Partner partner, Returned.Head head) throws Malformed {
        List<Digest> beyond = new ArrayList<>(head.beyond());
        List<Digest> page = head.beyond();
        while (page.size() == KeptDesk.BEYOND_MAX) {
            requireBounded(partner.code(), beyond.size(), BEYOND_MAX);
            page = courier.keptBeyond(partner, beyond.size());
            beyond.addAll(page);
        }
        Collections.reverse(beyond);
        return beyond;
    }

    /** What a partner names and gives is held in memory until it is judged. */
    private static void requireBounded(PartyCode partner, long much, long most) throws Malformed {
        if (much > most) {
            throw new Malformed("reopening.too-much", partner.text());
        }
    }

    private static int common(List<Digest> here, List<Digest> mirror) {
        int same = 0;
        while (same < here.size() && same < mirror.size() && here.get(same).equals(mirror.get(same))) {
            same++;
        }
        return same;
    }

    /** What the partner keeps; and if that is all here, what stands behind it here and is known to the partner. */
    private List<Digest> leading(PartyCode partner, List<Digest> here, int same, Kept kept) {
        List<Digest> leading = new ArrayList<>(kept.mirror);
        if (same == kept.mirror.size()) {
            List<Digest> behind = here.subList(same, here.size());
            Set<Digest> shared = writing.next.shared(partner, behind);
            shared.addAll(kept.beyond);
            behind.stream().takeWhile(shared::contains).forEach(leading::add);
        }
        return leading;
    }

    /** Carries what can be had; gives the place up to which nothing was left out. */
    private long carry(CarriedEntries carried, Collection<Digest> entries, Fetched fetched) throws Malformed {
        fetched.ask(writing.restoration.missing(List.copyOf(entries)));
        long whole = -1;
        for (Digest id : entries) {
            Optional<Statements.Entry> here = writing.statements.find(id);
            boolean taken = here.isPresent();
            if (taken) {
                carried.add(here.get().statement());
            } else if (fetched.documents.containsKey(id)) {
                taken = carryBack(carried, fetched.documents.get(id));
            }
            if (!taken) {
                LOG.warn("{} cannot be brought back, and is not in the next incarnation of the log", id);
                whole = whole < 0 ? carried.size() : whole;
            }
        }
        return whole < 0 ? carried.size() : whole;
    }

    private static boolean carryBack(CarriedEntries carried, JsonNode document) throws Malformed {
        try {
            carried.add(Statement.of(document));
            return true;
        } catch (Malformed refused) {
            if (refused.problem().code().equals(KEYS_OLDER)) {
                throw refused;
            }
            LOG.warn("a statement that the partner gives back does not hold: {}", refused.problem());
            return false;
        }
    }

    /** Statements that are not here, as far as the partner has them. */
    private final class Fetched {
        private final Parties.Partner partner;
        private final Map<Digest, JsonNode> documents = new HashMap<>();
        private final Set<Digest> refused = new HashSet<>();
        private long bytes;

        private Fetched(Parties.Partner partner) {
            this.partner = partner;
        }

        private void ask(List<Digest> missing) throws Malformed {
            List<Digest> wanted = new ArrayList<>(missing);
            while (!wanted.isEmpty()) {
                List<Digest> page = List.copyOf(wanted.subList(0, Math.min(wanted.size(), KeptDesk.STATEMENTS_MAX)));
                Returned.Statements given = courier.keptStatements(partner, page);
                int before = wanted.size();
                for (JsonNode document : given.documents()) {
                    Digest id = RecoveredSegment.idOf(document);
                    if (wanted.remove(id)) {
                        bytes += CanonicalJson.encode(document).length;
                        requireBounded(partner.code(), bytes, DOCUMENT_BYTES_MAX);
                        documents.put(id, document);
                    }
                }
                refused.addAll(given.refused());
                if (wanted.size() == before) {
                    // None of these: the partner answers as many as fit.
                    wanted.removeAll(page);
                }
            }
        }
    }

    private static Digest root(List<Digest> entries, long first) {
        TileGrowth growth = TileGrowth.empty();
        entries.subList(0, (int) first).forEach(id -> growth.append(MerkleHash.statementLeaf(id), filled -> {}));
        return growth.root();
    }
}
