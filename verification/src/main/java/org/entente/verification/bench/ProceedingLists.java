package org.entente.verification.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.message.Procedure;
import org.entente.node.act.NothingHere;
import org.entente.node.body.BodyFiles;
import org.entente.node.body.BodyKeys;
import org.entente.node.database.Database;
import org.entente.node.database.DatabaseUnavailable;
import org.entente.node.database.StartProgress;
import org.entente.node.erasure.BodyLife;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.Stoppage;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.PostgresOutbox;
import org.entente.node.ledger.Sequencer;
import org.entente.node.ledger.Statements;
import org.entente.node.ledger.Voice;
import org.entente.node.memoranda.Memoranda;
import org.entente.node.party.Parties;
import org.entente.node.proceeding.HouseCalendars;
import org.entente.node.proceeding.MemorandumTerms;
import org.entente.node.proceeding.ProcedureViews;
import org.entente.node.proceeding.Procedures;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Part {@code lists}: 50,000 proceedings, each said, signed, logged and open, in the node's own PostgreSQL with fsync on; then pages of a
 * hundred as the interface answers them, from the question to the encoded answer, one after the other.
 */
final class ProceedingLists implements Part {
    private static final int OPEN = 50_000;
    private static final int OPEN_QUICK = 2_000;
    private static final int CALLS = 100;
    private static final int CALLS_QUICK = 20;
    private static final int SPEAKERS = 8;

    private static final String BAR = "slowest-page-of-50000-open-proceedings";
    private static final Bar.Goal GOAL = new Bar.Goal(300, "ms", Bar.Better.LOWER);
    private static final PartyCode PARTNER = new PartyCode("US");

    private final SeriesBook book = new SeriesBook();

    @Override
    public Set<String> names() {
        return Set.of("lists");
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return List.of(Bar.unmeasured(BAR, GOAL, reason));
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        Path folder = Folders.fresh();
        try {
            BenchParty own = BenchParty.found(folder.resolve("mx"), "MX");
            BenchParty partner = BenchParty.found(folder.resolve("us"), PARTNER.text());
            try (Database database =
                    Database.openEmbedded(folder.resolve("mx"), DurableAppends.cache(), StartProgress.SILENT)) {
                measure(database, new Sides(own, partner), bodies(folder), extent, progress);
            }
        } catch (DatabaseUnavailable | Malformed | NothingHere | ExecutionException refused) {
            throw new BenchmarkFailed("the node's database, its partner or a list was refused: " + refused);
        } finally {
            Folders.delete(folder);
        }
        double slowest = book.all().stream()
                .filter(series -> series.name().startsWith("page"))
                .mapToDouble(Series::greatest)
                .max()
                .orElseThrow();
        return new Benchmark.Measured(book.all(), List.of(Bar.measured(BAR, slowest, GOAL, extent.quick())));
    }

    private record Sides(BenchParty own, BenchParty partner) {}

    /** No body is in it: the questions of these proceedings are open fields. */
    private static BodyFiles bodies(Path folder) throws IOException, Malformed {
        SecureRandom random = new SecureRandom();
        DiskFolder bodies = DiskFolder.make(folder.resolve("bodies"));
        return new BodyFiles(
                bodies,
                BodyKeys.open(DiskFolder.make(folder.resolve("keys")), new byte[16], random),
                new DiskSpace(folder, 0),
                new Stoppage());
    }

    private void measure(Database database, Sides sides, BodyFiles bodies, Extent extent, Benchmark.Progress progress)
            throws BenchmarkFailed, InterruptedException, Malformed, NothingHere, ExecutionException {
        BenchParty own = sides.own();
        BenchParty partner = sides.partner();
        JdbcClient sql = database.client();
        Clock clock = Clock.systemUTC();
        Parties parties = new Parties(sql, own.card(), clock);
        parties.pin(partner.card(), partner.card().fingerprint().hex(), "127.0.0.1:1");
        try (Sequencer sequencer =
                new Sequencer(sql, new JdbcTransactionManager(database.dataSource()), new Stoppage())) {
            Logs logs = new Logs(sql, sequencer, own.code());
            logs.open(PARTNER);
            Statements statements = new Statements(sql, parties, logs, clock);
            Voice voice = new Voice(
                    sequencer,
                    statements,
                    new PostgresOutbox(sql, clock),
                    own.keys().statement(),
                    clock,
                    () -> {});
            Procedures procedures = new Procedures(
                    sql,
                    statements,
                    new HouseCalendars(),
                    new MemorandumTerms(new Memoranda(sql, parties, statements, clock)),
                    BodyLife.Register.of(sql, statements, bodies, clock));
            int open = extent.quick() ? OPEN_QUICK : OPEN;
            say(open, voice, procedures, sides, progress);
            sql.sql("analyze").update();
            read(new ProcedureViews(procedures, clock), own.authority(), open, extent.quick() ? CALLS_QUICK : CALLS);
        }
    }

    private static void say(int open, Voice voice, Procedures procedures, Sides sides, Benchmark.Progress progress)
            throws InterruptedException, ExecutionException {
        try (ExecutorService speakers = Executors.newFixedThreadPool(SPEAKERS)) {
            List<Future<?>> said = new ArrayList<>();
            for (int speaker = 0; speaker < SPEAKERS; speaker++) {
                int first = speaker;
                said.add(speakers.submit(() -> {
                    for (int n = first; n < open; n += SPEAKERS) {
                        Procedure.ProceedingOpened message = feedback(n);
                        voice.say(
                                message.draft(
                                        sides.own().authority(), sides.partner().authority(), Instant.now()),
                                message,
                                PARTNER,
                                statement -> procedures.take(statement, message, true));
                        if (n % 5_000 == 0) {
                            progress.at("said " + n + " of " + open);
                        }
                    }
                }));
            }
            for (Future<?> one : said) {
                one.get();
            }
        }
    }

    /** Due on different days, so that the list has an order. */
    private static Procedure.ProceedingOpened feedback(int number) {
        ObjectNode open = JsonNodeFactory.instance
                .objectNode()
                .put("by", "20" + (30 + number % 60) + "-0" + (1 + number % 9) + "-1" + number % 10);
        open.putArray("items").add(String.format("%064x", number));
        return new Procedure.ProceedingOpened(
                new Procedure.Named("feedback", 1, "ask"),
                Optional.empty(),
                Procedure.Given.of(open, Optional.empty(), Optional.empty()),
                Optional.empty());
    }

    private void read(ProcedureViews views, AuthorityCode authority, int open, int calls)
            throws NothingHere, BenchmarkFailed {
        Optional<Procedures.Owing> them = Optional.of(Procedures.Owing.THEM);
        Optional<Digest> middle = Optional.empty();
        for (int page = 0; page < open / ProcedureViews.PAGE / 2; page++) {
            middle = next(views.list(authority, them, middle));
        }
        for (int n = 0; n < calls; n++) {
            page("page of what they owe, the first", () -> views.list(authority, them, Optional.empty()));
            Optional<Digest> after = middle;
            page("page of what they owe, in the middle", () -> views.list(authority, them, after));
            page(
                    "page of what we owe, which is nothing",
                    () -> views.list(authority, Optional.of(Procedures.Owing.US), Optional.empty()));
            page("page of all, the newest", () -> views.list(authority, Optional.empty(), Optional.empty()));
            page("one proceeding", () -> views.one(after.orElseThrow(), authority));
        }
    }

    private interface Question {
        ObjectNode ask() throws NothingHere;
    }

    private void page(String name, Question question) throws NothingHere, BenchmarkFailed {
        long begun = System.nanoTime();
        byte[] answer = CanonicalJson.encode(question.ask());
        double millis = (System.nanoTime() - begun) / 1e6;
        if (answer.length == 0) {
            throw new BenchmarkFailed("an empty answer");
        }
        book.of(name, "ms").add(millis);
    }

    private static Optional<Digest> next(ObjectNode page) throws BenchmarkFailed {
        try {
            return Optional.of(Digest.parse(page.required("next").asString()));
        } catch (Malformed refused) {
            throw new BenchmarkFailed("a page names no next one: " + refused.getMessage());
        }
    }
}
