package org.entente.node.testimony;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.MlDsa44SecretKey;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.witness.AddCheckpoint;
import org.entente.evidence.witness.WitnessJudgement;
import org.entente.evidence.witness.WitnessReply;

/** An independent witness of one log, over real HTTP; it may be away, and it may have seen more than it is shown. */
public final class ThirdWitness implements AutoCloseable {
    private final CosignerSecrets keys;
    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Optional<KnownLog> known = Optional.empty();
    private volatile Optional<SignedCheckpoint> last = Optional.empty();
    private volatile boolean away;

    public ThirdWitness(String name) throws IOException {
        byte[] seed = Digest.of(name.getBytes(StandardCharsets.UTF_8)).bytes();
        keys = CosignerSecrets.of(name, Ed25519SecretKey.ofSeed(seed), MlDsa44SecretKey.ofSeed(seed));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/add-checkpoint", this::answer);
        server.start();
    }

    /** The log that it knows. */
    public void knows(KnownLog log) {
        known = Optional.of(log);
    }

    /** What it has cosigned last. */
    public void hasSeen(SignedCheckpoint checkpoint) {
        last = Optional.of(checkpoint);
    }

    /** Whether it answers that it cannot answer. */
    public void isAway(boolean now) {
        away = now;
    }

    /** How often it was asked. */
    public int calls() {
        return calls.get();
    }

    /** A policy file that asks for both of its keys. */
    public String policy() {
        StringBuilder lines = new StringBuilder();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        int n = 0;
        for (NoteKey key : keys.cosigner().keys()) {
            lines.append("witness w%d %s %s\n".formatted(n++, key.vkey(), address));
        }
        return lines + "group both all w0 w1\nquorum both\n";
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        WitnessReply reply = away ? new WitnessReply(503, "text/plain", "") : judged(exchange);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private WitnessReply judged(HttpExchange exchange) throws IOException {
        try {
            AddCheckpoint call = AddCheckpoint.parse(exchange.getRequestBody().readAllBytes());
            return switch (WitnessJudgement.judge(call, known, last)) {
                case WitnessJudgement.Grown grown -> {
                    last = Optional.of(grown.next());
                    yield grown.reply(keys, Instant.now());
                }
                case WitnessJudgement.Refused refused -> refused.reply();
            };
        } catch (Malformed refused) {
            return new WitnessJudgement.BadRequest(refused.problem()).reply();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
