package org.entente.node.link;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;

/**
 * What a handler answers.
 *
 * @param status HTTP status
 * @param contentType media type, empty for no body
 * @param length bytes in {@code body}
 * @param body is read to {@code length} and closed by the listener
 * @param retryAfter when the same may be asked again, zero when nothing is said about it
 */
public record PeerReply(int status, String contentType, long length, InputStream body, Duration retryAfter) {
    public PeerReply(int status, String contentType, long length, InputStream body) {
        this(status, contentType, length, body, Duration.ZERO);
    }

    /** The same, and when it may be asked again. */
    public PeerReply after(Duration rest) {
        return new PeerReply(status, contentType, length, body, rest);
    }

    public PeerReply {
        if (status < 200 || status > 599 || length < 0) {
            throw new IllegalArgumentException("not a reply: " + status + ", " + length + " bytes");
        }
    }

    public static PeerReply of(int status, String contentType, byte[] bytes) {
        return new PeerReply(status, contentType, bytes.length, new ByteArrayInputStream(bytes));
    }

    public static PeerReply empty(int status) {
        return new PeerReply(status, "", 0, InputStream.nullInputStream());
    }
}
