package org.entente.exchange.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;

/**
 * The form in which a node keeps a body: encrypted once more, under a key that serves this body alone. Whoever destroys the key
 * has destroyed every copy of the file with it, backups included, which no long-lived key of an authority could give.
 *
 * <p>The file is {@code "entente-body/2\n"}, one byte that says how large a segment is (its logarithm to base 2), and the body in
 * segments: 32 random bytes, then chunks of 64 KiB, each sealed with ChaCha20-Poly1305 in the STREAM construction of age
 * ({@link AgeFile}), of which the last of a segment is flagged. A segment's key is {@code HKDF-SHA-256(salt = its random bytes, key,
 * "entente.body-at-rest.v2" ‖ size byte ‖ its number from 0 as 8 bytes)}. So a file can grow by whole segments: one that was cut off
 * does not open, and writing it again, even with another content, uses no key twice. Cutting behind a segment is noticed by the
 * body's digest, everything else by the tags. Memory stays at a few chunks for any size.
 *
 * <p>Files of the first form, {@code "entente-body/1\n"}, are read and no longer written: one segment of any length, whose key is
 * derived with the body's digest as salt.
 */
public final class BodyAtRest {
    public static final int KEY_BYTES = 32;

    /** Segments hold from 64 KiB to 64 MiB. */
    public static final int SEGMENT_BYTES_MIN = 1 << 16;

    public static final int SEGMENT_BYTES_MAX = 1 << 26;

    private static final byte[] FIRST_FORM = "entente-body/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECOND_FORM = "entente-body/2\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FIRST_DOMAIN = "entente.body-at-rest.v1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECOND_DOMAIN = "entente.body-at-rest.v2".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 32;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int SEALED_CHUNK_BYTES = CHUNK_BYTES + ChunkCipher.TAG_BYTES;

    private BodyAtRest() {}

    /** Whether what begins with these bytes claims to be of this form; a body as it travels never does. */
    public static boolean claims(byte[] beginning) {
        return begins(beginning, FIRST_FORM) || begins(beginning, SECOND_FORM);
    }

    /** How many bytes of a file tell what {@link #claims} asks. */
    public static int headerBytes() {
        return SECOND_FORM.length;
    }

    private static boolean begins(byte[] beginning, byte[] form) {
        return beginning.length >= form.length && Arrays.equals(form, 0, form.length, beginning, 0, form.length);
    }

    /** How long the file is that holds so many bytes of a body, all of its segments closed. */
    public static long fileBytes(long bodyBytes, int segmentBytes) {
        long segments = Math.max(1, (bodyBytes + segmentBytes - 1) / segmentBytes);
        long chunks = Math.max(1, (bodyBytes + CHUNK_BYTES - 1) / CHUNK_BYTES);
        return SECOND_FORM.length + 1 + segments * SALT_BYTES + bodyBytes + chunks * ChunkCipher.TAG_BYTES;
    }

    /** What is written goes into a file, segment by segment; nothing of it is flushed or closed here. */
    public static final class Writer extends OutputStream {
        private final OutputStream file;
        private final byte[] key;
        private final SecureRandom random;
        private final int segmentBytes;
        private final byte[] chunk = new byte[CHUNK_BYTES];
        private final byte[] sealed = new byte[SEALED_CHUNK_BYTES];
        private ChunkCipher cipher =
                new ChunkCipher(new byte[ChunkCipher.KEY_BYTES], new byte[ChunkCipher.NONCE_BYTES]);
        private int filled;
        private long segment;
        private long chunksInSegment;
        private boolean open;

        private Writer(OutputStream file, byte[] key, SecureRandom random, int segmentBytes, long segment) {
            requireKey(key);
            if (segmentBytes < SEGMENT_BYTES_MIN
                    || segmentBytes > SEGMENT_BYTES_MAX
                    || Integer.bitCount(segmentBytes) != 1) {
                throw new IllegalArgumentException("no size of a segment: " + segmentBytes);
            }
            this.file = file;
            this.key = key.clone();
            this.random = random;
            this.segmentBytes = segmentBytes;
            this.segment = segment;
        }

        /** Begins a file. */
        public static Writer begin(OutputStream file, byte[] key, SecureRandom random, int segmentBytes)
                throws IOException {
            Writer writer = new Writer(file, key, random, segmentBytes, 0);
            file.write(SECOND_FORM);
            file.write(exponent(segmentBytes));
            return writer;
        }

        /** Goes on behind so many whole segments. */
        public static Writer resume(
                OutputStream file, byte[] key, SecureRandom random, int segmentBytes, long wholeSegments) {
            return new Writer(file, key, random, segmentBytes, wholeSegments);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int at = offset;
            int left = length;
            while (left > 0) {
                if (filled == CHUNK_BYTES) {
                    seal((chunksInSegment + 1) * CHUNK_BYTES == segmentBytes);
                }
                int count = Math.min(left, CHUNK_BYTES - filled);
                System.arraycopy(bytes, at, chunk, filled, count);
                filled += count;
                at += count;
                left -= count;
            }
        }

        /**
         * Closes the last segment, which opens only from here on: whoever has something to check does so before. An empty body has an
         * empty segment.
         */
        public void end() throws IOException {
            if (filled > 0 || (segment == 0 && !open)) {
                seal(true);
            }
            Arrays.fill(key, (byte) 0);
        }

        private void seal(boolean last) throws IOException {
            if (!open) {
                byte[] salt = new byte[SALT_BYTES];
                random.nextBytes(salt);
                file.write(salt);
                cipher = segmentCipher(key, salt, exponent(segmentBytes), segment);
                open = true;
            }
            file.write(sealed, 0, cipher.seal(chunksInSegment, last, chunk, filled, sealed));
            filled = 0;
            chunksInSegment++;
            if (last) {
                segment++;
                chunksInSegment = 0;
                open = false;
            }
        }
    }

    /**
     * What a file holds, from its beginning. Each byte that it gives was authenticated as part of this file, by a chunk; that the file
     * is whole, and the body of its digest, is known to {@link BodyAtRest#read} alone. Its exceptions for damage carry the
     * {@link Malformed} as their cause.
     */
    public static final class Reader extends InputStream {
        private final InputStream file;
        private final byte[] key;
        private final Digest digest;
        private final int exponent;
        private final byte[] opened = new byte[SEALED_CHUNK_BYTES];
        private ChunkCipher cipher =
                new ChunkCipher(new byte[ChunkCipher.KEY_BYTES], new byte[ChunkCipher.NONCE_BYTES]);
        private Chunks chunks = new Chunks(InputStream.nullInputStream(), 1);
        private boolean inSegment;
        private long segment;
        private long counter;
        private int at;
        private int length;

        /**
         * Reads the header.
         *
         * @throws Malformed {@code body.at-rest-unknown} (another form or version)
         */
        public Reader(InputStream file, byte[] key, Digest digest) throws IOException, Malformed {
            requireKey(key);
            this.file = file;
            this.key = key.clone();
            this.digest = digest;
            byte[] header = file.readNBytes(headerBytes());
            if (begins(header, FIRST_FORM)) {
                exponent = 0;
                return;
            }
            exponent = begins(header, SECOND_FORM) ? file.read() : -1;
            if (exponent < exponent(SEGMENT_BYTES_MIN) || exponent > exponent(SEGMENT_BYTES_MAX)) {
                throw new Malformed("body.at-rest-unknown", digest.hex());
            }
        }

        /** Whether this file can be gone on with by a writer of segments of this size. */
        public boolean hasSegmentsOf(int segmentBytes) {
            return exponent == exponent(segmentBytes);
        }

        /** Goes to a place in the body that lies ahead, over whole segments without reading them where it can. */
        public void skipTo(long position) throws IOException {
            long given = 0;
            if (exponent > 0) {
                long segments = position >>> exponent;
                file.skipNBytes(segments * sealedSegmentBytes());
                segment = segments;
                given = segments << exponent;
            }
            skipNBytes(position - given);
        }

        private long sealedSegmentBytes() {
            long bytes = 1L << exponent;
            return SALT_BYTES + bytes + bytes / CHUNK_BYTES * ChunkCipher.TAG_BYTES;
        }

        @Override
        public int read() throws IOException {
            return at < length || nextChunk() ? opened[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int most) throws IOException {
            if (most == 0) {
                return 0;
            }
            if (at == length && !nextChunk()) {
                return -1;
            }
            int count = Math.min(most, length - at);
            System.arraycopy(opened, at, into, offset, count);
            at += count;
            return count;
        }

        /** False at the end; an empty chunk stands at the end alone. */
        private boolean nextChunk() throws IOException {
            if (inSegment && !chunks.next()) {
                inSegment = false;
                segment++;
            }
            if (!inSegment && !nextSegment()) {
                return false;
            }
            length = cipher.open(counter++, chunks.isLast(), chunks.bytes(), chunks.length(), opened)
                    .orElseThrow(() -> damaged(digest));
            at = 0;
            return length > 0;
        }

        private boolean nextSegment() throws IOException {
            if (exponent == 0) {
                if (segment > 0) {
                    return false;
                }
                byte[] chunkKey = Hkdf.expand(Hkdf.extract(digest.bytes(), key), FIRST_DOMAIN, ChunkCipher.KEY_BYTES);
                cipher = new ChunkCipher(chunkKey, new byte[ChunkCipher.NONCE_BYTES]);
                chunks = new Chunks(file, SEALED_CHUNK_BYTES);
            } else {
                byte[] salt = file.readNBytes(SALT_BYTES);
                if (salt.length == 0 && segment > 0) {
                    return false;
                }
                if (salt.length < SALT_BYTES) {
                    throw damaged(digest);
                }
                cipher = segmentCipher(key, salt, exponent, segment);
                chunks = new Chunks(new Limited(file, sealedSegmentBytes() - SALT_BYTES), SEALED_CHUNK_BYTES);
            }
            inSegment = true;
            counter = 0;
            return chunks.next();
        }

        @Override
        public void close() throws IOException {
            Arrays.fill(key, (byte) 0);
            file.close();
        }
    }

    /** The first bytes of a stream. */
    private static final class Limited extends InputStream {
        private final InputStream stream;
        private long left;

        private Limited(InputStream stream, long most) {
            this.stream = stream;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = left == 0 ? -1 : stream.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }

    /**
     * Decrypts a whole file and checks that it holds the body of this digest; closes neither stream. Until this has returned, what
     * was written MUST NOT be believed. Problems: {@code body.at-rest-unknown} (another form or version) and
     * {@code body.at-rest-damaged} (changed, cut, another body's file, or another key).
     */
    public static void read(InputStream file, OutputStream body, byte[] key, Digest digest)
            throws IOException, Malformed {
        MessageDigest seen = sha256();
        Reader reader = new Reader(file, key, digest);
        byte[] bytes = new byte[CHUNK_BYTES];
        try {
            for (int count = reader.read(bytes); count >= 0; count = reader.read(bytes)) {
                seen.update(bytes, 0, count);
                body.write(bytes, 0, count);
            }
        } catch (Damaged found) {
            throw found.asMalformed();
        }
        if (!Digest.ofBytes(seen.digest()).equals(digest)) {
            throw damaged(digest).asMalformed();
        }
    }

    /** A file that is not what was written. */
    public static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Malformed malformed;

        private Damaged(Malformed malformed) {
            super(malformed);
            this.malformed = malformed;
        }

        public Malformed asMalformed() {
            return malformed;
        }
    }

    private static Damaged damaged(Digest digest) {
        return new Damaged(new Malformed("body.at-rest-damaged", digest.hex()));
    }

    private static void requireKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a body's key has 32 bytes, not " + key.length);
        }
    }

    private static int exponent(int segmentBytes) {
        return Integer.numberOfTrailingZeros(segmentBytes);
    }

    private static ChunkCipher segmentCipher(byte[] key, byte[] salt, int exponent, long segment) {
        byte[] place = ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) exponent)
                .putLong(segment)
                .array();
        byte[] chunkKey =
                Hkdf.expand(Hkdf.extract(salt, key), Hkdf.concat(SECOND_DOMAIN, place), ChunkCipher.KEY_BYTES);
        return new ChunkCipher(chunkKey, new byte[ChunkCipher.NONCE_BYTES]);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}
