package org.entente.holdings.item;

import java.util.Arrays;
import java.util.Optional;

/** Whether an item states a fact or somebody's assessment (compare Directive (EU) 2016/680, article 7). */
public enum Assertion {
    FACT("fact"),
    OPINION("opinion");

    private final String word;

    Assertion(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Assertion> ofWord(String word) {
        return Arrays.stream(values())
                .filter(assertion -> assertion.word.equals(word))
                .findFirst();
    }
}
