package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An officer takes contents of a case away: what may not leave is listed with its reason, the export of each item that may is signed here,
 * and the file is asked for until both logs hold these exports.
 */
final class BodyExport {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long REST_MILLIS = 1_000;

    private final OfficerClient client;
    private final PrintWriter out;
    private final Language language;

    BodyExport(OfficerClient client, PrintWriter out, Language language) {
        this.client = client;
        this.out = out;
        this.language = language;
    }

    /** @param approved exports that were approved in an earlier call and not given out; nothing is approved again then */
    void write(PartyCode partner, String reference, String legalBasis, List<String> approved, Path file)
            throws IOException, Malformed, InterruptedException, NodeRefusal {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString()); // before anything is signed
        }
        String path = "/api/bundles/" + partner.text();
        List<String> exports = approved.isEmpty() ? approve(path, reference, legalBasis) : approved;
        ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("case", reference);
        exports.forEach(wanted.putArray("exports")::add);
        byte[] bundle = await(path, wanted);
        PrivateFile.write(file, bundle);
        out.println(Catalogue.say(
                language,
                "evidence.bundle-written-bodies",
                file.toString(),
                exports.size(),
                Digest.of(bundle).hex()));
    }

    private List<String> approve(String path, String reference, String legalBasis)
            throws IOException, Malformed, InterruptedException, NodeRefusal {
        String query = "/bodies?case=" + URLEncoder.encode(reference, StandardCharsets.UTF_8)
                + (legalBasis.isEmpty() ? "" : "&legalBasis=" + URLEncoder.encode(legalBasis, StandardCharsets.UTF_8));
        JsonNode bodies = client.get(path + query).path("bodies");
        List<String> releases = new ArrayList<>();
        for (JsonNode body : bodies) {
            if (body.path("exportable").asBoolean(false)) {
                releases.add(body.required("statement").asString());
            } else {
                sayWhyNot(body);
            }
        }
        if (releases.isEmpty()) {
            throw new Malformed("export.nothing-allowed");
        }
        List<String> exports = new ArrayList<>();
        for (String release : releases) {
            out.println(Catalogue.say(language, "evidence.body-approving", release, reference));
            ObjectNode facts =
                    JsonNodeFactory.instance.objectNode().put("case", reference).put("release", release);
            if (!legalBasis.isEmpty()) {
                facts.put("legalBasis", legalBasis);
            }
            String export = client.act("export", facts).required("statement").asString();
            out.println(Catalogue.say(language, "evidence.body-approved", export));
            exports.add(export);
        }
        return exports;
    }

    private void sayWhyNot(JsonNode body) {
        String statement = body.path("statement").asString("");
        String why = body.path("detail").asString("");
        List<String> clauses = new ArrayList<>();
        body.path("clauses").forEach(clause -> clauses.add(clause.asString("")));
        out.println(
                clauses.isEmpty()
                        ? Catalogue.say(language, "evidence.body-left-out", statement, why)
                        : Catalogue.say(
                                language,
                                "evidence.body-left-out-clauses",
                                statement,
                                why,
                                String.join(", ", clauses)));
    }

    /** The originator has to receive what was said, and both parties to cosign it. */
    private byte[] await(String path, ObjectNode wanted)
            throws IOException, Malformed, InterruptedException, NodeRefusal {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return client.download(path, wanted);
            } catch (NodeRefusal refused) {
                if (!refused.code().equals("export.under-way") || Instant.now().isAfter(end)) {
                    throw refused;
                }
                Thread.sleep(REST_MILLIS);
            }
        }
    }
}
