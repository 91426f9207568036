package org.entente.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A partner that asks for a rest gets it, and not more than an hour of it. */
@Timeout(60)
class RetryAfterTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void nothingIsSaidToAPartnerThatAskedForARestAndItCannotAskForAYear() throws Exception {
        List<PeerRoute> routes = List.of(
                new PeerRoute("GET", "/v1/busy", 0, request -> {
                    asked.incrementAndGet();
                    return PeerReply.empty(503).after(Duration.ofDays(365));
                }),
                new PeerRoute("GET", "/v1/soon", 0, request -> {
                    asked.incrementAndGet();
                    return PeerReply.empty(503).after(Duration.ofSeconds(1));
                }),
                new PeerRoute("GET", "/v1/failing", 0, request -> {
                    asked.incrementAndGet();
                    return PeerReply.empty(503);
                }));
        try (LinkOnTrial link = new LinkOnTrial(PeerLimits.USUAL, routes);
                PeerClient client = new PeerClient(link.states)) {
            assertThat(client.call(link.peer(), LinkOnTrial.get("/v1/failing")))
                    .as("without a Retry-After it is an answer like others")
                    .isInstanceOf(PeerAnswer.Answered.class);
            assertThat(client.call(link.peer(), LinkOnTrial.get("/v1/soon")))
                    .isEqualTo(new PeerAnswer.Later(Duration.ofSeconds(1)));
            assertThat(client.call(link.peer(), LinkOnTrial.get("/v1/failing")))
                    .isInstanceOfSatisfying(
                            PeerAnswer.Later.class,
                            later -> assertThat(later.rest()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1)));
            assertThat(asked).hasValue(2);
            while (client.rest(link.peer()).isPresent()) {
                Thread.onSpinWait();
            }
            assertThat(client.call(link.peer(), LinkOnTrial.get("/v1/busy")))
                    .isEqualTo(new PeerAnswer.Later(Duration.ofHours(1)));
            assertThat(client.call(link.peer(), LinkOnTrial.get("/v1/failing"))).isInstanceOf(PeerAnswer.Later.class);
            assertThat(asked).hasValue(3);
            try (PeerClient other = new PeerClient(link.guatemala)) {
                assertThat(other.call(link.peer(), LinkOnTrial.get("/v1/failing")))
                        .isInstanceOf(PeerAnswer.Answered.class);
            }
        }
    }
}
