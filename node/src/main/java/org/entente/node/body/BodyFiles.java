package org.entente.node.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.exchange.body.BodyAtRest;
import org.entente.exchange.body.BodyReference;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.Folder;
import org.entente.node.home.NotForced;
import org.entente.node.home.Stoppage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of bodies, each encrypted under a key of its own ({@link BodyAtRest}) that lies elsewhere ({@link BodyKeys}). What is not
 * whole yet is kept in the same way ({@link PartialBodies}).
 *
 * <p>A body is here when its file has its name and its key is there. Keeping: the file is written and forced, then its key, and then
 * the file gets its name; erasing: the key is destroyed, and then the file. So whenever the power fails a body is whole or erased,
 * and what is half done is an orphan, of no use to anybody, that is swept. Two who keep the same body at once write two files; the
 * first key and name count, and a key is never put beside the other's file, because naming and erasing happen one at a time.
 *
 * <p>A failed force ends the node: what a statement names must be here, and nobody knows whether it is.
 */
public final class BodyFiles {
    /** What whoever reads a body whole into memory takes at most. */
    public static final long IN_MEMORY_BYTES_MAX = 1L << 28;

    private static final Logger LOG = LoggerFactory.getLogger(BodyFiles.class);

    /** What an act says by itself is smaller, and goes on when the disk is nearly full. */
    private static final int SMALL_BYTES_MAX = 1 << 20;

    /** How often a body that is written asks whether the disk still has room. */
    private static final long BYTES_BETWEEN_CHECKS = 1 << 24;

    private static final String DRAFT = ".draft";

    private final Folder folder;
    private final BodyKeys keys;
    private final DiskSpace disk;
    private final Stoppage stoppage;
    private final Limits limits;
    private final PartialBodies partial;

    /**
     * How large bodies may be.
     *
     * @param bytesMax of a body that this node takes or makes
     * @param pieceBytes what one call over the link carries of a body at most, and a segment of its file: a power of two
     */
    public record Limits(long bytesMax, int pieceBytes) {
        public static final Limits USUAL = new Limits(1L << 33, 1 << 23);
    }

    public BodyFiles(Folder folder, BodyKeys keys, DiskSpace disk, Stoppage stoppage) {
        this(folder, keys, disk, stoppage, Limits.USUAL);
    }

    public BodyFiles(Folder folder, BodyKeys keys, DiskSpace disk, Stoppage stoppage, Limits limits) {
        this.folder = folder;
        this.keys = keys;
        this.disk = disk;
        this.stoppage = stoppage;
        this.limits = limits;
        this.partial = new PartialBodies(this, folder, keys, disk, limits);
    }

    /** Bodies that come in piece by piece and are not whole yet. */
    public PartialBodies partial() {
        return partial;
    }

    public Limits limits() {
        return limits;
    }

    /** Writes the encrypted file of a body, and says afterwards what it is. */
    @FunctionalInterface
    public interface Sealing {
        BodyReference to(OutputStream ciphertext) throws IOException, Malformed;
    }

    interface Step<T> {
        T run() throws IOException, Malformed;
    }

    private interface Chore {
        void run() throws IOException;
    }

    /**
     * Keeps a body that is sealed here, while it is sealed; on return it is durable. A large one may not use up what the disk has in
     * reserve.
     *
     * @throws Malformed {@code body.too-large}
     */
    public BodyReference seal(Sealing sealing) throws IOException, Malformed {
        return endingTheNode(() -> {
            try (Draft draft = new Draft()) {
                BodyReference reference = draft.write(out -> sealing.to(new Bounded(out, SMALL_BYTES_MAX)));
                draft.name(reference.ciphertext());
                return reference;
            } catch (TooLarge e) {
                throw tooLarge();
            }
        });
    }

    /**
     * Keeps a body that comes in; on return it is durable. It may not use up what the disk has in reserve.
     *
     * @throws Malformed {@code body.too-large}, or {@code body.not-the-one-named} when its digest is another
     */
    public void keep(Digest expected, InputStream stream) throws IOException, Malformed {
        endingTheNode(() -> {
            try (Draft draft = new Draft()) {
                draft.writeChecked(stream, expected, out -> new Bounded(out, 0));
                draft.name(expected);
            } catch (TooLarge e) {
                throw tooLarge();
            }
            return true;
        });
    }

    Malformed tooLarge() {
        return new Malformed("body.too-large", Long.toString(limits.bytesMax));
    }

    /** Whether a body is here and can be read. */
    public boolean holds(Digest ciphertext) {
        return folder.holds(ciphertext.hex()) && keys.holds(ciphertext);
    }

    /**
     * Looks, without the passphrase, whether a body and its key have files; in a home that was not started since bodies got keys, the
     * body alone.
     *
     * @throws Malformed {@code exchange.body-missing} or {@code keys.missing}
     */
    public static void requireThere(Folder bodies, Folder keys, Digest body) throws Malformed {
        if (!bodies.holds(body.hex())) {
            throw missing(body);
        }
        if (BodyKeys.areComplete(keys) && !BodyKeys.hasFile(keys, body)) {
            throw new Malformed("keys.missing", keys.place());
        }
    }

    /** How much of the disk a body takes that is here. */
    public long bytesOnDisk(Digest ciphertext) throws IOException {
        return folder.size(ciphertext.hex());
    }

    /** Whether a body is here; one that is counts as having come now, so that the statement that names it may take its time. */
    public boolean renew(Digest ciphertext) throws IOException {
        synchronized (this) {
            boolean here = holds(ciphertext);
            if (here) {
                folder.touch(ciphertext.hex(), Instant.now());
            }
            return here;
        }
    }

    /**
     * Writes out a body as it travels. Until this has returned, what was written MUST NOT be believed.
     *
     * @throws Malformed {@code exchange.body-missing}, or {@code body.at-rest-damaged}, {@code body.at-rest-unknown} or
     *     {@code keys.damaged} when something else lies in its place
     */
    public void write(Digest ciphertext, OutputStream out) throws IOException, Malformed {
        byte[] key = key(ciphertext);
        try (InputStream file = folder.open(ciphertext.hex())) {
            BodyAtRest.read(file, out, key, ciphertext);
        } catch (NoSuchFileException e) {
            throw missing(ciphertext);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * A body as it travels, from a place on, for whoever has it verified: what it gives is authenticated as part of the file in its
     * place, chunk by chunk, and a file that was damaged ends in {@link BodyAtRest.Damaged}. The problems are those of {@link #write}.
     */
    public InputStream open(Digest ciphertext, long from) throws IOException, Malformed {
        byte[] key = key(ciphertext);
        InputStream file;
        try {
            file = folder.open(ciphertext.hex());
        } catch (NoSuchFileException e) {
            throw missing(ciphertext);
        }
        try {
            BodyAtRest.Reader reader = new BodyAtRest.Reader(file, key, ciphertext);
            reader.skipTo(from);
            return reader;
        } catch (IOException | Malformed unusable) {
            file.close();
            throw unusable;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private byte[] key(Digest ciphertext) throws IOException, Malformed {
        try {
            return keys.read(ciphertext);
        } catch (Malformed e) {
            throw e.problem().code().equals("keys.missing") ? missing(ciphertext) : e;
        }
    }

    private static Malformed missing(Digest ciphertext) {
        return new Malformed("exchange.body-missing", ciphertext.hex());
    }

    /**
     * The bytes of a body that must be here, as it travels.
     *
     * @throws Malformed {@code body.too-large-for-this} when it is too long to be held in memory, and what {@link #write} says
     */
    public byte[] read(BodyReference reference) throws IOException, Malformed {
        if (reference.bytes() > IN_MEMORY_BYTES_MAX) {
            throw new Malformed("body.too-large-for-this", Long.toString(IN_MEMORY_BYTES_MAX));
        }
        if (!holds(reference.ciphertext())) {
            throw missing(reference.ciphertext());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.toIntExact(reference.bytes()));
        write(reference.ciphertext(), body);
        return body.toByteArray();
    }

    /** Those of the references whose bodies are here; each counts as having come now, so that no sweep takes it before it is named. */
    public Set<Digest> present(Collection<BodyReference> references) {
        Set<Digest> present = new HashSet<>();
        try {
            for (BodyReference reference : references) {
                if (renew(reference.ciphertext())) {
                    present.add(reference.ciphertext());
                }
            }
            return present;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Has the next sweep erase a body unless it is named or comes again before. */
    public void expire(Digest ciphertext) throws IOException {
        synchronized (this) {
            if (folder.holds(ciphertext.hex())) {
                folder.touch(ciphertext.hex(), Instant.EPOCH);
            }
        }
    }

    /** Erases a body that is not needed; false when it is. Nobody finds it, names it or brings it again between the two. */
    public boolean eraseUnless(Digest ciphertext, Predicate<Digest> needed) throws IOException {
        synchronized (this) {
            if (needed.test(ciphertext)) {
                return false;
            }
            erase(ciphertext);
            return true;
        }
    }

    /** Destroys a body's key and then the body, durably on return; one that is not there is no error. */
    public void erase(Digest ciphertext) throws IOException {
        endingTheNode(() -> {
            synchronized (this) {
                keys.destroy(ciphertext);
                if (folder.delete(ciphertext.hex())) {
                    folder.forceNames();
                }
            }
        });
    }

    /**
     * Erases what nothing names, and what names nothing: bodies and keys that came before a moment and are not wanted.
     *
     * @return how many
     */
    public int sweep(Instant before, Predicate<Digest> wanted) throws IOException {
        Set<Digest> orphans = new HashSet<>();
        for (String name : folder.names()) {
            Optional<Digest> body = named(name);
            if (body.isPresent() && folder.touchedAt(name).isBefore(before)) {
                orphans.add(body.get());
            }
        }
        for (String name : keys.names()) {
            Optional<Digest> body = named(name);
            if (body.isPresent()
                    && !folder.holds(name)
                    && keys.writtenAt(body.get()).isBefore(before)) {
                orphans.add(body.get());
            }
        }
        int erased = 0;
        for (Digest orphan : orphans) {
            // It may have come again, or been found for a statement that names it, since it was looked at.
            erased += eraseUnless(orphan, body -> wanted.test(body) || isTouchedSince(before, body)) ? 1 : 0;
        }
        return erased + partial.sweep(before);
    }

    private boolean isTouchedSince(Instant moment, Digest body) {
        try {
            return folder.holds(body.hex()) && !folder.touchedAt(body.hex()).isBefore(moment);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** All bodies of which a file has the name, whether it can be read or not. */
    public Stream<Digest> all() throws IOException {
        return folder.names().stream().map(BodyFiles::named).flatMap(Optional::stream);
    }

    private static Optional<Digest> named(String name) {
        try {
            return Optional.of(Digest.parse(name));
        } catch (Malformed other) {
            return Optional.empty();
        }
    }

    /**
     * Removes the drafts that a crash left behind, and encrypts bodies of an older home, which lay as they had travelled, under keys
     * of their own. No other process may be writing here. What is not the body of its name is left where it is, and cannot be read.
     */
    public void makeReady() throws IOException {
        for (String name : folder.names()) {
            if (name.endsWith(DRAFT) || name.endsWith(".part")) {
                folder.delete(name);
            }
        }
        partial.makeReady();
        if (keys.areComplete()) {
            return;
        }
        for (Digest body : all().toList()) {
            bringOver(body);
        }
        endingTheNode(keys::noteComplete);
    }

    private void bringOver(Digest body) throws IOException {
        try (InputStream file = folder.open(body.hex())) {
            if (BodyAtRest.claims(file.readNBytes(BodyAtRest.headerBytes()))) {
                return;
            }
        }
        try (InputStream file = folder.open(body.hex());
                Draft draft = new Draft()) {
            draft.writeChecked(file, body, out -> out);
            endingTheNode(() -> nameAnew(draft.draft, body, draft.key));
        } catch (Malformed other) {
            LOG.error("the file {} in the folder of bodies is not the body of that name", body);
        }
    }

    /**
     * Gives a whole and forced file its name, and its key to this name; false when the body was here already. A file of that name that
     * lost its key goes first, or a crash would leave it beside a key of another.
     */
    boolean name(String file, Digest digest, byte[] key) throws IOException {
        synchronized (this) {
            if (holds(digest)) {
                return false;
            }
            if (folder.delete(digest.hex())) {
                folder.forceNames();
            }
            nameAnew(file, digest, key);
            return true;
        }
    }

    private void nameAnew(String file, Digest digest, byte[] key) throws IOException {
        keys.keep(digest, key);
        folder.rename(file, digest.hex());
        folder.forceNames();
    }

    /** A file on its way to its name; closing it unnamed removes it. */
    private final class Draft implements AutoCloseable {
        private final String draft = UUID.randomUUID() + DRAFT;
        private final byte[] key = keys.draw();

        private BodyReference write(Sealing sealing) throws IOException, Malformed {
            try (Folder.Draft writing = folder.create(draft);
                    BodyAtRest.Writer body =
                            BodyAtRest.Writer.begin(new Writing(writing), key, keys.random(), limits.pieceBytes)) {
                BodyReference reference = sealing.to(body);
                body.end();
                writing.force();
                return reference;
            }
        }

        private void writeChecked(InputStream body, Digest expected, UnaryOperator<OutputStream> bound)
                throws IOException, Malformed {
            write(out -> {
                DigestOutputStream digested = new DigestOutputStream(bound.apply(out), sha256());
                long bytes = body.transferTo(digested);
                Digest found = Digest.ofBytes(digested.getMessageDigest().digest());
                if (!found.equals(expected)) {
                    throw new Malformed("body.not-the-one-named");
                }
                return new BodyReference(found, Math.max(1, bytes), found);
            });
        }

        private void name(Digest digest) throws IOException {
            BodyFiles.this.name(draft, digest, key);
        }

        @Override
        public void close() throws IOException {
            Arrays.fill(key, (byte) 0);
            folder.delete(draft);
        }
    }

    static final class Writing extends OutputStream {
        private final Folder.Draft draft;

        Writing(Folder.Draft draft) {
            this.draft = draft;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            draft.write(bytes, offset, length);
        }
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Takes what may be kept, and looks now and then whether the disk has room for more. */
    private final class Bounded extends OutputStream {
        private final OutputStream out;
        private long total;
        private long checkAt;

        /** @param unasked how many bytes are written before the disk is asked */
        private Bounded(OutputStream out, long unasked) {
            this.out = out;
            this.checkAt = unasked;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            total += length;
            if (total > limits.bytesMax) {
                throw new TooLarge();
            }
            if (total > checkAt) {
                disk.requireReserve();
                checkAt += BYTES_BETWEEN_CHECKS;
            }
            out.write(bytes, offset, length);
        }
    }

    <T> T endingTheNode(Step<T> step) throws IOException, Malformed {
        try {
            return step.run();
        } catch (NotForced lost) {
            stoppage.because(Problem.of("node.body-not-forced", folder.place()), lost);
            throw lost;
        }
    }

    private void endingTheNode(Chore chore) throws IOException {
        try {
            endingTheNode(() -> {
                chore.run();
                return true;
            });
        } catch (Malformed never) {
            throw new IllegalStateException(never);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
