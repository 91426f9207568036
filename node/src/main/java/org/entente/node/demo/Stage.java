package org.entente.node.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Where the story is played: the two sides and the account of what happens between them. */
record Stage(DemoOrder order, Office mx, Office us, Account account) {
    /** How long what one side said may take to have its effect at the other. */
    static final Duration SOON = Duration.ofSeconds(60);

    static final String CATEGORY = "public-list-entry";
    static final String PURPOSE = "money-laundering";
    static final List<String> PURPOSES = List.of("drug-trafficking", "money-laundering");

    List<Office> both() {
        return List.of(mx, us);
    }

    Office other(Office office) {
        return office == mx ? us : mx;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Prepares an act and approves it; it must be said with this one approval. */
    static String say(OfficerClient officer, String act, ObjectNode facts)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        JsonNode said = officer.act(act, facts);
        return OfficerClient.text(said, "statement").orElseThrow(() -> new StoryBroken("demo.not-said", act));
    }

    /** Waits until a list of the node's interface has an entry whose member has this value. */
    JsonNode awaitEntry(Office office, Role role, String list, Entry entry)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        return office.await(
                list + " " + entry.value(),
                SOON,
                () -> find(office.officer(role).get("/api/" + list), list, entry));
    }

    /** A member and its value. */
    record Entry(String member, String value) {}

    static Optional<JsonNode> find(JsonNode answer, String list, Entry entry) {
        for (JsonNode one : answer.path(list)) {
            if (one.path(entry.member()).asString("").equals(entry.value())) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Demands what the step claims. */
    static void require(boolean held, String code, String... arguments) throws StoryBroken {
        if (!held) {
            throw new StoryBroken(code, arguments);
        }
    }

    /** The first digits of a digest, for people. */
    static String brief(String digest) {
        return digest.substring(0, Math.min(12, digest.length()));
    }
}
