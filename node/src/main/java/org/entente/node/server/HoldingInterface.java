package org.entente.node.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.list.ListFormat;
import org.entente.holdings.table.ReadLimits;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Purpose;
import org.entente.node.act.RefusedAct;
import org.entente.node.console.Sight;
import org.entente.node.holding.Holdings;
import org.entente.node.holding.Loads;
import org.entente.node.officer.Officer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the officer's authority holds, and how files are taken in. */
@RestController
class HoldingInterface {
    private final Services services;

    HoldingInterface(Services services) {
        this.services = services;
    }

    @PostMapping(path = "/api/loads", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<byte[]> load(
            @RequestParam String format,
            @RequestParam String authority,
            @RequestParam String obtainedBy,
            @RequestParam List<String> purposes,
            HttpServletRequest request,
            @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, TooLarge {
        Right.LOAD.require(officer);
        AuthorityCode holder = AuthorityCode.parse(authority);
        if (!holder.equals(officer.authority())) {
            throw new RefusedAct(
                    Problem.of(
                            "officer.authority-other",
                            officer.pseudonym(),
                            officer.authority().text()),
                    List.of());
        }
        Optional<Place> obtainedIn = Optional.empty();
        String place = request.getParameter("obtainedIn");
        if (place != null) {
            obtainedIn = Optional.of(Place.parse(place));
        }
        ListFormat listFormat = format(format, request);
        if (listFormat instanceof ListFormat.Csv && obtainedIn.isEmpty()) {
            throw new Malformed("api.parameter-missing", "obtainedIn");
        }
        if (request.getContentLengthLong() > ReadLimits.DEFAULT.sourceBytesMax()) {
            throw new TooLarge(ReadLimits.DEFAULT.sourceBytesMax());
        }
        Loads.Order order =
                new Loads.Order(listFormat, holder, AuthorityCode.parse(obtainedBy), obtainedIn, purposes(purposes));
        Loads.Loaded loaded = services.known().loads().load(order, request.getInputStream(), officer.pseudonym());
        ObjectNode json = Json.object().put("load", loaded.id().toString()).put("again", loaded.again());
        json.set("report", loaded.report());
        return Json.answer(json);
    }

    @GetMapping("/api/holdings")
    ResponseEntity<byte[]> holdings(@AuthenticationPrincipal Officer officer) {
        ObjectNode json = Json.object();
        ArrayNode counts = json.putArray("counts");
        for (Holdings.Count count : Sight.counts(services.known().holdings(), officer)) {
            counts.addObject()
                    .put("authority", count.authority())
                    .put("originator", count.originator())
                    .put("category", count.category())
                    .put("items", count.items())
                    .put("cleared", count.cleared())
                    .put("abroad", count.abroad());
        }
        ArrayNode loads = json.putArray("loads");
        for (Loads.Kept kept : services.known().loads().kept()) {
            if (Sight.sees(officer, kept.holder())) {
                ObjectNode load = loads.addObject()
                        .put("load", kept.id().toString())
                        .put("authority", kept.holder().text())
                        .put("format", kept.format())
                        .put("loadedBy", kept.loadedBy())
                        .put("at", kept.at().toString());
                load.set("report", kept.report());
            }
        }
        return Json.answer(json);
    }

    private static ListFormat format(String word, HttpServletRequest request) throws Malformed {
        return switch (word) {
            case "ofac-sdn" -> new ListFormat.OfacSdn();
            case "sat-69b" -> new ListFormat.Sat69b();
            case "csv" -> {
                String type = required(request, "type");
                if (type.equals(IdentifierType.NAME_BIRTH.word())) {
                    throw new Malformed("comparison.persons-in-csv", type);
                }
                yield new ListFormat.Csv(
                        required(request, "column"),
                        IdentifierType.ofWord(type)
                                .orElseThrow(() ->
                                        new Malformed("match.type-unknown", shown(type), IdentifierType.words())));
            }
            default -> throw new Malformed("api.format-unknown", shown(word), "ofac-sdn, sat-69b, csv");
        };
    }

    private static String required(HttpServletRequest request, String name) throws Malformed {
        String value = request.getParameter(name);
        if (value == null || value.isBlank()) {
            throw new Malformed("api.parameter-missing", name);
        }
        return value;
    }

    private static String shown(String word) {
        return word.substring(0, Math.min(word.length(), 32)).replaceAll("\\p{Cntrl}", "?");
    }

    private static List<Purpose> purposes(List<String> codes) throws Malformed {
        List<Purpose> purposes = new ArrayList<>();
        for (String code : codes) {
            purposes.add(Purpose.parse(code));
        }
        return purposes;
    }
}
