package org.entente.evidence.bundle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.evidence.time.TimeStamp;
import org.entente.evidence.witness.Finality;

/**
 * Who beside the two parties vouches for the first entries of a log.
 *
 * @param size how many entries
 * @param witnesses who cosigned, when the reader's quorum is met and one of them is neither party; otherwise nobody
 * @param stamps the tokens of authorities that the reader trusts
 * @param uncounted how many tokens do not count: they do not hold, or are of authorities that the reader does not know, or are older than what they
 *     are said to be of
 */
public record Vouching(long size, List<Finality.Seen> witnesses, List<TimeStamp> stamps, int uncounted) {
    public Vouching {
        witnesses = List.copyOf(witnesses);
        stamps = List.copyOf(stamps);
    }

    /** From when on somebody independent is known to have seen these entries; empty when nobody has. */
    public Optional<Instant> since() {
        return Stream.concat(
                        witnesses.stream().map(Finality.Seen::at).max(Instant::compareTo).stream(),
                        stamps.stream().map(TimeStamp::at))
                .min(Instant::compareTo);
    }
}
