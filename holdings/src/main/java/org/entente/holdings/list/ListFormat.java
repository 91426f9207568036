package org.entente.holdings.list;

import java.io.IOException;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.table.ReadLimits;
import org.entente.holdings.table.SourceBytes;
import org.entente.holdings.table.TableReader;

/** A format in which a list comes. */
public sealed interface ListFormat {
    /** The list of specially designated nationals of the United States Treasury, sdn.csv. */
    record OfacSdn() implements ListFormat {}

    /** The list of article 69-B of Mexico's fiscal code, as the tax authority publishes it. */
    record Sat69b() implements ListFormat {}

    /**
     * Any comma-separated file with one identifier in each row.
     *
     * @param column the name in the header row, or the number from 1 of a file without header; for a composite type two of
     *     them joined by {@code +}, or one whose cells have both parts with a bar between them
     */
    record Csv(String column, IdentifierType type) implements ListFormat {}

    /** The word on the command line and in item ids. */
    default String word() {
        return switch (this) {
            case OfacSdn _ -> "ofac-sdn";
            case Sat69b _ -> "sat-69b";
            case Csv _ -> "csv";
        };
    }

    /**
     * Begins to read.
     *
     * @throws Malformed when the file is not of this format, or is empty
     */
    default ListReader open(SourceBytes source, ReadLimits limits) throws IOException, Malformed {
        TableReader table = new TableReader(source, limits);
        return switch (this) {
            case OfacSdn _ -> new OfacSdnReader(table);
            case Sat69b _ -> Sat69bReader.open(table);
            case Csv csv -> csv.type().composite() ? CompositeCsvReader.open(table, csv) : CsvReader.open(table, csv);
        };
    }
}
