package org.entente.exchange.body;

import java.io.IOException;
import java.io.InputStream;

/** Cuts a stream into pieces of one size and knows, by reading one byte ahead, which piece is the last. */
final class Chunks {
    private final InputStream stream;
    private final byte[] bytes;
    private int length;
    private int ahead;
    private boolean started;

    Chunks(InputStream stream, int size) {
        this.stream = stream;
        this.bytes = new byte[size];
    }

    /** Moves to the next piece; the first is there even when the stream is empty. */
    boolean next() throws IOException {
        if (started && ahead < 0) {
            return false;
        }
        int carried = 0;
        if (started) {
            bytes[0] = (byte) ahead;
            carried = 1;
        }
        started = true;
        length = carried + stream.readNBytes(bytes, carried, bytes.length - carried);
        ahead = length == bytes.length ? stream.read() : -1;
        return true;
    }

    boolean isLast() {
        return ahead < 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
