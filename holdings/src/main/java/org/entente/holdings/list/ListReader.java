package org.entente.holdings.list;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;

/** A list, read row by row. */
public interface ListReader {
    /** The next row that should be an entry, or nothing at the end. */
    Optional<RowReading> next() throws IOException, Malformed;

    /** The day that the list gives itself, if it does; known before the first row. */
    Optional<LocalDate> listDate();
}
