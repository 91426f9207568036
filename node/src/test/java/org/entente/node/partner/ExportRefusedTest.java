package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Onward;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the memorandum does not let leave stays, whoever approves it, and the answer names the clause. */
@Timeout(300)
class ExportRefusedTest {
    private static final String BUNDLES = "/api/bundles/" + PartnerInHand.US.text();

    @TempDir
    private Path folder;

    /** The example asks for the originator's consent, which no message carries yet. */
    @Test
    void withoutTheConsentThatTheClauseAsksForNothingLeaves() throws Exception {
        try (Encounter encounter = Encounter.begin(folder)) {
            Statement release = Probed.companies(encounter, 1).release(0, Probed.CASE);
            OfficerClient liaison = encounter.officer(Role.LIAISON);
            JsonNode offered = offered(liaison, release.id());
            assertThat(offered.path("exportable").asBoolean()).isFalse();
            assertThat(offered.path("code").asString()).isEqualTo("memorandum.decision.originator-consent");
            assertThat(offered.path("clauses").toString()).contains("3.1");
            NodeRefusal refused = catchThrowableOfType(
                    NodeRefusal.class, () -> liaison.post("/api/acts/export", facts(release.id())));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.clauses()).isNotEmpty();
            assertThat(liaison.get("/api/exports").path("exported")).isEmpty();
        }
    }

    /** What was approved before the memorandum was suspended is decided about once more when the file is asked for. */
    @Test
    void whatIsNotPermittedAnyMoreStaysAlthoughItWasApproved() throws Exception {
        Path text = Files.writeString(
                folder.resolve("freely.yaml"),
                Files.readString(Understanding.text()).replace("export: with consent", "export: freely"));
        try (Encounter encounter = Encounter.beginUnder(folder.resolve("home"), text)) {
            Statement release = Probed.companies(encounter, 1).release(0, Probed.CASE);
            OfficerClient liaison = encounter.officer(Role.LIAISON);
            Digest export = Digest.parse(liaison.act("export", facts(release.id()))
                    .required("statement")
                    .asString());
            encounter.partner().await(heard -> heard.message() instanceof Onward.ItemExported);
            encounter.partner().say(new Reply.Receipt(export, Reply.Stage.DELIVERED, Optional.of(0L)));
            encounter
                    .officer(Role.LEGAL)
                    .post(
                            "/api/memoranda/"
                                    + encounter
                                            .understanding()
                                            .memorandum()
                                            .digest()
                                            .hex() + "/suspension",
                            object());
            ObjectNode wanted = object().put("case", Probed.CASE);
            wanted.putArray("exports").add(export.hex());
            NodeRefusal refused = catchThrowableOfType(NodeRefusal.class, () -> liaison.download(BUNDLES, wanted));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("memorandum.decision.suspended");
            assertThat(offered(liaison, release.id()).path("code").asString())
                    .isEqualTo("memorandum.decision.suspended");
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode facts(Digest release) {
        return object().put("case", Probed.CASE).put("release", release.hex());
    }

    private static JsonNode offered(OfficerClient officer, Digest release) throws Exception {
        return officer.get(BUNDLES + "/bodies?case=" + Probed.CASE)
                .path("bodies")
                .valueStream()
                .filter(one -> one.path("statement").asString().equals(release.hex()))
                .findFirst()
                .orElseThrow();
    }
}
