package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.certificate.CertificateChain;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.KeyRevoked;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.node.check.EvidenceCheck;
import org.entente.node.client.Credential;
import org.entente.node.client.OfficerClient;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.node.home.NodeHome;
import org.entente.node.home.NodeSettings;
import org.entente.node.keys.CertificateRequest;
import org.entente.node.keys.LinkKeys;
import org.entente.node.keys.NodeBirth;
import org.entente.node.keys.NodeKeys;
import org.entente.node.keys.PreparedSuccession;
import org.entente.node.keys.SealedFiles;
import org.entente.node.language.Language;
import org.entente.node.officer.Token;
import org.entente.node.party.LinkStops;
import org.entente.node.party.Parties;
import org.entente.node.testimony.Outsiders;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One whole node with a home, a database and a root, which can be stopped and started again at its old places. */
final class House implements AutoCloseable {
    private static final Path CACHE = Path.of("target/postgres-cache");
    private static final byte[] PASSPHRASE = "a passphrase of a test".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final AuthorityCode authority;
    private final NodeHome home;
    private Database database;
    private RunningNode node;
    private int people;
    private int peers;
    private Optional<Credential> legal = Optional.empty();

    House(Path folder, String party, String authority) throws Exception {
        PartyCode code = new PartyCode(party);
        this.authority = new AuthorityCode(code, authority);
        home = new NodeHome(folder);
        NodeBirth.give(
                home,
                new NodeSettings(code, party, party, "#0b6b3a", List.of(this.authority)),
                new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE),
                random,
                Clock.systemUTC());
        Founder.make(home, this.authority, random);
        database = Database.openEmbedded(folder, CACHE, StartProgress.SILENT);
        node = start();
        people = node.peoplePort();
        peers = node.peerPort();
    }

    private RunningNode start() throws Exception {
        return new RunningNode(
                home,
                database,
                PASSPHRASE,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), people),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), peers),
                Outsiders.none());
    }

    PartyCard card() throws Exception {
        return PartyCard.parse(Files.readAllBytes(home.card()));
    }

    /** Stops the node, has the root replace all working keys because somebody has them, and starts the node again. */
    void replaceKeys() throws Exception {
        replace(EnumSet.of(NodeKeys.Renewed.STATEMENT, NodeKeys.Renewed.LOG, NodeKeys.Renewed.COSIGNING));
    }

    /** Asks for a certificate while the node runs. */
    byte[] requestCertificate() throws Exception {
        return CertificateRequest.make(home, PASSPHRASE, random);
    }

    /** Stops the node, has the root bring the certified keys in the place of those for statements, and starts the node again. */
    void bring(CertificateChain chain) throws Exception {
        succeed(new PreparedSuccession.Renewal(
                EnumSet.of(NodeKeys.Renewed.STATEMENT), Optional.empty(), Optional.of(chain)));
    }

    /** Whether keys wait for a certificate. */
    boolean waitsForCertificate() throws Exception {
        return SealedFiles.open(home.keys(), PASSPHRASE, random).holds("requested.statement");
    }

    void replace(Set<NodeKeys.Renewed> which) throws Exception {
        succeed(new PreparedSuccession.Renewal(which, Optional.of(KeyRevoked.Reason.COMPROMISED)));
    }

    private void succeed(PreparedSuccession.Renewal renewal) throws Exception {
        node.close();
        PreparedSuccession.prepare(
                home, renewal, new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE), random, Instant.now());
        node = start();
    }

    /** The certificate that its link shows now. */
    Digest shownOnTheLink() throws Exception {
        return Digest.of(LinkKeys.current(SealedFiles.open(home.keys(), PASSPHRASE, random))
                .certificateDer());
    }

    /** Stops the node and its database: what lies in the folder now is what may be copied. */
    void stop() {
        node.close();
        database.close();
    }

    /** Goes on with what lies in the folder, at the old places. */
    void go() throws Exception {
        open();
        node = start();
    }

    /** The same with a database of which a person says that it is a restored copy. */
    void goRestored() throws Exception {
        open();
        new LinkStops(sql(), Clock.systemUTC()).restoreAll();
        node = start();
    }

    void stopNode() {
        node.close();
    }

    void startNode() throws Exception {
        node = start();
    }

    /** The code of what the restore of its log waits for; empty when it waits for nothing. */
    String waitsFor() {
        return sql().sql("select arguments[2] from link_stop where problem = 'link.restoring' and resumed_at is null")
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** The codes of what statements that came back leave to people. */
    List<String> leftUndone() throws Exception {
        List<String> codes = new ArrayList<>();
        try (OfficerClient administrator = administrator()) {
            administrator
                    .get("/api/partners/US/left-undone")
                    .path("statements")
                    .forEach(left -> codes.add(left.path("code").asString("")));
        }
        return codes;
    }

    /** The partners whose bodies wait until somebody has looked after holds. */
    List<String> unreviewed() throws Exception {
        List<String> partners = new ArrayList<>();
        try (OfficerClient administrator = administrator()) {
            administrator.get("/api/holds").path("unreviewed").forEach(one -> partners.add(one.asString("")));
        }
        return partners;
    }

    void lookAfterHolds() throws Exception {
        try (OfficerClient administrator = administrator()) {
            administrator.post(
                    "/api/holds/looked-after",
                    JsonNodeFactory.instance.objectNode().put("reason", "the court's list of orders was compared"));
        }
    }

    /** Suspends the memorandum that it has signed. */
    void suspendMemorandum() throws Exception {
        String digest = sql().sql("select encode(digest, 'hex') from memorandum")
                .query(String.class)
                .single();
        try (OfficerClient adviser = client(legal.orElseThrow())) {
            adviser.post("/api/memoranda/" + digest + "/suspension", JsonNodeFactory.instance.objectNode());
        }
    }

    /** Opens what lies in the folder, and leaves the node away. */
    void open() throws Exception {
        database = Database.openEmbedded(home.folder(), CACHE, StartProgress.SILENT);
    }

    Path folder() {
        return home.folder();
    }

    DataSource dataSource() {
        return database.dataSource();
    }

    JdbcClient sql() {
        return database.client();
    }

    /** What the check of its evidence finds. */
    List<Problem> differences() throws Exception {
        EvidenceCheck check = new EvidenceCheck(
                sql(), new Parties(sql(), card(), Clock.systemUTC()), home.tiles(), (origin, leaves, of) -> {});
        List<Problem> differences = new ArrayList<>();
        check.run().forEach(report -> report.difference().ifPresent(differences::add));
        check.stray().ifPresent(differences::add);
        return differences;
    }

    OfficerClient administrator() throws Exception {
        return client(Credential.load(home.officers().resolve("administrator.json")));
    }

    OfficerClient client(Credential credential) throws Exception {
        return new OfficerClient(URI.create(address()), home.certificate(), credential, Language.ENGLISH);
    }

    /** Where its people come in. */
    String address() {
        return "https://127.0.0.1:" + node.peoplePort();
    }

    /** The certificate by which they know it. */
    Path certificate() {
        return home.certificate();
    }

    /** The adviser who signed the memorandum. */
    Credential adviser() {
        return legal.orElseThrow();
    }

    void pin(House other) throws Exception {
        ObjectNode pin = JsonNodeFactory.instance
                .objectNode()
                .put("fingerprint", other.card().fingerprint().hex())
                .put("address", "127.0.0.1:" + other.node.peerPort());
        pin.set("card", other.card().json());
        try (OfficerClient administrator = administrator()) {
            administrator.post("/api/partners", pin);
        }
    }

    /** Enrols an officer, of whom the partner hears. */
    Credential enrol(Role role) throws Exception {
        SecretKeys keys = SecretKeys.generate(random);
        String pseudonym = role.word() + "-" + random.nextInt(1_000_000);
        ObjectNode officer = JsonNodeFactory.instance
                .objectNode()
                .put("pseudonym", pseudonym)
                .put("name", pseudonym)
                .put("authority", authority.text())
                .put("role", role.word());
        officer.set("keys", keys.publicKeys().json());
        try (OfficerClient administrator = administrator()) {
            String token = administrator
                    .post("/api/officers", officer)
                    .required("token")
                    .asString();
            return new Credential(pseudonym, authority, role.word(), new Token(token), keys);
        }
    }

    void sign(Path text) throws Exception {
        legal = Optional.of(enrol(Role.LEGAL));
        Memorandum memorandum = Memorandum.parseYaml(Files.readString(text));
        SecretKeys root = NodeKeys.loadPair(SealedFiles.open(home.root(), PASSPHRASE, random), NodeBirth.ROOT);
        Statement signature = Statement.sign(
                LifecycleEvent.draft(
                        Declaration.signature(memorandum, RenderedText.both(memorandum)),
                        card().party(),
                        Instant.now()),
                root);
        ObjectNode declaration = JsonNodeFactory.instance.objectNode();
        declaration.set("statement", signature.json());
        try (OfficerClient adviser = client(legal.orElseThrow())) {
            adviser.upload("/api/memoranda", text);
            adviser.post("/api/memoranda/" + memorandum.digest().hex() + "/declarations", declaration);
        }
    }

    byte[] bundle(PartyCode partner) throws Exception {
        try (OfficerClient adviser = client(legal.orElseThrow())) {
            return adviser.download("/api/bundles/" + partner.text());
        }
    }

    /** The proof that the partner received a statement. */
    byte[] receipt(Digest statement) throws Exception {
        try (OfficerClient adviser = client(legal.orElseThrow())) {
            return adviser.download("/api/receipts/" + statement.hex());
        }
    }

    /** A statement of this node that the partner has given a receipt for. */
    Digest received() {
        return database.client()
                .sql("""
                        select said.id from statement said join statement receipt on receipt.answers = said.id
                        where said.outgoing and not receipt.outgoing and receipt.kind = 'receipt' limit 1""")
                .query((row, number) -> Digest.ofBytes(row.getBytes("id")))
                .single();
    }

    /** Whether everything that was said has been acknowledged, and the whole log is cosigned. */
    boolean isSettled() {
        return count("select count(*) from outbox where acknowledged_at is null and set_aside is null") == 0
                && count("select coalesce(max(size), 0) from checkpoint where cosigned")
                        == count("select max(size) from log");
    }

    /** Whether it has read everything that it has cosigned. */
    boolean hasRead() {
        return count("select coalesce(sum(size), 0) from witnessed")
                == count("select coalesce(sum(size), 0) from mirror");
    }

    /** How many of its statements the partner refused. */
    long refused() {
        return count("select count(*) from outbox where set_aside is not null");
    }

    long count(String query) {
        return database.client().sql(query).query(Long.class).single();
    }

    @Override
    public void close() {
        node.close();
        try {
            assertThat(differences()).isEmpty();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            database.close();
        }
    }
}
