package org.entente.evidence.card;

import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a party is called and shown.
 *
 * @param code its code
 * @param nameEnglish its name in English, at most 200 UTF-16 units
 * @param nameSpanish its name in Spanish, at most 200 UTF-16 units
 * @param colour {@code #rrggbb} in lower case
 */
public record PartyIdentity(PartyCode code, String nameEnglish, String nameSpanish, String colour) {
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
    private static final int NAME_MAX = 200;

    public PartyIdentity {
        if (!COLOUR.matcher(colour).matches()) {
            throw new IllegalArgumentException("not a colour");
        }
    }

    void write(ObjectNode card) {
        card.put("party", code.text()).put("colour", colour);
        card.putObject("names").put("en", nameEnglish).put("es", nameSpanish);
    }

    static PartyIdentity read(Members card) throws Malformed {
        String colour = card.text("colour");
        if (!COLOUR.matcher(colour).matches()) {
            throw new Malformed("card.colour-malformed");
        }
        Members names = card.members("names");
        PartyIdentity identity = new PartyIdentity(
                PartyCode.parse(card.text("party")), names.line("en", NAME_MAX), names.line("es", NAME_MAX), colour);
        names.end();
        return identity;
    }
}
