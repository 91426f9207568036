package org.entente.exchange.message;

import java.time.Duration;
import java.time.Instant;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.memorandum.decision.Rounds;
import org.entente.memorandum.language.Term;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a watch asks: batches of one size, one in each round. Round 0 is the time from its beginning to {@code next}; round 1 begins then, and each
 * further one a pace later, at the same time of day when the pace is days.
 *
 * @param elements of each batch, padding included
 * @param next when round 1 begins
 * @param until when the watch ends
 * @param each the pace: whole hours or days
 */
public record Pace(int elements, Instant next, Instant until, Term each) {
    private static final Duration SHORTEST = Duration.ofHours(1);

    public Pace {
        Fields.require(elements >= 1 && elements <= Comparison.BATCH_ELEMENTS_MAX, "a batch has 1 to 65,536 elements");
        Fields.require(length(each, next).compareTo(SHORTEST) >= 0, "rounds are an hour or more apart");
        next = UtcSeconds.whole(next);
        until = UtcSeconds.whole(until);
    }

    /** The round that a moment belongs to. */
    public long round(Instant moment) {
        if (moment.isBefore(next)) {
            return 0;
        }
        return 1
                + Duration.between(next, moment).toSeconds()
                        / length(each, next).toSeconds();
    }

    /** When a round begins; round 0 with the watch itself. */
    public Instant begins(long round, Instant watch) {
        return round == 0 ? watch : next.plus(length(each, next).multipliedBy(round - 1));
    }

    private static Duration length(Term each, Instant next) {
        return Duration.between(next, each.after(next));
    }

    /** What a decision on a watch that began then says of it. */
    public Rounds rounds(Instant begins) throws Malformed {
        if (!begins.isBefore(until) || !next.isAfter(begins) || next.isAfter(each.after(begins))) {
            throw new Malformed("exchange.watch-pace");
        }
        return new Rounds(begins, until, each);
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("elements", elements)
                .put("next", UtcSeconds.print(next))
                .put("until", UtcSeconds.print(until))
                .put("each", each.toString());
    }

    static Pace read(Members members) throws Malformed {
        int elements = (int) members.integer("elements", 1, Comparison.BATCH_ELEMENTS_MAX);
        Instant next = UtcSeconds.parse(members.text("next"));
        Instant until = UtcSeconds.parse(members.text("until"));
        Term each = Term.parse(members.text("each"));
        members.end();
        if (length(each, next).compareTo(SHORTEST) < 0) {
            throw new Malformed("exchange.watch-pace");
        }
        return new Pace(elements, next, until, each);
    }
}
