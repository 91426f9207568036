package org.entente.node.console;

import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;

/** What stands around every screen: whose node it is, who looks, in which language. */
public record Frame(Language language, String party, String partyName, String partyColour, String officer, String csrf) {

    /** The words of a code in the reader's language. */
    public String say(String code, Object... arguments) {
        return Catalogue.say(language, code, arguments);
    }

    /** The other language, for the switch. */
    public Language other() {
        return switch (language) {
            case ENGLISH -> Language.SPANISH;
            case SPANISH -> Language.ENGLISH;
        };
    }
}
