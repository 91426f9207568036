package org.entente.node.holding;

import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Territory;

/** Whether an item was obtained outside the country of whoever obtained it. It waits then for a joint authorisation. */
final class Abroad {
    private Abroad() {}

    static boolean is(Provenance provenance) {
        Place place = provenance.obtainedIn();
        return !(place instanceof Territory territory)
                || !country(territory).equals(provenance.obtainedBy().party().text());
    }

    private static String country(Territory territory) {
        return territory.code().substring(0, 2);
    }
}
