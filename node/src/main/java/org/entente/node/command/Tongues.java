package org.entente.node.command;

import java.util.Arrays;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.rendering.Language;

/** In which languages a command speaks of a memorandum. */
final class Tongues {
    private Tongues() {}

    /**
     * The language of that tag; every language when none was given.
     *
     * @throws Malformed {@code command.language} for any other tag: what is read before signing is never guessed
     */
    static List<Language> of(String tag) throws Malformed {
        if (tag.isEmpty()) {
            return List.of(Language.values());
        }
        return List.of(Arrays.stream(Language.values())
                .filter(language -> language.code().equals(tag))
                .findFirst()
                .orElseThrow(() -> new Malformed("command.language", tag)));
    }
}
