package org.entente.node.link;

import java.nio.file.Path;
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

        /** A file, streamed and never whole in memory. */
        record Stored(String contentType, Path file) implements Body {}
    }
}
