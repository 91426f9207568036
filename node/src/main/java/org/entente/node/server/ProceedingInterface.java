package org.entente.node.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.entente.casework.cases.CaseReference;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.memorandum.item.Purpose;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.casefile.CaseFiles;
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

/** Cases, comparisons and handovers: what officers ask for and decide, and how it stands. */
@RestController
class ProceedingInterface {
    private final Services services;
    private final Proceedings proceedings;

    ProceedingInterface(Services services) {
        this.services = services;
        this.proceedings = services.proceedings();
    }

    @PostMapping(path = "/api/acts/{act}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> prepare(
            @PathVariable String act, HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.ofAct(act).orElseThrow(NothingHere::new).require(officer);
        return Json.answer(services.desks().acts().prepare(act, Json.read(request), officer));
    }

    @GetMapping("/api/drafts")
    ResponseEntity<byte[]> waiting(@AuthenticationPrincipal Officer officer) throws Malformed, RefusedAct {
        Right.APPROVE.require(officer);
        ObjectNode json = Json.object();
        ArrayNode drafts = json.putArray("drafts");
        services.desks().acts().waitingFor(officer).forEach(drafts::add);
        return Json.answer(json);
    }

    @GetMapping("/api/drafts/{subject}")
    ResponseEntity<byte[]> draft(@PathVariable String subject, @AuthenticationPrincipal Officer officer)
            throws Malformed, RefusedAct, NothingHere {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(services.desks().acts().draft(Digest.parse(subject), officer));
    }

    @PostMapping(path = "/api/drafts/{subject}/approvals", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> approve(
            @PathVariable String subject, HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.APPROVE.require(officer);
        return Json.answer(services.desks().acts().approve(Digest.parse(subject), Json.read(request), officer));
    }

    @PostMapping(path = "/api/cases", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> open(HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.OPEN_CASES.require(officer);
        Members members = Json.members(request);
        CaseReference reference = CaseReference.parse(members.text("reference"));
        Digest memorandum = members.digest("memorandum");
        Purpose purpose = Purpose.parse(members.text("purpose"));
        members.end();
        if (services.known().memoranda().find(memorandum).isEmpty()) {
            throw new NothingHere();
        }
        services.known().cases().open(reference, memorandum, purpose, officer);
        return Json.answer(Json.object().put("reference", reference.text()));
    }

    @GetMapping("/api/cases")
    ResponseEntity<byte[]> cases(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_PROCEEDINGS.require(officer);
        ObjectNode json = Json.object();
        ArrayNode cases = json.putArray("cases");
        for (CaseFiles.CaseFile file : services.known().cases().of(officer.authority())) {
            cases.addObject()
                    .put("reference", file.reference())
                    .put("memorandum", file.of().opening().memorandum().hex())
                    .put("purpose", file.purpose().code())
                    .put("openedBy", file.of().opening().opener().pseudonym());
        }
        return Json.answer(json);
    }

    @GetMapping("/api/indices")
    ResponseEntity<byte[]> indices(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(proceedings.indices(officer));
    }

    @GetMapping("/api/reconciles")
    ResponseEntity<byte[]> reconciles(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(proceedings.reconciles(officer));
    }

    @GetMapping("/api/probes")
    ResponseEntity<byte[]> probes(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(proceedings.probes(officer));
    }

    @GetMapping("/api/probes/{statement}")
    ResponseEntity<byte[]> probe(@PathVariable String statement, @AuthenticationPrincipal Officer officer)
            throws Malformed, RefusedAct, NothingHere {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(proceedings.probe(Digest.parse(statement), officer));
    }

    @GetMapping("/api/watches")
    ResponseEntity<byte[]> watches(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(proceedings.watches(officer));
    }

    @PostMapping(path = "/api/watches/{statement}/end", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> endWatch(
            @PathVariable String statement, HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.END_WATCHES.require(officer);
        Json.members(request).end();
        proceedings.endWatch(Digest.parse(statement), officer);
        return Json.answer(proceedings.watches(officer));
    }

    @GetMapping("/api/requests")
    ResponseEntity<byte[]> requests(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(proceedings.requests(officer));
    }

    @GetMapping("/api/requests/{statement}")
    ResponseEntity<byte[]> request(@PathVariable String statement, @AuthenticationPrincipal Officer officer)
            throws Malformed, RefusedAct, NothingHere {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(proceedings.request(Digest.parse(statement), officer));
    }

    @GetMapping("/api/received")
    ResponseEntity<byte[]> received(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(proceedings.received(officer));
    }
}
