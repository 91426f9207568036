package org.entente.node.body;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
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
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.exchange.body.BodyAtRest;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SealedBody;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.Folder;
import org.entente.node.home.NotForced;
import org.entente.node.home.Stoppage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of bodies, each encrypted under a key of its own ({@link BodyAtRest}) that lies elsewhere ({@link BodyKeys}).
 *
 * <p>A body is here when its file has its name and its key is there. Keeping: the file is written and forced, then its key, and then
 * the file gets its name; erasing: the key is destroyed, and then the file. So whenever the power fails a body is whole or erased,
 * and what is half done is an orphan, of no use to anybody, that is swept. Two who keep the same body at once write two files; the
 * first key and name count, and a key is never put beside the other's file, because naming and erasing happen one at a time.
 *
 * <p>A failed force ends the node: what a statement names must be here, and nobody knows whether it is.
 */
public final class BodyFiles {
    /** Largest body that this node takes or makes, in bytes. */
    public static final long BYTES_MAX = 1L << 28;

    private static final Logger LOG = LoggerFactory.getLogger(BodyFiles.class);

    /** What an act says by itself is smaller, and goes on when the disk is nearly full. */
    private static final int SMALL_BYTES_MAX = 1 << 20;

    /** How often a body that comes in asks whether the disk still has room. */
    private static final long BYTES_BETWEEN_CHECKS = 1 << 24;

    private static final String DRAFT = ".draft";

    private final Folder folder;
    private final BodyKeys keys;
    private final DiskSpace disk;
    private final Stoppage stoppage;

    public BodyFiles(Folder folder, BodyKeys keys, DiskSpace disk, Stoppage stoppage) {
        this.folder = folder;
        this.keys = keys;
        this.disk = disk;
        this.stoppage = stoppage;
    }

    private interface Step<T> {
        T run() throws IOException, Malformed;
    }

    private interface Chore {
        void run() throws IOException;
    }

    /** Keeps a body that was sealed here; on return it is durable. A large one may not use up what the disk has in reserve. */
    public void keep(SealedBody body) throws IOException {
        if (body.ciphertext().length > SMALL_BYTES_MAX) {
            disk.requireReserve();
        }
        endingTheNode(() -> {
            try (Draft draft = new Draft(body.reference().ciphertext())) {
                draft.write(new ByteArrayInputStream(body.ciphertext()));
                draft.name();
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
            try (Draft draft = new Draft(expected)) {
                draft.writeChecked(new Bounded(stream));
                draft.name();
            } catch (TooLarge e) {
                throw new Malformed("body.too-large", Long.toString(BYTES_MAX));
            }
            return true;
        });
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

    /** Whether a body is here; one that is counts as having come now, so that the statement that names it may take its time. */
    public boolean renew(Digest ciphertext) throws IOException {
        synchronized (this) {
            boolean here = holds(ciphertext);
            if (here) {
                folder.touch(ciphertext.hex());
            }
            return here;
        }
    }

    /** The length of a body that is here, as it travels. */
    public long bytes(Digest ciphertext) throws IOException {
        return BodyAtRest.bodyBytes(folder.size(ciphertext.hex()));
    }

    /**
     * Writes out a body as it travels. Until this has returned, what was written MUST NOT be believed.
     *
     * @throws Malformed {@code exchange.body-missing}, or {@code body.at-rest-damaged}, {@code body.at-rest-unknown} or
     *     {@code keys.damaged} when something else lies in its place
     */
    public void write(Digest ciphertext, OutputStream out) throws IOException, Malformed {
        byte[] key;
        try {
            key = keys.read(ciphertext);
        } catch (Malformed e) {
            throw e.problem().code().equals("keys.missing") ? missing(ciphertext) : e;
        }
        try (InputStream file = folder.open(ciphertext.hex())) {
            BodyAtRest.read(file, out, key, ciphertext);
        } catch (NoSuchFileException e) {
            throw missing(ciphertext);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static Malformed missing(Digest ciphertext) {
        return new Malformed("exchange.body-missing", ciphertext.hex());
    }

    /** The bytes of a body that must be here, as it travels. */
    public byte[] read(BodyReference reference) throws IOException, Malformed {
        if (!holds(reference.ciphertext())) {
            throw missing(reference.ciphertext());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.toIntExact(bytes(reference.ciphertext())));
        write(reference.ciphertext(), body);
        return body.toByteArray();
    }

    /** Those of the references whose bodies are here. */
    public Set<Digest> present(Collection<BodyReference> references) {
        Set<Digest> present = new HashSet<>();
        for (BodyReference reference : references) {
            if (holds(reference.ciphertext())) {
                present.add(reference.ciphertext());
            }
        }
        return present;
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
        orphans.removeIf(wanted);
        for (Digest orphan : orphans) {
            erase(orphan);
        }
        return orphans.size();
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
                Draft draft = new Draft(body)) {
            draft.writeChecked(file);
            endingTheNode(draft::nameAnew);
        } catch (Malformed other) {
            LOG.error("the file {} in the folder of bodies is not the body of that name", body);
        }
    }

    /** A file on its way to its name; closing it unnamed removes it. */
    private final class Draft implements AutoCloseable {
        private final String draft = UUID.randomUUID() + DRAFT;
        private final Digest digest;
        private final byte[] key = keys.draw();

        private Draft(Digest digest) {
            this.digest = digest;
        }

        private void write(InputStream body) throws IOException {
            try (Folder.Draft writing = folder.create(draft);
                    OutputStream out = new Writing(writing)) {
                BodyAtRest.write(body, out, key, digest);
                writing.force();
            }
        }

        private void writeChecked(InputStream body) throws IOException, Malformed {
            DigestInputStream digested = new DigestInputStream(body, sha256());
            write(digested);
            if (!Digest.ofBytes(digested.getMessageDigest().digest()).equals(digest)) {
                throw new Malformed("body.not-the-one-named");
            }
        }

        /** A file of that name that lost its key goes first, or a crash would leave it beside a key of another. */
        private void name() throws IOException {
            synchronized (BodyFiles.this) {
                if (holds(digest)) {
                    return;
                }
                if (folder.delete(digest.hex())) {
                    folder.forceNames();
                }
                nameAnew();
            }
        }

        private void nameAnew() throws IOException {
            keys.keep(digest, key);
            folder.rename(draft, digest.hex());
            folder.forceNames();
        }

        @Override
        public void close() throws IOException {
            Arrays.fill(key, (byte) 0);
            folder.delete(draft);
        }
    }

    private static final class Writing extends OutputStream {
        private final Folder.Draft draft;

        private Writing(Folder.Draft draft) {
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

    /** Gives what may be kept, and looks now and then whether the disk has room for more. */
    private final class Bounded extends FilterInputStream {
        private long total;
        private long checkAt;

        private Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (total >= checkAt) {
                disk.requireReserve();
                checkAt += BYTES_BETWEEN_CHECKS;
            }
            int count = in.read(bytes, offset, length);
            total += Math.max(0, count);
            if (total > BYTES_MAX) {
                throw new TooLarge();
            }
            return count;
        }
    }

    private <T> T endingTheNode(Step<T> step) throws IOException, Malformed {
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
