package org.entente.holdings.list;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierReading;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.item.Entity;
import org.entente.holdings.item.Schema;
import org.entente.holdings.table.TableReader;
import org.entente.holdings.table.TableRow;

/**
 * A comma-separated file with the parts of a composite key in each row: in one cell with a bar between them, or in two
 * columns. A row becomes a person or a company that has them as properties, and its key follows from those.
 */
final class CompositeCsvReader implements ListReader {
    private final TableReader table;
    private final IdentifierType type;
    private final List<Integer> columns;

    private CompositeCsvReader(TableReader table, IdentifierType type, List<Integer> columns) {
        this.table = table;
        this.type = type;
        this.columns = columns;
    }

    static CompositeCsvReader open(TableReader table, ListFormat.Csv format) throws IOException, Malformed {
        String wanted = format.column().strip();
        List<Integer> columns = new ArrayList<>();
        if (wanted.matches("[1-9][0-9]{0,4}(\\+[1-9][0-9]{0,4})?")) {
            for (String number : wanted.split("\\+", -1)) {
                columns.add(Integer.parseInt(number) - 1);
            }
            return new CompositeCsvReader(table, format.type(), columns);
        }
        List<String> headings = CsvReader.headings(table.next());
        int whole = CsvReader.column(headings, wanted);
        int plus = wanted.indexOf('+');
        if (whole >= 0 || plus < 0) {
            columns.add(CsvReader.require(headings, wanted));
        } else {
            columns.add(CsvReader.require(headings, wanted.substring(0, plus)));
            columns.add(CsvReader.require(headings, wanted.substring(plus + 1)));
        }
        return new CompositeCsvReader(table, format.type(), columns);
    }

    @Override
    public Optional<RowReading> next() throws IOException, Malformed {
        return table.next().map(row -> switch (row) {
            case TableRow.Cells cells -> read(cells);
            case TableRow.Unreadable unreadable ->
                CsvReader.refused(unreadable.number(), unreadable.column(), unreadable.problem());
        });
    }

    @Override
    public Optional<LocalDate> listDate() {
        return Optional.empty();
    }

    private RowReading read(TableRow.Cells row) {
        List<String> parts = new ArrayList<>();
        for (int column : columns) {
            if (row.cells().size() <= column) {
                return CsvReader.refused(
                        row.number(),
                        column + 1,
                        Problem.of(
                                "holdings.cells-missing",
                                Integer.toString(row.cells().size())));
            }
            parts.add(row.cells().get(column));
        }
        String text = String.join("|", parts);
        IdentifierReading reading = type.read(text);
        if (reading instanceof IdentifierReading.NotAnIdentifier not) {
            return CsvReader.refused(row.number(), columns.getFirst() + 1, not.why());
        }
        Identifier key = reading.identifier().orElseThrow();
        List<CellProblem> doubts = key.warnings().stream()
                .map(warning -> new CellProblem(row.number(), columns.getFirst() + 1, warning.about(type)))
                .toList();
        String id = type.word() + ":" + Digest.of(key.matchInput()).hex().substring(0, 32);
        return new RowReading.Taken(
                new ListEntry(row.number(), id, entity(text, key), List.of(), Optional.empty(), doubts));
    }

    private Entity entity(String text, Identifier key) {
        String name = text.substring(0, text.lastIndexOf('|'));
        String other = key.value().substring(key.value().lastIndexOf('|') + 1);
        boolean person = type == IdentifierType.NAME_BIRTH;
        return new Entity.Draft()
                .add("name", name)
                .add(person ? "birthDate" : "address", other)
                .as(person ? Schema.PERSON : Schema.COMPANY);
    }
}
