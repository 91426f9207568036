package org.entente.node.trial;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyRecipient;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SealedBody;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.delivery.Effects;
import org.entente.exchange.delivery.Reception;
import org.entente.exchange.message.Message;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.node.act.Acts;
import org.entente.node.act.Decisions;
import org.entente.node.act.Drafts;
import org.entente.node.act.Undertaking;
import org.entente.node.arrival.Admission;
import org.entente.node.arrival.ArrivalEffects;
import org.entente.node.arrival.Duties;
import org.entente.node.arrival.RecalledEffects;
import org.entente.node.body.Bodies;
import org.entente.node.body.BodyFiles;
import org.entente.node.body.BodyKeys;
import org.entente.node.canary.Canaries;
import org.entente.node.casefile.CaseFiles;
import org.entente.node.check.BodyCheck;
import org.entente.node.comparison.ComparisonWork;
import org.entente.node.comparison.EndEpochAct;
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
import org.entente.node.database.StartProgress;
import org.entente.node.delivery.PartnersHere;
import org.entente.node.erasure.BodyLife;
import org.entente.node.erasure.Completeness;
import org.entente.node.erasure.Erasures;
import org.entente.node.handover.Requests;
import org.entente.node.holding.Holdings;
import org.entente.node.holding.Loads;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.NodeHome;
import org.entente.node.home.Stoppage;
import org.entente.node.keys.SealedFiles;
import org.entente.node.ledger.CardChanges;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.Mirrors;
import org.entente.node.ledger.PostgresInbox;
import org.entente.node.ledger.PostgresOutbox;
import org.entente.node.ledger.Reopenings;
import org.entente.node.ledger.Sequencer;
import org.entente.node.ledger.Statements;
import org.entente.node.ledger.Voice;
import org.entente.node.memoranda.Memoranda;
import org.entente.node.officer.Officer;
import org.entente.node.officer.Officers;
import org.entente.node.officer.Token;
import org.entente.node.party.Assurance;
import org.entente.node.party.LinkStops;
import org.entente.node.party.Parties;
import org.entente.node.party.PartnerStorage;
import org.entente.node.proceeding.HouseCalendars;
import org.entente.node.proceeding.MemorandumTerms;
import org.entente.node.proceeding.Procedures;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The rooms of one party (MX) put together as a node puts them, without doors, links and threads, on a real database of
 * their own. The partner (US) is keys alone. The example memorandum is in force between them.
 */
public final class PartyOnTrial implements AutoCloseable {
    public static final PartyCode MX = new PartyCode("MX");
    public static final PartyCode US = new PartyCode("US");
    public static final AuthorityCode UIF = new AuthorityCode(MX, "UIF");
    public static final AuthorityCode FGR = new AuthorityCode(MX, "FGR");
    public static final AuthorityCode FINCEN = new AuthorityCode(US, "FINCEN");
    public static final AuthorityCode DEA = new AuthorityCode(US, "DEA");

    public final SettableClock clock = new SettableClock(Instant.parse("2026-03-10T10:00:00Z"));
    public final BornParty own;
    public final BornParty partner;
    public final Path spool;
    public final JdbcClient sql;
    public final TransactionTemplate transactions;
    public final Sequencer sequencer;
    public final Officers officers;
    public final Statements statements;
    public final Voice voice;
    public final Memoranda memoranda;
    public final Memorandum memorandum;
    public final Decisions decisions;
    public final Holdings holdings;
    public final Loads loads;
    public final CaseFiles cases;
    public final Canaries canaries;
    public final Indices indices;
    public final Probes probes;
    public final QuotaWindow quota;
    public final Admission admission;

    private final SecureRandom random = new SecureRandom();
    private final Assurance assurance = new Assurance(partner -> {});
    private final Database database;
    private final Parties parties;
    private final Logs logs;
    private final BodyFiles bodyFiles;
    private final Bodies bodies;
    public final IndexShelf shelf;
    private final Requests requests;

    private PartyOnTrial(Path folder, UnaryOperator<String> text) throws Exception {
        NodeHome home = new NodeHome(folder.resolve("mx"));
        own = BornParty.born(home.folder(), List.of(UIF, FGR), clock);
        partner = BornParty.born(folder.resolve("us"), List.of(FINCEN, DEA), clock);
        database = Database.openEmbedded(home.folder(), Path.of("target/postgres-cache"), StartProgress.SILENT);
        sql = database.client();
        transactions = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        sequencer = new Sequencer(sql, new JdbcTransactionManager(database.dataSource()), new Stoppage());
        parties = new Parties(sql, own.card(), clock);
        parties.pin(partner.card(), partner.card().fingerprint().hex(), "127.0.0.1:1");
        officers = new Officers(sql, MX);
        logs = new Logs(sql, sequencer, MX);
        logs.open(US);
        assurance.gain(US);
        statements = new Statements(sql, parties, logs, clock);
        voice = new Voice(
                sequencer,
                statements,
                new PostgresOutbox(sql, clock),
                own.keys().statement(),
                clock,
                () -> {});
        memoranda = new Memoranda(sql, parties, statements, clock);
        decisions = new Decisions(memoranda);
        spool = home.bodies();
        bodyFiles = new BodyFiles(
                new DiskFolder(spool),
                BodyKeys.open(DiskFolder.make(home.bodyKeys()), new byte[16], random),
                DiskSpace.of(home),
                new Stoppage());
        bodies = new Bodies(bodyFiles, parties, own.keys(), random);
        holdings = new Holdings(new JdbcTemplate(database.dataSource()));
        loads = new Loads(sql, transactions, holdings, spool, DiskSpace.of(home), clock);
        cases = new CaseFiles(sql, random, clock);
        canaries = new Canaries(sql, transactions, holdings, random, clock);
        indices = new Indices(sql, clock);
        SealedFiles sealed = SealedFiles.create(folder.resolve("secrets"), new byte[16], random);
        shelf = new IndexShelf(home.indices(), sealed, DiskSpace.of(home));
        probes = new Probes(sql, sealed, clock);
        quota = new QuotaWindow(memoranda);
        requests = new Requests(sql, statements);
        admission =
                new Admission(officers, statements, memoranda, new Admission.OwnFacts(indices, probes, quota, clock));
        memorandum = memoranda.keep(text.apply(Files.readString(example())));
        declare(own.signed(memorandum));
        Statement theirs = partner.signed(memorandum);
        accept(theirs, () -> declared(theirs));
    }

    public static PartyOnTrial start(Path folder) throws Exception {
        return start(folder, text -> text);
    }

    /** The same under another text of the memorandum. */
    public static PartyOnTrial start(Path folder, UnaryOperator<String> text) throws Exception {
        return new PartyOnTrial(folder, text);
    }

    private void declare(Statement statement) throws Malformed {
        voice.pass(statement, Message.read(statement), List.of(US), this::declared);
    }

    /** Records a partner's statement with this effect, and asks nobody whether it may have it. */
    public void accept(Statement statement, Runnable effect) throws Malformed {
        Arrival arrival = Arrival.verify(Statement.of(statement.json()), partner.card(), Set.of());
        new PostgresInbox(sql, sequencer, statements, clock).accept(arrival, Message.read(arrival.statement()), effect);
    }

    /** The partner withdraws from the memorandum. */
    public void partnerWithdraws() throws Malformed {
        Statement withdrawal = partner.declared(LifecycleEvent.Kind.WITHDRAWN, memorandum);
        accept(withdrawal, () -> declared(withdrawal));
    }

    /** The partner suspends the memorandum. */
    public void partnerSuspends() throws Malformed {
        Statement suspension = partner.declared(LifecycleEvent.Kind.SUSPENDED, memorandum);
        accept(suspension, () -> declared(suspension));
    }

    private void declared(Statement statement) {
        try {
            memoranda.declared(statement);
        } catch (Malformed e) {
            throw new IllegalStateException(e);
        }
    }

    /** Enrols an officer of this party. */
    public Signer officer(String pseudonym, AuthorityCode authority, Role role) {
        Signer signer = new Signer(new Officer(pseudonym, pseudonym, authority, role), SecretKeys.generate(random));
        officers.enrol(
                signer.officer(),
                signer.keys().publicKeys(),
                Token.generate(random).hash());
        return signer;
    }

    /** An officer of the partner, whose appointment is known here. */
    public Signer partnerOfficer(String pseudonym, AuthorityCode authority, Role role) {
        Signer signer = new Signer(new Officer(pseudonym, pseudonym, authority, role), SecretKeys.generate(random));
        officers.learn(signer.appointment());
        return signer;
    }

    /** The standing questions of this party, for a test to carry on when it will. */
    public WatchRounds rounds() {
        return new WatchRounds(
                indices,
                shelf,
                probes,
                new WatchRounds.Own(holdings, cases, quota, transactions, assurance),
                exchange(),
                new IndexAct.Chance(clock, random));
    }

    /** The long work of comparing, done when a test says so. */
    public ComparisonWork comparison() {
        return new ComparisonWork(indices, shelf, probes, exchange(), holdings, new IndexAct.Chance(clock, random));
    }

    private ComparisonWork.Exchange exchange() {
        return new ComparisonWork.Exchange(
                statements, voice, bodies, decisions, entry -> admission.approvers(entry.statement(), entry.message()));
    }

    /** Keeps an index of the partner as if it had come and been opened. */
    public void received(Digest root, byte[] index) throws Exception {
        shelf.keepReceived(root, index);
    }

    /** Opens a body that this party sealed for the partner's unit. */
    public byte[] openedByPartner(BodyReference reference) throws Exception {
        return SealedBody.open(
                bodyFiles.read(reference), reference, List.of(partner.keys().body(FINCEN)));
    }

    /** The acts that need no handover. */
    public Acts acts() {
        IndexAct.Chance chance = new IndexAct.Chance(clock, random);
        ProbeAct.Asking asking = new ProbeAct.Asking(decisions, bodies, chance);
        return acts(Map.of(
                "index",
                new IndexAct(new IndexAct.Stock(holdings, canaries), indices, shelf, bodies, decisions, chance),
                "epoch-ended",
                new EndEpochAct(indices, epochs(), clock),
                "reconcile",
                new ReconcileAct(indices, clock),
                "probe",
                new ProbeAct(indices, probes, quota, cases, asking),
                "watch",
                new WatchAct(indices, probes, quota, cases, holdings, asking)));
    }

    /** Ends epochs of our own; what a node does every few seconds is its sweep. */
    public OwnEpochs epochs() {
        return new OwnEpochs(
                indices,
                new OwnEpochs.Copies(shelf, bodyFiles),
                memoranda,
                statements,
                new OwnEpochs.Saying(voice, assurance),
                new IndexAct.Chance(clock, random));
    }

    /** With which partners this party knows that it is whole. */
    public Assurance assurance() {
        return assurance;
    }

    /** The bodies that lie here. */
    public BodyFiles bodyFiles() {
        return bodyFiles;
    }

    /** A body that this party seals for the partner's unit. */
    public BodyReference sealed(byte[] content) throws Exception {
        return bodies.seal(content, FINCEN);
    }

    /** What is known of the ends of bodies. */
    public BodyLife.Register ends() {
        return BodyLife.Register.of(sql, statements, bodyFiles, clock);
    }

    /** What is wrong with the bodies that statements name, each of which is read. */
    public List<Problem> bodyDifferences() throws IOException {
        return new BodyCheck(sql, parties, body -> bodyFiles.write(body, OutputStream.nullOutputStream())).run();
    }

    /** Erases bodies whose terms are over. */
    public BodyLife bodyLife() {
        return new BodyLife(
                bodyFiles,
                ends(),
                new BodyLife.Saying(voice, sequencer),
                new Completeness(sql, parties, assurance, clock),
                clock);
    }

    /** Erases partners' indices whose epochs are over. */
    public ReceivedIndices received() {
        return new ReceivedIndices(
                indices,
                probes,
                new OwnEpochs.Copies(shelf, bodyFiles),
                statements,
                new ReceivedIndices.Speaking(voice, transactions, assurance),
                clock);
    }

    public Acts acts(Map<String, Undertaking> undertakings) {
        return new Acts(undertakings, drafts(), officers, decisions, voice, sequencer);
    }

    public Drafts drafts() {
        return new Drafts(sql, officers, MX, clock);
    }

    /** What statements of the partner left to be done. */
    public Duties duties() {
        return new Duties(sql, sequencer, assurance, clock, () -> {});
    }

    private ArrivalEffects.Records records() {
        return new ArrivalEffects.Records(
                officers,
                memoranda,
                indices,
                probes,
                new ArrivalEffects.Asked(
                        requests,
                        new Procedures(sql, statements, new HouseCalendars(), new MemorandumTerms(memoranda), ends())),
                new ArrivalEffects.Changes(new CardChanges(parties, logs), reopenings()));
    }

    private Reopenings reopenings() {
        return new Reopenings(sql, MX, statements, new Mirrors(sql, transactions, clock), new LinkStops(sql, clock));
    }

    private ArrivalEffects effects() {
        return new ArrivalEffects(admission, records(), duties(), voice, new Erasures(sql, statements, clock), MX);
    }

    /** What statements that come back into an older copy do again. */
    public RecalledEffects recalled() {
        return new RecalledEffects(
                effects(),
                records(),
                duties(),
                bodyFiles,
                new RecalledEffects.Own(statements, epochs(), received(), ends().erasures()));
    }

    /** Takes the partner's statements, with something done around their effects. */
    public Reception reception(UnaryOperator<Effects> around) {
        ArrivalEffects effects = effects();
        return new Reception(
                new PartnersHere(
                        parties,
                        bodyFiles,
                        new PartnersHere.Own(voice, logs, reopenings()),
                        new PartnerStorage(sql, clock),
                        memoranda::relation),
                new PostgresInbox(sql, sequencer, statements, clock),
                around.apply(effects),
                clock);
    }

    /** This party suspends the memorandum, and the partner hears of it. */
    public void suspend() throws Malformed {
        declare(own.declared(LifecycleEvent.Kind.SUSPENDED, memorandum));
    }

    /** A body that the partner sealed for our authority and that has come. */
    public BodyReference arrived(byte[] content) throws Exception {
        BodyRecipient recipient =
                BodyRecipient.parse(own.card().authority(UIF).orElseThrow().bodyRecipient());
        SealedBody sealed = SealedBody.seal(content, List.of(recipient), random);
        bodyFiles.keep(sealed.reference().ciphertext(), new ByteArrayInputStream(sealed.ciphertext()));
        return sealed.reference();
    }

    public SecureRandom random() {
        return random;
    }

    /** How many rows of a table meet a condition. */
    public long count(String from) {
        return sql.sql("select count(*) from " + from).query(Long.class).single();
    }

    public void pass(Duration time) {
        clock.pass(time);
    }

    static Path example() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.isDirectory(here.resolve("examples"))) {
            here = here.getParent();
        }
        return Objects.requireNonNull(here, "the repository's root").resolve("examples/mx-us.yaml");
    }

    @Override
    public void close() {
        sequencer.close();
        database.close();
    }
}
