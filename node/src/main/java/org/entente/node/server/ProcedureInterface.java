package org.entente.node.server;

import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.officer.Officer;
import org.entente.node.proceeding.ProcedureViews;
import org.entente.node.proceeding.Procedures;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Kinds of proceedings, and how each proceeding stands; their steps are acts. */
@RestController
class ProcedureInterface {
    private final ProcedureViews views;

    ProcedureInterface(Services services) {
        this.views = services.proceedings().procedures();
    }

    @GetMapping("/api/forms")
    ResponseEntity<byte[]> forms(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(views.forms());
    }

    @GetMapping("/api/forms/{form}")
    ResponseEntity<byte[]> form(
            @PathVariable String form,
            @RequestParam Optional<Integer> version,
            @AuthenticationPrincipal Officer officer)
            throws RefusedAct, NothingHere {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(views.form(form, version));
    }

    @GetMapping("/api/proceedings")
    ResponseEntity<byte[]> proceedings(
            @RequestParam(defaultValue = "all") String owed,
            @RequestParam Optional<String> after,
            @AuthenticationPrincipal Officer officer)
            throws Malformed, RefusedAct, NothingHere {
        Right.SEE_PROCEEDINGS.require(officer);
        Optional<Procedures.Owing> by = switch (owed) {
            case "all" -> Optional.empty();
            case "us" -> Optional.of(Procedures.Owing.US);
            case "them" -> Optional.of(Procedures.Owing.THEM);
            default -> throw new Malformed("proceeding.owed-unknown");
        };
        Optional<Digest> last = after.isPresent() ? Optional.of(Digest.parse(after.get())) : Optional.empty();
        return Json.answer(views.list(officer.authority(), by, last));
    }

    @GetMapping("/api/proceedings/{opening}")
    ResponseEntity<byte[]> proceeding(@PathVariable String opening, @AuthenticationPrincipal Officer officer)
            throws Malformed, RefusedAct, NothingHere {
        Right.SEE_PROCEEDINGS.require(officer);
        return Json.answer(views.one(Digest.parse(opening), officer.authority()));
    }
}
