package org.entente.exchange.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;

/** The form in which bodies are kept: any length, any pieces, and nothing that was changed. */
class BodyAtRestTest {
    private static final int SEGMENT_BYTES = 1 << 17;
    private static final int[] LENGTHS = {
        0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 196_608, 262_143, 262_144, 262_145, 400_000
    };

    private final SecureRandom random = new SeededRandom(11);
    private final byte[] key = new byte[BodyAtRest.KEY_BYTES];

    @Test
    void whatIsWrittenInAnyPiecesReadsBackFromAnyPlace() throws Exception {
        Random chance = new Random(3);
        for (int length : LENGTHS) {
            byte[] body = body(length);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            BodyAtRest.Writer writer = BodyAtRest.Writer.begin(file, key, random, SEGMENT_BYTES);
            for (int at = 0; at < length; ) {
                int count = Math.min(length - at, 1 + chance.nextInt(100_000));
                writer.write(body, at, count);
                at += count;
            }
            writer.end();
            assertThat(file.size()).isEqualTo((int) BodyAtRest.fileBytes(length, SEGMENT_BYTES));
            assertThat(read(file.toByteArray(), Digest.of(body))).isEqualTo(body);
            for (int from : new int[] {0, 1, 65_536, 131_071, 131_072, 131_073, 262_144, 300_000}) {
                if (from <= length) {
                    BodyAtRest.Reader reader = reader(file.toByteArray(), Digest.of(body));
                    reader.skipTo(from);
                    assertThat(reader.readAllBytes()).isEqualTo(Arrays.copyOfRange(body, from, length));
                }
            }
        }
    }

    @Test
    void aFileGrowsBySegments() throws Exception {
        byte[] body = body(400_000);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int segment = 0; segment * SEGMENT_BYTES < body.length; segment++) {
            BodyAtRest.Writer writer = segment == 0
                    ? BodyAtRest.Writer.begin(file, key, random, SEGMENT_BYTES)
                    : BodyAtRest.Writer.resume(file, key, random, SEGMENT_BYTES, segment);
            int at = segment * SEGMENT_BYTES;
            writer.write(body, at, Math.min(SEGMENT_BYTES, body.length - at));
            writer.end();
            byte[] soFar = Arrays.copyOf(body, Math.min(body.length, at + SEGMENT_BYTES));
            assertThat(reader(file.toByteArray(), Digest.of(body)).readAllBytes())
                    .isEqualTo(soFar);
        }
        assertThat(read(file.toByteArray(), Digest.of(body))).isEqualTo(body);
    }

    @Test
    void aSegmentThatWasNotClosedGivesNothingOfItsLastChunk() throws Exception {
        byte[] body = body(SEGMENT_BYTES);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        BodyAtRest.Writer writer = BodyAtRest.Writer.begin(file, key, random, SEGMENT_BYTES);
        writer.write(body, 0, body.length);
        assertThatThrownBy(() -> read(file.toByteArray(), Digest.of(body)))
                .hasMessageStartingWith("body.at-rest-damaged");
        writer.end();
        assertThat(read(file.toByteArray(), Digest.of(body))).isEqualTo(body);
    }

    @Test
    void everyTruncationAndEveryChangedPlaceIsRefused() throws Exception {
        byte[] body = body(140_000);
        Digest digest = Digest.of(body);
        byte[] file = file(body);
        for (int length = 0; length < file.length; length += length < 200 || length > file.length - 200 ? 1 : 997) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> read(cut, digest)).as("cut to %d", length).isInstanceOf(Malformed.class);
        }
        byte[] behindSegment = Arrays.copyOf(file, (int) BodyAtRest.fileBytes(SEGMENT_BYTES, SEGMENT_BYTES));
        assertThatThrownBy(() -> read(behindSegment, digest)).hasMessageStartingWith("body.at-rest-damaged");
        for (int place = 0; place < file.length; place += place < 100 ? 1 : 1_009) {
            byte[] changed = file.clone();
            changed[place] ^= 1;
            assertThatThrownBy(() -> read(changed, digest))
                    .as("place %d", place)
                    .isInstanceOf(Malformed.class);
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(file, file.length + 1), digest))
                .hasMessageStartingWith("body.at-rest-damaged");
        assertThatThrownBy(() -> read(file, Digest.of(file))).hasMessageStartingWith("body.at-rest-damaged");
        key[0] = 1;
        assertThatThrownBy(() -> read(file, digest)).hasMessageStartingWith("body.at-rest-damaged");
    }

    @Test
    void segmentsCannotChangePlaces() throws Exception {
        byte[] body = new byte[2 * SEGMENT_BYTES];
        byte[] file = file(body);
        int header = BodyAtRest.headerBytes() + 1;
        int sealed = (file.length - header) / 2;
        byte[] swapped = file.clone();
        System.arraycopy(file, header, swapped, header + sealed, sealed);
        System.arraycopy(file, header + sealed, swapped, header, sealed);
        assertThatThrownBy(() -> read(swapped, Digest.of(body))).hasMessageStartingWith("body.at-rest-damaged");
    }

    @Test
    void aFileOfTheFirstFormIsStillRead() throws Exception {
        for (int length : LENGTHS) {
            byte[] body = body(length);
            Digest digest = Digest.of(body);
            byte[] file = firstForm(body, digest);
            assertThat(read(file, digest)).isEqualTo(body);
            BodyAtRest.Reader reader = reader(file, digest);
            reader.skipTo(length / 2);
            assertThat(reader.readAllBytes()).isEqualTo(Arrays.copyOfRange(body, length / 2, length));
        }
    }

    /** As files were written before there were segments. */
    private byte[] firstForm(byte[] body, Digest digest) throws IOException {
        byte[] chunkKey = Hkdf.expand(
                Hkdf.extract(digest.bytes(), key),
                "entente.body-at-rest.v1".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                32);
        ChunkCipher cipher = new ChunkCipher(chunkKey, new byte[ChunkCipher.NONCE_BYTES]);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write("entente-body/1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        byte[] sealed = new byte[65_536 + 16];
        Chunks chunks = new Chunks(new ByteArrayInputStream(body), 65_536);
        for (long counter = 0; chunks.next(); counter++) {
            file.write(sealed, 0, cipher.seal(counter, chunks.isLast(), chunks.bytes(), chunks.length(), sealed));
        }
        return file.toByteArray();
    }

    private byte[] file(byte[] body) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (BodyAtRest.Writer writer = BodyAtRest.Writer.begin(file, key, random, SEGMENT_BYTES)) {
            writer.write(body);
            writer.end();
        }
        return file.toByteArray();
    }

    private BodyAtRest.Reader reader(byte[] file, Digest digest) throws IOException, Malformed {
        return new BodyAtRest.Reader(new ByteArrayInputStream(file), key, digest);
    }

    private byte[] read(byte[] file, Digest digest) throws IOException, Malformed {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        BodyAtRest.read(new ByteArrayInputStream(file), body, key, digest);
        BodyAtRest.read(new ByteArrayInputStream(file), OutputStream.nullOutputStream(), key, digest);
        return body.toByteArray();
    }

    private static byte[] body(int length) {
        byte[] body = new byte[length];
        new Random(length).nextBytes(body);
        return body;
    }
}
