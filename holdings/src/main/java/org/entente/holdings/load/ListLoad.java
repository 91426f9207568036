package org.entente.holdings.load;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.item.Item;
import org.entente.holdings.item.ItemId;
import org.entente.holdings.list.EntryStatus;
import org.entente.holdings.list.ListEntry;
import org.entente.holdings.list.ListFormat;
import org.entente.holdings.table.ReadLimits;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.ListStatus;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Provenance;

/**
 * Takes a list in: every row becomes an item under the terms of the load, or a problem of the report.
 *
 * <p>Items are handed over one by one while the file is read, and the file may still turn out to be broken after the
 * last of them. So whoever stores them does that in one transaction, which it commits when {@link #run} has returned and
 * rolls back when it throws.
 */
public final class ListLoad {
    private final ListFormat format;
    private final LoadTerms terms;
    private final ReadLimits limits;
    /** How often each key has occurred; by hash, since a list has up to a million keys. */
    private final Map<Long, Integer> occurrences = new HashMap<>();

    private ListLoad(ListFormat format, LoadTerms terms, ReadLimits limits) {
        this.format = format;
        this.terms = terms;
        this.limits = limits;
    }

    /**
     * Reads the whole stream, which the caller opens and closes.
     *
     * @param items takes each item that is kept, in the order of the file
     * @throws Malformed when the file is refused as a whole: not of this format, damaged, beyond a limit, or not the file
     *     that the terms name ({@code holdings.source-changed}); nothing of it may be kept then
     */
    public static LoadReport run(
            ListFormat format, InputStream stream, LoadTerms terms, ReadLimits limits, Consumer<Item> items)
            throws IOException, Malformed {
        return new ListLoad(format, terms, limits).run(stream, items);
    }

    private LoadReport run(InputStream stream, Consumer<Item> items) throws IOException, Malformed {
        EntryStream entries = new EntryStream(format, stream, limits);
        LocalDate day = entries.listDate().orElse(terms.envelope().provenance().obtainedAt());
        Optional<ListEntry> entry = entries.next();
        while (entry.isPresent()) {
            items.accept(item(entry.get(), day));
            entry = entries.next();
        }
        LoadReport report = entries.report();
        if (!report.source().equals(terms.envelope().provenance().source())) {
            throw new Malformed("holdings.source-changed");
        }
        return report;
    }

    private Item item(ListEntry entry, LocalDate day) {
        return new Item(
                id(entry), entry.row(), entry.entity(), entry.identifiers(), envelope(entry, day), terms.assertion());
    }

    private ItemId id(ListEntry entry) {
        String id = format.word() + ":" + entry.key();
        int occurrence = occurrences.merge(hash(id), 1, Integer::sum);
        return new ItemId(occurrence == 1 ? id : id + "~" + occurrence);
    }

    private Envelope envelope(ListEntry entry, LocalDate day) {
        Envelope given = terms.envelope();
        Provenance provenance = given.provenance();
        Marking marking = given.marking();
        PersonCategory category = switch (entry.entity().schema()) {
            case COMPANY, ORGANIZATION, VESSEL, AIRPLANE, ASSET, VEHICLE, BANK_ACCOUNT, CRYPTO_WALLET ->
                PersonCategory.NOT_A_PERSON;
            case PERSON, LEGAL_ENTITY, THING, IDENTIFICATION, PASSPORT -> marking.personCategory();
        };
        Envelope envelope = Envelope.of(
                given.category(),
                given.purposes(),
                new Provenance(
                        provenance.obtainedBy(),
                        provenance.obtainedIn(),
                        day,
                        provenance.legalBasis(),
                        provenance.jointAuthorisation(),
                        provenance.source()),
                new Marking(marking.grading(), marking.handling(), marking.secrecyRegime(), category),
                given.retention());
        return entry.status()
                .map(status -> envelope.withListStatus(listStatus(status, day)))
                .orElse(envelope);
    }

    /** A status without a date of its own holds since the day of the list. */
    static ListStatus listStatus(EntryStatus status, LocalDate listDay) {
        return new ListStatus(status.word(), status.since().orElse(listDay), status.cleared());
    }

    /** FNV-1a, 64 bits: a collision would at worst number an only entry as a second one. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
