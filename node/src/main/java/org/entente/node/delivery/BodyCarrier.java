package org.entente.node.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.exchange.body.BodyAtRest;
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
 * Carries bodies to one partner: short ones in one call each, and large ones one at a time and piece by piece, on a thread of its own.
 * Of a large one it asks how much is there and goes on from that place, so that what was acknowledged is never brought again, whichever
 * node was restarted in between. While one piece travels the next is read; two pieces are all that is held in memory.
 *
 * <p>A partner that answers is there, and what it does not take now is brought again after the rest that it asks for. What it will never
 * take although it reads here, and what does not read here, keeps nothing waiting: the statement that names it is brought without it.
 */
public final class BodyCarrier {
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(55);

    /** What a listener demands of whoever brings a body. */
    private static final int BYTES_PER_SECOND_MIN = 16 * 1024;

    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    private static final Duration BETWEEN_NEWS = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES_MAX = 1 << 12;
    private static final int TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;
    /** The status of RFC 4918 section 11.5. */
    private static final int INSUFFICIENT_STORAGE = 507;

    /** What stands in the way of a body now, and not for ever. */
    private static final Pattern NOT_NOW = Pattern.compile("body\\.(piece-.*|too-many-under-way)");

    private static final Logger LOG = LoggerFactory.getLogger(BodyCarrier.class);

    private final PeerClient client;
    private final BodyFiles bodies;
    private final Set<Digest> arrived = new HashSet<>();
    private final Map<Digest, Problem> refused = new HashMap<>();

    /** Bodies of which something else lies in their place: as good as gone, until the node starts again. */
    private final Set<Digest> damaged = ConcurrentHashMap.newKeySet();

    private boolean underWay;
    private int failures;
    private long restsUntil = System.nanoTime();

    public BodyCarrier(PeerClient client, BodyFiles bodies) {
        this.client = client;
        this.bodies = bodies;
    }

    /** What came of bringing a short body. */
    sealed interface Brought {
        /** It is there, or is never taken or never brought: the statement that names it need not wait for it. */
        record Settled() implements Brought {}

        /** The partner answers, and does not take it before this rest is over. */
        record NotNow(Duration rest) implements Brought {}

        /** Nobody answers. */
        record Unanswered() implements Brought {}
    }

    /** Whether a body of our own lies here and reads, as far as is known. */
    boolean isHere(Digest body) {
        return bodies.holds(body) && !damaged.contains(body);
    }

    /** Brings a body that one call holds. */
    Brought bring(Peer peer, BodyReference body) {
        Digest digest = body.ciphertext();
        if (!isHere(digest)) {
            // A restored home has no keys of bodies; a partner that has the statement already acknowledges it without.
            LOG.error("the body {} that a statement names is not here; the statement is brought alone", digest);
            return new Brought.Settled();
        }
        PeerAnswer answer = client.call(
                peer,
                new PeerCall(
                        "PUT",
                        BodyPath.BODIES + digest.hex(),
                        new PeerCall.Body.Streamed("application/octet-stream", body.bytes(), out -> write(digest, out)),
                        ANSWER_BYTES_MAX,
                        deadline(body.bytes())));
        if (damaged.contains(digest)) {
            return new Brought.Settled();
        }
        return switch (answer) {
            case PeerAnswer.Answered answered ->
                answered.status() == 204 || isRefusedForGood(peer, answered, digest)
                        ? new Brought.Settled()
                        : new Brought.NotNow(rest(peer, answered, digest));
            case PeerAnswer.Later later -> new Brought.NotNow(later.rest());
            case PeerAnswer.Unreachable _, PeerAnswer.NotTheParty _ -> new Brought.Unanswered();
        };
    }

    /** As long as a line takes that is just fast enough for a listener. */
    private static Duration deadline(long bytes) {
        return CALL_DEADLINE.plusSeconds(bytes / BYTES_PER_SECOND_MIN);
    }

    /** What turns out not to be the body is cut off before its end, so nobody takes it for one. */
    private void write(Digest body, OutputStream out) throws IOException {
        try {
            bodies.write(body, out);
        } catch (Malformed other) {
            spoiled(body, other);
            throw new IOException("a body of our own does not read: " + other.problem(), other);
        }
    }

    private void spoiled(Digest body, Malformed why) {
        damaged.add(body);
        LOG.error(
                "the body {} does not read here: {}; the statement that names it is brought alone",
                body,
                why.problem());
    }

    /** Whether the partner says that it never takes this body, which reads here; if so, it is noted. */
    private boolean isRefusedForGood(Peer peer, PeerAnswer.Answered answered, Digest body) {
        String code = code(answered);
        boolean forGood = answered.status() == TOO_LARGE
                || (answered.status() == UNPROCESSABLE
                        && (code.isEmpty() || code.startsWith("body."))
                        && !NOT_NOW.matcher(code).matches());
        if (!forGood || !reads(body)) {
            return forGood && damaged.contains(body);
        }
        String why = code.isEmpty() ? Integer.toString(answered.status()) : code;
        LOG.error("{} does not take the body {}, which reads here: {}", peer.party(), body, why);
        synchronized (this) {
            refused.put(body, Problem.of("link.body-refused", body.hex(), why));
        }
        return true;
    }

    /** Whether a body is what it was when it was kept under its digest. */
    private boolean reads(Digest body) {
        try {
            write(body, OutputStream.nullOutputStream());
            return true;
        } catch (IOException unreadable) {
            LOG.error("the body {} cannot be read now", body, unreadable);
            return false;
        }
    }

    private static String code(PeerAnswer.Answered answered) {
        try {
            return CanonicalJson.parse(answered.bytes(), ANSWER_BYTES_MAX)
                    .path("code")
                    .asString("");
        } catch (Malformed wordless) {
            return "";
        }
    }

    /** How long a body rests that an answering partner does not take now. */
    private static Duration rest(Peer peer, PeerAnswer.Answered answered, Digest body) {
        Duration rest = answered.retryAfter().isPositive() ? answered.retryAfter() : FIRST_REST;
        LOG.warn(
                "{} {} the body {} now (status {} {}); it is brought again after {} s or more",
                peer.party(),
                answered.status() == INSUFFICIENT_STORAGE ? "has no room for" : "does not take",
                body,
                answered.status(),
                code(answered),
                rest.toSeconds());
        return rest;
    }

    /** Whether a statement that names this large body need not wait for it; if it must, it is carried unless another one is. */
    synchronized boolean isCarried(Peer peer, BodyReference body) {
        if (arrived.contains(body.ciphertext())
                || refused.containsKey(body.ciphertext())
                || damaged.contains(body.ciphertext())) {
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
        Optional<Duration> rest = Optional.of(FIRST_REST);
        try {
            if (carry(peer, body)) {
                synchronized (this) {
                    arrived.add(body.ciphertext());
                }
            }
            rest = Optional.empty();
        } catch (NotCarried notYet) {
            rest = Optional.of(notYet.rest);
            LOG.warn(
                    "the body {} is not carried to {} yet: {}",
                    body.ciphertext(),
                    peer.party(),
                    String.valueOf(notYet.getMessage()));
        } catch (IOException | RuntimeException failed) {
            LOG.error("the body {} is not carried to {} yet", body.ciphertext(), peer.party(), failed);
        } finally {
            ended(rest);
        }
    }

    /** Rests longer each time, and as long as the partner asks for; not at all when there is nothing to try again. */
    private synchronized void ended(Optional<Duration> rest) {
        underWay = false;
        failures = rest.isEmpty() ? 0 : failures + 1;
        if (rest.isPresent()) {
            long longer = Math.min(FIRST_REST.toNanos() << Math.min(failures - 1, 20), LONGEST_REST.toNanos());
            restsUntil = System.nanoTime() + Math.max(longer, rest.get().toNanos());
        }
    }

    /** The partner did not answer, or not as it should; the same may be tried again. */
    public static final class NotCarried extends Exception {
        private static final long serialVersionUID = 1L;

        private final Duration rest;

        private NotCarried(String why) {
            this(why, FIRST_REST);
        }

        private NotCarried(String why, Duration rest) {
            super(why);
            this.rest = rest;
        }
    }

    /**
     * Carries what the partner lacks, and returns when it has the whole; false when it never will, because it does not take this body or
     * because the body does not read here.
     */
    public boolean carry(Peer peer, BodyReference body) throws IOException, NotCarried {
        Digest digest = body.ciphertext();
        Optional<Standing> standing = answered(
                peer,
                new PeerCall(
                        "GET",
                        BodyPath.BODIES + digest.hex(),
                        new PeerCall.Body.None(),
                        ANSWER_BYTES_MAX,
                        CALL_DEADLINE),
                digest);
        if (standing.isEmpty() || standing.get().complete()) {
            return standing.isPresent();
        }
        long from = standing.get().held();
        if (from >= body.bytes() || from % bodies.limits().pieceBytes() != 0) {
            throw new NotCarried("it names a place that none of its pieces ends at: " + from);
        }
        try (InputStream content = bodies.open(digest, from)) {
            return carry(peer, body, content, from);
        } catch (BodyAtRest.Damaged unreadable) {
            spoiled(digest, unreadable.asMalformed());
            return false;
        } catch (Malformed unreadable) {
            spoiled(digest, unreadable);
            return false;
        }
    }

    private boolean carry(Peer peer, BodyReference body, InputStream content, long from)
            throws IOException, Malformed, NotCarried {
        long told = System.nanoTime();
        Prepared next = prepare(content, body, from);
        while (true) {
            Prepared now = next;
            long behind = now.piece.offset() + now.bytes.length;
            FutureTask<Prepared> ahead =
                    new FutureTask<>(() -> behind < body.bytes() ? prepare(content, body, behind) : now);
            Thread.ofVirtual().name("body-ahead").start(ahead);
            Optional<Standing> after;
            try {
                after = put(peer, now);
            } finally {
                // Whatever came of it: nothing reads on from the file when it is closed.
                next = result(ahead);
            }
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
                LOG.info("{} has {} of {} bytes of the body {}", peer.party(), behind, body.bytes(), body.ciphertext());
            }
        }
    }

    private static Prepared result(FutureTask<Prepared> ahead) throws IOException, Malformed {
        try {
            return ahead.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case Malformed unreadable -> throw unreadable;
                case IOException unreadable -> throw unreadable;
                case null, default -> throw new IOException("the next piece cannot be read", failed.getCause());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopping);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Sent once and never compared.
    private record Prepared(Piece piece, byte[] bytes) {}

    private Prepared prepare(InputStream content, BodyReference body, long offset) throws IOException, Malformed {
        int length = (int) Math.min(bodies.limits().pieceBytes(), body.bytes() - offset);
        byte[] bytes = new byte[length];
        if (content.readNBytes(bytes, 0, length) < length) {
            throw new Malformed("body.at-rest-damaged", body.ciphertext().hex());
        }
        return new Prepared(new Piece(body.ciphertext(), body.bytes(), offset, Digest.of(bytes)), bytes);
    }

    /** Asked first, so that a refusal is heard and not lost with the connection that the rest of the piece would have come by. */
    private Optional<Standing> put(Peer peer, Prepared prepared) throws NotCarried {
        return answered(
                peer,
                new PeerCall(
                        "PUT",
                        BodyPath.of(prepared.piece),
                        new PeerCall.Body.Streamed(
                                "application/octet-stream", prepared.bytes.length, out -> out.write(prepared.bytes)),
                        ANSWER_BYTES_MAX,
                        deadline(prepared.bytes.length)),
                prepared.piece.body());
    }

    /** How much is there now; nothing when the partner never takes it. */
    private Optional<Standing> answered(Peer peer, PeerCall call, Digest body) throws NotCarried {
        return switch (client.call(peer, call)) {
            case PeerAnswer.Answered answered when answered.status() == 200 -> Optional.of(standing(answered));
            case PeerAnswer.Answered answered -> {
                if (isRefusedForGood(peer, answered, body)) {
                    yield Optional.empty();
                }
                throw new NotCarried("status " + answered.status() + " " + code(answered), rest(peer, answered, body));
            }
            case PeerAnswer.Later later -> throw new NotCarried("it asks for a rest", later.rest());
            case PeerAnswer.Unreachable away ->
                throw new NotCarried(away.problem().toString());
            case PeerAnswer.NotTheParty other ->
                throw new NotCarried(other.problem().toString());
        };
    }

    private static Standing standing(PeerAnswer.Answered answered) throws NotCarried {
        try {
            return BodyPath.readStanding(answered.bytes());
        } catch (Malformed senseless) {
            throw new NotCarried("its answer does not read: " + senseless.problem());
        }
    }
}
