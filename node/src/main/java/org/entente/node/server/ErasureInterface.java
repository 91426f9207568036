package org.entente.node.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.memorandum.decision.LegalHold;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.officer.Officer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was erased here and at partners, and the orders of courts that hold something. */
@RestController
class ErasureInterface {
    private static final int ORDER_CHARACTERS_MAX = 100;
    private static final int REASON_CHARACTERS_MAX = 1_000;

    private final Proceedings proceedings;

    ErasureInterface(Services services) {
        this.proceedings = services.proceedings();
    }

    @GetMapping("/api/erasures")
    ResponseEntity<byte[]> erasures(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(proceedings.erasures(officer));
    }

    @GetMapping("/api/holds")
    ResponseEntity<byte[]> holds(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_HOLDS.require(officer);
        return Json.answer(proceedings.holds(officer));
    }

    @PostMapping(path = "/api/holds", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> hold(HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.HOLD_BODIES.require(officer);
        Members members = Json.members(request);
        Digest statement = members.digest("statement");
        LegalHold order = new LegalHold(
                members.line("court", ORDER_CHARACTERS_MAX),
                members.line("instrument", ORDER_CHARACTERS_MAX),
                day(members.text("review")));
        members.end();
        proceedings.hold(statement, order, officer);
        return Json.answer(proceedings.holds(officer));
    }

    @PostMapping(path = "/api/holds/looked-after", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> lookedAfter(HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, TooLarge {
        Right.HOLD_BODIES.require(officer);
        proceedings.lookedAfterHolds(reason(request), officer);
        return Json.answer(proceedings.holds(officer));
    }

    @PostMapping(path = "/api/holds/{number}/lift", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> lift(
            @PathVariable long number, HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.HOLD_BODIES.require(officer);
        proceedings.liftHold(number, reason(request), officer);
        return Json.answer(proceedings.holds(officer));
    }

    private static String reason(HttpServletRequest request) throws IOException, Malformed, TooLarge {
        Members members = Json.members(request);
        String reason = members.line("reason", REASON_CHARACTERS_MAX);
        members.end();
        return reason;
    }

    private static LocalDate day(String text) throws Malformed {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Malformed("erasure.day-malformed");
        }
    }
}
