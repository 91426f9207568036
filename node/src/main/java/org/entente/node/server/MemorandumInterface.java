package org.entente.node.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.Paragraph;
import org.entente.memorandum.rendering.Rendering;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.Standing;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.console.Standings;
import org.entente.node.memoranda.Memoranda;
import org.entente.node.officer.Officer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Memoranda: their texts, where they stand, and what this party declares about them. */
@RestController
class MemorandumInterface {
    private static final MediaType PLAIN = new MediaType("text", "plain", StandardCharsets.UTF_8);
    private static final int CANONICAL_BYTES_MAX = 1 << 22;

    private final Services services;
    private final Memoranda memoranda;

    MemorandumInterface(Services services) {
        this.services = services;
        this.memoranda = services.known().memoranda();
    }

    @GetMapping("/api/memoranda")
    ResponseEntity<byte[]> all() throws Malformed {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("memoranda");
        for (Standing standing : memoranda.standings()) {
            list.add(entry(standing));
        }
        return Json.answer(json);
    }

    @PostMapping(
            path = "/api/memoranda",
            consumes = {"text/yaml", "application/yaml"})
    ResponseEntity<byte[]> bring(HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, TooLarge {
        Right.BRING_MEMORANDA.require(officer);
        Memorandum memorandum = memoranda.keep(Json.text(request));
        return Json.answer(entry(memoranda.standing(memorandum)));
    }

    @GetMapping("/api/memoranda/{digest}/rendering")
    ResponseEntity<byte[]> rendering(@PathVariable String digest, HttpServletRequest request)
            throws Malformed, NothingHere {
        Memorandum memorandum = require(digest);
        String text = Rendering.of(memorandum, Standings.rendered(Tongue.of(request))).stream()
                .map(MemorandumInterface::line)
                .collect(Collectors.joining("\n\n", "", "\n"));
        return ResponseEntity.ok().contentType(PLAIN).body(text.getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/api/memoranda/{digest}/texts/{text}")
    ResponseEntity<byte[]> text(@PathVariable String digest, @PathVariable String text) throws Malformed, NothingHere {
        String kept = memoranda.text(Digest.parse(digest), Digest.parse(text)).orElseThrow(NothingHere::new);
        return ResponseEntity.ok().contentType(PLAIN).body(kept.getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping(path = "/api/memoranda/{digest}/declarations", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> declare(
            @PathVariable String digest, HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.DECLARE.require(officer);
        Memorandum memorandum = require(digest);
        Members members = Json.members(request);
        JsonNode statement = members.node("statement");
        members.end();
        return declared(services.desks().declarations().declare(memorandum.digest(), statement, officer), memorandum);
    }

    @PostMapping(path = "/api/memoranda/{digest}/suspension", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> suspend(
            @PathVariable String digest, HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.DECLARE.require(officer);
        Memorandum memorandum = require(digest);
        Members members = Json.members(request);
        SortedSet<ClauseNumber> clauses = Declaration.clauses(members);
        members.end();
        return declared(services.desks().declarations().suspend(memorandum.digest(), clauses, officer), memorandum);
    }

    private ResponseEntity<byte[]> declared(Digest statement, Memorandum memorandum) {
        return Json.answer(Json.object()
                .put("statement", statement.hex())
                .put("state", memoranda.now(memoranda.standing(memorandum)).word()));
    }

    private Memorandum require(String digest) throws Malformed, NothingHere {
        return memoranda.find(Digest.parse(digest)).orElseThrow(NothingHere::new);
    }

    private ObjectNode entry(Standing standing) throws Malformed {
        Memorandum memorandum = standing.memorandum();
        ObjectNode json = Json.object()
                .put("id", memorandum.id())
                .put("version", memorandum.version())
                .put("digest", memorandum.digest().hex())
                .put("state", memoranda.now(standing).word());
        json.putObject("title")
                .put("en", memorandum.heading().title().en())
                .put("es", memorandum.heading().title().es());
        Standings.since(memoranda.now(standing)).ifPresent(since -> json.put("since", UtcSeconds.print(since)));
        ArrayNode signedBy = json.putArray("signedBy");
        Standings.signedBy(standing, memoranda).forEach(signedBy::add);
        memoranda
                .signedTexts(memorandum)
                .ifPresent(texts -> json.putObject("texts")
                        .put("en", texts.english().hex())
                        .put("es", texts.spanish().hex()));
        ArrayNode suspended = json.putArray("suspendedClauses");
        Standings.suspendedClauses(standing)
                .forEach((clause, suspension) -> suspended
                        .addObject()
                        .put("clause", clause.text())
                        .put("by", suspension.by().text())
                        .put("since", UtcSeconds.print(suspension.since())));
        if (standing instanceof Standing.Superseded superseded) {
            json.putObject("supersededBy")
                    .put("version", superseded.version())
                    .put("digest", superseded.by().hex())
                    .put("since", UtcSeconds.print(superseded.since()));
        }
        json.set("canonical", CanonicalJson.parse(memorandum.canonical(), CANONICAL_BYTES_MAX));
        return json;
    }

    private static String line(Paragraph paragraph) {
        return paragraph.number().isEmpty() ? paragraph.text() : paragraph.number() + "  " + paragraph.text();
    }
}
