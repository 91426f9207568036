package org.entente.holdings.table;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file, byte by byte: decompressed when it begins like gzip, without byte order mark, counted against
 * the limits while it is read, so that a bomb is refused before it has unfolded. The digest is over the bytes as given.
 */
public final class SourceBytes {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int BEGINNING_BYTES = 3;

    private final ReadLimits limits;
    private final GivenBytes given;
    private final InputStream content;
    private final boolean compressed;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long contentBytes;

    private SourceBytes(ReadLimits limits, GivenBytes given) throws IOException, Malformed {
        this.limits = limits;
        this.given = given;
        this.compressed = given.beginsWith(0x1f, 0x8b);
        try {
            this.content = compressed ? new GZIPInputStream(given, BUFFER_BYTES) : given;
        } catch (EOFException | ZipException broken) {
            throw brokenArchive(broken);
        }
    }

    /**
     * Begins to read; the caller closes the stream.
     *
     * @throws Malformed with {@code holdings.source-empty}, {@code holdings.source-archive} (a zip file),
     *     {@code holdings.source-utf16}, {@code holdings.source-gzip-broken} or {@code holdings.source-too-large}
     */
    public static SourceBytes open(InputStream stream, ReadLimits limits) throws IOException, Malformed {
        GivenBytes given = new GivenBytes(stream, limits.sourceBytesMax());
        if (given.beginsWith('P', 'K')) {
            throw new Malformed("holdings.source-archive");
        }
        SourceBytes bytes = new SourceBytes(limits, given);
        bytes.skipByteOrderMark();
        return bytes;
    }

    /** The next byte, 0 to 255, or -1 at the end. */
    int next() throws IOException, Malformed {
        if (position == limit && !fill(0)) {
            return -1;
        }
        return buffer[position++] & 0xff;
    }

    /** The byte that {@link #next} will give, without taking it. */
    int peek() throws IOException, Malformed {
        if (position == limit && !fill(0)) {
            return -1;
        }
        return buffer[position] & 0xff;
    }

    /** The digest of all bytes as given; what was not read yet is read now and ignored. */
    public Digest digest() throws IOException, Malformed {
        try {
            return given.digestToEnd();
        } catch (TooLarge tooLarge) {
            throw tooLarge(tooLarge);
        }
    }

    private void skipByteOrderMark() throws IOException, Malformed {
        while (limit < BEGINNING_BYTES && fill(limit)) {
            // Short reads: until the beginning is there or the content ends.
        }
        if (limit == 0) {
            throw new Malformed("holdings.source-empty");
        }
        int first = buffer[0] & 0xff;
        int second = limit > 1 ? buffer[1] & 0xff : -1;
        if ((first == 0xfe && second == 0xff) || (first == 0xff && second == 0xfe)) {
            throw new Malformed("holdings.source-utf16");
        }
        if (first == 0xef && second == 0xbb && limit > 2 && (buffer[2] & 0xff) == 0xbf) {
            position = BEGINNING_BYTES;
        }
    }

    /** Reads behind the bytes that are kept at the buffer's beginning. */
    private boolean fill(int kept) throws IOException, Malformed {
        int read;
        try {
            read = content.read(buffer, kept, buffer.length - kept);
        } catch (TooLarge tooLarge) {
            throw tooLarge(tooLarge);
        } catch (EOFException | ZipException broken) {
            throw brokenArchive(broken);
        }
        if (read <= 0) {
            return false;
        }
        position = 0;
        limit = kept + read;
        contentBytes += read;
        if (contentBytes > limits.contentBytesMax()) {
            throw tooLarge(null);
        }
        if (compressed
                && contentBytes > ReadLimits.RATIO_FREE_BYTES
                && contentBytes / ReadLimits.COMPRESSION_RATIO_MAX > given.count) {
            throw new Malformed("holdings.source-bomb", Integer.toString(ReadLimits.COMPRESSION_RATIO_MAX));
        }
        return true;
    }

    private Malformed tooLarge(@Nullable Throwable cause) {
        return caused(new Malformed("holdings.source-too-large", Long.toString(limits.contentBytesMax())), cause);
    }

    private static Malformed brokenArchive(Throwable cause) {
        return caused(new Malformed("holdings.source-gzip-broken"), cause);
    }

    private static Malformed caused(Malformed malformed, @Nullable Throwable cause) {
        if (cause != null) {
            malformed.initCause(cause);
        }
        return malformed;
    }

    /** The limit is met below the decompressor, which passes on nothing but I/O failures. */
    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The bytes as given: counted, hashed, their beginning seen before anybody reads them. */
    private static final class GivenBytes extends FilterInputStream {
        private final MessageDigest sha256;
        private final long bytesMax;
        private final byte[] beginning;
        private int beginningTaken;
        private boolean ended;
        private long count;

        GivenBytes(InputStream stream, long bytesMax) throws IOException {
            super(stream);
            this.bytesMax = bytesMax;
            this.beginning = stream.readNBytes(BEGINNING_BYTES);
            try {
                this.sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException absent) {
                throw new IllegalStateException("every Java platform has SHA-256", absent);
            }
        }

        boolean beginsWith(int first, int second) {
            return beginning.length >= 2 && (beginning[0] & 0xff) == first && (beginning[1] & 0xff) == second;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read;
            if (beginningTaken < beginning.length) {
                read = Math.min(length, beginning.length - beginningTaken);
                System.arraycopy(beginning, beginningTaken, target, offset, read);
                beginningTaken += read;
            } else {
                read = in.read(target, offset, length);
            }
            if (read < 0) {
                ended = true;
                return -1;
            }
            sha256.update(target, offset, read);
            count += read;
            if (count > bytesMax) {
                throw new TooLarge();
            }
            return read;
        }

        /** Never zero before the end: the decompressor takes zero to mean that no further gzip member follows. */
        @Override
        public int available() throws IOException {
            return ended ? 0 : Math.max(1, in.available());
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        Digest digestToEnd() throws IOException {
            byte[] rest = new byte[BUFFER_BYTES];
            while (!ended) {
                int read = read(rest, 0, rest.length);
                ended = read < 0;
            }
            return Digest.ofBytes(sha256.digest());
        }
    }
}
