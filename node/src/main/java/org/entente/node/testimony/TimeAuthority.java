package org.entente.node.testimony;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.time.TimeQuestion;
import org.entente.evidence.time.TimeStamp;

/**
 * A time-stamp authority over HTTP (RFC 3161 section 3.4). It is asked about digests of checkpoints, so it learns how often this node writes, and
 * nothing else. It needs no TLS: its answer is signed, and counts only under the certificates that were given.
 */
public final class TimeAuthority implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final URI address;
    private final TimeAuthorities trusted;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * Reads the address of an authority.
     *
     * @throws Malformed with {@code timestamp.address-malformed} when it is no absolute http or https address
     */
    public TimeAuthority(String address, TimeAuthorities trusted) throws Malformed {
        this.address = WebAddress.parse(address, new Malformed("timestamp.address-malformed"));
        this.trusted = trusted;
    }

    /**
     * Asks once.
     *
     * @throws IOException when it does not answer in time, or not with 200
     * @throws Malformed when what it answers is no valid time stamp of this question
     */
    TimeStamp stamp(TimeQuestion question) throws IOException, Malformed, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Content-Type", "application/timestamp-query")
                .POST(HttpRequest.BodyPublishers.ofByteArray(question.bytes()))
                .build();
        HttpResponse<byte[]> response = client.send(
                request,
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofByteArray(), TimeQuestion.ANSWER_BYTES_MAX));
        if (response.statusCode() != 200) {
            throw new IOException("the time-stamp authority answers with status " + response.statusCode());
        }
        return question.answered(response.body(), trusted);
    }

    @Override
    public String toString() {
        return WebAddress.shown(address);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
