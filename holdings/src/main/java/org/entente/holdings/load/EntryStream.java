package org.entente.holdings.load;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.list.CellProblem;
import org.entente.holdings.list.ListEntry;
import org.entente.holdings.list.ListFormat;
import org.entente.holdings.list.ListReader;
import org.entente.holdings.list.RowReading;
import org.entente.holdings.table.ReadLimits;
import org.entente.holdings.table.SourceBytes;

/** The entries of a list, one after the other, while the report of them grows. */
final class EntryStream {
    private final SourceBytes source;
    private final ListReader reader;
    private final List<CellProblem> problems = new ArrayList<>();
    private long problemsCounted;
    private LoadReport.Counts counts = LoadReport.Counts.NONE;

    EntryStream(ListFormat format, InputStream stream, ReadLimits limits) throws IOException, Malformed {
        this.source = SourceBytes.open(stream, limits);
        this.reader = format.open(source, limits);
    }

    Optional<LocalDate> listDate() {
        return reader.listDate();
    }

    /** The next entry that is kept. */
    Optional<ListEntry> next() throws IOException, Malformed {
        while (true) {
            Optional<RowReading> reading = reader.next();
            if (reading.isEmpty()) {
                return Optional.empty();
            }
            switch (reading.get()) {
                case RowReading.Refused refused -> {
                    counts = counts.refuse();
                    note(refused.why());
                }
                case RowReading.Taken taken -> {
                    keep(taken.entry());
                    return Optional.of(taken.entry());
                }
            }
        }
    }

    /** The report, once {@link #next} has given nothing; a file without a single row is {@code holdings.source-empty}. */
    LoadReport report() throws IOException, Malformed {
        if (counts.rows() == 0) {
            throw new Malformed("holdings.source-empty");
        }
        return new LoadReport(counts, listDate(), source.digest(), problems, problemsCounted);
    }

    private void keep(ListEntry entry) {
        long withWarning = entry.identifiers().stream()
                .filter(identifier -> !identifier.warnings().isEmpty())
                .count();
        counts = counts.keep(!entry.doubts().isEmpty(), entry.identifiers().size(), withWarning);
        entry.doubts().forEach(this::note);
    }

    private void note(CellProblem problem) {
        problemsCounted++;
        if (problems.size() < LoadReport.PROBLEMS_KEPT_MAX) {
            problems.add(problem);
        }
    }
}
