package org.entente.holdings.list;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.holdings.identifier.Countries;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.item.Entity;
import org.entente.holdings.item.Schema;
import org.entente.holdings.table.TableReader;
import org.entente.holdings.table.TableRow;

/**
 * sdn.csv of the Office of Foreign Assets Control: no header, twelve columns (number, name, type, programs, title, call
 * sign, vessel type, tonnage, gross tonnage, flag, owner, remarks), {@code -0-} for an empty one, programs separated by
 * {@code ] [}. The name is kept as written, surname first. All entries have one status, the list's own: {@code SDN};
 * the file gives no date, neither of itself nor of an entry.
 */
final class OfacSdnReader implements ListReader {
    private static final int COLUMNS = 12;
    private static final int REMARKS_COLUMN = 12;
    private static final EntryStatus STATUS = new EntryStatus("SDN", Optional.empty(), false);

    private final TableReader table;
    private boolean begun;

    OfacSdnReader(TableReader table) {
        this.table = table;
    }

    @Override
    public Optional<LocalDate> listDate() {
        return Optional.empty();
    }

    /** The first row must be an entry, or the file is something else: {@code holdings.not-ofac-sdn}. */
    @Override
    public Optional<RowReading> next() throws IOException, Malformed {
        Optional<RowReading> reading = table.next().map(row -> switch (row) {
            case TableRow.Cells cells -> read(cells.number(), cells.cells());
            case TableRow.Unreadable unreadable ->
                refused(unreadable.number(), unreadable.column(), unreadable.problem());
        });
        if (!begun && reading.filter(first -> first instanceof RowReading.Taken).isEmpty()) {
            throw new Malformed("holdings.not-ofac-sdn");
        }
        begun = true;
        return reading;
    }

    private static RowReading read(int row, List<String> cells) {
        if (cells.size() != COLUMNS) {
            Problem problem =
                    Problem.of("holdings.cells-other", Integer.toString(COLUMNS), Integer.toString(cells.size()));
            return refused(row, 0, problem);
        }
        List<String> filled = cells.stream().map(OfacSdnReader::filled).toList();
        if (!filled.get(0).matches("[0-9]{1,9}")) {
            return refused(row, 1, Problem.of("holdings.key-missing"));
        }
        if (filled.get(1).isEmpty()) {
            return refused(row, 2, Problem.of("holdings.name-missing"));
        }
        Remarks remarks = Remarks.read(filled.get(11));
        Schema schema = schema(filled.get(2), remarks);
        List<CellProblem> doubts = new ArrayList<>();
        remarks.doubts().forEach(problem -> doubts.add(new CellProblem(row, REMARKS_COLUMN, problem)));
        return new RowReading.Taken(new ListEntry(
                row,
                filled.get(0),
                entity(schema, filled, remarks),
                remarks.identifiers(),
                Optional.of(STATUS),
                doubts));
    }

    private static String filled(String cell) {
        String text = cell.strip();
        return text.equals("-0-") ? "" : text;
    }

    /** What is neither an individual nor a vessel nor an aircraft may be anything; a company's tax number says company. */
    private static Schema schema(String type, Remarks remarks) {
        return switch (type) {
            case "individual" -> Schema.PERSON;
            case "vessel" -> Schema.VESSEL;
            case "aircraft" -> Schema.AIRPLANE;
            default -> {
                boolean company = remarks.identifiers().stream()
                        .anyMatch(identifier -> identifier.type() == IdentifierType.RFC
                                && identifier.value().length() == 12);
                yield company ? Schema.COMPANY : Schema.LEGAL_ENTITY;
            }
        };
    }

    private static Entity entity(Schema schema, List<String> cells, Remarks remarks) {
        Entity.Draft draft = new Entity.Draft().add("name", cells.get(1));
        if (schema == Schema.PERSON) {
            int comma = cells.get(1).indexOf(',');
            if (comma > 0) {
                draft.add("lastName", cells.get(1).substring(0, comma));
                draft.add("firstName", cells.get(1).substring(comma + 1));
            }
        }
        for (String program : cells.get(3).split("\\]\\s*\\[", -1)) {
            draft.add("programId", program);
        }
        draft.addIfKnown(schema, "position", cells.get(4));
        draft.addIfKnown(schema, "callSign", cells.get(5));
        draft.addIfKnown(schema, "type", cells.get(6));
        draft.addIfKnown(schema, "tonnage", cells.get(7));
        draft.addIfKnown(schema, "grossRegisteredTonnage", cells.get(8));
        Countries.alpha2(cells.get(9))
                .ifPresent(code -> draft.addIfKnown(schema, "flag", code.toLowerCase(Locale.ROOT)));
        draft.addIfKnown(schema, "owner", cells.get(10));
        draft.add("notes", cells.get(11));
        remarks.properties().forEach(property -> draft.addIfKnown(schema, property.name(), property.value()));
        return draft.as(schema);
    }

    private static RowReading refused(int row, int column, Problem problem) {
        return new RowReading.Refused(new CellProblem(row, column, problem));
    }
}
