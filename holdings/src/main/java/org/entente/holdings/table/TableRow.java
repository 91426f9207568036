package org.entente.holdings.table;

import java.util.List;
import org.entente.evidence.canonical.Problem;

/** One row of a file. Rows are counted from 1 as a spreadsheet counts them: titles, headers and blank rows too. */
public sealed interface TableRow {
    int number();

    /** A row that could be read. */
    record Cells(int number, List<String> cells) implements TableRow {
        public Cells {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A row that could not be read, while its neighbours can.
     *
     * @param column where it went wrong, from 1
     */
    record Unreadable(int number, int column, Problem problem) implements TableRow {}
}
