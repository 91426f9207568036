package org.entente.verification.pair;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.home.NodeHome;
import org.entente.node.language.Language;
import org.entente.node.officer.Token;
import org.entente.verification.process.Entente;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node in a process of its own, with its own PostgreSQL, on ports that stay the same when it starts again. It is started,
 * stopped and killed; its officers act through its public interface.
 */
public final class NodeAtWork implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);
    private static final long REST_NANOS = 20_000_000L;
    private static final int PORT_LINE = 3;

    private final String party;
    private final List<String> authorities;
    private final NodeHome home;
    private final Entente entente;
    private final int peoplePort;
    private final int peerPort;
    private final Map<Role, OfficerClient> officers = new EnumMap<>(Role.class);
    private final SecureRandom random = new SecureRandom();
    private Optional<Process> process = Optional.empty();

    /**
     * A node that is not born yet.
     *
     * @param folder of the pair; the node's home lies in it
     * @param authorities the first is the one whose officers act
     */
    NodeAtWork(Path folder, String party, List<String> authorities, Entente entente) throws IOException {
        this.party = party;
        this.authorities = List.copyOf(authorities);
        this.home = new NodeHome(folder.resolve(party.toLowerCase(Locale.ROOT)));
        this.entente = entente;
        this.peoplePort = freePort();
        this.peerPort = freePort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String party() {
        return party;
    }

    /** The authority whose officers act. */
    public String authority() {
        return party + "/" + authorities.getFirst();
    }

    /** The authority that publishes the party's list: the last of them. */
    String publisher() {
        return party + "/" + authorities.getLast();
    }

    public Path folder() {
        return home.folder();
    }

    NodeHome home() {
        return home;
    }

    String peerAddress() {
        return "127.0.0.1:" + peerPort;
    }

    /** What the node and its commands printed. */
    public Path log() {
        return beside("-node.log");
    }

    Path rootPassphrase() {
        return beside("-root.passphrase");
    }

    private Path beside(String ending) {
        return home.folder().resolveSibling(party.toLowerCase(Locale.ROOT) + ending);
    }

    void init() throws IOException, InterruptedException {
        home.create();
        for (Path file : List.of(beside(".passphrase"), rootPassphrase())) {
            byte[] secret = new byte[24];
            random.nextBytes(secret);
            NodeHome.write(file, HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII));
        }
        List<Object> words = new ArrayList<>(List.of("node", "init", "--home", home.folder(), "--party", party));
        words.addAll(List.of("--name-en", party, "--name-es", party, "--colour", "#1f4e9c"));
        authorities.forEach(authority -> words.addAll(List.of("--authority", authority)));
        words.addAll(List.of("--passphrase-file", beside(".passphrase"), "--root-passphrase-file", rootPassphrase()));
        Entente.Ended ended = entente.run(START_LIMIT, words.toArray());
        if (ended.exit() != 0) {
            throw new PairBroken(ended.errors());
        }
    }

    /** Begins to run; {@link #awaitReady} says when it serves. */
    public void begin(String... further) throws IOException {
        Files.deleteIfExists(home.addresses());
        List<Object> words = new ArrayList<>(List.of("node", "run", "--home", home.folder()));
        words.addAll(List.of("--api", "127.0.0.1:" + peoplePort, "--peer", peerAddress()));
        words.addAll(List.of("--passphrase-file", beside(".passphrase")));
        words.addAll(List.of(further));
        process = Optional.of(entente.append(log(), words.toArray()));
    }

    public void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(home.addresses())) {
            if (!isAlive() || System.nanoTime() > deadline) {
                throw new PairBroken("the node of " + party + " did not start: " + lastWords());
            }
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    /** Starts and waits until it serves. */
    public void start(String... further) throws IOException, InterruptedException {
        begin(further);
        awaitReady();
    }

    public boolean isAlive() {
        return process.filter(Process::isAlive).isPresent();
    }

    /** The node's own process number. */
    public long pid() {
        return process.orElseThrow(() -> new IllegalStateException("the node does not run"))
                .pid();
    }

    /** The process number of its database server; empty while there is none. */
    public Optional<Long> databasePid() throws IOException {
        Path claim = home.database().resolve("data/postmaster.pid");
        return Files.exists(claim)
                ? Files.readAllLines(claim).stream().findFirst().map(line -> Long.parseLong(line.strip()))
                : Optional.empty();
    }

    /** Ends the node as the loss of its process would (SIGKILL), and waits until it is gone. */
    public void kill() throws InterruptedException {
        if (process.isPresent()) {
            process.get().destroyForcibly().waitFor();
        }
    }

    /** The same, and waits until its database server, which ends with it, is gone too. */
    public void killWithDatabase() throws IOException, InterruptedException {
        kill();
        awaitServerGone();
    }

    /** Kills the database server alone: its postmaster, whose children end with it. */
    public void killDatabase() throws IOException {
        databasePid().flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Waits for the node to end by itself, and gives its exit code; empty when it goes on. */
    public Optional<Integer> ends(Duration limit) throws InterruptedException {
        return process.isPresent() && process.get().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(process.get().exitValue())
                : Optional.empty();
    }

    /** Stops the node in order. */
    public void stop() throws IOException, InterruptedException {
        if (process.isPresent()) {
            process.get().destroy();
            if (!process.get().waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
                throw new PairBroken("the node of " + party + " did not stop: " + lastWords());
            }
        }
    }

    /** A connection of our own to its database, to read what is there. */
    public Connection connection() throws IOException, SQLException {
        String port = Files.readAllLines(home.database().resolve("data/postmaster.pid"))
                .get(PORT_LINE)
                .strip();
        Properties settings = new Properties();
        settings.setProperty("user", "entente");
        settings.setProperty(
                "password",
                Files.readString(home.folder().resolve("postgres.password")).strip());
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/entente", settings);
    }

    /** Lets the administrator that the node was born with act. */
    void administrator() throws IOException {
        officers.put(Role.ADMINISTRATOR, client(home.officers().resolve("administrator.json")));
    }

    /** Enrols an officer of the acting authority, whose keys and token are drawn here. */
    void enrol(Role role) throws IOException, InterruptedException {
        Path file = beside("-" + role.word() + ".json");
        try {
            Credential credential = new Credential(
                    (party + "-" + role.word() + "-1").toLowerCase(Locale.ROOT),
                    AuthorityCode.parse(authority()),
                    role.word(),
                    Token.generate(random),
                    SecretKeys.generate(random));
            credential.store(file);
            ObjectNode officer = JsonNodeFactory.instance
                    .objectNode()
                    .put("pseudonym", credential.pseudonym())
                    .put("name", "Officer of a measurement")
                    .put("authority", credential.authority().text())
                    .put("role", credential.role())
                    .put("tokenHash", credential.token().hash().hex());
            officer.set("keys", credential.keys().publicKeys().json());
            officer(Role.ADMINISTRATOR).post("/api/officers", officer);
        } catch (NodeRefusal | Malformed refused) {
            throw new PairBroken("an officer was not enrolled: " + refused.getMessage(), refused);
        }
        officers.put(role, client(file));
    }

    public OfficerClient officer(Role role) {
        OfficerClient client = officers.get(role);
        if (client == null) {
            throw new IllegalStateException("no officer of this role is enrolled");
        }
        return client;
    }

    /** Runs a command that talks to this node, as an officer of this role would on a machine of their own. */
    public Entente.Ended command(Role role, Object... words) throws IOException, InterruptedException {
        List<Object> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--node", people(), "--certificate", home.certificate()));
        all.addAll(List.of("--credential", beside("-" + role.word() + ".json")));
        return entente.run(START_LIMIT, all.toArray());
    }

    private URI people() {
        return URI.create("https://127.0.0.1:" + peoplePort);
    }

    private OfficerClient client(Path credential) throws IOException {
        try {
            return new OfficerClient(people(), home.certificate(), Credential.load(credential), Language.ENGLISH);
        } catch (GeneralSecurityException | Malformed refused) {
            throw new PairBroken("the credential " + credential + " does not serve", refused);
        }
    }

    /** Derives the node's logs anew; the node MUST NOT run. */
    public Entente.Ended fsck() throws IOException, InterruptedException {
        return entente.run(START_LIMIT, "evidence", "fsck", "--home", home.folder());
    }

    /** The end of what it printed. */
    public String lastWords() throws IOException {
        if (!Files.exists(log())) {
            return "";
        }
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    /** Whatever state it is in: nothing of it is left running. */
    @Override
    public void close() throws IOException {
        officers.values().forEach(OfficerClient::close);
        process.ifPresent(running -> {
            running.destroy();
            running.onExit()
                    .completeOnTimeout(running, STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            running.destroyForcibly().onExit().join();
        });
        awaitServerGone();
    }

    private void awaitServerGone() throws IOException {
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        while (serverRuns() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    /** A claim may outlive its server, and its number be another process by then. */
    private boolean serverRuns() throws IOException {
        return databasePid()
                .flatMap(ProcessHandle::of)
                .flatMap(server -> server.info().command())
                .filter(command -> command.endsWith("postgres"))
                .isPresent();
    }
}
