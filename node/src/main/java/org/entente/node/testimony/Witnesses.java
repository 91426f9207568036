package org.entente.node.testimony;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.witness.Submission;
import org.entente.evidence.witness.TrustPolicy;

/**
 * Independent witnesses (C2SP tlog-witness): those of a policy that have an address. They learn which relationships this
 * party has and how much is said in them, and nothing else. They need no TLS: their answers are signed.
 */
public final class Witnesses implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TrustPolicy policy;
    private final List<Asked> asked = new ArrayList<>();
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** A witness and where it is asked. */
    record Asked(NoteKey key, URI address) {
        Cosigner cosigner() {
            return new Cosigner(key.name(), List.of(key));
        }

        @Override
        public String toString() {
            return key.name() + " at " + WebAddress.shown(address);
        }
    }

    /**
     * Takes the witnesses of a policy.
     *
     * @throws Malformed with {@code policy.address-malformed} when the address of one is no http or https address
     */
    public Witnesses(TrustPolicy policy) throws Malformed {
        this.policy = policy;
        for (TrustPolicy.NamedWitness witness : policy.witnesses()) {
            if (witness.url().isPresent()) {
                URI prefix = WebAddress.parse(
                        witness.url().get(),
                        new Malformed("policy.address-malformed", TrustPolicy.shown(witness.name())));
                asked.add(new Asked(witness.key(), URI.create(prefix + "/add-checkpoint")));
            }
        }
    }

    /** When a checkpoint is final. */
    public TrustPolicy policy() {
        return policy;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    /**
     * Shows a checkpoint to a witness.
     *
     * @throws IOException when it does not answer in time
     */
    Submission.Outcome show(Asked witness, Submission submission) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(witness.address)
                .timeout(LIMIT)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(submission.body()))
                .build();
        HttpResponse<byte[]> response = client.send(
                request,
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofByteArray(), Submission.REPLY_BYTES_MAX));
        return submission.read(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
