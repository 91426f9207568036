package org.entente.evidence.succession;

import java.util.Locale;
import org.entente.evidence.canonical.Malformed;

/** What a key of a card is for. The root is not among them: it says everything here, and cannot end itself. */
public enum KeyUse {
    /** Signs the party's statements. */
    STATEMENT,
    /** Signs the checkpoints of the party's logs. */
    LOG,
    /** Cosigns the checkpoints of other parties' logs. */
    COSIGNING,
    /** The certificate that the party's node shows. */
    LINK;

    /** The word in a statement. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static KeyUse parse(String word) throws Malformed {
        for (KeyUse use : values()) {
            if (use.word().equals(word)) {
                return use;
            }
        }
        throw new Malformed("succession.word-malformed");
    }
}
