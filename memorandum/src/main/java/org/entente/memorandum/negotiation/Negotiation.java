package org.entente.memorandum.negotiation;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is negotiated, and between whom.
 *
 * <p>While the parties of the text are themselves being negotiated, nobody can read from it whose agreement is needed. So the list
 * is fixed when the negotiation is opened, comes from outside, and stands in every statement: what was said in another round of
 * parties counts for nothing here. A settled text must name exactly these parties.
 *
 * @param memorandum the id of the text to be
 * @param version its version; a version whose negotiation was given up is not negotiated again, because what was signed for it lives on
 * @param parties two or more, each of which must agree
 */
public record Negotiation(String memorandum, int version, SortedSet<PartyCode> parties) {
    private static final int ID_CHARACTERS_MAX = 160;
    private static final int VERSION_MAX = 999_999;
    private static final int PARTIES_MAX = 64;

    public Negotiation {
        parties = Collections.unmodifiableSortedSet(new TreeSet<>(parties));
        if (parties.size() < 2 || parties.size() > PARTIES_MAX) {
            throw new IllegalArgumentException("negotiated by two parties or more");
        }
    }

    static Negotiation read(Members content) throws Malformed {
        String memorandum = content.line("memorandum", ID_CHARACTERS_MAX);
        int version = (int) content.integer("version", 1, VERSION_MAX);
        ArrayNode listed = content.array("parties", 2, PARTIES_MAX);
        SortedSet<PartyCode> parties = new TreeSet<>();
        for (int i = 0; i < listed.size(); i++) {
            PartyCode party = PartyCode.parse(
                    listed.required(i).isString() ? listed.required(i).stringValue() : "");
            if (!parties.isEmpty() && parties.last().compareTo(party) >= 0) {
                throw new Malformed("memorandum.list-unsorted", "parties");
            }
            parties.add(party);
        }
        return new Negotiation(memorandum, version, parties);
    }

    void write(ObjectNode content) {
        content.put("memorandum", memorandum).put("version", version);
        ArrayNode listed = content.putArray("parties");
        parties.forEach(party -> listed.add(party.text()));
    }
}
