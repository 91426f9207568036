package org.entente.holdings.list;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.entente.memorandum.item.Quoted;

/**
 * Listado completo de contribuyentes, artículo 69-B del Código Fiscal de la Federación.
 *
 * <p>Up to two title lines, then a header, then entries. Columns are found by their headings, compared without accents,
 * capitals and signs, so their order does not matter. Each situation has two columns with the day of its publication,
 * on the tax authority's page and in the official gazette; the day of the present situation is the latest of the first,
 * else of the second. An entry whose tax number a court ordered suppressed ({@code XXXXXXXXXXXX}) is kept without
 * identifier and flagged.
 *
 * <p>An entry's key is its tax number and eight digits of the hash of the notice that presumed it: one taxpayer is
 * listed more than once when it was presumed more than once, and neither changes when its situation does.
 */
final class Sat69bReader implements ListReader {
    private static final int HEADER_SEARCH_ROWS = 10;
    private static final String CLEARED_BY_COURT = "sentenciafavorable";

    /** Situations, and the ends of the headings of their dates. */
    private static final Map<String, String> DATES_BY_SITUATION = Map.of(
            "presunto",
            "presuntos",
            "desvirtuado",
            "desvirtuados",
            "definitivo",
            "definitivos",
            CLEARED_BY_COURT,
            CLEARED_BY_COURT);

    private final TableReader table;
    private final Map<String, Integer> columns;
    private final Optional<LocalDate> listDate;

    private Sat69bReader(TableReader table, Map<String, Integer> columns, Optional<LocalDate> listDate) {
        this.table = table;
        this.columns = columns;
        this.listDate = listDate;
    }

    /** Reads up to the header; {@code holdings.not-sat-69b} when there is none. */
    static Sat69bReader open(TableReader table) throws IOException, Malformed {
        Optional<LocalDate> listDate = Optional.empty();
        for (int i = 0; i < HEADER_SEARCH_ROWS; i++) {
            Optional<TableRow> row = table.next();
            if (row.isEmpty()) {
                break;
            }
            if (row.get() instanceof TableRow.Cells cells) {
                Map<String, Integer> columns = columns(cells.cells());
                if (columns.containsKey("rfc") && columns.containsKey("situacion") && columns.containsKey("nombre")) {
                    return new Sat69bReader(table, columns, listDate);
                }
                if (listDate.isEmpty()) {
                    listDate = SpanishDates.inWords(String.join(" ", cells.cells()));
                }
            }
        }
        throw new Malformed("holdings.not-sat-69b");
    }

    private static Map<String, Integer> columns(List<String> headings) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < headings.size(); i++) {
            String heading = Headings.plain(headings.get(i));
            String name =
                    heading.startsWith("situacion") ? "situacion" : heading.startsWith("nombre") ? "nombre" : heading;
            columns.putIfAbsent(name, i);
        }
        return columns;
    }

    @Override
    public Optional<LocalDate> listDate() {
        return listDate;
    }

    @Override
    public Optional<RowReading> next() throws IOException, Malformed {
        return table.next().map(row -> switch (row) {
            case TableRow.Cells cells -> read(cells.number(), cells.cells());
            case TableRow.Unreadable unreadable ->
                refused(unreadable.number(), unreadable.column(), unreadable.problem());
        });
    }

    private RowReading read(int row, List<String> cells) {
        int situationColumn = column("situacion");
        if (cells.size() <= Math.max(situationColumn, Math.max(column("rfc"), column("nombre")))) {
            return refused(row, 0, Problem.of("holdings.cells-missing", Integer.toString(cells.size())));
        }
        String word = cells.get(situationColumn).strip();
        String situation = Headings.plain(word);
        if (!DATES_BY_SITUATION.containsKey(situation)) {
            return refused(row, situationColumn + 1, Problem.of("holdings.situation-unknown", Quoted.of(word)));
        }
        List<CellProblem> doubts = new ArrayList<>();
        String rfcText = cells.get(column("rfc"));
        Optional<Identifier> rfc = rfc(row, rfcText, doubts);
        Optional<LocalDate> since = since(situation, cells);
        if (since.isEmpty()) {
            doubts.add(new CellProblem(row, situationColumn + 1, Problem.of("holdings.status-date-missing")));
        }
        boolean cleared = situation.equals("desvirtuado") || situation.equals(CLEARED_BY_COURT);
        return new RowReading.Taken(new ListEntry(
                row,
                key(rfc, rfcText, cells),
                entity(rfc, word, cells),
                rfc.map(List::of).orElse(List.of()),
                Optional.of(new EntryStatus(word, since, cleared)),
                doubts));
    }

    private Optional<Identifier> rfc(int row, String text, List<CellProblem> doubts) {
        IdentifierReading reading = IdentifierType.RFC.read(text);
        int column = column("rfc") + 1;
        switch (reading) {
            case IdentifierReading.Sound _ -> {}
            case IdentifierReading.Flagged flagged ->
                flagged.found()
                        .warnings()
                        .forEach(
                                warning -> doubts.add(new CellProblem(row, column, warning.about(IdentifierType.RFC))));
            case IdentifierReading.NotAnIdentifier not -> doubts.add(new CellProblem(row, column, not.why()));
        }
        return reading.identifier();
    }

    private Optional<LocalDate> since(String situation, List<String> cells) {
        String dates = DATES_BY_SITUATION.get(situation);
        return SpanishDates.latestInDigits(cell("publicacionpaginasat" + dates, cells))
                .or(() -> SpanishDates.latestInDigits(cell("publicaciondof" + dates, cells)));
    }

    private Entity entity(Optional<Identifier> rfc, String situation, List<String> cells) {
        Entity.Draft draft = new Entity.Draft()
                .add("name", cells.get(column("nombre")).replaceAll("\\s+", " "))
                .add("programId", "MX-SAT-69B")
                .add("status", situation)
                .add("country", "mx");
        rfc.ifPresent(identifier -> draft.add("taxNumber", identifier.value()));
        return draft.as(rfc.map(identifier -> identifier.value().length() == 12 ? Schema.COMPANY : Schema.PERSON)
                .orElse(Schema.LEGAL_ENTITY));
    }

    /** Without a tax number the whole entry is hashed: what else is there does not change either. */
    private String key(Optional<Identifier> rfc, String rfcText, List<String> cells) {
        String notice = cell("numeroyfechadeoficioglobaldepresuncionsat", cells);
        return rfc.map(identifier -> identifier.value() + ":" + hash(notice, 8))
                .orElseGet(
                        () -> "suppressed:" + hash(rfcText + '\0' + cells.get(column("nombre")) + '\0' + notice, 16));
    }

    private static String hash(String text, int digits) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, digits);
    }

    private int column(String name) {
        return columns.getOrDefault(name, Integer.MAX_VALUE - 1);
    }

    private String cell(String heading, List<String> cells) {
        int column = column(heading);
        return column < cells.size() ? cells.get(column) : "";
    }

    private static RowReading refused(int row, int column, Problem problem) {
        return new RowReading.Refused(new CellProblem(row, column, problem));
    }
}
