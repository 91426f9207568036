package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.memorandum.signing.SignedTexts;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The life of a memorandum at one node: its texts are kept, a clause is suspended by itself, and a newer version takes its place. */
@Timeout(180)
class LifeTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    @Test
    void textsClausesAndVersions() throws Exception {
        try (NodeOnTrial node = NodeOnTrial.start(folder);
                PartnerInHand partner = PartnerInHand.pinnedBy(node);
                OfficerClient legal =
                        node.client(node.enrol("uif-legal", "Luz", NodeOnTrial.UIF, Role.LEGAL), Language.ENGLISH)) {
            Memorandum first = Memorandum.parseYaml(Files.readString(Understanding.text()));
            legal.upload("/api/memoranda", Understanding.text());
            SignedTexts texts = RenderedText.both(first);
            Digest nowhere = Digest.of(new byte[] {1});
            assertThatThrownBy(() -> declare(node, legal, first, new SignedTexts(nowhere, texts.spanish())))
                    .hasMessageContaining("this node does not have");
            declare(node, legal, first, texts);
            partner.say(signed(first, partner, texts));
            JsonNode entry = await(legal, first, "in-force");
            assertThat(entry.path("texts").path("en").asString())
                    .isEqualTo(texts.english().hex());
            assertThat(entry.path("texts").path("es").asString())
                    .isEqualTo(texts.spanish().hex());

            ObjectNode clause = JsonNodeFactory.instance.objectNode();
            clause.putArray("clauses").add("3.1");
            legal.post("/api/memoranda/" + first.digest().hex() + "/suspension", clause);
            partner.say(Statement.sign(
                    LifecycleEvent.draft(
                            Declaration.of(
                                    LifecycleEvent.Kind.SUSPENDED,
                                    first,
                                    new TreeSet<>(Set.of(new ClauseNumber("2.2")))),
                            PartnerInHand.US,
                            Instant.now()),
                    partner.root()));
            entry = await(legal, first, "in-force", "2.2", "3.1");
            assertThat(entry.path("suspendedClauses").get(0).path("by").asString())
                    .isEqualTo("US");
            ObjectNode protection = JsonNodeFactory.instance.objectNode();
            protection.putArray("clauses").add("4.1");
            assertThatThrownBy(
                            () -> legal.post("/api/memoranda/" + first.digest().hex() + "/suspension", protection))
                    .hasMessageContaining("grants no act");

            Path file = Files.writeString(
                    folder.resolve("second.yaml"),
                    Files.readString(Understanding.text()).replace("version: 1", "version: 2"));
            Memorandum second = Memorandum.parseYaml(Files.readString(file));
            legal.upload("/api/memoranda", file);
            declare(node, legal, second, RenderedText.both(second));
            partner.say(signed(second, partner, RenderedText.both(second)));
            await(legal, second, "in-force");
            entry = await(legal, first, "superseded");
            assertThat(entry.path("supersededBy").path("version").asInt()).isEqualTo(2);
        }
    }

    private static void declare(NodeOnTrial node, OfficerClient legal, Memorandum memorandum, SignedTexts texts)
            throws Exception {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set(
                "statement",
                Statement.sign(
                                LifecycleEvent.draft(
                                        Declaration.signature(memorandum, texts),
                                        node.card().party(),
                                        Instant.now()),
                                node.root())
                        .json());
        legal.post("/api/memoranda/" + memorandum.digest().hex() + "/declarations", body);
    }

    private static Statement signed(Memorandum memorandum, PartnerInHand partner, SignedTexts texts) {
        return Statement.sign(
                LifecycleEvent.draft(Declaration.signature(memorandum, texts), PartnerInHand.US, Instant.now()),
                partner.root());
    }

    private static JsonNode await(OfficerClient legal, Memorandum memorandum, String state, String... clauses)
            throws Exception {
        Instant until = Instant.now().plus(SOON);
        JsonNode last = JsonNodeFactory.instance.objectNode();
        while (Instant.now().isBefore(until)) {
            for (JsonNode entry : legal.get("/api/memoranda").path("memoranda")) {
                if (entry.path("digest").asString().equals(memorandum.digest().hex())) {
                    last = entry;
                }
            }
            List<String> suspended = last.path("suspendedClauses")
                    .valueStream()
                    .map(one -> one.path("clause").asString())
                    .toList();
            if (last.path("state").asString("").equals(state) && suspended.equals(List.of(clauses))) {
                return last;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("not " + state + ": " + last.path("state") + last.path("suspendedClauses"));
    }
}
