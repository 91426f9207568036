package org.entente.node.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.PartyCode;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.export.ExportDesk;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.entente.node.officer.Officer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Contents of bodies that leave in a bundle, and where they went. */
@RestController
class ExportInterface {
    private static final int REFERENCE_CHARACTERS_MAX = 64;

    private final Services services;

    ExportInterface(Services services) {
        this.services = services;
    }

    /** What a bundle of this case could show and what it could not, with the reasons. */
    @GetMapping("/api/bundles/{partner}/bodies")
    ResponseEntity<byte[]> bodies(
            @PathVariable String partner,
            @RequestParam(name = "case") String reference,
            @RequestParam(name = "legalBasis") Optional<String> legalBasis,
            HttpServletRequest request,
            @AuthenticationPrincipal Officer officer)
            throws Malformed, RefusedAct {
        Right.ACT_EXPORT.require(officer);
        Language language = Tongue.of(request);
        ObjectNode json = Json.object();
        ArrayNode bodies = json.putArray("bodies");
        for (ExportDesk.Candidate candidate : desk().candidates(known(partner), reference, legalBasis, officer)) {
            ObjectNode one = bodies.addObject()
                    .put("statement", candidate.statement().id().hex())
                    .put("ciphertext", candidate.body().ciphertext().hex())
                    .put("kind", candidate.statement().kind())
                    .put("from", candidate.statement().from().text())
                    .put("to", candidate.statement().to().map(Actor::text).orElse(""))
                    .put("at", UtcSeconds.print(candidate.statement().at()))
                    .put("exportable", candidate.refusal().isEmpty());
            candidate.refusal().ifPresent(refusal -> {
                one.put("code", refusal.code()).put("detail", Catalogue.say(refusal, language));
                candidate.clauses().forEach(one.putArray("clauses")::add);
            });
        }
        return Json.answer(json);
    }

    /** The bundle with the contents whose export was approved. */
    @PostMapping(path = "/api/bundles/{partner}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> bundle(
            @PathVariable String partner, HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.ACT_EXPORT.require(officer);
        PartyCode code = known(partner);
        Members members = Json.members(request);
        String reference = members.line("case", REFERENCE_CHARACTERS_MAX);
        List<Digest> exports = new ArrayList<>();
        for (JsonNode export : members.array("exports", 1, ExportDesk.EXPORTS_MAX)) {
            exports.add(Digest.parse(export.asString("")));
        }
        members.end();
        return EvidenceInterface.attachment(code, desk().write(code, reference, exports, officer));
    }

    /** Where what was received went, and what partners say of what they received. */
    @GetMapping("/api/exports")
    ResponseEntity<byte[]> exports(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(services.proceedings().exports(officer));
    }

    private ExportDesk desk() {
        return services.desks().evidence().exports();
    }

    private PartyCode known(String partner) throws Malformed {
        return services.known().parties().require(PartyCode.parse(partner)).code();
    }
}
