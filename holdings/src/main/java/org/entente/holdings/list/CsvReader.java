package org.entente.holdings.list;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierReading;
import org.entente.holdings.item.Entity;
import org.entente.holdings.item.Schema;
import org.entente.holdings.table.TableReader;
import org.entente.holdings.table.TableRow;
import org.entente.memorandum.item.Quoted;

/**
 * A comma-separated file with one identifier in each row. The name is taken from a column that is called so, else from
 * the first column beside the identifier's. A row without identifier says nothing and is refused.
 */
final class CsvReader implements ListReader {
    private static final Set<String> NAME_HEADINGS = Set.of(
            "name",
            "nombre",
            "label",
            "company",
            "empresa",
            "razonsocial",
            "nombredelcontribuyente",
            "denominacion",
            "titular");

    private final TableReader table;
    private final ListFormat.Csv format;
    private final int identifierColumn;
    private final int nameColumn;

    private CsvReader(TableReader table, ListFormat.Csv format, int identifierColumn, int nameColumn) {
        this.table = table;
        this.format = format;
        this.identifierColumn = identifierColumn;
        this.nameColumn = nameColumn;
    }

    static CsvReader open(TableReader table, ListFormat.Csv format) throws IOException, Malformed {
        if (format.column().matches("[1-9][0-9]{0,4}")) {
            int column = Integer.parseInt(format.column()) - 1;
            return new CsvReader(table, format, column, column == 0 ? 1 : 0);
        }
        List<String> headings = headings(table.next());
        int column = require(headings, format.column());
        return new CsvReader(table, format, column, nameColumn(headings, column));
    }

    /** The first column of a heading, without regard to case; -1 when there is none. */
    static int column(List<String> headings, String wanted) {
        for (int i = 0; i < headings.size(); i++) {
            if (headings.get(i).strip().equalsIgnoreCase(wanted.strip())) {
                return i;
            }
        }
        return -1;
    }

    static int require(List<String> headings, String wanted) throws Malformed {
        int column = column(headings, wanted);
        if (column < 0) {
            throw new Malformed(
                    "holdings.column-missing", Quoted.of(wanted.strip()), Quoted.of(String.join(", ", headings)));
        }
        return column;
    }

    static List<String> headings(Optional<TableRow> first) throws Malformed {
        if (first.isEmpty()) {
            throw new Malformed("holdings.source-empty");
        }
        return switch (first.get()) {
            case TableRow.Cells row -> row.cells();
            case TableRow.Unreadable row -> throw new Malformed(row.problem());
        };
    }

    private static int nameColumn(List<String> headings, int identifierColumn) {
        for (int i = 0; i < headings.size(); i++) {
            if (i != identifierColumn && NAME_HEADINGS.contains(Headings.plain(headings.get(i)))) {
                return i;
            }
        }
        return identifierColumn == 0 ? 1 : 0;
    }

    @Override
    public Optional<RowReading> next() throws IOException, Malformed {
        return table.next().map(row -> switch (row) {
            case TableRow.Cells cells -> read(cells);
            case TableRow.Unreadable unreadable ->
                refused(unreadable.number(), unreadable.column(), unreadable.problem());
        });
    }

    @Override
    public Optional<LocalDate> listDate() {
        return Optional.empty();
    }

    private RowReading read(TableRow.Cells row) {
        if (row.cells().size() <= identifierColumn) {
            return refused(
                    row.number(),
                    identifierColumn + 1,
                    Problem.of(
                            "holdings.cells-missing",
                            Integer.toString(row.cells().size())));
        }
        IdentifierReading reading = format.type().read(row.cells().get(identifierColumn));
        if (reading instanceof IdentifierReading.NotAnIdentifier not) {
            return refused(row.number(), identifierColumn + 1, not.why());
        }
        Identifier identifier = reading.identifier().orElseThrow();
        List<CellProblem> doubts = identifier.warnings().stream()
                .map(warning -> new CellProblem(row.number(), identifierColumn + 1, warning.about(format.type())))
                .toList();
        Entity.Draft entity = new Entity.Draft();
        if (nameColumn < row.cells().size()) {
            entity.add("name", row.cells().get(nameColumn));
        }
        String key = format.type().word() + ":" + identifier.value().replaceAll("[^\\p{L}\\p{N}&:.~_/-]", "_");
        return new RowReading.Taken(new ListEntry(
                row.number(), key, entity.as(Schema.THING), List.of(identifier), Optional.empty(), doubts));
    }

    static RowReading refused(int row, int column, Problem problem) {
        return new RowReading.Refused(new CellProblem(row, column, problem));
    }
}
