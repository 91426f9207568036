package org.entente.node.console;

import java.util.ArrayList;
import java.util.List;
import org.entente.exchange.message.Message;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import tools.jackson.databind.JsonNode;

/** What a statement names, in one line: purpose, category, size, verdict, clauses. Never what it is about. */
public final class Summary {
    private static final List<String> WORDS = List.of("verdict", "reason", "stage", "role");
    private static final int DIGEST_LENGTH = 64;

    private final Language language;
    private final Names names;

    public Summary(Language language, Names names) {
        this.language = language;
        this.names = names;
    }

    public String of(Message message) {
        JsonNode content = message.content();
        List<String> parts = new ArrayList<>();
        memorandum(content, parts);
        String purpose = content.path("purpose").asString("");
        if (!purpose.isEmpty()) {
            parts.add(names.purpose(purpose));
        }
        String category = content.path("category")
                .asString(content.path("envelope").path("category").asString(""));
        if (!category.isEmpty()) {
            parts.add(names.category(category));
        }
        for (String member : WORDS) {
            String word = content.path(member).asString("");
            if (!word.isEmpty()) {
                parts.add(word("console." + member + "." + word, word));
            }
        }
        sizes(content, parts);
        clauses(content, parts);
        return String.join(" · ", parts);
    }

    /** By its name; where a statement names it by digest, its clauses say which one it is. */
    private static void memorandum(JsonNode content, List<String> parts) {
        String id = content.path("memorandum").asString("");
        if (!id.isEmpty() && id.length() != DIGEST_LENGTH) {
            parts.add(id);
        }
    }

    private void sizes(JsonNode content, List<String> parts) {
        JsonNode elements = content.path("batch").path("elements");
        if (elements.isIntegralNumber()) {
            parts.add(Catalogue.say(language, "console.summary.elements", elements.longValue()));
        }
        JsonNode entries = content.path("paddedSize");
        if (entries.isIntegralNumber()) {
            parts.add(Catalogue.say(language, "console.summary.entries", entries.longValue()));
        }
    }

    private void clauses(JsonNode content, List<String> parts) {
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
    }

    private String word(String code, String word) {
        return Catalogue.knows(language, code) ? Catalogue.say(language, code) : word;
    }
}
