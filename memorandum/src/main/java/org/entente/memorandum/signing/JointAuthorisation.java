package org.entente.memorandum.signing;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.IsoDay;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Quoted;
import org.entente.memorandum.item.Territory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Unless commonly agreed upon": the party of a place lets another party obtain things there.
 *
 * @param id by which provenance refers to it, 1 to 100 characters
 * @param place the part of the territory where it holds
 * @param categories what may be obtained
 * @param window from the first day of obtaining to the last, both included
 */
public record JointAuthorisation(
        String id, Territory place, Between between, SortedSet<Category> categories, Purpose purpose, Window window) {
    /** The party whose territory the place is, and the party that obtains things there. */
    public record Between(PartyCode ofPlace, PartyCode obtaining) {
        public Between {
            if (ofPlace.equals(obtaining)) {
                throw new IllegalArgumentException("a party needs no joint authorisation of its own");
            }
        }
    }

    /** Days, both included. */
    public record Window(LocalDate from, LocalDate until) {
        public Window {
            if (until.isBefore(from)) {
                throw new IllegalArgumentException("ends before it begins");
            }
        }

        public boolean contains(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(until);
        }
    }

    public JointAuthorisation {
        if (id.isBlank() || id.length() > Provenance.JOINT_AUTHORISATION_CHARACTERS_MAX || categories.isEmpty()) {
            throw new IllegalArgumentException("a joint authorisation has an id and names categories");
        }
        categories = Collections.unmodifiableSortedSet(new TreeSet<>(categories));
    }

    /** Whether an item of that category and provenance, for that purpose, was obtained under it. */
    public boolean covers(Provenance provenance, Category category, Purpose forPurpose) {
        return provenance.jointAuthorisation().filter(id::equals).isPresent()
                && place.contains(provenance.obtainedIn())
                && provenance.obtainedBy().party().equals(between.obtaining())
                && categories.contains(category)
                && purpose.equals(forPurpose)
                && window.contains(provenance.obtainedAt());
    }

    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", id);
        node.put("place", place.code());
        node.put("partyOfPlace", between.ofPlace().text());
        node.put("obtainingParty", between.obtaining().text());
        ArrayNode list = node.putArray("categories");
        categories.forEach(category -> list.add(category.code()));
        node.put("purpose", purpose.code());
        node.put("from", window.from().toString());
        node.put("until", window.until().toString());
        return node;
    }

    /** Refuses with {@code json.…} or {@code memorandum.…} what is not exactly such an object. */
    public static JointAuthorisation fromJson(JsonNode node) throws Malformed {
        Members members = Members.of(node, "jointAuthorisation");
        String id = members.line("id", Provenance.JOINT_AUTHORISATION_CHARACTERS_MAX);
        Territory place = Territory.parse(members.text("place"));
        PartyCode ofPlace = PartyCode.parse(members.text("partyOfPlace"));
        PartyCode obtaining = PartyCode.parse(members.text("obtainingParty"));
        SortedSet<Category> categories = new TreeSet<>();
        for (JsonNode element : members.array("categories", 1, 64)) {
            Category category = Category.parse(element.isString() ? element.stringValue() : "");
            if (!categories.isEmpty() && categories.last().compareTo(category) >= 0) {
                throw new Malformed("memorandum.list-unsorted", "jointAuthorisation.categories");
            }
            categories.add(category);
        }
        Purpose purpose = Purpose.parse(members.text("purpose"));
        LocalDate from = IsoDay.parse(members.text("from"));
        LocalDate until = IsoDay.parse(members.text("until"));
        members.end();
        if (ofPlace.equals(obtaining) || until.isBefore(from)) {
            throw new Malformed("memorandum.authorisation.senseless", Quoted.of(id));
        }
        return new JointAuthorisation(
                id, place, new Between(ofPlace, obtaining), categories, purpose, new Window(from, until));
    }
}
