package org.entente.node.check;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.tile.TileCheck;
import org.entente.evidence.tile.TileGrowth;
import org.entente.evidence.tile.TileSource;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.node.party.Parties;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Derives one log anew: from left to right each leaf from its statement, whose signatures are verified under the card of its
 * place; each root from the leaves before it, held against the stored checkpoint; then the tiles on the disk. In the memory
 * of a few thousand statements, whatever the size.
 */
final class LogCheck {
    private static final int AT_ONCE = 2_000;

    private final JdbcClient sql;
    private final Parties parties;
    private final PartyCode partner;
    private final String origin;
    private final boolean closed;
    private final TileSource files;
    private final EvidenceCheck.Progress progress;

    private final FoldedCards own;
    private final FoldedCards others;
    private final List<Stored> checkpoints;
    private final TileGrowth growth = TileGrowth.empty();
    private Optional<ReopeningCheck.Opened> opening = Optional.empty();
    private int nextCheckpoint;
    private long cosigned;
    private long receipts;
    private long unfounded;
    private long tiles;

    /** Where a checkpoint stands in the table. */
    private record Stored(long size, boolean cosigned) {}

    private record Note(String text, Digest root) {}

    /** A leaf with what is stored of its statement. */
    private record Leaf(long place, Digest statement, Row row) {}

    @SuppressWarnings("ArrayRecordComponent") // Read and used once, never compared.
    private record Row(byte[] bytes, boolean outgoing, Noted noted) {}

    /** What is noted beside a statement, for queries. */
    private record Noted(
            String kind, String sender, String receiver, Instant at, Optional<Digest> answers, Set<Digest> bodies) {
        boolean isOf(Statement statement, Message message) {
            return equals(new Noted(
                    statement.kind(),
                    statement.from().text(),
                    statement.to().map(Actor::text).orElse(""),
                    statement.at(),
                    message.answers(),
                    message.bodies().stream().map(BodyReference::ciphertext).collect(Collectors.toSet())));
        }
    }

    /**
     * Which log it is.
     *
     * @param closed whether it goes on as another incarnation, in whose order the outbox stands
     */
    record Of(PartyCode partner, String origin, boolean closed) {}

    LogCheck(JdbcClient sql, Parties parties, Of log, TileSource files, EvidenceCheck.Progress progress) {
        this.sql = sql;
        this.parties = parties;
        this.partner = log.partner;
        this.origin = log.origin;
        this.closed = log.closed;
        this.files = files;
        this.progress = progress;
        this.own = new FoldedCards(parties, parties.own().party(), origin);
        this.others = new FoldedCards(parties, partner, origin);
        this.checkpoints = sql.sql("select size, cosigned from checkpoint where origin = ? order by size")
                .param(origin)
                .query((row, number) -> new Stored(row.getLong("size"), row.getBoolean("cosigned")))
                .list();
    }

    LogReport run() {
        Optional<Problem> difference;
        try {
            opening = new ReopeningCheck(sql, parties).opening(origin);
            leaves();
            own.requireStored(closed);
            others.requireStored(closed);
            size();
            if (!closed) {
                outbox();
            }
            tiles();
            difference = Optional.empty();
        } catch (Malformed found) {
            difference = Optional.of(found.problem());
        }
        LogReport.Counts counts =
                new LogReport.Counts(growth.size(), nextCheckpoint, cosigned, receipts, unfounded, tiles);
        return new LogReport(origin, counts, LogReport.Mirror.NONE, difference);
    }

    private void leaves() throws Malformed {
        long size = size(origin);
        for (List<Leaf> some = read(0); !some.isEmpty(); some = read(growth.size())) {
            for (Leaf leaf : some) {
                if (leaf.place != growth.size()) {
                    throw new Malformed("check.leaf-missing", origin, Long.toString(growth.size()));
                }
                statement(leaf);
                growth.append(MerkleHash.statementLeaf(leaf.statement), filled -> {});
                checkpoint();
            }
            progress.at(origin, growth.size(), size);
        }
        if (nextCheckpoint < checkpoints.size()) {
            throw new Malformed("check.checkpoint-beyond", origin, Long.toString(checkpoints.get(nextCheckpoint).size));
        }
    }

    private List<Leaf> read(long from) {
        return sql.sql("""
                        select l.position, l.statement, s.bytes, s.outgoing, s.kind, s.sender, s.receiver, s.stated_at, s.answers,
                            array(select body from statement_body b where b.statement = s.id) as bodies
                        from leaf l join statement s on s.id = l.statement
                        where l.origin = ? and l.position >= ? order by l.position limit ?""")
                .params(origin, from, AT_ONCE)
                .query((row, number) -> leaf(row))
                .list();
    }

    private static Leaf leaf(ResultSet row) throws SQLException {
        return new Leaf(
                row.getLong("position"),
                Digest.ofBytes(row.getBytes("statement")),
                new Row(
                        row.getBytes("bytes"),
                        row.getBoolean("outgoing"),
                        new Noted(
                                row.getString("kind"),
                                row.getString("sender"),
                                row.getString("receiver"),
                                row.getTimestamp("stated_at").toInstant(),
                                Optional.ofNullable(row.getBytes("answers")).map(LogCheck::digest),
                                Arrays.stream((byte[][]) row.getArray("bodies").getArray())
                                        .map(LogCheck::digest)
                                        .collect(Collectors.toSet()))));
    }

    /** A column that is no digest differs from every digest, and is none of this check's own faults. */
    private static Digest digest(byte[] stored) {
        return stored.length == Digest.LENGTH ? Digest.ofBytes(stored) : Digest.of(stored);
    }

    private void statement(Leaf leaf) throws Malformed {
        Statement statement;
        Message message;
        FoldedCards cards;
        try {
            UnverifiedStatement read = Statement.parse(leaf.row.bytes);
            boolean ours = read.claimedFrom().party().equals(parties.own().party());
            cards = ours ? own : others;
            PartyCard card = cards.cardFor(read, leaf.place);
            statement = Arrival.verify(read, card, Set.of()).statement();
            message = Message.read(statement);
        } catch (Malformed refused) {
            throw new Malformed(
                    "check.statement-refused",
                    origin,
                    Long.toString(leaf.place),
                    refused.problem().toString());
        }
        boolean as = statement.id().equals(leaf.statement)
                && leaf.row.noted.isOf(statement, message)
                && leaf.row.outgoing
                        == statement.from().party().equals(parties.own().party())
                && (leaf.row.outgoing || statement.from().party().equals(partner));
        if (!as) {
            throw new Malformed("check.statement-other", origin, Long.toString(leaf.place));
        }
        cards.take(statement, leaf.place);
        if (message instanceof Reply.Receipt receipt) {
            receipt(receipt, leaf);
        }
    }

    /** Our receipt names a statement of the partner at the place that it has here; what the partner's names is its own word. */
    private void receipt(Reply.Receipt receipt, Leaf leaf) throws Malformed {
        boolean holds = sql.sql("""
                                select count(*) from leaf l join statement s on s.id = l.statement
                                where l.origin = ? and l.statement = ? and l.position < ? and s.outgoing <> ?
                                    and (? or l.position = ?)""")
                        .params(
                                origin,
                                receipt.statement().bytes(),
                                leaf.place,
                                leaf.row.outgoing,
                                !leaf.row.outgoing || receipt.leaf().isEmpty(),
                                receipt.leaf().orElse(0L))
                        .query(Long.class)
                        .single()
                == 1;
        boolean carried = opening.isPresent()
                && receipt.leaf().isPresent()
                && opening.get().carries(leaf.place, receipt.leaf().get());
        if (!holds && (!leaf.row.outgoing || carried)) {
            unfounded++;
            return;
        }
        if (!holds) {
            throw new Malformed(
                    "check.receipt-other",
                    origin,
                    Long.toString(leaf.place),
                    receipt.statement().hex());
        }
        receipts++;
    }

    /** If a checkpoint of the present size is stored, its root is that of the leaves, and its signatures hold. */
    private void checkpoint() throws Malformed {
        if (nextCheckpoint == checkpoints.size() || checkpoints.get(nextCheckpoint).size != growth.size()) {
            return;
        }
        Stored stored = checkpoints.get(nextCheckpoint);
        String size = Long.toString(stored.size);
        SignedCheckpoint signed = open(stored.size);
        if (!signed.checkpoint().equals(new Checkpoint(origin, growth.size(), growth.root()))) {
            throw new Malformed("check.checkpoint-other", origin, size);
        }
        if (stored.cosigned) {
            if (others.cardsFrom(stored.size).stream()
                    .noneMatch(
                            card -> others.counts(KeyName.cosigning(card), stored.size) && isCosigned(signed, card))) {
                throw new Malformed("check.cosignature-refused", origin, size, partner.text());
            }
            cosigned++;
        }
        nextCheckpoint++;
    }

    private SignedCheckpoint open(long size) throws Malformed {
        Note stored = sql.sql("select note, root from checkpoint where origin = ? and size = ?")
                .params(origin, size)
                .query((row, number) -> new Note(row.getString("note"), Digest.ofBytes(row.getBytes("root"))))
                .single();
        SignedCheckpoint signed;
        try {
            List<NoteKey> keys = own.cardsFrom(size).stream()
                    .filter(card -> own.counts(KeyName.log(card), size))
                    .map(card -> NoteKey.log(origin, card.logKey()))
                    .distinct()
                    .toList();
            signed = SignedCheckpoint.open(SignedNote.parse(stored.text), new KnownLog(origin, keys));
        } catch (Malformed refused) {
            throw new Malformed(
                    "check.checkpoint-refused",
                    origin,
                    Long.toString(size),
                    refused.problem().toString());
        }
        if (!signed.checkpoint().root().equals(stored.root)) {
            throw new Malformed("check.checkpoint-other", origin, Long.toString(size));
        }
        return signed;
    }

    private static boolean isCosigned(SignedCheckpoint checkpoint, PartyCard card) {
        try {
            checkpoint.cosignedAt(Cosigner.of(card));
            return true;
        } catch (Malformed other) {
            return false;
        }
    }

    private void size() throws Malformed {
        long size = size(origin);
        if (size != growth.size()) {
            throw new Malformed("check.size-other", origin, Long.toString(size), Long.toString(growth.size()));
        }
    }

    private long size(String log) {
        return sql.sql("select size from log where origin = ?")
                .param(log)
                .query(Long.class)
                .single();
    }

    /** What was said to the partner stands in its outbox once, in the order of the log. */
    private void outbox() throws Malformed {
        Optional<String> wrong =
                sql.sql("""
                        select encode(coalesce(l.statement, o.statement), 'hex') from
                            (select l.statement, l.position, row_number() over (order by l.position) as place
                             from leaf l join statement s on s.id = l.statement
                             where l.origin = ? and s.outgoing) as l
                            full join
                            (select statement, row_number() over (order by sequence) as place
                             from outbox where partner = ?) as o
                            on l.statement = o.statement
                        where l.place is distinct from o.place order by coalesce(l.place, o.place) limit 1""").params(origin, partner.text()).query(String.class).optional();
        if (wrong.isPresent()) {
            throw new Malformed("check.outbox-other", origin, wrong.get());
        }
    }

    /** The files of the newest checkpoint, hashes and entries. */
    private void tiles() throws Malformed {
        if (checkpoints.isEmpty()) {
            return;
        }
        Checkpoint newest = open(checkpoints.getLast().size).checkpoint();
        Neighbours leaves = new Neighbours();
        List<TileCheck.Finding> findings = new ArrayList<>();
        findings.add(TileCheck.againstLeaves(newest, files, leaves::hash));
        findings.add(TileCheck.againstEntries(newest, files));
        for (TileCheck.Finding finding : findings) {
            tiles += switch (finding) {
                case TileCheck.Sound sound -> sound.tiles();
                case TileCheck.Fault fault ->
                    throw new Malformed(
                            "check.tiles-other", origin, fault.problem().toString());
            };
        }
    }

    /** Leaf hashes asked for from left to right, read many at once. */
    private final class Neighbours {
        private List<Digest> read = List.of();
        private long from;

        private Digest hash(long place) {
            if (place < from || place >= from + read.size()) {
                from = place;
                read = sql.sql(
                                "select statement from leaf where origin = ? and position >= ? order by position limit ?")
                        .params(origin, place, AT_ONCE)
                        .query((row, number) -> Digest.ofBytes(row.getBytes("statement")))
                        .list();
            }
            return MerkleHash.statementLeaf(read.get((int) (place - from)));
        }
    }
}
