package org.entente.memorandum.item;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** In which capacity a person stands in an item (compare Directive (EU) 2016/680, article 6). */
public enum PersonCategory implements Word {
    NOT_A_PERSON("not-a-person"),
    /** On a public list, without a statement about guilt. */
    LISTED("listed"),
    SUSPECT("suspect"),
    CONVICTED("convicted"),
    CONTACT("contact"),
    VICTIM("victim"),
    WITNESS("witness"),
    MINOR("minor"),
    SOURCE("source");

    private final String word;

    PersonCategory(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** Those that may be put into an index. */
    public static Set<PersonCategory> indexed() {
        return Arrays.stream(values()).filter(PersonCategory::mayBeIndexed).collect(Collectors.toUnmodifiableSet());
    }

    /** Victims, witnesses, minors and sources are never put into an index, whatever a memorandum says. */
    public boolean mayBeIndexed() {
        return switch (this) {
            case VICTIM, WITNESS, MINOR, SOURCE -> false;
            case NOT_A_PERSON, LISTED, SUSPECT, CONVICTED, CONTACT -> true;
        };
    }
}
