package org.entente.memorandum.item;

import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.AuthorityCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The envelope's JSON form; every list is sorted and without repetition. */
final class EnvelopeJson {
    private EnvelopeJson() {}

    static ObjectNode write(Envelope envelope) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("category", envelope.category().code());
        ArrayNode purposes = node.putArray("purposes");
        envelope.purposes().stream().sorted().forEach(purpose -> purposes.add(purpose.code()));
        node.set("provenance", writeProvenance(envelope.provenance()));
        Marking marking = envelope.marking();
        marking.grading().ifPresent(grading -> node.put("grading", grading.toString()));
        node.put("handling", marking.handling().code().word());
        node.put("audience", marking.handling().audience().word());
        node.put("secrecyRegime", marking.secrecyRegime().word());
        node.put("personCategory", marking.personCategory().word());
        node.put("retention", envelope.retention().toString());
        envelope.listStatus().ifPresent(status -> node.set("listStatus", writeStatus(status)));
        return node;
    }

    static Envelope read(JsonNode node) throws Malformed {
        Members members = Members.of(node, "envelope");
        Category category = Category.parse(members.text("category"));
        SortedSet<Purpose> purposes = readPurposes(members.array("purposes", 1, Envelope.PURPOSES_MAX));
        Provenance provenance = readProvenance(members.members("provenance"));
        Marking marking = readMarking(members);
        Period retention = readRetention(members.text("retention"));
        Optional<ListStatus> listStatus =
                members.has("listStatus") ? Optional.of(readStatus(members.members("listStatus"))) : Optional.empty();
        members.end();
        return new Envelope(category, purposes, provenance, marking, retention, listStatus);
    }

    private static SortedSet<Purpose> readPurposes(ArrayNode array) throws Malformed {
        SortedSet<Purpose> purposes = new TreeSet<>();
        for (JsonNode element : array) {
            Purpose purpose = Purpose.parse(element.isString() ? element.stringValue() : "");
            if (!purposes.isEmpty() && purposes.last().compareTo(purpose) >= 0) {
                throw new Malformed("memorandum.list-unsorted", "envelope.purposes");
            }
            purposes.add(purpose);
        }
        return purposes;
    }

    /** Read and written alike, or two envelopes of one meaning would have two digests. */
    private static Period readRetention(String text) throws Malformed {
        try {
            Period retention = Period.parse(text);
            if (!retention.isZero()
                    && !retention.isNegative()
                    && retention.toString().equals(text)) {
                return retention;
            }
        } catch (DateTimeParseException refused) {
            // Falls through to the one refusal below.
        }
        throw new Malformed("memorandum.period.malformed", Quoted.of(text));
    }

    private static Marking readMarking(Members members) throws Malformed {
        Optional<Grading> grading =
                members.has("grading") ? Optional.of(Grading.parse(members.text("grading"))) : Optional.empty();
        Handling handling = new Handling(
                Word.parse(Handling.Code.class, members.text("handling")),
                Word.parse(Handling.Audience.class, members.text("audience")));
        return new Marking(
                grading,
                handling,
                Word.parse(SecrecyRegime.class, members.text("secrecyRegime")),
                Word.parse(PersonCategory.class, members.text("personCategory")));
    }

    private static ObjectNode writeProvenance(Provenance provenance) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("obtainedBy", provenance.obtainedBy().toString());
        node.put("obtainedIn", provenance.obtainedIn().code());
        node.put("obtainedAt", provenance.obtainedAt().toString());
        node.put("legalBasis", provenance.legalBasis());
        provenance.jointAuthorisation().ifPresent(id -> node.put("jointAuthorisation", id));
        node.put("source", provenance.source().toString());
        return node;
    }

    private static Provenance readProvenance(Members members) throws Malformed {
        Provenance provenance = new Provenance(
                AuthorityCode.parse(members.text("obtainedBy")),
                Place.parse(members.text("obtainedIn")),
                IsoDay.parse(members.text("obtainedAt")),
                members.line("legalBasis", Provenance.LEGAL_BASIS_CHARACTERS_MAX),
                members.has("jointAuthorisation")
                        ? Optional.of(members.line("jointAuthorisation", Provenance.JOINT_AUTHORISATION_CHARACTERS_MAX))
                        : Optional.empty(),
                members.digest("source"));
        members.end();
        return provenance;
    }

    private static ObjectNode writeStatus(ListStatus status) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("status", status.status())
                .put("since", status.since().toString())
                .put("cleared", status.cleared());
    }

    private static ListStatus readStatus(Members members) throws Malformed {
        String status = members.text("status");
        LocalDate since = IsoDay.parse(members.text("since"));
        JsonNode cleared = members.node("cleared");
        if (!cleared.isBoolean()) {
            throw new Malformed("memorandum.word.unknown", "cleared");
        }
        members.end();
        return ListStatus.of(status, since, cleared.booleanValue());
    }
}
