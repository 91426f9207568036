package org.entente.node.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.delivery.Reception;
import org.entente.memorandum.decision.Approver;
import org.entente.node.act.Acts;
import org.entente.node.act.Decisions;
import org.entente.node.act.Drafts;
import org.entente.node.act.Undertaking;
import org.entente.node.arrival.Admission;
import org.entente.node.arrival.ArrivalEffects;
import org.entente.node.arrival.Duties;
import org.entente.node.arrival.DutyWorker;
import org.entente.node.arrival.RecalledEffects;
import org.entente.node.body.Bodies;
import org.entente.node.body.BodyFiles;
import org.entente.node.body.BodyKeys;
import org.entente.node.canary.AgreedCanaries;
import org.entente.node.canary.Canaries;
import org.entente.node.canary.CanaryAlarms;
import org.entente.node.canary.CanaryDesk;
import org.entente.node.canary.CanaryReadings;
import org.entente.node.casefile.CaseFiles;
import org.entente.node.comparison.AgreementAct;
import org.entente.node.comparison.ComparisonWork;
import org.entente.node.comparison.EndEpochAct;
import org.entente.node.comparison.HitLife;
import org.entente.node.comparison.IndexAct;
import org.entente.node.comparison.IndexShelf;
import org.entente.node.comparison.Indices;
import org.entente.node.comparison.OwnEpochs;
import org.entente.node.comparison.ProbeAct;
import org.entente.node.comparison.Probes;
import org.entente.node.comparison.QuotaWindow;
import org.entente.node.comparison.ReceivedIndices;
import org.entente.node.comparison.ReconcileAct;
import org.entente.node.comparison.WatchAct;
import org.entente.node.comparison.WatchRounds;
import org.entente.node.database.Database;
import org.entente.node.delivery.Bundles;
import org.entente.node.delivery.Courier;
import org.entente.node.delivery.LogReader;
import org.entente.node.delivery.LogReopening;
import org.entente.node.delivery.PartnerLane;
import org.entente.node.delivery.PartnersHere;
import org.entente.node.delivery.PeerDesk;
import org.entente.node.delivery.Receipts;
import org.entente.node.delivery.Recovery;
import org.entente.node.erasure.BodyLife;
import org.entente.node.erasure.Completeness;
import org.entente.node.export.ExportDesk;
import org.entente.node.handover.CanaryWatch;
import org.entente.node.handover.HandoverWork;
import org.entente.node.handover.ReceivedFiles;
import org.entente.node.handover.ReleaseAct;
import org.entente.node.handover.RequestAct;
import org.entente.node.handover.Requests;
import org.entente.node.handover.UploadedFiles;
import org.entente.node.handover.VerdictAct;
import org.entente.node.holding.Holdings;
import org.entente.node.holding.Loads;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.NodeHome;
import org.entente.node.home.NodeSettings;
import org.entente.node.home.Stoppage;
import org.entente.node.keys.LinkKeys;
import org.entente.node.keys.NodeBirth;
import org.entente.node.keys.NodeKeys;
import org.entente.node.keys.SealedFiles;
import org.entente.node.ledger.CardChanges;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Kept;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.Mirrors;
import org.entente.node.ledger.NextIncarnation;
import org.entente.node.ledger.PartnerWitness;
import org.entente.node.ledger.PostgresInbox;
import org.entente.node.ledger.PostgresOutbox;
import org.entente.node.ledger.Reopenings;
import org.entente.node.ledger.Restoration;
import org.entente.node.ledger.Sequencer;
import org.entente.node.ledger.Statements;
import org.entente.node.ledger.Voice;
import org.entente.node.link.LinkUnavailable;
import org.entente.node.link.PeerClient;
import org.entente.node.link.PeerLimits;
import org.entente.node.link.PeerListener;
import org.entente.node.link.PeerRoute;
import org.entente.node.memoranda.Memoranda;
import org.entente.node.officer.Officers;
import org.entente.node.party.Assurance;
import org.entente.node.party.LinkStops;
import org.entente.node.party.Parties;
import org.entente.node.party.PartnerStorage;
import org.entente.node.proceeding.HouseCalendars;
import org.entente.node.proceeding.MemorandumTerms;
import org.entente.node.proceeding.OpenProceedingAct;
import org.entente.node.proceeding.Overlaps;
import org.entente.node.proceeding.ProcedureViews;
import org.entente.node.proceeding.ProcedureWork;
import org.entente.node.proceeding.Procedures;
import org.entente.node.proceeding.StepAct;
import org.entente.node.proceeding.StepMaking;
import org.entente.node.server.PeopleServer;
import org.entente.node.server.ServerUnavailable;
import org.entente.node.server.Services;
import org.entente.node.server.Vitals;
import org.entente.node.testimony.Outsiders;
import org.entente.node.testimony.Testimony;
import org.entente.node.testimony.TimeStamps;
import org.entente.node.testimony.WitnessRounds;
import org.entente.node.tile.LogTiles;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A node, put together by hand in one place: what each room is given can be read here from top to bottom. It runs until it
 * is closed; the database is the caller's.
 */
public final class RunningNode implements AutoCloseable {
    private final Map<PartyCode, PartnerLane> lanes = new ConcurrentHashMap<>();
    private final Semaphore owed = new Semaphore(0);
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final Stoppage stoppage = new Stoppage();
    private final Assurance assurance = new Assurance(this::catchUp);

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Sequencer sequencer;
    private final PartyCard own;
    private final NodeKeys keys;
    private final SealedFiles sealed;
    private final Parties parties;
    private final Officers officers;
    private final Logs logs;
    private final Statements statements;
    private final PostgresOutbox outbox;
    private final Checkpoints checkpoints;
    private final LinkStops stops;
    private final PartnerWitness witness;
    private final Voice voice;
    private final Memoranda memoranda;
    private final Decisions decisions;
    private final DiskSpace disk;
    private final BodyFiles bodyFiles;
    private final Bodies bodies;
    private final BodyLife.Register ends;
    private final Holdings holdings;
    private final Loads loads;
    private final CaseFiles cases;
    private final CanaryDesk canaries;
    private final Indices indices;
    private final IndexShelf shelf;
    private final Probes probes;
    private final Requests requests;
    private final Procedures procedures;
    private final ReleaseAct releases;
    private final News news;
    private final Admission admission;
    private final Duties duties;
    private final DutyWorker worker;
    private final Upkeep watches;
    private final OwnEpochs epochs;
    private final Upkeep upkeep;
    private final Outsiders outsiders;
    private final Testimony testimony;
    private final Upkeep asking;
    private final PeerClient client;
    private final Courier courier;
    private final Recovery recovery;
    private final PeerListener listener;
    private final PeopleServer server;
    private volatile boolean serving = true;

    /**
     * Starts a node; when this returns, its people and its partners are served.
     *
     * @param passphrase opens the working keys
     * @param people where the party's own people come in, port 0 for a free one
     * @param peers where partners come in, port 0 for a free one
     * @param outsiders vouch for this node's checkpoints beside its partners; closed with the node
     */
    public RunningNode(
            NodeHome home,
            Database database,
            byte[] passphrase,
            InetSocketAddress people,
            InetSocketAddress peers,
            Outsiders outsiders)
            throws IOException, Malformed, LinkUnavailable, ServerUnavailable {
        sql = database.client();
        transactions = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        sequencer = new Sequencer(sql, new JdbcTransactionManager(database.dataSource()), stoppage);
        sealed = SealedFiles.open(home.keys(), passphrase, random);
        own = new Accession(home, sealed, sql, sequencer, clock).card();
        keys = NodeKeys.load(sealed, own);

        parties = new Parties(sql, own, clock);
        stops = new LinkStops(sql, clock);
        officers = new Officers(sql, own.party());
        logs = new Logs(sql, sequencer, own.party());
        statements = new Statements(sql, parties, logs, clock);
        outbox = new PostgresOutbox(sql, clock);
        checkpoints = checkpoints(home);
        witness = new PartnerWitness(sql, transactions, parties, keys.cosigning(), stops, clock);
        voice = new Voice(sequencer, statements, outbox, keys.statement(), clock, this::wakeLanes);
        memoranda = new Memoranda(sql, parties, statements, clock);
        decisions = new Decisions(memoranda);
        disk = DiskSpace.of(home);
        bodyFiles = bodyFiles(home, passphrase);
        bodies = new Bodies(bodyFiles, parties, keys, random);
        ends = BodyLife.Register.of(sql, statements, bodyFiles, clock);

        holdings = new Holdings(new JdbcTemplate(database.dataSource()));
        loads = new Loads(sql, transactions, holdings, home.bodies(), disk, clock);
        cases = new CaseFiles(sql, random, clock);
        canaries = canaries();
        indices = new Indices(sql, clock);
        shelf = new IndexShelf(home.indices(), sealed, disk);
        probes = new Probes(sql, sealed, clock);
        requests = new Requests(sql, statements);
        procedures = new Procedures(sql, statements, new HouseCalendars(), new MemorandumTerms(memoranda), ends);
        releases = releases();
        admission =
                new Admission(officers, statements, memoranda, new Admission.OwnFacts(indices, probes, quota(), clock));
        duties = new Duties(sql, sequencer, assurance, clock, owed::release);
        worker = worker();
        watches = new Upkeep("watches", Duration.ofSeconds(5), List.of(rounds()::go));
        epochs = epochs();
        upkeep = upkeep();
        this.outsiders = outsiders;
        testimony = new Testimony(sql, checkpoints, outsiders.policy());
        asking = asking();
        client = new PeerClient(LinkKeys.current(sealed));
        courier = new Courier(client, parties, bodyFiles, statements, clock);
        recovery = recovery();
        news = new News(introductions(), declarations());
        beforeAnybodyIsServed(home);
        listener = PeerListener.open(peers, LinkKeys.current(sealed), new Pins(parties), routes(), PeerLimits.USUAL);
        server = startServer(people);
        startThreads();
    }

    private BodyFiles bodyFiles(NodeHome home, byte[] passphrase) throws IOException, Malformed {
        BodyKeys bodyKeys = BodyKeys.open(DiskFolder.make(home.bodyKeys()), passphrase, random);
        BodyFiles files = new BodyFiles(
                new DiskFolder(home.bodies()),
                bodyKeys,
                disk,
                stoppage,
                new BodyFiles.Limits(NodeSettings.load(home).bodyBytesMax(), BodyFiles.Limits.USUAL.pieceBytes()));
        files.makeReady();
        return files;
    }

    /** What every partner is told, those that are being restored afterwards. */
    private record News(Introductions introductions, Declarations declarations) {}

    private QuotaWindow quota() {
        return new QuotaWindow(memoranda);
    }

    private Introductions introductions() {
        return new Introductions(
                officers,
                parties,
                new Introductions.Relations(logs, statements, voice, stops, restoration(), reopening()),
                sequencer,
                random,
                this::openLane);
    }

    private Declarations declarations() {
        return new Declarations(
                memoranda, parties, new Declarations.Relations(logs, stops, sequencer), voice, keys.statement(), clock);
    }

    /** What waited until this node knew what the partner has seen; what came back with its log may be news to the others. */
    private void catchUp(PartyCode partner) {
        news.introductions.catchUp(partner);
        for (Parties.Partner one : parties.partners()) {
            if (one.code().equals(partner) || assurance.with(one.code())) {
                news.declarations.catchUp(one.code());
            }
        }
        owed.release();
    }

    private ReleaseAct releases() {
        return new ReleaseAct(
                requests,
                statements,
                new ReleaseAct.Sources(holdings, indices, shelf, uploads()),
                decisions,
                bodies,
                clock);
    }

    private Checkpoints checkpoints(NodeHome home) {
        LogTiles tiles = new LogTiles(home.tiles(), logs, stoppage);
        return new Checkpoints(sql, logs, tiles, keys.log(), parties.ownLogKeys(), clock);
    }

    private Restoration restoration() {
        return new Restoration(sql, sequencer, statements, logs, outbox, clock);
    }

    private void beforeAnybodyIsServed(NodeHome home) throws IOException, Malformed {
        recovery.lookAtFiles();
        Founder.enrol(home, officers);
        upkeep.catchUp();
    }

    /** Last of all: nothing can fail any more that would leave one behind. */
    private void startThreads() {
        parties.partners().forEach(partner -> openLane(partner.code()));
        worker.start();
        watches.start();
        upkeep.start();
        asking.start();
    }

    private PeopleServer startServer(InetSocketAddress people) throws IOException, Malformed, ServerUnavailable {
        try {
            return PeopleServer.start(services(), NodeBirth.webIdentity(sealed), people);
        } catch (IOException | Malformed | ServerUnavailable | RuntimeException failed) {
            listener.close();
            client.close();
            throw failed;
        }
    }

    public int peoplePort() {
        return server.port();
    }

    public int peerPort() {
        return listener.port();
    }

    /** Why and when the node stops; asked, it is whoever waits here that closes it. */
    public Stoppage stoppage() {
        return stoppage;
    }

    public PartyCode party() {
        return own.party();
    }

    private CanaryDesk canaries() {
        return new CanaryDesk(
                new Canaries(sql, transactions, holdings, random, clock),
                new AgreedCanaries(sql, clock),
                new CanaryAlarms(sql, clock),
                new CanaryReadings(sql, clock));
    }

    private DutyWorker worker() {
        IndexAct.Chance chance = new IndexAct.Chance(clock, random);
        ComparisonWork comparison = new ComparisonWork(indices, shelf, probes, exchange(), holdings, chance);
        HandoverWork handover = new HandoverWork(
                sql,
                new HandoverWork.Asked(requests, indices, probes),
                holdings,
                new HandoverWork.Mail(bodies, voice, new ReceivedFiles(sql, statements, bodies)),
                new CanaryWatch(indices, shelf, canaries.alarms()));
        ProcedureWork steps = new ProcedureWork(procedures, bodies, voice);
        return new DutyWorker(
                duties,
                statements,
                new DutyWorker.Works(comparison, handover, steps),
                new DutyWorker.Saying(voice, sequencer),
                owed);
    }

    private ComparisonWork.Exchange exchange() {
        return new ComparisonWork.Exchange(statements, voice, bodies, decisions, this::approvers);
    }

    private WatchRounds rounds() {
        return new WatchRounds(
                indices,
                shelf,
                probes,
                new WatchRounds.Own(holdings, cases, quota(), transactions, assurance),
                exchange(),
                new IndexAct.Chance(clock, random));
    }

    private OwnEpochs epochs() {
        OwnEpochs.Copies copies = new OwnEpochs.Copies(shelf, bodyFiles);
        return new OwnEpochs(
                indices,
                copies,
                memoranda,
                statements,
                new OwnEpochs.Saying(voice, assurance),
                new IndexAct.Chance(clock, random));
    }

    private ReceivedIndices received() {
        return new ReceivedIndices(
                indices,
                probes,
                new OwnEpochs.Copies(shelf, bodyFiles),
                statements,
                new ReceivedIndices.Speaking(voice, transactions, assurance),
                clock);
    }

    private Upkeep upkeep() {
        BodyLife released = new BodyLife(
                bodyFiles,
                ends,
                new BodyLife.Saying(voice, sequencer),
                new Completeness(sql, parties, assurance, clock),
                clock);
        HitLife hits = new HitLife(sql, transactions, clock);
        return new Upkeep(
                "upkeep",
                Duration.ofSeconds(10),
                List.of(
                        epochs::sweep,
                        received()::sweep,
                        hits::sweep,
                        uploads()::sweep,
                        released::sweep,
                        canaries.planted()::sweep));
    }

    private Upkeep asking() {
        List<Runnable> chores = new ArrayList<>();
        LinkRenewal renewal = new LinkRenewal(sealed, sql, own);
        chores.add(() -> renewal.renew(listener, client));
        WitnessRounds rounds = new WitnessRounds(sql, parties, logs, checkpoints, assurance::lose, clock);
        outsiders.witnesses().ifPresent(witnesses -> chores.add(() -> rounds.renew(witnesses)));
        outsiders
                .timeAuthority()
                .ifPresent(asked -> chores.add(new TimeStamps(sql, logs, checkpoints, asked, clock, random)::renew));
        return new Upkeep("testimony", Duration.ofSeconds(10), chores);
    }

    private SortedSet<Approver> approvers(Statements.Entry entry) throws Malformed {
        return admission.approvers(entry.statement(), entry.message());
    }

    private ArrivalEffects.Records records() {
        return new ArrivalEffects.Records(
                officers,
                memoranda,
                indices,
                probes,
                new ArrivalEffects.Asked(requests, procedures),
                new ArrivalEffects.Changes(new CardChanges(parties, logs), reopenings()));
    }

    private ArrivalEffects effects() {
        return new ArrivalEffects(admission, records(), duties, voice, ends.erasures(), own.party());
    }

    private Recovery recovery() {
        return new Recovery(parties, courier, stops, ownLogs(), restoration(), recalledEffects());
    }

    private Recovery.Own ownLogs() {
        return new Recovery.Own(logs, checkpoints, witness, reopenings(), assurance);
    }

    private RecalledEffects recalledEffects() {
        return new RecalledEffects(
                effects(),
                records(),
                duties,
                bodyFiles,
                new RecalledEffects.Own(statements, epochs, received(), ends.erasures()));
    }

    private LogReopening reopening() {
        NextIncarnation next = new NextIncarnation(
                sql,
                new NextIncarnation.Ledger(sequencer, statements, logs),
                restoration(),
                reopenings(),
                parties,
                clock);
        return new LogReopening(
                parties,
                courier,
                recovery,
                ownLogs(),
                new LogReopening.Writing(next, restoration(), statements, keys.statement(), clock),
                recalledEffects());
    }

    private PeerDesk desk() {
        Reception reception = new Reception(
                new PartnersHere(
                        parties,
                        bodyFiles,
                        new PartnersHere.Own(voice, logs, reopenings()),
                        storage(),
                        memoranda::relation),
                new PostgresInbox(sql, sequencer, statements, clock),
                effects(),
                clock);
        return new PeerDesk(
                parties,
                reception,
                new PeerDesk.Shelf(bodyFiles, storage()),
                stops,
                new PeerDesk.Evidence(witness, logs, checkpoints, testimony, mirrors(), new Kept(sql, logs)),
                recovery);
    }

    /** A partner that calls is back: what rested for it rests no longer. */
    private List<PeerRoute> routes() {
        return desk().routes().stream()
                .map(route -> route.answeredBy(request -> {
                    lanes.forEach((partner, lane) -> {
                        if (partner.text().equals(request.party())) {
                            lane.partnerIsBack();
                        }
                    });
                    return route.handler().handle(request);
                }))
                .toList();
    }

    private Acts acts() {
        IndexAct.Chance chance = new IndexAct.Chance(clock, random);
        ProbeAct.Asking asking = new ProbeAct.Asking(decisions, bodies, chance);
        StepMaking making = new StepMaking(decisions, bodies, new HouseCalendars(), clock);
        Map<String, Undertaking> undertakings = new HashMap<>(Map.of(
                "index",
                new IndexAct(
                        new IndexAct.Stock(holdings, canaries.planted()), indices, shelf, bodies, decisions, chance),
                "epoch-ended",
                new EndEpochAct(indices, epochs, clock),
                "reconcile",
                new ReconcileAct(indices, clock),
                "reconcile-agreed",
                new AgreementAct(statements, indices, decisions, this::approvers, clock),
                "probe",
                new ProbeAct(indices, probes, quota(), cases, asking),
                "watch",
                new WatchAct(indices, probes, quota(), cases, holdings, asking),
                "request",
                new RequestAct(requests, new RequestAct.Found(probes, indices, cases), decisions, bodies, clock),
                "request-decided",
                new VerdictAct(requests, statements, clock),
                "release",
                releases,
                "export",
                exports().act()));
        undertakings.put(
                "proceeding-opened", new OpenProceedingAct(procedures, new Overlaps(sql, statements), cases, making));
        undertakings.put("step-taken", new StepAct(procedures, making));
        return new Acts(
                undertakings, new Drafts(sql, officers, own.party(), clock), officers, decisions, voice, sequencer);
    }

    private Services services() {
        return new Services(
                new Services.Known(officers, parties, memoranda, holdings, loads, cases),
                new Services.Ledger(
                        statements, logs, checkpoints, new Services.Witnessing(witness, testimony), outbox, canaries),
                new Services.Desks(
                        acts(),
                        news.declarations,
                        news.introductions,
                        news.introductions,
                        new EvidenceFiles(bundles(), new Receipts(statements, parties, courier), exports()),
                        probes.openings()),
                new ProceedingViews(
                        parties,
                        statements,
                        indices,
                        probes,
                        new ProceedingViews.Asked(requests, new ProcedureViews(procedures, clock)),
                        new ProceedingViews.Items(holdings, releases, ends, exports(), files(), clock)),
                new Vitals(sql, disk, () -> serving),
                clock);
    }

    private ProceedingViews.Files files() {
        return new ProceedingViews.Files(uploads(), new ReceivedFiles(sql, statements, bodies), bodies.bytesMax());
    }

    private UploadedFiles uploads() {
        return new UploadedFiles(sql, requests, bodies, clock);
    }

    private Bundles bundles() {
        return new Bundles(
                parties,
                memoranda,
                new Bundles.Ledger(statements, logs, checkpoints, testimony),
                courier,
                keys.statement(),
                clock);
    }

    private ExportDesk exports() {
        return new ExportDesk(
                new ExportDesk.Source(
                        cases, statements, requests, bodies, bodyFiles, new ExportDesk.Guards(ends, assurance, stops)),
                decisions,
                bundles(),
                sql,
                transactions,
                clock);
    }

    private void openLane(PartyCode partner) {
        lanes.computeIfAbsent(partner, code -> {
            LogReader reader =
                    new LogReader(witness, mirrors(), courier, reopenings(), new LogReader.Room(disk, storage(), logs));
            PartnerLane.Head head = new PartnerLane.Head(logs, checkpoints, stops, reader, recovery);
            PartnerLane lane = new PartnerLane(code, parties, courier, outbox, head, random);
            lane.start();
            return lane;
        });
    }

    private PartnerStorage storage() {
        return new PartnerStorage(sql, clock);
    }

    private Mirrors mirrors() {
        return new Mirrors(sql, transactions, clock);
    }

    private Reopenings reopenings() {
        return new Reopenings(sql, own.party(), statements, mirrors(), stops);
    }

    private void wakeLanes() {
        lanes.values().forEach(PartnerLane::wake);
    }

    /** Stops taking calls, ends what runs, and leaves everything that was acknowledged on the disk. */
    @Override
    public void close() {
        serving = false;
        server.close();
        listener.close();
        lanes.values().forEach(PartnerLane::close);
        watches.close();
        worker.close();
        upkeep.close();
        outsiders.close();
        asking.close();
        sequencer.close();
        client.close();
    }
}
