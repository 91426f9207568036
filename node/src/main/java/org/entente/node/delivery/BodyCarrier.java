package org.entente.node.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.exchange.body.BodyReference;
import org.entente.node.body.BodyFiles;
import org.entente.node.body.PartialBodies.Piece;
import org.entente.node.body.PartialBodies.Standing;
import org.entente.node.link.Peer;
import org.entente.node.link.PeerAnswer;
import org.entente.node.link.PeerCall;
import org.entente.node.link.PeerClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries large bodies to one partner, one at a time and piece by piece, on a thread of its own. It asks how much of the body is there
 * and goes on from that place, so that what was acknowledged is never brought again, whichever node was restarted in between. While one
 * piece travels the next is read; two pieces are all that is held in memory.
 */
public final class BodyCarrier {
    private static final Duration ASK_DEADLINE = Duration.ofSeconds(55);

    /** A piece of 4 MiB at the 16 KiB a second that a listener demands. */
    private static final Duration PIECE_DEADLINE = Duration.ofMinutes(5);

    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    private static final Duration BETWEEN_NEWS = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES_MAX = 1 << 12;

    private static final Logger LOG = LoggerFactory.getLogger(BodyCarrier.class);

    private final PeerClient client;
    private final BodyFiles bodies;
    private final Set<Digest> arrived = new HashSet<>();
    private final Map<Digest, Problem> refused = new HashMap<>();
    private boolean underWay;
    private int failures;
    private long restsUntil = System.nanoTime();

    public BodyCarrier(PeerClient client, BodyFiles bodies) {
        this.client = client;
        this.bodies = bodies;
    }

    /** Whether the partner has said that the body is there, or never takes it; if not, it is carried unless another one is. */
    synchronized boolean isCarried(Peer peer, BodyReference body) {
        if (arrived.contains(body.ciphertext()) || refused.containsKey(body.ciphertext())) {
            return true;
        }
        if (!underWay && System.nanoTime() - restsUntil >= 0) {
            underWay = true;
            Thread.ofPlatform().name("bodies-" + peer.party()).daemon().start(() -> attempt(peer, body));
        }
        return false;
    }

    /** The statement that names these was answered: they are asked about anew should it be brought again. Says why one was refused. */
    synchronized Optional<Problem> settled(List<BodyReference> named) {
        Optional<Problem> problem = Optional.empty();
        for (BodyReference body : named) {
            arrived.remove(body.ciphertext());
            Problem why = refused.remove(body.ciphertext());
            problem = why == null ? problem : Optional.of(why);
        }
        return problem;
    }

    private void attempt(Peer peer, BodyReference body) {
        boolean done = false;
        try {
            done = carry(peer, body);
        } catch (NotCarried notYet) {
            LOG.warn(
                    "the body {} is not carried to {} yet: {}",
                    body.ciphertext(),
                    peer.party(),
                    String.valueOf(notYet.getMessage()));
        } catch (IOException | Malformed | RuntimeException failed) {
            LOG.error("the body {} is not carried to {} yet", body.ciphertext(), peer.party(), failed);
        } finally {
            ended(body.ciphertext(), done);
        }
    }

    private synchronized void ended(Digest body, boolean done) {
        underWay = false;
        if (done) {
            arrived.add(body);
            failures = 0;
        } else if (!refused.containsKey(body)) {
            long rest = FIRST_REST.toNanos() << Math.min(failures, 20);
            restsUntil = System.nanoTime() + Math.min(rest, LONGEST_REST.toNanos());
            failures++;
        }
    }

    /** The partner did not answer, or not as it should; the same may be tried again. */
    public static final class NotCarried extends Exception {
        private static final long serialVersionUID = 1L;

        private NotCarried(String why) {
            super(why);
        }
    }

    /** Carries what the partner lacks, and returns when it has the whole; false when it will never take this body. */
    public boolean carry(Peer peer, BodyReference body) throws IOException, Malformed, NotCarried {
        Digest digest = body.ciphertext();
        Optional<Standing> standing = answered(
                peer,
                new PeerCall(
                        "GET",
                        BodyPath.BODIES + digest.hex(),
                        new PeerCall.Body.None(),
                        ANSWER_BYTES_MAX,
                        ASK_DEADLINE),
                digest);
        if (standing.isEmpty() || standing.get().complete()) {
            return standing.isPresent();
        }
        long from = standing.get().held();
        if (from >= body.bytes() || from % bodies.limits().pieceBytes() != 0) {
            throw new NotCarried("it names a place that none of its pieces ends at: " + from);
        }
        long told = System.nanoTime();
        try (InputStream content = bodies.open(digest, from)) {
            Prepared next = prepare(content, body, from);
            while (true) {
                Prepared now = next;
                long behind = now.piece.offset() + now.bytes.length;
                FutureTask<Prepared> ahead =
                        new FutureTask<>(() -> behind < body.bytes() ? prepare(content, body, behind) : now);
                Thread.ofVirtual().name("body-ahead").start(ahead);
                Optional<Standing> after = put(peer, now);
                // Whatever came of it: nothing reads on from the file when it is closed.
                next = result(ahead);
                if (after.isEmpty()) {
                    return false;
                }
                if (after.get().complete()) {
                    return true;
                }
                if (after.get().held() != behind || behind >= body.bytes()) {
                    throw new NotCarried(
                            "it went on from another place: " + after.get().held());
                }
                if (System.nanoTime() - told > BETWEEN_NEWS.toNanos()) {
                    told = System.nanoTime();
                    LOG.info("{} has {} of {} bytes of the body {}", peer.party(), behind, body.bytes(), digest);
                }
            }
        }
    }

    private static Prepared result(FutureTask<Prepared> ahead) throws IOException {
        try {
            return ahead.get();
        } catch (ExecutionException failed) {
            throw new IOException("the next piece cannot be read", failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopping);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Sent once and never compared.
    private record Prepared(Piece piece, byte[] bytes) {}

    private Prepared prepare(InputStream content, BodyReference body, long offset) throws IOException {
        int length = (int) Math.min(bodies.limits().pieceBytes(), body.bytes() - offset);
        byte[] bytes = new byte[length];
        if (content.readNBytes(bytes, 0, length) < length) {
            throw new IOException("a body of our own ends before its length");
        }
        return new Prepared(new Piece(body.ciphertext(), body.bytes(), offset, Digest.of(bytes)), bytes);
    }

    /** Asked first, so that a refusal is heard and not lost with the connection that the rest of the piece would have come by. */
    private Optional<Standing> put(Peer peer, Prepared prepared) throws Malformed, NotCarried {
        return answered(
                peer,
                new PeerCall(
                        "PUT",
                        BodyPath.of(prepared.piece),
                        new PeerCall.Body.Streamed(
                                "application/octet-stream", prepared.bytes.length, out -> out.write(prepared.bytes)),
                        ANSWER_BYTES_MAX,
                        PIECE_DEADLINE),
                prepared.piece.body());
    }

    /** How much is there now; nothing when the partner never takes it. */
    private Optional<Standing> answered(Peer peer, PeerCall call, Digest body) throws Malformed, NotCarried {
        PeerAnswer answer = client.call(peer, call);
        if (!(answer instanceof PeerAnswer.Answered answered)) {
            throw new NotCarried(answer.toString());
        }
        if (answered.status() == 200) {
            return Optional.of(BodyPath.readStanding(answered.bytes()));
        }
        String code = answered.status() == 422
                ? CanonicalJson.parse(answered.bytes(), ANSWER_BYTES_MAX)
                        .path("code")
                        .asString("")
                : "";
        if (code.equals("body.too-large")) {
            LOG.error("{} does not take the body {}: it is too large there", peer.party(), body);
            synchronized (this) {
                refused.put(body, Problem.of("link.body-refused", body.hex(), code));
            }
            return Optional.empty();
        }
        throw new NotCarried("status " + answered.status() + " " + code);
    }
}
