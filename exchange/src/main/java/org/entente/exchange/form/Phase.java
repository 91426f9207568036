package org.entente.exchange.form;

import java.util.Optional;
import org.entente.memorandum.language.Bilingual;

/**
 * How far a proceeding has come.
 *
 * @param owes who must act next, and what is to be done; empty when nobody must
 * @param effect what stands meanwhile
 * @param until the open field of the step that led here, after whose day the effect stands no more
 */
public record Phase(
        String name, Bilingual title, Optional<Owed> owes, Optional<Effect> effect, Optional<String> until) {
    /** What one side is to do. */
    public record Owed(Side by, Bilingual what) {}

    /** Whether nobody owes anything. */
    public boolean over() {
        return owes.isEmpty();
    }
}
