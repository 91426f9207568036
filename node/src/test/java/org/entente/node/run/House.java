package org.entente.node.run;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
import org.entente.node.client.Credential;
import org.entente.node.client.OfficerClient;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.node.home.NodeHome;
import org.entente.node.home.NodeSettings;
import org.entente.node.keys.CertificateRequest;
import org.entente.node.keys.NodeBirth;
import org.entente.node.keys.NodeKeys;
import org.entente.node.keys.PreparedSuccession;
import org.entente.node.keys.SealedFiles;
import org.entente.node.language.Language;
import org.entente.node.officer.Token;
import org.entente.node.testimony.Outsiders;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One whole node with a home, a database and a root, which can be stopped and started again at its old places. */
final class House implements AutoCloseable {
    private static final byte[] PASSPHRASE = "a passphrase of a test".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final AuthorityCode authority;
    private final NodeHome home;
    private final Database database;
    private RunningNode node;
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
        database = Database.openEmbedded(folder, Path.of("target/postgres-cache"), StartProgress.SILENT);
        node = start(0, 0);
    }

    private RunningNode start(int people, int peers) throws Exception {
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
        succeed(new PreparedSuccession.Renewal(
                EnumSet.allOf(NodeKeys.Renewed.class), Optional.of(KeyRevoked.Reason.COMPROMISED)));
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

    private void succeed(PreparedSuccession.Renewal renewal) throws Exception {
        int people = node.peoplePort();
        int peers = node.peerPort();
        node.close();
        PreparedSuccession.prepare(
                home, renewal, new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE), random, Instant.now());
        node = start(people, peers);
    }

    private OfficerClient client(Credential credential) throws Exception {
        return new OfficerClient(
                URI.create("https://127.0.0.1:" + node.peoplePort()), home.certificate(), credential, Language.ENGLISH);
    }

    void pin(House other) throws Exception {
        ObjectNode pin = JsonNodeFactory.instance
                .objectNode()
                .put("fingerprint", other.card().fingerprint().hex())
                .put("address", "127.0.0.1:" + other.node.peerPort());
        pin.set("card", other.card().json());
        try (OfficerClient administrator =
                client(Credential.load(home.officers().resolve("administrator.json")))) {
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
        try (OfficerClient administrator =
                client(Credential.load(home.officers().resolve("administrator.json")))) {
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

    /** Whether everything that was said has been acknowledged, and the whole log is cosigned. */
    boolean isSettled() {
        return count("select count(*) from outbox where acknowledged_at is null and set_aside is null") == 0
                && count("select coalesce(max(size), 0) from checkpoint where cosigned")
                        == count("select max(size) from log");
    }

    /** How many of its statements the partner refused. */
    long refused() {
        return count("select count(*) from outbox where set_aside is not null");
    }

    private long count(String query) {
        return database.client().sql(query).query(Long.class).single();
    }

    @Override
    public void close() {
        node.close();
        database.close();
    }
}
