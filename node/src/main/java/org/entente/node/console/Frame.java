package org.entente.node.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.card.PartyCard;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.entente.node.officer.Officer;

/**
 * What stands around every screen: whose node it is, who looks, in which language.
 *
 * @param officer who is signed in
 * @param csrf the token that a form of this page must bring back
 */
public record Frame(
        Language language, String party, String partyName, Optional<Officer> officer, String csrf, Instant now) {
    /** The capitals whose clocks are shown, as the parties of the first memorandum have them. */
    private static final List<Capital> CAPITALS = List.of(
            new Capital("console.clock.mx", ZoneId.of("America/Mexico_City")),
            new Capital("console.clock.us", ZoneId.of("America/New_York")));

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private record Capital(String code, ZoneId zone) {}

    /** A clock in words: where, and what it shows. */
    public record ClockFace(String place, String time) {}

    /** The frame of this party's node. */
    public static Frame of(PartyCard own, Language language, Optional<Officer> officer, String csrf, Instant now) {
        return new Frame(language, own.party().text(), name(own, language), officer, csrf, now);
    }

    /** A party's name in a language. */
    public static String name(PartyCard card, Language language) {
        return switch (language) {
            case ENGLISH -> card.content().identity().nameEnglish();
            case SPANISH -> card.content().identity().nameSpanish();
        };
    }

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

    /** The clocks of the capitals when the page was made. */
    public List<ClockFace> clocks() {
        return CAPITALS.stream()
                .map(capital -> new ClockFace(
                        say(capital.code()), now.atZone(capital.zone()).format(CLOCK)))
                .toList();
    }
}
