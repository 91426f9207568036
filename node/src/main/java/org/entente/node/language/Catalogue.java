package org.entente.node.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.entente.evidence.canonical.Problem;

/**
 * Every sentence that a person reads, by its code. Each module brings the sentences of the problems that it can
 * find ({@code /org/entente/MODULE/problems_LANGUAGE.properties}); the node adds its own and the words of its
 * screens. A code that has no sentence is shown as it is, and a test sees to it that none is missing.
 */
public final class Catalogue {
    private static final List<String> SOURCES = List.of(
            "evidence/problems",
            "memorandum/problems",
            "matching/problems",
            "holdings/problems",
            "exchange/problems",
            "casework/problems",
            "node/problems",
            "node/database/problems",
            "node/link/problems",
            "node/words",
            "node/demo/words");

    private static final Map<String, String> ENGLISH = load(Language.ENGLISH);
    private static final Map<String, String> SPANISH = load(Language.SPANISH);

    private Catalogue() {}

    /** The sentence for a problem: what is wrong, where, and what to do next. */
    public static String say(Problem problem, Language language) {
        return say(language, problem.code(), problem.arguments().toArray());
    }

    /** The sentence or word of a code, with the given words filled in. */
    public static String say(Language language, String code, Object... arguments) {
        String pattern = sentences(language).get(code);
        if (pattern == null) {
            return new Problem(code, List.of()) + (arguments.length == 0 ? "" : " " + List.of(arguments));
        }
        return new MessageFormat(pattern, language.locale()).format(arguments);
    }

    /** Whether a sentence exists for this code in this language. */
    public static boolean knows(Language language, String code) {
        return sentences(language).containsKey(code);
    }

    /** All codes that have a sentence in this language, sorted. */
    public static Set<String> codes(Language language) {
        return new TreeSet<>(sentences(language).keySet());
    }

    /** The pattern of a code that is known. */
    static MessageFormat format(Language language, String code) {
        return new MessageFormat(Objects.requireNonNull(sentences(language).get(code), code), language.locale());
    }

    private static Map<String, String> sentences(Language language) {
        return switch (language) {
            case ENGLISH -> ENGLISH;
            case SPANISH -> SPANISH;
        };
    }

    private static Map<String, String> load(Language language) {
        Map<String, String> all = new HashMap<>();
        for (String source : SOURCES) {
            String path = "/org/entente/" + source + "_" + language.code() + ".properties";
            try (InputStream stream = Catalogue.class.getResourceAsStream(path)) {
                if (stream != null) {
                    Properties properties = new Properties();
                    properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
                    properties.forEach((code, sentence) -> all.put((String) code, (String) sentence));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the message catalogue cannot be read: " + path, e);
            }
        }
        return Map.copyOf(all);
    }
}
