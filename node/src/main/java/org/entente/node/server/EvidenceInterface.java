package org.entente.node.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.tile.TilePath;
import org.entente.evidence.witness.Misbehaviour;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.comparison.ProbeOpenings;
import org.entente.node.console.Names;
import org.entente.node.console.Sight;
import org.entente.node.console.Summary;
import org.entente.node.language.Language;
import org.entente.node.ledger.Statements;
import org.entente.node.officer.Officer;
import org.entente.node.party.Parties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was said and heard, the logs that prove it, and bundles to carry away. */
@RestController
class EvidenceInterface {
    private static final int TIMELINE_MAX = 500;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int REASON_CHARACTERS_MAX = 1_000;

    private final Services services;

    EvidenceInterface(Services services) {
        this.services = services;
    }

    @GetMapping("/api/timeline")
    ResponseEntity<byte[]> timeline(
            @RequestParam(defaultValue = "100") int limit,
            HttpServletRequest request,
            @AuthenticationPrincipal Officer officer)
            throws Malformed {
        if (limit < 1 || limit > TIMELINE_MAX) {
            throw new Malformed("api.limit-refused", Integer.toString(TIMELINE_MAX));
        }
        List<Statements.Entry> entries = Sight.newest(
                services.ledger().statements(), services.known().parties().own(), officer, limit);
        Language language = Tongue.of(request);
        Summary summary =
                new Summary(language, new Names(services.known().memoranda().standings(), language));
        ObjectNode json = Json.object();
        ArrayNode statements = json.putArray("statements");
        for (Statements.Entry entry : entries) {
            statements
                    .addObject()
                    .put("id", entry.statement().id().hex())
                    .put("at", UtcSeconds.print(entry.statement().at()))
                    .put("kind", entry.statement().kind())
                    .put("from", entry.statement().from().text())
                    .put("to", entry.statement().to().map(Actor::text).orElse(""))
                    .put("outgoing", entry.outgoing())
                    .put("summary", summary.of(entry.message()));
        }
        return Json.answer(json);
    }

    @GetMapping("/api/evidence")
    ResponseEntity<byte[]> evidence() {
        ObjectNode json = Json.object();
        ArrayNode logs = json.putArray("logs");
        for (Parties.Partner partner : services.known().parties().partners()) {
            String origin = services.ledger().logs().origin(partner.code());
            Relationship relationship = Relationship.with(partner.card(), services.ledger());
            ObjectNode log = logs.addObject()
                    .put("origin", origin)
                    .put("partner", partner.code().text())
                    .put("size", relationship.logSize())
                    .put("cosignedSize", relationship.cosignedSize())
                    .put("finalSize", services.ledger().witnessing().own().finalSize(origin));
            services.ledger()
                    .checkpoints()
                    .cosigned(origin)
                    .map(SignedCheckpoint::note)
                    .ifPresent(note -> log.put("checkpoint", note));
        }
        return Json.answer(json);
    }

    /** The log of a relationship as other people's tools read it (C2SP tlog-tiles); it holds digests alone. */
    @GetMapping("/api/logs/{partner}/checkpoint")
    ResponseEntity<byte[]> checkpoint(@PathVariable String partner) throws Malformed, NothingHere {
        SignedCheckpoint published =
                services.ledger().checkpoints().published(origin(partner)).orElseThrow(NothingHere::new);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(published.note().getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/api/logs/{partner}/tile/{*path}")
    ResponseEntity<byte[]> tile(@PathVariable String partner, @PathVariable String path) throws Malformed, NothingHere {
        byte[] file = services.ledger()
                .checkpoints()
                .files(origin(partner))
                .read(TilePath.parse("tile" + path))
                .orElseThrow(NothingHere::new);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(file);
    }

    /** The documents that prove to anybody that a partner's log shows two histories. */
    @GetMapping("/api/logs/{partner}/misbehaviour")
    ResponseEntity<byte[]> misbehaviour(@PathVariable String partner, @AuthenticationPrincipal Officer officer)
            throws Malformed, RefusedAct {
        Right.EXPORT_BUNDLES.require(officer);
        PartyCode code = PartyCode.parse(partner);
        services.known().parties().require(code);
        ObjectNode json = Json.object();
        ArrayNode proofs = json.putArray("proofs");
        for (Misbehaviour proof : services.ledger().witnessing().partners().misbehaviour(code)) {
            proofs.add(CanonicalJson.parse(proof.bytes(), Misbehaviour.BYTES_MAX));
        }
        return Json.answer(json);
    }

    private String origin(String partner) throws Malformed {
        PartyCode code = PartyCode.parse(partner);
        return services.ledger()
                .logs()
                .origin(services.known().parties().require(code).code());
    }

    @GetMapping("/api/bundles/{partner}")
    ResponseEntity<byte[]> bundle(
            @PathVariable String partner,
            @RequestParam(name = "case", defaultValue = "") String ofCase,
            @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere {
        Right.EXPORT_BUNDLES.require(officer);
        PartyCode code = PartyCode.parse(partner);
        return attachment(code, services.desks().evidence().bundle(code, wanted(ofCase, code, officer)));
    }

    static ResponseEntity<byte[]> attachment(PartyCode partner, byte[] bundle) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + partner.text() + "-"
                                + Digest.of(bundle).hex().substring(0, 12) + ".bundle\"")
                .body(bundle);
    }

    /** A case of the officer's own authority by its reference, or of anybody by what statements say instead. */
    private Optional<Digest> wanted(String ofCase, PartyCode partner, Officer officer) throws Malformed {
        if (ofCase.isEmpty()) {
            return Optional.empty();
        }
        if (DIGEST.matcher(ofCase).matches()) {
            return Optional.of(Digest.parse(ofCase));
        }
        return Optional.of(
                services.known().cases().require(ofCase, officer.authority()).digest(partner));
    }

    @GetMapping("/api/receipts/{statement}")
    ResponseEntity<byte[]> receipt(@PathVariable String statement, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere {
        Right.EXPORT_BUNDLES.require(officer);
        Digest id = Digest.parse(statement);
        byte[] file = services.desks().evidence().receipt(id);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + id.hex().substring(0, 12) + ".tlog-proof\"")
                .body(file);
    }

    @PostMapping(path = "/api/probes/{statement}/opening", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> open(
            @PathVariable String statement, HttpServletRequest request, @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.OPEN_PROBES.require(officer);
        Digest probe = Digest.parse(statement);
        Members members = Json.members(request);
        String reason = members.line("reason", REASON_CHARACTERS_MAX);
        members.end();
        byte[] file = services.desks().openings().open(probe, reason, officer);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + probe.hex().substring(0, 12) + ".opening\"")
                .body(file);
    }

    @GetMapping("/api/openings")
    ResponseEntity<byte[]> openings(@AuthenticationPrincipal Officer officer) throws RefusedAct {
        Right.OPEN_PROBES.require(officer);
        ObjectNode json = Json.object();
        ArrayNode given = json.putArray("openings");
        for (ProbeOpenings.Given one : services.desks().openings().given()) {
            given.addObject()
                    .put("probe", one.probe().hex())
                    .put("officer", one.officer())
                    .put("authority", one.authority())
                    .put("reason", one.reason())
                    .put("at", UtcSeconds.print(one.at()));
        }
        return Json.answer(json);
    }
}
