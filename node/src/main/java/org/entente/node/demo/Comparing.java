package org.entente.node.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.identifier.RfcCheckDigit;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chapter d: US builds its index for MX; both legal advisers sign that the two public lists are compared as wholes, and MX
 * learns what they have in common and nothing else; then one analyst asks one question for one case.
 */
final class Comparing {
    private static final Duration LISTS_LIMIT = Duration.ofMinutes(10);
    private static final int COMPANY_RFC_CHARACTERS = 12;
    private static final int ASKED_HITS_MAX = 3;
    /** A company that nobody founded, in a year that has not come: asked about, and not found. */
    private static final String NOBODY = "XQZ390228A9";

    private final Stage stage;
    private final String memorandum;

    Comparing(Stage stage, String memorandum) {
        this.stage = stage;
        this.memorandum = memorandum;
    }

    /**
     * A case of MX and what the partner's index answered for it.
     *
     * @param hits the interface's own words for each
     */
    record Case(String reference, String index, List<JsonNode> hits) {
        Case {
            hits = List.copyOf(hits);
        }
    }

    Case play() throws StoryBroken, InterruptedException {
        stage.account().chapter("d");
        String index = stage.account().ask("index-announced", this::announce);
        stage.account().step("reconcile-agreed", telling -> agree(index, telling));
        List<JsonNode> common = stage.account().ask("reconcile-done", telling -> compare(index, telling));
        String reference = stage.account().ask("case-opened", this::open);
        return stage.account().ask("probe-answered", telling -> probe(reference, index, common, telling));
    }

    private String announce(Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        OfficerClient liaison = stage.us().officer(Role.LIAISON);
        String index = Stage.say(
                liaison,
                "index",
                Stage.object()
                        .put("partner", stage.mx().unit().authority())
                        .put("memorandum", memorandum)
                        .put("category", Stage.CATEGORY)
                        .put("purpose", Stage.PURPOSE));
        JsonNode arrived = stage.awaitEntry(stage.mx(), Role.ANALYST, "indices", new Stage.Entry("statement", index));
        long size = arrived.required("size").asLong();
        telling.detail().put("statement", index).put("size", size);
        telling.say(size);
        return index;
    }

    private void agree(String index, Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        String asked = Stage.say(
                stage.mx().officer(Role.LEGAL), "reconcile", Stage.object().put("index", index));
        Stage.Entry entry = new Stage.Entry("statement", asked);
        stage.awaitEntry(stage.us(), Role.LEGAL, "reconciles", entry);
        String agreed = Stage.say(
                stage.us().officer(Role.LEGAL),
                "reconcile-agreed",
                Stage.object().put("asked", asked));
        telling.detail().put("asked", asked).put("agreed", agreed);
        telling.say(Stage.brief(asked), Stage.brief(agreed));
    }

    /** The whole list is asked about in batches, which are asked together; waits until every answer has been read. */
    private List<JsonNode> compare(String index, Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        OfficerClient analyst = stage.mx().officer(Role.ANALYST);
        List<JsonNode> probes = stage.mx().await("the answers to all batches", LISTS_LIMIT, () -> answered(index));
        List<JsonNode> hits = new ArrayList<>();
        Set<String> common = new TreeSet<>();
        long identifiers = 0;
        for (JsonNode probe : probes) {
            identifiers += probe.required("inputs").asLong();
            String statement = probe.required("statement").asString();
            for (JsonNode hit : analyst.get("/api/probes/" + statement).path("hits")) {
                hits.add(hit);
                common.add(hit.required("identifier").asString());
                stage.account().entry("hits").setAll((ObjectNode) hit);
            }
        }
        common.forEach(stage.account()::common);
        Stage.require(!hits.isEmpty(), "demo.nothing-common");
        telling.detail()
                .put("identifiers", identifiers)
                .put("batches", probes.size())
                .put("hits", hits.size());
        telling.say(identifiers, probes.size(), common.size());
        return hits;
    }

    private Optional<List<JsonNode>> answered(String index)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        List<JsonNode> probes = new ArrayList<>();
        for (JsonNode probe :
                stage.mx().officer(Role.ANALYST).get("/api/probes").path("probes")) {
            boolean ofThis = probe.path("act").asString("").equals("reconcile")
                    && probe.path("index").asString("").equals(index);
            if (!ofThis) {
                continue;
            }
            String state = probe.required("state").asString();
            Stage.require(
                    !state.equals("refused"),
                    "demo.reconcile-refused",
                    probe.path("clause").asString(""));
            if (!state.equals("answered")) {
                return Optional.empty();
            }
            probes.add(probe);
        }
        return probes.isEmpty() ? Optional.empty() : Optional.of(probes);
    }

    private String open(Telling telling) throws IOException, InterruptedException, NodeRefusal, Malformed {
        OfficerClient analyst = stage.mx().officer(Role.ANALYST);
        int number = analyst.get("/api/cases").path("cases").size() + 1;
        String reference = "UIF-2026-" + number;
        analyst.post(
                "/api/cases",
                Stage.object()
                        .put("reference", reference)
                        .put("memorandum", memorandum)
                        .put("purpose", Stage.PURPOSE));
        telling.detail().put("reference", reference);
        telling.say(reference);
        return reference;
    }

    private Case probe(String reference, String index, List<JsonNode> common, Telling telling)
            throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        OfficerClient analyst = stage.mx().officer(Role.ANALYST);
        List<String> companies = companies(common);
        ObjectNode facts = Stage.object()
                .put("case", reference)
                .put("index", index)
                .put("justification", "Invoices of these companies stand in the accounts of the case.")
                .put("legalBasis", "LFPIORPI, art. 9");
        ArrayNode identifiers = facts.putArray("identifiers");
        companies.forEach(rfc -> identifiers.addObject().put("type", "rfc").put("value", rfc));
        identifiers.addObject().put("type", "rfc").put("value", NOBODY + RfcCheckDigit.of(NOBODY));
        String statement = Stage.say(analyst, "probe", facts);
        JsonNode answered = stage.mx()
                .await(
                        "probe",
                        Stage.SOON,
                        () -> Optional.of(analyst.get("/api/probes/" + statement))
                                .filter(probe ->
                                        !probe.path("state").asString("").equals("asked")));
        List<JsonNode> hits = new ArrayList<>();
        answered.path("hits").forEach(hits::add);
        Set<String> found = new TreeSet<>();
        hits.forEach(hit -> found.add(hit.required("identifier").asString()));
        Stage.require(found.equals(new TreeSet<>(companies)), "demo.other-hits", found.toString());
        telling.detail()
                .put("statement", statement)
                .put("asked", companies.size() + 1)
                .put("hits", hits.size());
        telling.say(
                companies.size() + 1,
                hits.size(),
                hits.getFirst().required("status").asString());
        return new Case(reference, index, hits);
    }

    /** Companies only: nobody's name or number goes over a screen for a demonstration. */
    private static List<String> companies(List<JsonNode> common) throws StoryBroken {
        List<String> companies = common.stream()
                .map(hit -> hit.required("identifier").asString())
                .filter(identifier -> identifier.length() == COMPANY_RFC_CHARACTERS)
                .distinct()
                .limit(ASKED_HITS_MAX)
                .toList();
        Stage.require(companies.size() >= 2, "demo.too-few-companies");
        return companies;
    }
}
