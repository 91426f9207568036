package org.entente.node.link;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * One request to another party's node.
 *
 * @param method {@code GET} or {@code POST}, …
 * @param path begins with a slash
 * @param body what is sent along
 * @param responseBytesMax a longer answer is not read
 * @param deadline for everything together, from the connection to the answer's last byte
 */
public record PeerCall(String method, String path, Body body, int responseBytesMax, Duration deadline) {
    public PeerCall {
        if (!method.matches("[A-Z]{3,7}") || !path.matches("/|/[^/\\s][^\\s]*") || responseBytesMax < 0) {
            throw new IllegalArgumentException("not a call: " + method + " " + path);
        }
    }

    /** What is sent along with a request. */
    public sealed interface Body {
        /** Nothing. */
        record None() implements Body {}

        /** A few bytes; taken as they are, not copied. */
        @SuppressWarnings("ArrayRecordComponent")
        record Bytes(String contentType, byte[] bytes) implements Body {}

        /** What is written out anew for each attempt, and never whole in memory; it MUST come to so many bytes. */
        record Streamed(String contentType, long bytes, Source source) implements Body {}

        /** Writes the same bytes each time. */
        @FunctionalInterface
        interface Source {
            void writeTo(OutputStream out) throws IOException;
        }
    }
}
