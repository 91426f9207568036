package org.entente.node.console;

import java.util.List;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyIdentity;

/** The small stylesheet that gives what came from a party its colour; the colours come from the pinned cards. */
public final class PartyColours {
    private PartyColours() {}

    /**
     * One rule for each card, and for this node's own party the colour of the frame.
     *
     * @param cards this node's own card first
     */
    public static String css(List<PartyCard> cards) {
        StringBuilder css = new StringBuilder();
        css.append(":root { --own-party: ")
                .append(cards.getFirst().content().identity().colour())
                .append("; }\n");
        for (PartyCard card : cards) {
            PartyIdentity identity = card.content().identity();
            css.append(".of-")
                    .append(identity.code().text())
                    .append(" { --party: ")
                    .append(identity.colour())
                    .append("; }\n");
        }
        return css.toString();
    }
}
