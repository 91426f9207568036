package org.entente.casework.cases;

import java.time.Instant;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Purpose;

/** What an authority works on: a reason to probe and to request, for one purpose, under one memorandum. */
public sealed interface Case {
    Opening opening();

    /** Everything that was fixed when the case was opened. */
    record Opening(CaseReference reference, Digest memorandum, Purpose purpose, Opener opener, Instant at) {}

    /**
     * Who opened it.
     *
     * @param pseudonym the officer's
     */
    record Opener(AuthorityCode authority, String pseudonym) {
        public Opener {
            if (!pseudonym.matches("[A-Za-z0-9._-]{2,64}")) {
                throw new IllegalArgumentException("not a pseudonym");
            }
        }
    }

    /** Work may be done under it. */
    record Open(Opening opening) implements Case {
        public Closed close(Instant at) {
            return new Closed(opening, at);
        }
    }

    /** What came of it stays; nothing new is done under it. A closed case is not reopened: a new one is opened. */
    record Closed(Opening opening, Instant at) implements Case {
        public Closed {
            if (at.isBefore(opening.at())) {
                throw new IllegalArgumentException("closed before it was opened");
            }
        }
    }
}
