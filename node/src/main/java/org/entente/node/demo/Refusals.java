package org.entente.node.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.identifier.RfcCheckDigit;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.home.NodeHome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chapter f: what the memorandum does not allow is refused, with the clause: another purpose, an item that was obtained on
 * the partner's soil, and anything at all once a party has suspended.
 */
final class Refusals {
    /** Nobody's number; the year has not come. */
    private static final String ABROAD = "WKY380615B2";

    private static final String ABROAD_FROM = "MX-SIN";

    private final Stage stage;
    private final String memorandum;
    private final Comparing.Case inquiry;
    private final HandingOver handing;

    Refusals(Stage stage, String memorandum, Comparing.Case inquiry, HandingOver handing) {
        this.stage = stage;
        this.memorandum = memorandum;
        this.inquiry = inquiry;
        this.handing = handing;
    }

    void play() throws StoryBroken, InterruptedException {
        stage.account().chapter("f");
        stage.account().step("refused-purpose", this::otherPurpose);
        String second = stage.account().ask("second-request", this::secondRequest);
        stage.account().step("refused-territory", telling -> abroad(second, telling));
        stage.account().step("suspended", this::suspend);
        stage.account().step("refused-suspended", telling -> afterSuspension(second, telling));
    }

    private void otherPurpose(Telling telling) throws IOException, InterruptedException, Malformed, StoryBroken {
        ObjectNode facts = Stage.object()
                .put("case", inquiry.reference())
                .put("index", inquiry.index())
                .put("justification", "Asked for a purpose that the memorandum does not name.")
                .put("legalBasis", "none")
                .put("purpose", "migration-enforcement");
        facts.putArray("identifiers")
                .addObject()
                .put("type", "rfc")
                .put("value", inquiry.hits().getFirst().required("identifier").asString());
        refused(stage.mx().officer(Role.ANALYST), "probe", facts, telling);
    }

    private String secondRequest(Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        JsonNode hit = inquiry.hits().get(1);
        String request = handing.request(hit, telling);
        handing.approve(request, new Telling());
        telling.say(hit.required("identifier").asString());
        return request;
    }

    /** FINCEN holds a record that the DEA obtained in Sinaloa; the liaison tries to hand it over with the rest. */
    private void abroad(String request, Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        Unit us = stage.us().unit();
        String rfc = ABROAD + RfcCheckDigit.of(ABROAD);
        Path file = stage.order().home().resolve("lists").resolve("obtained-abroad.csv");
        Files.createDirectories(file.getParent());
        NodeHome.write(
                file,
                ("rfc,name\n" + rfc + ",\"TRANSPORTES WAKEYU, S.A. DE C.V.\"\n").getBytes(StandardCharsets.UTF_8));
        stage.us()
                .officer(Role.ANALYST)
                .upload(
                        "/api/loads?format=csv&authority=" + us.authority() + "&obtainedBy=" + us.of("DEA")
                                + "&obtainedIn=" + ABROAD_FROM + "&column=rfc&type=rfc&purposes="
                                + String.join(",", Stage.PURPOSES),
                        file);
        ObjectNode facts = Stage.object().put("request", request).put("item", "csv:rfc:" + rfc);
        telling.detail().put("obtainedIn", ABROAD_FROM).put("item", "csv:rfc:" + rfc);
        refused(stage.us().officer(Role.LIAISON), "release", facts, telling);
    }

    private void suspend(Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        JsonNode said =
                stage.us().officer(Role.LEGAL).post("/api/memoranda/" + memorandum + "/suspension", Stage.object());
        telling.detail().put("statement", said.required("statement").asString());
        for (Office office : stage.both()) {
            OfficerClient legal = office.officer(Role.LEGAL);
            office.await(
                    "suspension at " + office.unit().party(),
                    Stage.SOON,
                    () -> Stage.find(legal.get("/api/memoranda"), "memoranda", new Stage.Entry("digest", memorandum))
                            .filter(one -> one.path("state").asString("").equals("suspended")));
        }
        telling.say();
    }

    private void afterSuspension(String request, Telling telling)
            throws IOException, InterruptedException, Malformed, StoryBroken {
        ObjectNode facts = Stage.object().put("request", request);
        refused(stage.us().officer(Role.LIAISON), "release", facts, telling);
    }

    /** The act must be refused by the memorandum, and the refusal name its clauses. */
    private void refused(OfficerClient officer, String act, ObjectNode facts, Telling telling)
            throws IOException, InterruptedException, Malformed, StoryBroken {
        try {
            officer.act(act, facts);
        } catch (NodeRefusal refusal) {
            List<String> clauses = refusal.clauses();
            String words = String.valueOf(refusal.getMessage());
            ObjectNode entry = stage.account()
                    .entry("refusals")
                    .put("act", act)
                    .put("status", refusal.status())
                    .put("code", refusal.code())
                    .put("detail", words);
            clauses.forEach(clause -> entry.withArray("/clauses").add(clause));
            telling.detail().setAll(entry);
            Stage.require(!clauses.isEmpty(), "demo.refused-without-clause", words);
            telling.say(String.join(", ", clauses), words);
            return;
        }
        throw new StoryBroken("demo.not-refused", act);
    }
}
