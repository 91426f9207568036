package org.entente.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.memorandum.officer.Role;
import org.entente.node.body.BodyFiles;
import org.entente.node.body.BodyKeys;
import org.entente.node.check.BodyCheck;
import org.entente.node.check.EvidenceCheck;
import org.entente.node.client.Credential;
import org.entente.node.client.OfficerClient;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.NodeHome;
import org.entente.node.home.NodeSettings;
import org.entente.node.home.Stoppage;
import org.entente.node.keys.NodeBirth;
import org.entente.node.keys.NodeKeys;
import org.entente.node.keys.SealedFiles;
import org.entente.node.language.Language;
import org.entente.node.officer.Token;
import org.entente.node.party.Parties;
import org.entente.node.run.Founder;
import org.entente.node.run.RunningNode;
import org.entente.node.testimony.Outsiders;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A whole node with its own database, made in a folder, as {@code entente node init} and {@code run} make it. */
public final class NodeOnTrial implements AutoCloseable {
    public static final AuthorityCode UIF = new AuthorityCode(new PartyCode("MX"), "UIF");
    public static final AuthorityCode FGR = new AuthorityCode(new PartyCode("MX"), "FGR");

    private static final byte[] PASSPHRASE = "a passphrase of a test".getBytes(StandardCharsets.UTF_8);

    private final NodeHome home;
    private final Database database;
    private final RunningNode node;
    private final SecureRandom random = new SecureRandom();

    private NodeOnTrial(NodeHome home, Database database, RunningNode node) {
        this.home = home;
        this.database = database;
        this.node = node;
    }

    public static NodeOnTrial start(Path folder) throws Exception {
        return start(folder, Outsiders.none());
    }

    /** A node whose logs others vouch for, too. */
    public static NodeOnTrial start(Path folder, Outsiders outsiders) throws Exception {
        SecureRandom random = new SecureRandom();
        NodeHome home = new NodeHome(folder);
        NodeBirth.give(
                home,
                new NodeSettings(
                        new PartyCode("MX"),
                        "United Mexican States",
                        "Estados Unidos Mexicanos",
                        "#0b6b3a",
                        List.of(UIF, FGR)),
                new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE),
                random,
                Clock.systemUTC());
        Founder.make(home, UIF, random);
        Database database = Database.openEmbedded(folder, Path.of("target/postgres-cache"), StartProgress.SILENT);
        RunningNode node = new RunningNode(
                home,
                database,
                PASSPHRASE,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                outsiders);
        return new NodeOnTrial(home, database, node);
    }

    public int port() {
        return node.peoplePort();
    }

    public Database database() {
        return database;
    }

    /** The card that this node's root signed. */
    public PartyCard card() throws Exception {
        return PartyCard.parse(Files.readAllBytes(home.card()));
    }

    /** Where partners come in. */
    public URI peers() {
        return URI.create("https://127.0.0.1:" + node.peerPort());
    }

    /** The root, which a real party keeps elsewhere. */
    public SecretKeys root() throws Exception {
        return NodeKeys.loadPair(SealedFiles.open(home.root(), PASSPHRASE, random), NodeBirth.ROOT);
    }

    /** What opens its working keys. */
    public static byte[] passphrase() {
        return PASSPHRASE.clone();
    }

    /** Its working keys. */
    public NodeKeys keys() throws Exception {
        return NodeKeys.load(SealedFiles.open(home.keys(), PASSPHRASE, random), card());
    }

    /** The certificate with which the node serves its people. */
    public Path certificate() {
        return home.certificate();
    }

    public Credential administrator() throws Exception {
        return Credential.load(home.officers().resolve("administrator.json"));
    }

    public OfficerClient client(Credential credential, Language language) throws Exception {
        return new OfficerClient(URI.create("https://127.0.0.1:" + port()), home.certificate(), credential, language);
    }

    /** Starts the same node a second time, its people at this port. */
    void startAgainAt(int port) throws Exception {
        new RunningNode(
                        home,
                        database,
                        PASSPHRASE,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Outsiders.none())
                .close();
    }

    /** Enrols an officer by way of the interface. */
    public Credential enrol(String pseudonym, String name, AuthorityCode authority, Role role) throws Exception {
        SecretKeys keys = SecretKeys.generate(random);
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("pseudonym", pseudonym)
                .put("name", name)
                .put("authority", authority.text())
                .put("role", role.word());
        body.set("keys", keys.publicKeys().json());
        try (OfficerClient administrator = client(administrator(), Language.ENGLISH)) {
            String token =
                    administrator.post("/api/officers", body).required("token").asString();
            return new Credential(pseudonym, authority, role.word(), new Token(token), keys);
        }
    }

    /** Closes the node, and requires that what it leaves behind holds, derived anew. */
    @Override
    public void close() {
        node.close();
        try (Database closing = database) {
            requireSound(closing);
        }
    }

    private void requireSound(Database closing) {
        EvidenceCheck check = new EvidenceCheck(
                closing.client(),
                new Parties(closing.client(), cardOfHome(), Clock.systemUTC()),
                home.tiles(),
                (origin, leaves, of) -> {});
        assertThat(check.run())
                .allSatisfy(report -> assertThat(report.difference()).isEmpty());
        assertThat(check.stray()).isEmpty();
        assertThat(bodyDifferences(closing)).isEmpty();
    }

    /** What is wrong with the bodies, each of which is read. */
    private List<Problem> bodyDifferences(Database closing) {
        try {
            BodyFiles files = new BodyFiles(
                    new DiskFolder(home.bodies()),
                    BodyKeys.open(new DiskFolder(home.bodyKeys()), PASSPHRASE, random),
                    DiskSpace.of(home),
                    new Stoppage());
            return new BodyCheck(
                            closing.client(),
                            new Parties(closing.client(), cardOfHome(), Clock.systemUTC()),
                            body -> files.write(body, OutputStream.nullOutputStream()))
                    .run();
        } catch (IOException | Malformed e) {
            throw new IllegalStateException(e);
        }
    }

    private PartyCard cardOfHome() {
        try {
            return card();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
