package org.entente.evidence.card;

import org.entente.evidence.canonical.Malformed;

/** Who says something or is addressed: a whole party, or one authority of it. */
public sealed interface Actor permits PartyCode, AuthorityCode {
    /** The party that answers for what this actor does. */
    PartyCode party();

    /** The code as it stands in documents: {@code MX}, {@code MX/UIF}. */
    String text();

    static Actor parse(String text) throws Malformed {
        return text.indexOf('/') < 0 ? PartyCode.parse(text) : AuthorityCode.parse(text);
    }
}
