package org.entente.evidence.card;

import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An authority as its party's card introduces it.
 *
 * @param code its code
 * @param bodyRecipient the age recipient to which bodies for it are encrypted; opaque here, lower-case letters and
 *     digits, at most 4,096
 */
public record CardAuthority(AuthorityCode code, String bodyRecipient) {
    private static final Pattern RECIPIENT = Pattern.compile("[a-z0-9]{8,4096}");

    public CardAuthority {
        if (!RECIPIENT.matcher(bodyRecipient).matches()) {
            throw new IllegalArgumentException("not a recipient");
        }
    }

    ObjectNode json() {
        return JsonNodeFactory.instance.objectNode().put("code", code.text()).put("bodyRecipient", bodyRecipient);
    }

    static CardAuthority read(Members members) throws Malformed {
        AuthorityCode code = AuthorityCode.parse(members.text("code"));
        String recipient = members.text("bodyRecipient");
        if (!RECIPIENT.matcher(recipient).matches()) {
            throw new Malformed("card.recipient-malformed", code.text());
        }
        members.end();
        return new CardAuthority(code, recipient);
    }
}
