package org.entente.node.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Chapter b: the memorandum is checked, signed by one party's root, countersigned by the other's, and in force. */
final class Agreement {
    private static final int STATEMENT_BYTES_MAX = 1 << 20;

    private final Stage stage;
    private final String file;

    Agreement(Stage stage) {
        this.stage = stage;
        this.file = stage.order().memorandum().toString();
    }

    /** The memorandum's digest; it is in force on return. */
    String play() throws StoryBroken, InterruptedException {
        stage.account().chapter("b");
        String digest = stage.account().ask("memorandum-checked", this::check);
        String state = stage.account().ask("memorandum-brought", telling -> bring(digest, telling));
        switch (state) {
            case "in-force" -> {
                // Signed by an earlier run that did not come to suspending it.
            }
            case "suspended" -> declare("memorandum-resumed", digest);
            default -> declare("memorandum-signed", digest);
        }
        stage.account().step("memorandum-in-force", telling -> inForce(digest, telling));
        return digest;
    }

    private String check(Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        JavaCommand.run("memorandum", "check", file).orBroken("memorandum check");
        JsonNode brought = bring(stage.mx());
        String digest = brought.required("digest").asString();
        telling.detail().put("digest", digest);
        telling.say(
                brought.required("id").asString(), brought.required("version").asInt(), Stage.brief(digest));
        return digest;
    }

    private JsonNode bring(Office office) throws IOException, InterruptedException, NodeRefusal, Malformed {
        return office.officer(Role.LEGAL).upload("/api/memoranda", stage.order().memorandum());
    }

    private String bring(String digest, Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        JsonNode brought = bring(stage.us());
        Stage.require(brought.required("digest").asString().equals(digest), "demo.other-text");
        String state = brought.required("state").asString();
        telling.detail().put("state", state);
        switch (state) {
            case "in-force" -> telling.sayAgain();
            case "suspended" -> telling.sayInstead("-suspended");
            default -> telling.say();
        }
        return state;
    }

    /** MX declares, and then US, each by its root, which the node does not have. */
    private void declare(String kind, String digest) throws StoryBroken, InterruptedException {
        for (Office office : stage.both()) {
            stage.account().step(kind + "-" + office.unit().folder(), telling -> {
                JavaCommand.Ended signed = JavaCommand.run(
                        "memorandum",
                        "sign",
                        file,
                        "--home",
                        office.home().folder().toString(),
                        "--root-passphrase-file",
                        office.rootPassphrase().toString(),
                        "--digest",
                        digest,
                        "--declare",
                        kind.substring("memorandum-".length()));
                ObjectNode body = Stage.object();
                body.set(
                        "statement",
                        CanonicalJson.parse(
                                signed.orBroken("memorandum sign").getBytes(StandardCharsets.UTF_8),
                                STATEMENT_BYTES_MAX));
                JsonNode declared = office.officer(Role.LEGAL).post("/api/memoranda/" + digest + "/declarations", body);
                String statement = declared.required("statement").asString();
                telling.detail().put("statement", statement);
                telling.say(Stage.brief(statement));
                awaitKnown(stage.other(office), statement);
            });
        }
    }

    private void awaitKnown(Office office, String statement)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        OfficerClient legal = office.officer(Role.LEGAL);
        office.await(
                "the declaration at " + office.unit().party(),
                Stage.SOON,
                () -> Stage.find(legal.get("/api/timeline?limit=200"), "statements", new Stage.Entry("id", statement)));
    }

    private void inForce(String digest, Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        String since = "";
        for (Office office : stage.both()) {
            OfficerClient legal = office.officer(Role.LEGAL);
            JsonNode entry = office.await(
                    "memorandum in force",
                    Stage.SOON,
                    () -> Stage.find(legal.get("/api/memoranda"), "memoranda", new Stage.Entry("digest", digest))
                            .filter(one -> one.path("state").asString("").equals("in-force")));
            Optional<String> moment = OfficerClient.text(entry, "since");
            since = moment.orElse(since);
        }
        telling.detail().put("since", since);
        telling.say(since);
    }
}
