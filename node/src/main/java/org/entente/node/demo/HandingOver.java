package org.entente.node.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import tools.jackson.databind.JsonNode;

/** Chapter e: an analyst of MX requests the record behind a hit, US decides, and the item is released and received. */
final class HandingOver {
    private final Stage stage;
    private final Comparing.Case inquiry;

    HandingOver(Stage stage, Comparing.Case inquiry) {
        this.stage = stage;
        this.inquiry = inquiry;
    }

    void play() throws StoryBroken, InterruptedException {
        stage.account().chapter("e");
        JsonNode hit = inquiry.hits().getFirst();
        String request = stage.account().ask("item-requested", telling -> request(hit, telling));
        stage.account().step("request-approved", telling -> approve(request, telling));
        String release = stage.account().ask("item-released", telling -> release(request, telling));
        stage.account().step("item-received", telling -> receive(request, release, hit, telling));
    }

    /** Requests the record behind a hit, and waits until the request is at US. */
    String request(JsonNode hit, Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        String request = Stage.say(
                stage.mx().officer(Role.ANALYST),
                "request",
                Stage.object()
                        .put("case", inquiry.reference())
                        .put("hit", hit.required("hit").asString())
                        .put("facts", "Company billed the person under inquiry; its listing bears on the charge.")
                        .put("legalBasis", "LFPIORPI, art. 9")
                        .put("urgency", "routine"));
        JsonNode asked = stage.awaitEntry(stage.us(), Role.LIAISON, "requests", new Stage.Entry("statement", request));
        telling.detail().put("request", request);
        telling.say(
                hit.required("identifier").asString(), asked.required("purpose").asString());
        return request;
    }

    void approve(String request, Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        OfficerClient liaison = stage.us().officer(Role.LIAISON);
        JsonNode seen = liaison.get("/api/requests/" + request);
        String decided = Stage.say(
                liaison,
                "request-decided",
                Stage.object().put("request", request).put("verdict", "approved"));
        telling.detail().put("statement", decided);
        seen.path("candidate")
                .path("item")
                .asStringOpt()
                .ifPresent(item -> telling.detail().put("candidate", item));
        telling.say(seen.path("candidate").path("caption").asString("-"));
    }

    private String release(String request, Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        JsonNode said =
                stage.us().officer(Role.LIAISON).act("release", Stage.object().put("request", request));
        String statement =
                OfficerClient.text(said, "statement").orElseThrow(() -> new StoryBroken("demo.not-said", "release"));
        String clauses = clauses(said.path("decision").path("clauses"));
        telling.detail().put("statement", statement).put("clauses", clauses);
        telling.say(clauses);
        return statement;
    }

    private static String clauses(JsonNode cited) {
        List<String> clauses = new ArrayList<>();
        cited.forEach(clause -> clauses.add(clause.asString()));
        return String.join(", ", clauses);
    }

    /** What came is what the hit said: same status, same date. */
    private void receive(String request, String release, JsonNode hit, Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        OfficerClient analyst = stage.mx().officer(Role.ANALYST);
        JsonNode done = stage.mx()
                .await(
                        "the released item",
                        Stage.SOON,
                        () -> Optional.of(analyst.get("/api/requests/" + request))
                                .filter(one -> isOver(one.path("state").asString(""))));
        String state = done.required("state").asString();
        Stage.require(state.equals("opened"), "demo.not-opened", state);
        JsonNode item = Stage.find(analyst.get("/api/received"), "items", new Stage.Entry("statement", release))
                .orElseThrow(() -> new StoryBroken("demo.not-received"));
        telling.detail().put("state", state).set("item", item);
        String status = item.path("status").asString("");
        String since = item.path("since").asString("");
        Stage.require(
                status.equals(hit.path("status").asString(""))
                        && since.equals(hit.path("since").asString("")),
                "demo.other-status",
                status + " " + since,
                hit.path("status").asString("") + " " + hit.path("since").asString(""));
        telling.say(item.required("caption").asString(), status, since);
    }

    private static boolean isOver(String state) {
        return switch (state) {
            case "opened", "unreadable", "not-taken-in", "refused" -> true;
            default -> false;
        };
    }
}
