package org.entente.node.server;

import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.entente.node.party.LinkStops;

/** Why nothing is exchanged with a partner, in a reader's language. */
final class StopWords {
    private StopWords() {}

    static String of(LinkStops.Stop stop, Language language) {
        String why = Catalogue.say(stop.problem(), language);
        return stop.waitsFor()
                .map(waits -> why + " " + Catalogue.say(waits, language))
                .orElse(why);
    }
}
