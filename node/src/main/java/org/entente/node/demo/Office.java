package org.entente.node.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.home.NodeHome;
import org.entente.node.language.Language;
import tools.jackson.databind.JsonNode;

/** One side of the story: its node's home and process, and the officers who call the node. */
final class Office implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(150);
    private static final int ADDRESSES_BYTES_MAX = 1 << 12;

    private final Unit unit;
    private final NodeHome home;
    private final DemoOrder.Side order;
    private final Language language;
    private final Map<Role, OfficerClient> officers = new EnumMap<>(Role.class);
    private Optional<NodeProcess> process = Optional.empty();
    private Optional<Addresses> addresses = Optional.empty();

    Office(Unit unit, Path folder, DemoOrder.Side order, Language language) {
        this.unit = unit;
        this.home = new NodeHome(folder.resolve(unit.folder()));
        this.order = order;
        this.language = language;
    }

    /** Where the running node listens: its own people's interface, and its partners'. */
    record Addresses(URI api, String peer) {}

    Unit unit() {
        return unit;
    }

    NodeHome home() {
        return home;
    }

    DemoOrder.Side order() {
        return order;
    }

    private Path passphrase() {
        return beside(".passphrase");
    }

    /** Opens the root; a real party keeps this file and the root's folder elsewhere. */
    Path rootPassphrase() {
        return beside("-root.passphrase");
    }

    private Path beside(String ending) {
        return home.folder().resolveSibling(unit.folder() + ending);
    }

    private Path log() {
        return home.folder().resolve("node.log");
    }

    boolean initialised() {
        return Files.exists(home.settings());
    }

    /** Begins {@code node init} in a process of its own. */
    NodeProcess beginInit(SecureRandom random) throws IOException, InterruptedException {
        home.create();
        for (Path file : List.of(passphrase(), rootPassphrase())) {
            byte[] secret = new byte[24];
            random.nextBytes(secret);
            NodeHome.write(file, HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII));
        }
        List<String> words =
                new ArrayList<>(List.of("node", "init", "--home", home.folder().toString()));
        words.addAll(List.of("--party", unit.party(), "--colour", unit.names().colour()));
        words.addAll(List.of(
                "--name-en", unit.names().english(), "--name-es", unit.names().spanish()));
        unit.authorities().forEach(authority -> words.addAll(List.of("--authority", authority)));
        words.addAll(List.of("--passphrase-file", passphrase().toString()));
        words.addAll(List.of("--root-passphrase-file", rootPassphrase().toString()));
        return NodeProcess.start(words, log());
    }

    /** Begins {@code node run}; {@link #awaitReady} says when it listens. */
    void beginRun() throws IOException, InterruptedException {
        Files.deleteIfExists(home.addresses());
        List<String> words =
                new ArrayList<>(List.of("node", "run", "--home", home.folder().toString()));
        words.addAll(List.of("--api", "127.0.0.1:" + port(order.apiPort())));
        words.addAll(List.of("--peer", "127.0.0.1:" + port(order.peerPort())));
        words.addAll(List.of("--passphrase-file", passphrase().toString()));
        process = Optional.of(NodeProcess.start(words, log()));
    }

    /** Port 0 is any free one. */
    private static int port(OptionalInt given) {
        return given.orElse(0);
    }

    void awaitReady() throws IOException, InterruptedException, Malformed, NodeRefusal, StoryBroken {
        addresses = Optional.of(Waiting.until("the node's addresses", START_LIMIT, this::readAddresses));
        officers.put(Role.ADMINISTRATOR, client(home.officers().resolve("administrator.json")));
    }

    private Optional<Addresses> readAddresses() throws IOException, Malformed, StoryBroken {
        requireAlive();
        if (!Files.exists(home.addresses())) {
            return Optional.empty();
        }
        JsonNode json = CanonicalJson.parse(Files.readAllBytes(home.addresses()), ADDRESSES_BYTES_MAX);
        return Optional.of(new Addresses(
                URI.create(json.required("api").asString()),
                json.required("peer").asString()));
    }

    /** Throws with the tail of the node's log when the node is gone. */
    void requireAlive() throws StoryBroken {
        if (process.isPresent() && !process.get().isAlive()) {
            throw process.get().died();
        }
    }

    Addresses addresses() {
        return addresses.orElseThrow(() -> new IllegalStateException("the node does not run yet"));
    }

    NodeProcess process() {
        return process.orElseThrow(() -> new IllegalStateException("the node does not run yet"));
    }

    /** The most memory that the node's process has had resident; empty when it never ran or the system does not say. */
    OptionalLong peakMemoryKib() {
        return process.map(NodeProcess::peakMemoryKib).orElse(OptionalLong.empty());
    }

    /** Lets the officer whose credential lies in this file act for the role. */
    void sign(Role role, Path credential) throws IOException, Malformed {
        officers.put(role, client(credential));
    }

    private OfficerClient client(Path credential) throws IOException, Malformed {
        try {
            return new OfficerClient(addresses().api(), home.certificate(), Credential.load(credential), language);
        } catch (GeneralSecurityException refused) {
            throw new IOException(refused);
        }
    }

    OfficerClient officer(Role role) {
        OfficerClient client = officers.get(role);
        if (client == null) {
            throw new IllegalStateException("no officer of this role is enrolled yet");
        }
        return client;
    }

    /** Asks the node again and again until there is an answer; fails when the node dies or the time is up. */
    <T> T await(String what, Duration limit, Waiting.Question<T> question)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        return Waiting.until(what, limit, () -> {
            requireAlive();
            return question.ask();
        });
    }

    /** Asks the node to stop; {@link #close} waits for it. */
    void stop() {
        process.ifPresent(NodeProcess::ask);
    }

    @Override
    public void close() {
        process.ifPresent(NodeProcess::end);
        officers.values().forEach(OfficerClient::close);
    }
}
