package org.entente.exchange.form;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.Bilingual;
import org.entente.memorandum.language.Deadline;

/**
 * By when one side does something.
 *
 * @param owed by whom
 * @param runs the phases in which it runs
 * @param rests the phases in which it rests, because the other side owes something first; in every other phase it is over
 */
public record Timer(String name, Bilingual title, Side owed, Set<String> runs, Set<String> rests, Within within) {
    public Timer {
        runs = Set.copyOf(runs);
        rests = Set.copyOf(rests);
    }

    /**
     * How long it is. The first of these that is there counts: the day in the field, the term for the urgency, the memorandum's, the form's.
     *
     * @param field an open field that holds the last day, as the latest step gave it
     * @param byUrgency by the word of the opening's field {@code urgency}
     * @param agreed the term of the memorandum, where a clause names one
     */
    public record Within(
            Optional<String> field,
            Map<String, Deadline> byUrgency,
            Optional<Agreed> agreed,
            Optional<Deadline> otherwise) {
        public Within {
            byUrgency = Map.copyOf(byUrgency);
        }
    }

    /** A term that a memorandum names. */
    public enum Agreed implements Word {
        ACKNOWLEDGE("acknowledge"),
        ANSWER("answer"),
        URGENT("urgent"),
        INTERIM("interim"),
        STATUS_NOTICE("status-notice"),
        CHALLENGE("challenge"),
        INCIDENT("incident"),
        JOINT_REVIEW("joint-review"),
        THREAT("threat");

        private final String word;

        Agreed(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
