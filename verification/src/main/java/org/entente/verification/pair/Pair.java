package org.entente.verification.pair;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.holdings.generate.GeneratedLists;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.home.NodeHome;
import org.entente.verification.process.Entente;
import org.entente.verification.process.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two nodes that have pinned each other, have officers, a memorandum in force, and a hit: an analyst of MX may request the
 * record behind it, and a liaison officer of US decides. All of it was done through the nodes' public interfaces.
 */
public final class Pair implements AutoCloseable {
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long REST_NANOS = 50_000_000L;
    private static final int STATEMENT_BYTES_MAX = 1 << 20;
    private static final String CATEGORY = "public-list-entry";
    private static final String PURPOSE = "money-laundering";
    private static final String CASE = "UIF-2026-1";
    private static final long SEED = 2026;

    private final NodeAtWork mx;
    private final NodeAtWork us;
    private final Path memorandum;
    private final Entente commands;
    private String hit = "";

    private Pair(Path folder, List<String> flags, Repository repository) throws IOException {
        this.commands = new Entente(repository);
        Entente nodes = commands.withFlags(flags);
        this.mx = new NodeAtWork(folder, "MX", List.of("UIF", "FGR", "ANAM", "SAT"), nodes);
        this.us = new NodeAtWork(folder, "US", List.of("FINCEN", "DEA", "ATF", "CBP", "OFAC"), nodes);
        this.memorandum = repository.root().resolve("examples/mx-us.yaml");
    }

    /**
     * Founds a pair and leaves both nodes running.
     *
     * @param flags for the Java of both nodes
     */
    public static Pair found(Path folder, List<String> flags) throws IOException, InterruptedException {
        Pair pair = new Pair(folder, flags, Repository.find());
        boolean founded = false;
        try {
            pair.found();
            founded = true;
            return pair;
        } catch (NodeRefusal | Malformed refused) {
            throw new PairBroken("the pair was not founded: " + refused.getMessage(), refused);
        } finally {
            if (!founded) {
                pair.close();
            }
        }
    }

    public NodeAtWork mx() {
        return mx;
    }

    public NodeAtWork us() {
        return us;
    }

    public List<NodeAtWork> both() {
        return List.of(mx, us);
    }

    private void found() throws IOException, InterruptedException, NodeRefusal, Malformed {
        for (NodeAtWork node : both()) {
            node.init();
            node.begin();
        }
        for (NodeAtWork node : both()) {
            node.awaitReady();
            node.administrator();
        }
        pin(mx, us);
        pin(us, mx);
        for (NodeAtWork node : both()) {
            for (Role role : List.of(Role.LEGAL, Role.ANALYST, Role.LIAISON)) {
                node.enrol(role);
            }
        }
        String digest = bring();
        declare(mx, digest);
        declare(us, digest);
        hit = find(digest);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void pin(NodeAtWork own, NodeAtWork other)
            throws IOException, InterruptedException, NodeRefusal, Malformed {
        byte[] card = Files.readAllBytes(other.home().card());
        ObjectNode pinned = object().put(
                        "fingerprint", PartyCard.parse(card).fingerprint().hex())
                .put("address", other.peerAddress());
        pinned.set("card", CanonicalJson.parse(card, PartyCard.BYTES_MAX));
        own.officer(Role.ADMINISTRATOR).post("/api/partners", pinned);
    }

    private String bring() throws IOException, InterruptedException, NodeRefusal, Malformed {
        String digest = "";
        for (NodeAtWork node : both()) {
            digest = node.officer(Role.LEGAL)
                    .upload("/api/memoranda", memorandum)
                    .required("digest")
                    .asString();
        }
        return digest;
    }

    /** The root signs in a process of its own; the other node knows it before this returns. */
    private void declare(NodeAtWork node, String digest)
            throws IOException, InterruptedException, NodeRefusal, Malformed {
        Entente.Ended signed = commands.run(
                COMMAND_LIMIT,
                "memorandum",
                "sign",
                memorandum,
                "--home",
                node.folder(),
                "--root-passphrase-file",
                node.rootPassphrase(),
                "--digest",
                digest,
                "--declare",
                "signed");
        if (signed.exit() != 0) {
            throw new PairBroken(signed.errors());
        }
        ObjectNode body = object();
        body.set(
                "statement",
                CanonicalJson.parse(signed.output().getBytes(StandardCharsets.UTF_8), STATEMENT_BYTES_MAX));
        String statement = node.officer(Role.LEGAL)
                .post("/api/memoranda/" + digest + "/declarations", body)
                .required("statement")
                .asString();
        awaitEntry(node == mx ? us : mx, Role.LEGAL, "/api/timeline?limit=200", "statements", "id", statement);
    }

    /** US indexes a list for MX, and MX asks about one company that stands in both. */
    private String find(String digest) throws IOException, InterruptedException, NodeRefusal, Malformed {
        GeneratedLists lists = GeneratedLists.generate(SEED, GeneratedLists.Sizes.DEMONSTRATION);
        Path list = us.folder().resolveSibling("sdn.csv");
        NodeHome.write(list, lists.ofacSdn());
        us.officer(Role.ANALYST)
                .upload(
                        "/api/loads?format=ofac-sdn&authority=" + us.authority() + "&obtainedBy=" + us.publisher()
                                + "&purposes=" + PURPOSE,
                        list);
        String index = said(us.officer(Role.LIAISON)
                .act(
                        "index",
                        object().put("partner", mx.authority())
                                .put("memorandum", digest)
                                .put("category", CATEGORY)
                                .put("purpose", PURPOSE)));
        awaitEntry(mx, Role.ANALYST, "/api/indices", "indices", "statement", index);
        OfficerClient analyst = mx.officer(Role.ANALYST);
        analyst.post(
                "/api/cases",
                object().put("reference", CASE).put("memorandum", digest).put("purpose", PURPOSE));
        ObjectNode facts = object().put("case", CASE)
                .put("index", index)
                .put("justification", "Its invoices stand in the accounts of the case.")
                .put("legalBasis", "LFPIORPI, art. 9");
        facts.putArray("identifiers")
                .addObject()
                .put("type", "rfc")
                .put("value", lists.common().first());
        String probe = said(analyst.act("probe", facts));
        JsonNode answered = await(
                "an answer to the probe",
                () -> Optional.of(analyst.get("/api/probes/" + probe))
                        .filter(one -> !one.path("state").asString("").equals("asked")));
        return answered.path("hits").path(0).required("hit").asString();
    }

    private static String said(JsonNode act) throws PairBroken {
        return OfficerClient.text(act, "statement")
                .orElseThrow(() -> new PairBroken("it was not said with one approval: " + act));
    }

    private static void awaitEntry(NodeAtWork node, Role role, String path, String list, String member, String value)
            throws IOException, InterruptedException {
        await(list + " " + value, () -> {
            for (JsonNode one : node.officer(role).get(path).path(list)) {
                if (one.path(member).asString("").equals(value)) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        });
    }

    /** Asked until it is answered. */
    public interface Question<T> {
        Optional<T> ask() throws IOException, InterruptedException, NodeRefusal, Malformed;
    }

    /** Waits for an answer, a few minutes at most. */
    public static <T> T await(String what, Question<T> question) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                Optional<T> answer = question.ask();
                if (answer.isPresent()) {
                    return answer.get();
                }
                LockSupport.parkNanos(REST_NANOS);
            }
        } catch (NodeRefusal | Malformed refused) {
            throw new PairBroken(what + ": " + refused.getMessage(), refused);
        }
        throw new PairBroken("there is still no " + what);
    }

    /** The facts of a request of MX for the record behind the hit, with so many bytes of words. */
    public ObjectNode request(String words) {
        return object().put("case", CASE)
                .put("hit", hit)
                .put("facts", words)
                .put("legalBasis", "LFPIORPI, art. 9")
                .put("urgency", "routine");
    }

    /** The facts of an approving verdict of US about a request. */
    public static ObjectNode verdict(String request) {
        return object().put("request", request).put("verdict", "approved");
    }

    @Override
    public void close() throws IOException {
        List<Exception> failed = new ArrayList<>();
        for (NodeAtWork node : both()) {
            try {
                node.close();
            } catch (IOException stays) {
                failed.add(stays);
            }
        }
        if (!failed.isEmpty()) {
            throw new PairBroken("a node was not closed", failed.getFirst());
        }
    }
}
