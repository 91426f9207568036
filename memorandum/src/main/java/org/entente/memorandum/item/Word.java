package org.entente.memorandum.item;

import java.util.Arrays;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;

/** A word of a closed list, written the same in a memorandum, in a statement and on a screen's code. */
public interface Word {
    String word();

    /** The constant that is written so; letter for letter, because a near miss must not be guessed. */
    static <E extends Enum<E> & Word> Optional<E> find(Class<E> list, String word) {
        return Arrays.stream(list.getEnumConstants())
                .filter(constant -> constant.word().equals(word))
                .findFirst();
    }

    /** Refuses with {@code memorandum.word.unknown} when the list has no such word. */
    static <E extends Enum<E> & Word> E parse(Class<E> list, String word) throws Malformed {
        Optional<E> constant = find(list, word);
        if (constant.isEmpty()) {
            throw new Malformed("memorandum.word.unknown", Quoted.of(word));
        }
        return constant.get();
    }
}
