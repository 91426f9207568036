package org.entente.memorandum.signing;

import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The digests of the texts that a party had before it when it signed, one for each language. The canonical form says what nodes obey, and these what people read.
 *
 * @param english of all bytes of the English text
 * @param spanish of all bytes of the Spanish text
 */
public record SignedTexts(Digest english, Digest spanish) {
    static SignedTexts read(Members members) throws Malformed {
        SignedTexts texts = new SignedTexts(members.digest("en"), members.digest("es"));
        members.end();
        return texts;
    }

    ObjectNode json() {
        return JsonNodeFactory.instance.objectNode().put("en", english.hex()).put("es", spanish.hex());
    }
}
