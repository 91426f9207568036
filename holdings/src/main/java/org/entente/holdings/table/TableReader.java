package org.entente.holdings.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values by RFC 4180, one row at a time, strictly: a quote opens a cell only at its beginning, and
 * after the quote that closes it comes a comma or the end of the row.
 *
 * <p>The bytes are cut into cells before they are decoded: comma, quote and line end are ASCII and never part of a
 * longer character in either encoding, so a wrongly encoded cell cannot shift its neighbours.
 *
 * <p>A fault inside one line costs that row. A fault that spans lines (a quote that is never closed, or is closed rows
 * later by another row's quote) hides where rows begin and end: then the whole file is refused, since rows that nobody
 * counted must not disappear. Departures from RFC 4180: a line may end in LF alone; a blank row is counted and skipped;
 * a last byte 0x1A (the end mark of DOS, which OFAC still writes) ends the file.
 */
public final class TableReader {
    private static final int END = -1;
    private static final int DOS_END = 0x1a;

    private final SourceBytes source;
    private final ReadLimits limits;
    private final CellText text = new CellText();
    private byte[] row = new byte[1 << 12];
    private int length;
    private final List<Integer> ends = new ArrayList<>();
    private int number;
    private int columns;
    private boolean severalLines;
    private @Nullable Problem fault;
    private int faultColumn;

    public TableReader(SourceBytes source, ReadLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    /**
     * The next row that is not blank, or nothing at the end.
     *
     * @throws Malformed when the rest of the file cannot be told into rows: {@code holdings.quote-unclosed},
     *     {@code holdings.cell-too-large}, {@code holdings.rows-too-many}, or a fault of {@link SourceBytes}
     */
    public Optional<TableRow> next() throws IOException, Malformed {
        while (true) {
            int first = source.next();
            if (first == END || (first == DOS_END && endsHere())) {
                return Optional.empty();
            }
            begin();
            readRow(first);
            if (fault == null && length == 0 && ends.size() == 1) {
                continue;
            }
            return Optional.of(fault == null ? decode() : new TableRow.Unreadable(number, faultColumn, fault));
        }
    }

    private void begin() throws Malformed {
        number++;
        if (number > limits.rowsMax()) {
            throw new Malformed("holdings.rows-too-many", Integer.toString(limits.rowsMax()));
        }
        length = 0;
        ends.clear();
        columns = 1;
        severalLines = false;
        fault = null;
    }

    private boolean endsHere() throws IOException, Malformed {
        while (source.peek() == '\r' || source.peek() == '\n') {
            source.next();
        }
        return source.peek() == END;
    }

    /** Cells up to the end of the row. */
    private void readRow(int first) throws IOException, Malformed {
        int c = first;
        while (true) {
            c = c == '"' ? quoted() : plain(c);
            ends.add(length);
            if (c != ',') {
                return;
            }
            columns++;
            if (columns > limits.columnsMax()) {
                fail("holdings.columns-too-many", Integer.toString(limits.columnsMax()));
                skipLine();
                return;
            }
            c = source.next();
        }
    }

    /** A cell without quotes; returns the comma, the line feed or the end that closes it. */
    private int plain(int first) throws IOException, Malformed {
        int begin = length;
        int c = first;
        while (c != ',' && c != '\n' && c != END) {
            if (c == '\r' && (source.peek() == '\n' || source.peek() == END)) {
                c = source.next();
                continue;
            }
            if (c == '"') {
                return misplacedQuote();
            }
            if (!keep(c, begin)) {
                fail("holdings.cell-too-large", Integer.toString(limits.cellBytesMax()));
                return skipLine();
            }
            c = source.next();
        }
        return c;
    }

    /** A cell in quotes, after the first of them; returns what closes it. */
    private int quoted() throws IOException, Malformed {
        int begin = length;
        while (true) {
            int c = source.next();
            if (c == END) {
                throw new Malformed("holdings.quote-unclosed", Integer.toString(number));
            }
            if (c == '"') {
                if (source.peek() != '"') {
                    return afterQuote();
                }
                source.next();
            }
            severalLines |= c == '\n';
            if (!keep(c, begin)) {
                if (severalLines) {
                    throw new Malformed("holdings.quote-unclosed", Integer.toString(number));
                }
                fail("holdings.cell-too-large", Integer.toString(limits.cellBytesMax()));
                return skipLine();
            }
        }
    }

    private int afterQuote() throws IOException, Malformed {
        int c = source.next();
        if (c == '\r') {
            c = source.next();
        }
        if (c == ',' || c == '\n' || c == END) {
            return c;
        }
        return misplacedQuote();
    }

    private int misplacedQuote() throws IOException, Malformed {
        if (severalLines) {
            throw new Malformed("holdings.quote-unclosed", Integer.toString(number));
        }
        fail("holdings.quote-inside-cell");
        return skipLine();
    }

    /** Keeps a byte of a cell; false when it has no room. Control bytes spoil the row, but not where it ends. */
    private boolean keep(int c, int begin) {
        if (c == 0) {
            fail("holdings.nul-byte");
        } else if (c < ' ' && c != '\t' && c != '\r' && c != '\n') {
            fail("holdings.control-byte");
        }
        if (length - begin >= limits.cellBytesMax() || length >= limits.rowBytesMax()) {
            return false;
        }
        if (length == row.length) {
            row = Arrays.copyOf(row, 2 * length);
        }
        row[length++] = (byte) c;
        return true;
    }

    private int skipLine() throws IOException, Malformed {
        int c = source.next();
        while (c != '\n' && c != END) {
            c = source.next();
        }
        return c;
    }

    /** The first fault of a row is the one to report. */
    private void fail(String code, String... arguments) {
        if (fault == null) {
            fault = Problem.of(code, arguments);
            faultColumn = columns;
        }
    }

    private TableRow decode() {
        List<String> cells = new ArrayList<>(ends.size());
        int begin = 0;
        for (int end : ends) {
            Optional<String> cell = text.decode(row, begin, end);
            if (cell.isEmpty()) {
                return new TableRow.Unreadable(number, cells.size() + 1, Problem.of("holdings.encoding-mixed"));
            }
            cells.add(cell.get());
            begin = end;
        }
        return new TableRow.Cells(number, cells);
    }
}
