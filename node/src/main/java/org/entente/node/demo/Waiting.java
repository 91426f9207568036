package org.entente.node.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.client.NodeRefusal;

/** Asking again until there is an answer, with a deadline. */
final class Waiting {
    private static final long REST_MILLIS = 40;

    private Waiting() {}

    /** Asked until it is answered. */
    interface Question<T> {
        Optional<T> ask() throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken;
    }

    /**
     * Waits for the answer.
     *
     * @param what is waited for, in a few words
     * @throws StoryBroken {@code demo.too-long}
     */
    static <T> T until(String what, Duration limit, Question<T> question)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> answer = question.ask();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() > deadline) {
                throw new StoryBroken("demo.too-long", what, Long.toString(limit.toSeconds()));
            }
            Thread.sleep(REST_MILLIS);
        }
    }
}
