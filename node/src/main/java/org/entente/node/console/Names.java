package org.entente.node.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.memorandum.language.Bilingual;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.signing.Standing;
import org.entente.node.language.Language;

/** What the memoranda that are here call their purposes and categories; a code that none of them names stays as it is. */
public final class Names {
    private final Map<String, String> purposes = new HashMap<>();
    private final Map<String, String> categories = new HashMap<>();

    /**
     * Reads the names in one language.
     *
     * @param standings newest first: where two memoranda differ, the newer one's word is used
     */
    public Names(List<Standing> standings, Language language) {
        for (Standing standing : standings) {
            Memorandum memorandum = standing.memorandum();
            memorandum
                    .purposes()
                    .forEach((code, terms) -> purposes.putIfAbsent(code.code(), in(terms.name(), language)));
            memorandum
                    .categories()
                    .forEach((code, terms) -> categories.putIfAbsent(code.code(), in(terms.name(), language)));
        }
    }

    public String purpose(String code) {
        return purposes.getOrDefault(code, code);
    }

    public String category(String code) {
        return categories.getOrDefault(code, code);
    }

    static String in(Bilingual words, Language language) {
        return switch (language) {
            case ENGLISH -> words.en();
            case SPANISH -> words.es();
        };
    }
}
