package org.entente.node.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PublicKeys;
import org.entente.evidence.fingerprint.SpokenFingerprint;
import org.entente.evidence.fingerprint.WordList;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.officer.Role;
import org.entente.node.act.RefusedAct;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.entente.node.officer.Officer;
import org.entente.node.officer.Officers;
import org.entente.node.party.Parties;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The party itself: its card, its officers, and the partners whose cards it pinned. */
@RestController
class NodeInterface {
    private static final String PSEUDONYM = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final int PSEUDONYM_MAX = 64;
    private static final int NAME_MAX = 200;
    private static final int REASON_MAX = 1_000;

    private final Services services;

    NodeInterface(Services services) {
        this.services = services;
    }

    @GetMapping("/api/node")
    ResponseEntity<byte[]> node(@AuthenticationPrincipal Officer officer) {
        PartyCard card = services.known().parties().own();
        var identity = card.content().identity();
        ObjectNode json = Json.object().put("party", card.party().text()).put("colour", identity.colour());
        json.putObject("names").put("en", identity.nameEnglish()).put("es", identity.nameSpanish());
        json.put("fingerprint", card.fingerprint().hex());
        words(json, card);
        json.set("card", card.json());
        ArrayNode authorities = json.putArray("authorities");
        card.content()
                .authorities()
                .forEach(authority -> authorities.add(authority.code().text()));
        json.set(
                "officer",
                officer(officer.pseudonym(), officer.authority(), officer.role().word()));
        return Json.answer(json);
    }

    /** The fingerprint as people read it to each other. */
    private static void words(ObjectNode json, PartyCard card) {
        json.putObject("fingerprintWords")
                .put("en", SpokenFingerprint.line(card.fingerprint(), WordList.ENGLISH))
                .put("es", SpokenFingerprint.line(card.fingerprint(), WordList.SPANISH));
    }

    @GetMapping("/api/partners")
    ResponseEntity<byte[]> partners(HttpServletRequest request) {
        Language language = Tongue.of(request);
        ObjectNode json = Json.object();
        ArrayNode partners = json.putArray("partners");
        for (Parties.Partner partner : services.known().parties().partners()) {
            Relationship relationship = Relationship.with(partner.card(), services.ledger());
            ObjectNode shown = partners.addObject()
                    .put("party", partner.code().text())
                    .put("fingerprint", partner.card().fingerprint().hex())
                    .put("address", partner.address())
                    .put("waiting", relationship.waiting())
                    .put("logSize", relationship.logSize())
                    .put("cosignedSize", relationship.cosignedSize())
                    .put("theirCosignedSize", relationship.theirCosignedSize());
            words(shown, partner.card());
            services.desks()
                    .partners()
                    .stopped(partner.code())
                    .ifPresent(stop -> shown.putObject("stopped")
                            .put("since", UtcSeconds.print(stop.at()))
                            .put("code", stop.problem().code())
                            .put("detail", StopWords.of(stop, language)));
        }
        return Json.answer(json);
    }

    @PostMapping(path = "/api/partners", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> pin(HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, TooLarge {
        Right.PIN_PARTNERS.require(officer);
        Members members = Json.members(request);
        PartyCard card = PartyCard.of(members.node("card"));
        String fingerprint = members.line("fingerprint", 512);
        String address = members.line("address", 256);
        members.end();
        services.desks().partners().pin(card, fingerprint, address);
        return Json.answer(Json.object().put("party", card.party().text()));
    }

    /** What statements that came back after a restore had done here, and could not do again. */
    @GetMapping("/api/partners/{partner}/left-undone")
    ResponseEntity<byte[]> leftUndone(@PathVariable String partner, HttpServletRequest request) throws Malformed {
        PartyCode code = PartyCode.parse(partner);
        services.known().parties().require(code);
        ObjectNode json = Json.object();
        ArrayNode statements = json.putArray("statements");
        for (PartnerDesk.LeftUndone left : services.desks().partners().leftUndone(code)) {
            Statement statement = left.statement().statement();
            statements
                    .addObject()
                    .put("id", statement.id().hex())
                    .put("kind", statement.kind())
                    .put("at", UtcSeconds.print(statement.at()))
                    .put("code", left.problem().code())
                    .put("detail", Catalogue.say(left.problem(), Tongue.of(request)));
        }
        return Json.answer(json);
    }

    /** Lets the exchange with a partner go on that was stopped for what its log or ours showed. */
    @PostMapping(path = "/api/partners/{partner}/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> resume(
            @PathVariable String partner, HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, TooLarge {
        Right.RESUME_LINKS.require(officer);
        PartyCode code = PartyCode.parse(partner);
        Members members = Json.members(request);
        String reason = members.line("reason", REASON_MAX);
        members.end();
        services.known().parties().require(code);
        services.desks().partners().resume(code, officer.pseudonym(), reason);
        return Json.answer(Json.object().put("party", code.text()));
    }

    /** Has a log go on under its next name that is older than what was signed of it, and cannot be completed. */
    @PostMapping(path = "/api/partners/{partner}/reopen-log", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> reopenLog(
            @PathVariable String partner, HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, TooLarge {
        Right.REOPEN_LOGS.require(officer);
        PartyCode code = PartyCode.parse(partner);
        Members members = Json.members(request);
        String reason = members.line("reason", REASON_MAX);
        members.end();
        services.known().parties().require(code);
        services.desks().partners().reopenLog(code, officer.pseudonym(), reason);
        return Json.answer(Json.object()
                .put("party", code.text())
                .put("origin", services.ledger().logs().origin(code)));
    }

    @GetMapping("/api/officers")
    ResponseEntity<byte[]> officers(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.SEE_OFFICERS.require(officer);
        PartyCode own = services.known().parties().own().party();
        List<OfficerAppointment> appointments = services.known().officers().appointments(own);
        ObjectNode json = Json.object();
        ArrayNode officers = json.putArray("officers");
        for (OfficerAppointment one : appointments) {
            officers.add(officer(one.officer(), one.authority(), one.role()));
        }
        return Json.answer(json);
    }

    @PostMapping(path = "/api/officers", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> enrol(HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, TooLarge {
        Right.ENROL_OFFICERS.require(officer);
        Members members = Json.members(request);
        String pseudonym = members.line("pseudonym", PSEUDONYM_MAX);
        if (!pseudonym.matches(PSEUDONYM)) {
            throw new Malformed("officer.pseudonym-malformed");
        }
        String name = members.line("name", NAME_MAX);
        AuthorityCode authority = authority(members.text("authority"));
        Role role = Officers.roleOf(members.text("role"));
        PublicKeys keys = PublicKeys.read(members.members("keys"));
        Optional<Digest> tokenHash =
                members.has("tokenHash") ? Optional.of(members.digest("tokenHash")) : Optional.empty();
        members.end();
        EnrolmentDesk.Enrolled enrolled =
                services.desks().enrolment().enrol(new Officer(pseudonym, name, authority, role), keys, tokenHash);
        ObjectNode json = Json.object().put("again", enrolled.again());
        enrolled.token().ifPresent(token -> json.put("token", token.text()));
        return Json.answer(json);
    }

    private AuthorityCode authority(String text) throws Malformed {
        AuthorityCode code = AuthorityCode.parse(text);
        return Optional.of(code)
                .filter(known ->
                        services.known().parties().own().authority(known).isPresent())
                .orElseThrow(() -> new Malformed("officer.authority-unknown", code.text()));
    }

    private static ObjectNode officer(String pseudonym, AuthorityCode authority, String role) {
        return Json.object()
                .put("pseudonym", pseudonym)
                .put("authority", authority.text())
                .put("role", role);
    }
}
