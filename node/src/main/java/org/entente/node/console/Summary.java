package org.entente.node.console;

import java.util.ArrayList;
import java.util.List;
import org.entente.exchange.message.Message;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import tools.jackson.databind.JsonNode;

/** What a statement names, in one line: purpose, category, size, verdict, clauses. Never what it is about. */
public final class Summary {
    private static final List<String> NAMED =
            List.of("memorandum", "purpose", "category", "verdict", "reason", "stage", "role");
    private static final int DIGEST_LENGTH = 64;

    private Summary() {}

    public static String of(Message message, Language language) {
        JsonNode content = message.content();
        List<String> parts = new ArrayList<>();
        for (String member : NAMED) {
            String word = content.path(member).asString("");
            if (!word.isEmpty() && word.length() != DIGEST_LENGTH) {
                parts.add(word(member, word, language));
            }
        }
        JsonNode elements = content.path("batch").path("elements");
        if (elements.isIntegralNumber()) {
            parts.add(Catalogue.say(language, "console.summary.elements", elements.longValue()));
        }
        JsonNode size = content.path("paddedSize");
        if (size.isIntegralNumber()) {
            parts.add(Catalogue.say(language, "console.summary.entries", size.longValue()));
        }
        List<String> clauses = new ArrayList<>();
        for (JsonNode clause : content.path("decision").path("record").path("clauses")) {
            clauses.add(clause.path("clause").asString(""));
        }
        String refusing = content.path("clause").asString("");
        if (!refusing.isEmpty()) {
            clauses.add(refusing);
        }
        if (!clauses.isEmpty()) {
            parts.add(Catalogue.say(language, "console.summary.clauses", String.join(", ", clauses)));
        }
        return String.join(" · ", parts);
    }

    /** Words of this house's lists are said in the reader's language; codes of a memorandum stand as they are. */
    private static String word(String member, String word, Language language) {
        String code = "console." + member + "." + word;
        return Catalogue.knows(language, code) ? Catalogue.say(language, code) : word;
    }
}
