package org.entente.node.holding;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Date;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.item.Assertion;
import org.entente.holdings.item.Item;
import org.entente.holdings.list.CellProblem;
import org.entente.holdings.list.ListFormat;
import org.entente.holdings.load.ListLoad;
import org.entente.holdings.load.LoadReport;
import org.entente.holdings.load.LoadTerms;
import org.entente.holdings.table.ReadLimits;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Grading;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.node.home.DiskSpace;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes files in: one load is one transaction, with a report, or nothing at all. */
public final class Loads {
    private static final Period RETENTION = Period.ofYears(5);
    private static final int ITEMS_BETWEEN_CHECKS = 500;

    private final JdbcClient sql;
    private final TransactionOperations transactions;
    private final Holdings holdings;
    private final Path spool;
    private final DiskSpace disk;
    private final Clock clock;

    public Loads(
            JdbcClient sql,
            TransactionOperations transactions,
            Holdings holdings,
            Path spool,
            DiskSpace disk,
            Clock clock) {
        this.sql = sql;
        this.transactions = transactions;
        this.holdings = holdings;
        this.spool = spool;
        this.disk = disk;
        this.clock = clock;
    }

    /**
     * How a file is taken in.
     *
     * @param holder the authority that holds the items from then on
     * @param obtainedBy the authority that obtained them: who publishes the list, or the holder
     * @param purposes what the holder lets the items serve
     */
    public record Order(
            ListFormat format,
            AuthorityCode holder,
            AuthorityCode obtainedBy,
            Optional<Place> obtainedIn,
            List<Purpose> purposes) {
        public Order {
            purposes = List.copyOf(purposes);
        }

        /** Everything but the file and the holder: what makes the load of the same file another one. */
        private String terms() {
            return String.join(
                    " ",
                    format.toString(),
                    obtainedBy.text(),
                    obtainedIn.map(Place::code).orElse("-"),
                    purposes.stream()
                            .map(Purpose::code)
                            .distinct()
                            .sorted()
                            .toList()
                            .toString());
        }
    }

    /**
     * What came of it. A file on the terms of its holder's newest load of it is that load again, and changes nothing. Terms
     * that others have replaced since are taken in anew, under the id that they had.
     */
    public record Loaded(UUID id, boolean again, ObjectNode report) {}

    /**
     * Loads a stream, which the caller closes. It is first written to the disk, whole, so that its digest is known before
     * its first row is read.
     *
     * @throws Malformed when the file is refused as a whole; then nothing of it is kept
     * @throws DiskSpace.DiskFull when it would use up what the disk has in reserve; then nothing of it is kept either
     */
    public Loaded load(Order order, InputStream stream, String officer) throws IOException, Malformed {
        Path file = Files.createTempFile(spool, "load-", ".part");
        try {
            Digest source = spool(stream, file);
            return load(order, file, source, officer);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** A load as it is remembered. */
    public record Kept(UUID id, AuthorityCode holder, String format, String loadedBy, Instant at, ObjectNode report) {}

    /** Every load, newest first. */
    public List<Kept> kept() {
        return sql.sql(
                        "select id, authority, format, loaded_by, loaded_at, report from load order by loaded_at desc, id")
                .query((row, number) -> new Kept(
                        row.getObject("id", UUID.class),
                        authority(row.getString("authority")),
                        row.getString("format"),
                        row.getString("loaded_by"),
                        row.getTimestamp("loaded_at").toInstant(),
                        parse(row.getString("report"))))
                .list();
    }

    private static AuthorityCode authority(String text) {
        try {
            return AuthorityCode.parse(text);
        } catch (Malformed e) {
            throw new IllegalStateException("the database holds an authority of the wrong form", e);
        }
    }

    /** What is thrown inside the transaction so that all of it is undone; never seen outside. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Undone(Exception cause) {
            super(cause);
        }
    }

    private Loaded load(Order order, Path file, Digest source, String officer) throws IOException, Malformed {
        try {
            return transactions.execute(status -> {
                try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
                    alone(order, source);
                    Optional<Loaded> before = find(order, source);
                    return before.isPresent() ? before.get() : load(order, stream, source, officer);
                } catch (IOException | Malformed e) {
                    throw new Undone(e);
                }
            });
        } catch (Undone undone) {
            switch (undone.getCause()) {
                case Malformed malformed -> throw malformed;
                case IOException unreadable -> throw unreadable;
                case null, default -> throw undone;
            }
        }
    }

    /** Makes whoever loads the same file for the same holder wait until this transaction has ended. */
    private void alone(Order order, Digest source) {
        sql.sql("select 1 from pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(order.holder().text() + " " + source.hex())
                .query(Integer.class)
                .single();
    }

    private Loaded load(Order order, InputStream stream, Digest source, String officer) throws IOException, Malformed {
        UUID id = sql.sql("""
                        insert into load (id, authority, format, source_digest, terms, accepted, flagged, refused, report,
                            loaded_by, loaded_at)
                        values (?, ?, ?, ?, ?, 0, 0, 0, '{}'::jsonb, ?, ?)
                        on conflict (authority, source_digest, terms) do update
                        set loaded_by = excluded.loaded_by, loaded_at = excluded.loaded_at
                        returning id""")
                .params(
                        UUID.randomUUID(),
                        order.holder().text(),
                        order.format().word(),
                        source.bytes(),
                        order.terms(),
                        officer,
                        Timestamp.from(clock.instant()))
                .query(UUID.class)
                .single();
        Holdings.Intake intake = intake(order, id);
        LoadReport report = ListLoad.run(
                order.format(), stream, terms(order, source), ReadLimits.DEFAULT, withinReserve(intake::take));
        intake.finish();
        ObjectNode json = json(report);
        sql.sql("""
                        update load set list_date = ?, accepted = ?, flagged = ?, refused = ?, report = ?::jsonb
                        where id = ?""")
                .params(
                        new SqlParameterValue(
                                Types.DATE, report.listDate().map(Date::valueOf).orElse(null)),
                        report.counts().accepted(),
                        report.counts().flagged(),
                        report.counts().refused(),
                        CanonicalJson.text(json),
                        id)
                .update();
        return new Loaded(id, false, json);
    }

    private Holdings.Intake intake(Order order, UUID load) {
        return switch (order.format()) {
            case ListFormat.OfacSdn _, ListFormat.Csv _ ->
                holdings.undated(order.holder(), load, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
            case ListFormat.Sat69b _ -> holdings.intake(order.holder().party(), order.holder(), Optional.of(load));
        };
    }

    private Consumer<Item> withinReserve(Consumer<Item> intake) {
        AtomicLong taken = new AtomicLong();
        return item -> {
            if (taken.getAndIncrement() % ITEMS_BETWEEN_CHECKS == 0) {
                try {
                    disk.requireReserve();
                } catch (IOException full) {
                    throw new Undone(full);
                }
            }
            intake.accept(item);
        };
    }

    private Optional<Loaded> find(Order order, Digest source) {
        return sql.sql("""
                        select id, report from load where authority = ? and source_digest = ? and terms = ?
                            and loaded_at = (select max(loaded_at) from load l
                                where l.authority = load.authority and l.source_digest = load.source_digest)""")
                .params(order.holder().text(), source.bytes(), order.terms())
                .query((row, number) ->
                        new Loaded(row.getObject("id", UUID.class), true, parse(row.getString("report"))))
                .optional();
    }

    private LoadTerms terms(Order order, Digest source) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return switch (order.format()) {
            case ListFormat.OfacSdn _ ->
                LoadTerms.publicList(
                        LoadTerms.Publication.ofacSdn(order.obtainedBy(), today, source),
                        Handling.Code.H1,
                        order.purposes(),
                        RETENTION);
            case ListFormat.Sat69b _ ->
                LoadTerms.publicList(
                        LoadTerms.Publication.sat69b(order.obtainedBy(), today, source),
                        Handling.Code.H1,
                        order.purposes(),
                        RETENTION);
            case ListFormat.Csv _ -> companies(order, today, source);
        };
    }

    /** A file of the holder's own: companies, graded as from a source that proved reliable in most instances (B), known to it personally (2). */
    private static LoadTerms companies(Order order, LocalDate today, Digest source) {
        Provenance provenance = new Provenance(
                order.obtainedBy(),
                order.obtainedIn().orElseThrow(() -> new IllegalArgumentException("a file of our own has a place")),
                today,
                "own records of the authority",
                Optional.empty(),
                source);
        Marking marking = new Marking(
                Optional.of(new Grading(Grading.Source.B, 2)),
                new Handling(Handling.Code.H1, Handling.Audience.AMBER),
                SecrecyRegime.NONE,
                PersonCategory.NOT_A_PERSON);
        return new LoadTerms(
                Envelope.of(new Category("company"), order.purposes(), provenance, marking, RETENTION), Assertion.FACT);
    }

    private static ObjectNode json(LoadReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("accepted", report.counts().accepted())
                .put("flagged", report.counts().flagged())
                .put("refused", report.counts().refused())
                .put("identifiers", report.counts().identifiers())
                .put("source", report.source().hex())
                .put("problemsCounted", report.problemsCounted());
        report.listDate().ifPresent(date -> json.put("listDate", date.toString()));
        ArrayNode problems = json.putArray("problems");
        for (CellProblem problem : report.problems()) {
            ObjectNode one = problems.addObject()
                    .put("row", problem.row())
                    .put("column", problem.column())
                    .put("code", problem.problem().code());
            ArrayNode arguments = one.putArray("arguments");
            problem.problem().arguments().forEach(arguments::add);
        }
        return json;
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) CanonicalJson.parse(json.getBytes(java.nio.charset.StandardCharsets.UTF_8), 1 << 22);
        } catch (Malformed e) {
            throw new IllegalStateException("a stored report no longer reads", e);
        }
    }

    private Digest spool(InputStream stream, Path file) throws IOException, Malformed {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        long left = ReadLimits.DEFAULT.sourceBytesMax();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
            byte[] chunk = new byte[1 << 20];
            for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
                left -= count;
                if (left < 0) {
                    throw new Malformed(
                            "holdings.source-too-large", Long.toString(ReadLimits.DEFAULT.sourceBytesMax()));
                }
                disk.requireReserve();
                out.write(chunk, 0, count);
            }
        }
        return Digest.ofBytes(sha256.digest());
    }
}
