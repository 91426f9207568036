package org.entente.verification.bench;

import java.util.List;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Decider;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.signing.Standing;

/** The decision engine under one memorandum, as everything here asks it. */
@FunctionalInterface
interface Engine {
    Decision decide(Act act);

    /** In whatever form the engine is fastest for many acts under one standing. */
    static Engine of(Standing standing) {
        Decider decider = Decider.under(List.of(standing));
        return decider::decide;
    }

    /** Decides them all, and counts the permitted, so that no decision is for nothing. */
    default int permitted(List<Act> acts) {
        int permitted = 0;
        for (Act act : acts) {
            if (decide(act) instanceof Decision.Permitted) {
                permitted++;
            }
        }
        return permitted;
    }
}
