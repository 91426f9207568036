package org.entente.node.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.memorandum.item.Category;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.canary.AgreedCanaries;
import org.entente.node.canary.Canaries;
import org.entente.node.canary.Canary;
import org.entente.node.canary.CanaryAlarms;
import org.entente.node.canary.CanaryDesk;
import org.entente.node.canary.CanaryReadings;
import org.entente.node.console.Sight;
import org.entente.node.officer.Officer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Canaries, for oversight and legal advisers alone; every value that is shown is noted with who was shown it. */
@RestController
class CanaryInterface {
    private static final int VALUE_CHARACTERS_MAX = 256;

    private final Services services;
    private final CanaryDesk desk;

    CanaryInterface(Services services) {
        this.services = services;
        this.desk = services.ledger().canaries();
    }

    @PostMapping(path = "/api/canaries", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> plant(HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, TooLarge {
        Right.PLANT_CANARIES.require(officer);
        Members members = Json.members(request);
        Category category = Category.parse(members.text("category"));
        IdentifierType type = type(members);
        int count = Math.toIntExact(members.integer("count", 1, Canaries.COUNT_MAX));
        members.end();
        List<Canary> planted = desk.planted().plant(officer, category, type, count);
        desk.readings().reads(officer, planted.size());
        return Json.answer(shown(Json.object(), planted));
    }

    @GetMapping("/api/canaries")
    ResponseEntity<byte[]> all(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_CANARIES.require(officer);
        List<Canary> planted = desk.planted().all().stream()
                .filter(canary -> Sight.sees(officer, canary.place().authority()))
                .toList();
        List<AgreedCanaries.Agreed> agreed = desk.agreed().all().stream()
                .filter(one -> Sight.sees(officer, one.authority()))
                .toList();
        desk.readings().reads(officer, (long) planted.size() + agreed.size());
        ObjectNode json = shown(Json.object(), planted);
        ArrayNode array = json.putArray("agreed");
        agreed.forEach(one -> array.add(shown(one)));
        ArrayNode readings = json.putArray("readings");
        for (CanaryReadings.Reading reading : desk.readings().newest()) {
            if (Sight.sees(officer, authority(reading.authority()))) {
                readings.addObject()
                        .put("officer", reading.officer())
                        .put("authority", reading.authority())
                        .put("shown", reading.shown())
                        .put("at", UtcSeconds.print(UtcSeconds.whole(reading.at())));
            }
        }
        return Json.answer(json);
    }

    @PostMapping(path = "/api/canaries/{number}/withdrawal", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> withdraw(
            @PathVariable long number, HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.PLANT_CANARIES.require(officer);
        Json.members(request).end();
        desk.planted().withdraw(officer, number);
        return Json.answer(Json.object().put("canary", number));
    }

    @PostMapping(path = "/api/canaries/agreed", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> agree(HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.AGREE_CANARIES.require(officer);
        Members members = Json.members(request);
        AuthorityCode partner = AuthorityCode.parse(members.text("partner"));
        Category category = Category.parse(members.text("category"));
        IdentifierType type = type(members);
        String value = members.line("value", VALUE_CHARACTERS_MAX);
        members.end();
        if (services.known().parties().partner(partner.party()).isEmpty()) {
            throw new NothingHere();
        }
        desk.agreed().enter(officer, partner, category, type, value);
        return Json.answer(Json.object().put("partner", partner.text()));
    }

    @GetMapping("/api/canaries/alarms")
    ResponseEntity<byte[]> alarms(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_CANARIES.require(officer);
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("alarms");
        for (CanaryAlarms.Alarm alarm : seen(desk.alarms(), officer)) {
            ObjectNode one = array.addObject()
                    .put("canary", alarm.canary())
                    .put("authority", alarm.place().authority().text())
                    .put("category", alarm.place().category().code())
                    .put("type", alarm.type())
                    .put("partner", alarm.asked().partner())
                    .put("statement", alarm.asked().statement().hex())
                    .put("at", UtcSeconds.print(UtcSeconds.whole(alarm.asked().at())));
            if (!alarm.withdrawn().isEmpty()) {
                one.put("withdrawn", alarm.withdrawn());
            }
        }
        return Json.answer(json);
    }

    /** The alarms that this officer may see: none for the other roles. */
    static List<CanaryAlarms.Alarm> seen(CanaryAlarms alarms, Officer officer) {
        if (!Right.SEE_CANARIES.allows(officer)) {
            return List.of();
        }
        return alarms.newest().stream()
                .filter(alarm -> Sight.sees(officer, alarm.place().authority()))
                .toList();
    }

    private static ObjectNode shown(ObjectNode json, List<Canary> planted) {
        ArrayNode array = json.putArray("planted");
        for (Canary canary : planted) {
            ObjectNode one = array.addObject()
                    .put("canary", canary.number())
                    .put("authority", canary.place().authority().text())
                    .put("category", canary.place().category().code())
                    .put("type", canary.identifier().type().word())
                    .put("value", canary.identifier().value())
                    .put("plantedBy", canary.life().plantedBy())
                    .put("at", UtcSeconds.print(UtcSeconds.whole(canary.life().plantedAt())));
            canary.life()
                    .withdrawn()
                    .ifPresent(withdrawal -> one.putObject("withdrawn")
                            .put("why", withdrawal.why().word())
                            .put("at", UtcSeconds.print(UtcSeconds.whole(withdrawal.at()))));
        }
        return json;
    }

    private static ObjectNode shown(AgreedCanaries.Agreed agreed) {
        ObjectNode one = Json.object()
                .put("authority", agreed.authority().text())
                .put("partner", agreed.what().partner().text())
                .put("category", agreed.what().category())
                .put("type", agreed.what().type())
                .put("value", agreed.what().value())
                .put("enteredBy", agreed.entered().officer())
                .put("at", UtcSeconds.print(UtcSeconds.whole(agreed.entered().at())));
        agreed.lastAsked()
                .ifPresent(asked -> one.putObject("lastProbe")
                        .put("statement", asked.probe().hex())
                        .put("hit", asked.hit())
                        .put("at", UtcSeconds.print(UtcSeconds.whole(asked.at()))));
        return one;
    }

    private static AuthorityCode authority(String text) {
        try {
            return AuthorityCode.parse(text);
        } catch (Malformed e) {
            throw new IllegalStateException("the database holds an authority of the wrong form", e);
        }
    }

    private static IdentifierType type(Members members) throws Malformed {
        String word = members.line("type", 32);
        return IdentifierType.ofWord(word)
                .orElseThrow(() -> new Malformed("match.type-unknown", word, IdentifierType.words()));
    }
}
