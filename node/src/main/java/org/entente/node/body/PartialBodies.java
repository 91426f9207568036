package org.entente.node.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.body.BodyAtRest;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bodies that partners bring piece by piece and that are not whole yet: one file each, in the form of {@link BodyAtRest} and under a
 * key of its own, as whole bodies are.
 *
 * <p>A piece is a segment of the file. Its last chunk is written when its digest was found right, and for the last piece the body's
 * digest too, so that what was cut off or not checked does not open and is not counted. Beginning: the key, then the file and its
 * first segment, then its name are forced. Going on: what lies behind the counted segments is cut off, the segment is written and
 * forced. Ending: the key is kept under the body's own name, the file gets that name, and the first copy of the key is destroyed.
 * Wherever the power fails there is a part that can be continued, or nothing. How much is there is not written down anywhere: it is
 * what opens when the file is read again, which the digest of the whole asks for anyway.
 *
 * <p>What one partner has begun no other can continue, and each has few bodies under way.
 */
public final class PartialBodies {
    /** How many bodies of one partner may be under way. */
    public static final int BODIES_MAX = 4;

    /** What rested so long makes room for what its partner begins. */
    private static final Duration MAKES_ROOM = Duration.ofHours(1);

    private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})\\.([A-Z]{2,8})\\.([0-9]{1,16})\\.partial");
    private static final Pattern KEY_NAME = Pattern.compile("[0-9a-f]{64}\\.[A-Z]{2,8}");
    private static final int BUFFER_BYTES = 1 << 16;

    private static final Logger LOG = LoggerFactory.getLogger(PartialBodies.class);

    private final BodyFiles whole;
    private final Folder folder;
    private final BodyKeys keys;
    private final DiskSpace disk;
    private final BodyFiles.Limits limits;
    private final Map<String, Partial> underWay = new HashMap<>();

    PartialBodies(BodyFiles whole, Folder folder, BodyKeys keys, DiskSpace disk, BodyFiles.Limits limits) {
        this.whole = whole;
        this.folder = folder;
        this.keys = keys;
        this.disk = disk;
        this.limits = limits;
    }

    /**
     * One piece of a body, as its bringer names it.
     *
     * @param total bytes of the whole body
     * @param offset where in the body it begins; it ends after {@link BodyFiles.Limits#pieceBytes} or with the body
     * @param digest SHA-256 of the piece
     */
    public record Piece(Digest body, long total, long offset, Digest digest) {}

    /**
     * How much of a body is here.
     *
     * @param held bytes that are durable, from the beginning on; 0 for a whole body, whose length nobody asks about
     * @param complete whether the whole body is here
     */
    public record Standing(long held, boolean complete) {
        private static final Standing COMPLETE = new Standing(0, true);
    }

    private static final class Partial {
        private final Digest body;
        private final PartyCode partner;
        private final long total;
        private final ReentrantLock turn = new ReentrantLock();
        private byte[] key = new byte[0];
        private MessageDigest seen = BodyFiles.sha256();
        private long held;
        private boolean known;
        private boolean gone;

        private Partial(Digest body, PartyCode partner, long total) {
            this.body = body;
            this.partner = partner;
            this.total = total;
        }

        private String keyName() {
            return keyName(body, partner);
        }

        private static String keyName(Digest body, PartyCode partner) {
            return body.hex() + "." + partner.text();
        }

        private String fileName() {
            return keyName() + "." + total + ".partial";
        }
    }

    /** Finds what was begun before a restart; what lost its key or its file goes. No other process may be writing here. */
    void makeReady() throws IOException {
        Set<String> kept = new HashSet<>();
        for (String name : folder.names()) {
            Optional<Partial> found = named(name);
            if (found.isPresent()) {
                kept.add(found.get().keyName());
                synchronized (underWay) {
                    underWay.put(found.get().keyName(), found.get());
                }
            }
        }
        for (String name : keys.names()) {
            if (KEY_NAME.matcher(name).matches() && !kept.contains(name)) {
                keys.destroyPartial(name);
            }
        }
    }

    private static Optional<Partial> named(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Partial(
                    Digest.parse(matcher.group(1)),
                    PartyCode.parse(matcher.group(2)),
                    Long.parseLong(matcher.group(3))));
        } catch (Malformed other) {
            return Optional.empty();
        }
    }

    /**
     * How much of a body this partner has brought; a whole one counts as having come now.
     *
     * @throws Malformed {@code body.piece-under-way} when another call about it is not over yet
     */
    public Standing standing(PartyCode partner, Digest body) throws IOException, Malformed {
        if (whole.renew(body)) {
            return Standing.COMPLETE;
        }
        Optional<Partial> partial = find(partner, body);
        return partial.isEmpty() ? new Standing(0, false) : inTurn(partial.get(), () -> standing(partial.get()));
    }

    private Standing standing(Partial partial) throws IOException, Malformed {
        learn(partial);
        if (partial.held == partial.total) {
            // The power failed between the last piece and the name.
            end(partial);
            return Standing.COMPLETE;
        }
        return new Standing(partial.held, false);
    }

    /**
     * Takes the next piece; on return it is durable, and with the last one the body is.
     *
     * @param content is read to its end, unless the piece is refused or not needed
     * @throws Malformed {@code body.too-large}, {@code body.piece-malformed} (no such piece of such a body), {@code body.piece-out-of-place}
     *     (not the next one), {@code body.piece-under-way}, {@code body.too-many-under-way}; {@code body.piece-damaged} (other bytes than
     *     announced: it is not counted); {@code body.piece-other-total} and {@code body.not-the-one-named} (all that was brought is dropped)
     */
    public Standing take(PartyCode partner, Piece piece, InputStream content) throws IOException, Malformed {
        if (piece.total() > limits.bytesMax()) {
            throw whole.tooLarge();
        }
        if (piece.total() < 1
                || piece.offset() < 0
                || piece.offset() >= piece.total()
                || piece.offset() % limits.pieceBytes() != 0) {
            throw new Malformed("body.piece-malformed", Integer.toString(limits.pieceBytes()));
        }
        if (whole.renew(piece.body())) {
            return Standing.COMPLETE;
        }
        Partial partial = findOrBegin(partner, piece);
        return inTurn(
                partial,
                () -> whole.endingTheNode(() -> {
                    learn(partial);
                    if (partial.total != piece.total()) {
                        drop(partial);
                        throw new Malformed("body.piece-other-total", Long.toString(partial.total));
                    }
                    if (partial.held != piece.offset()) {
                        throw new Malformed("body.piece-out-of-place", Long.toString(partial.held));
                    }
                    try {
                        append(partial, piece, content);
                    } catch (IOException | Malformed refused) {
                        if (partial.held == 0 && !partial.gone) {
                            drop(partial);
                        }
                        throw refused;
                    }
                    return standing(partial);
                }));
    }

    private <T> T inTurn(Partial partial, BodyFiles.Step<T> step) throws IOException, Malformed {
        if (!partial.turn.tryLock()) {
            throw new Malformed("body.piece-under-way");
        }
        try {
            if (partial.gone) {
                throw new Malformed("body.piece-out-of-place", "0");
            }
            return step.run();
        } finally {
            partial.turn.unlock();
        }
    }

    private Optional<Partial> find(PartyCode partner, Digest body) {
        synchronized (underWay) {
            return Optional.ofNullable(underWay.get(Partial.keyName(body, partner)));
        }
    }

    private Partial findOrBegin(PartyCode partner, Piece piece) throws IOException, Malformed {
        synchronized (underWay) {
            Optional<Partial> found = find(partner, piece.body());
            if (found.isPresent()) {
                return found.get();
            }
            if (piece.offset() > 0) {
                throw new Malformed("body.piece-out-of-place", "0");
            }
            requireRoom(partner, piece.total());
            Partial begun = new Partial(piece.body(), partner, piece.total());
            begun.known = true;
            begun.key = keys.draw();
            underWay.put(begun.keyName(), begun);
            return begun;
        }
    }

    /** Few bodies of a partner, which together are no longer than one may be. */
    private void requireRoom(PartyCode partner, long total) throws IOException, Malformed {
        Instant longAgo = Instant.now().minus(MAKES_ROOM);
        List<Partial> others = new ArrayList<>(underWay.values().stream()
                .filter(other -> other.partner.equals(partner))
                .sorted(Comparator.comparing(this::touchedAt))
                .toList());
        while (!others.isEmpty() && !hasRoom(others, total)) {
            Partial oldest = others.removeFirst();
            if (!dropIfOlder(oldest, longAgo)) {
                throw new Malformed("body.too-many-under-way", Integer.toString(BODIES_MAX));
            }
        }
        disk.requireRoom(BodyAtRest.fileBytes(total, limits.pieceBytes()));
    }

    private boolean hasRoom(List<Partial> others, long total) {
        long bytes = others.stream().mapToLong(other -> other.total).sum();
        return others.size() < BODIES_MAX && bytes + total <= limits.bytesMax();
    }

    /** One that has no file yet was begun just now. */
    private Instant touchedAt(Partial partial) {
        try {
            return folder.touchedAt(partial.fileName());
        } catch (IOException notYet) {
            return Instant.MAX;
        }
    }

    /** Reads what lies there from before a restart: whole segments count, and what follows them does not. */
    private void learn(Partial partial) throws IOException {
        if (partial.known) {
            return;
        }
        try {
            partial.key = keys.readPartial(partial.keyName());
        } catch (Malformed lost) {
            LOG.warn("a part of the body {} lost its key and is begun anew", partial.body);
            partial.key = keys.draw();
            folder.delete(partial.fileName());
        }
        MessageDigest seen = BodyFiles.sha256();
        long bytes = 0;
        try (InputStream file = folder.open(partial.fileName());
                BodyAtRest.Reader reader = new BodyAtRest.Reader(file, partial.key, partial.body)) {
            if (!reader.hasSegmentsOf(limits.pieceBytes())) {
                // An older node cut it into other pieces, behind which none of ours can be written.
                throw new Malformed("body.at-rest-unknown", partial.body.hex());
            }
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                seen.update(buffer, 0, count);
                bytes += count;
                if (bytes % limits.pieceBytes() == 0 || bytes == partial.total) {
                    partial.held = bytes;
                    partial.seen = copy(seen);
                }
            }
        } catch (BodyAtRest.Damaged | Malformed | NoSuchFileException behind) {
            LOG.debug("what lies behind the whole pieces of the body {} is not counted", partial.body, behind);
        }
        LOG.info("{} bytes of the body {} were kept, and are continued", partial.held, partial.body);
        partial.known = true;
    }

    private void append(Partial partial, Piece piece, InputStream content) throws IOException, Malformed {
        disk.requireReserve();
        boolean first = partial.held == 0;
        int length = (int) Math.min(limits.pieceBytes(), partial.total - partial.held);
        if (first) {
            folder.delete(partial.fileName());
            keys.keepPartial(partial.keyName(), partial.key);
        }
        MessageDigest seen = copy(partial.seen);
        try (Folder.Draft writing = first
                        ? folder.create(partial.fileName())
                        : folder.append(partial.fileName(), BodyAtRest.fileBytes(partial.held, limits.pieceBytes()));
                BodyAtRest.Writer body = writer(partial, new BodyFiles.Writing(writing))) {
            MessageDigest read = BodyFiles.sha256();
            byte[] buffer = new byte[BUFFER_BYTES];
            int left = length;
            while (left > 0) {
                int count = content.read(buffer, 0, Math.min(left, buffer.length));
                if (count < 0) {
                    throw new Malformed("body.piece-malformed", Integer.toString(limits.pieceBytes()));
                }
                read.update(buffer, 0, count);
                seen.update(buffer, 0, count);
                body.write(buffer, 0, count);
                left -= count;
            }
            if (content.read() >= 0) {
                throw new Malformed("body.piece-malformed", Integer.toString(limits.pieceBytes()));
            }
            if (!Digest.ofBytes(read.digest()).equals(piece.digest())) {
                throw new Malformed("body.piece-damaged");
            }
            requireTheBody(partial, partial.held + length, seen);
            body.end();
            writing.force();
        }
        if (first) {
            folder.forceNames();
        }
        partial.held += length;
        partial.seen = seen;
    }

    private BodyAtRest.Writer writer(Partial partial, BodyFiles.Writing file) throws IOException {
        return partial.held == 0
                ? BodyAtRest.Writer.begin(file, partial.key, keys.random(), limits.pieceBytes())
                : BodyAtRest.Writer.resume(
                        file, partial.key, keys.random(), limits.pieceBytes(), partial.held / limits.pieceBytes());
    }

    private void requireTheBody(Partial partial, long held, MessageDigest seen) throws IOException, Malformed {
        if (held == partial.total && !Digest.ofBytes(copy(seen).digest()).equals(partial.body)) {
            drop(partial);
            throw new Malformed("body.not-the-one-named");
        }
    }

    private void end(Partial partial) throws IOException, Malformed {
        requireTheBody(partial, partial.held, partial.seen);
        whole.endingTheNode(() -> {
            if (!whole.name(partial.fileName(), partial.body, partial.key)) {
                folder.delete(partial.fileName());
            }
            forget(partial);
            return true;
        });
    }

    private void drop(Partial partial) throws IOException {
        forget(partial);
        if (folder.delete(partial.fileName())) {
            folder.forceNames();
        }
    }

    private void forget(Partial partial) throws IOException {
        partial.gone = true;
        keys.destroyPartial(partial.keyName());
        Arrays.fill(partial.key, (byte) 0);
        synchronized (underWay) {
            underWay.remove(partial.keyName(), partial);
        }
    }

    /** Drops what nobody has gone on with since a moment; returns how many. */
    int sweep(Instant before) throws IOException {
        List<Partial> all;
        synchronized (underWay) {
            all = List.copyOf(underWay.values());
        }
        int dropped = 0;
        for (Partial partial : all) {
            dropped += dropIfOlder(partial, before) ? 1 : 0;
        }
        return dropped;
    }

    /** Looks and drops while nobody can go on with it; false when somebody does, or did. */
    private boolean dropIfOlder(Partial partial, Instant before) throws IOException {
        if (!partial.turn.tryLock()) {
            return false;
        }
        try {
            if (partial.gone || !touchedAt(partial).isBefore(before)) {
                return false;
            }
            drop(partial);
            return true;
        } finally {
            partial.turn.unlock();
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this Java runtime cannot copy a digest under way", e);
        }
    }
}
