package org.entente.holdings.list;

import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.memorandum.item.Quoted;

/**
 * A list as named on a command line: {@code ofac-sdn:FILE}, {@code sat-69b:FILE}, {@code csv:FILE#COLUMN}.
 *
 * @param file the name as given; whoever reads it opens it
 */
public record ListSource(ListFormat format, String file) {
    private static final String FORMATS = "ofac-sdn:FILE, sat-69b:FILE, csv:FILE#COLUMN";

    /**
     * Reads the form of the command line.
     *
     * @param type what the column of a {@code csv} file holds
     * @throws Malformed with {@code holdings.list-source} when the form is another, and {@code holdings.list-column} when
     *     a {@code csv} has no column
     */
    public static ListSource parse(String text, IdentifierType type) throws Malformed {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new Malformed("holdings.list-source", Quoted.of(text), FORMATS);
        }
        String file = text.substring(colon + 1);
        return switch (text.substring(0, colon)) {
            case "ofac-sdn" -> new ListSource(new ListFormat.OfacSdn(), file);
            case "sat-69b" -> new ListSource(new ListFormat.Sat69b(), file);
            case "csv" -> csv(file, type);
            default -> throw new Malformed("holdings.list-source", Quoted.of(text), FORMATS);
        };
    }

    private static ListSource csv(String text, IdentifierType type) throws Malformed {
        int hash = text.lastIndexOf('#');
        if (hash < 1 || hash == text.length() - 1) {
            throw new Malformed("holdings.list-column", Quoted.of(text));
        }
        return new ListSource(new ListFormat.Csv(text.substring(hash + 1), type), text.substring(0, hash));
    }
}
