package org.entente.holdings.identifier;

import java.util.Arrays;
import java.util.Optional;
import org.entente.evidence.canonical.Problem;

/** Why an identifier is doubtful. It is kept all the same: real lists hold real numbers that fail their own checks. */
public enum Warning {
    /** The check digit, or the checksum, is not the one that the value needs. */
    CHECK_DIGIT("check-digit"),
    /** The code of the state of birth is in no table. */
    STATE_UNKNOWN("state-unknown"),
    /** The leading digits were not assigned to anybody when the table was written. */
    PREFIX_UNASSIGNED("prefix-unassigned"),
    /** Well formed, but no number of this plan is known to begin so. */
    NUMBER_UNASSIGNED("number-unassigned"),
    /** Longer than the field that the standard gives it. */
    LENGTH_UNUSUAL("length-unusual"),
    /** Born on the first of January, which registries also write for an unknown day. */
    BIRTH_NEW_YEAR("birth-new-year"),
    /** A company's name is one word beside its legal form. */
    NAME_ONE_WORD("name-one-word");

    private final String word;

    Warning(String word) {
        this.word = word;
    }

    /** The word used in documents. */
    public String word() {
        return word;
    }

    public static Optional<Warning> ofWord(String word) {
        return Arrays.stream(values())
                .filter(warning -> warning.word.equals(word))
                .findFirst();
    }

    /** The warning as a report states it. */
    public Problem about(IdentifierType type) {
        return Problem.of("holdings.identifier-" + word, type.word());
    }
}
