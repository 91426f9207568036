package org.entente.verification.memoranda;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Item;
import org.entente.memorandum.decision.LegalHold;
import org.entente.memorandum.decision.Received;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Grading;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.ListStatus;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Unplaced;

/** Draws the items of invented acts: envelopes with provenance, marking and status, some obtained elsewhere, some of those under a joint authorisation. */
final class InventedItems {
    private static final int WRONG = 40;
    private static final int COUNTIES = 9;
    private static final Digest SOURCE = Digest.of(new byte[] {7});
    private static final List<PersonCategory> INDEXED = List.of(
            PersonCategory.NOT_A_PERSON,
            PersonCategory.LISTED,
            PersonCategory.SUSPECT,
            PersonCategory.CONVICTED,
            PersonCategory.CONTACT);
    private static final List<PersonCategory> PROTECTED =
            List.of(PersonCategory.VICTIM, PersonCategory.WITNESS, PersonCategory.MINOR, PersonCategory.SOURCE);
    private static final List<Handling.Code> MOSTLY = List.of(Handling.Code.H1, Handling.Code.H1, Handling.Code.H2);
    private static final List<Handling.Code> CODES = List.of(Handling.Code.values());
    private static final List<Handling.Audience> AUDIENCES = List.of(Handling.Audience.values());
    private static final List<Grading.Source> SOURCES = List.of(Grading.Source.values());
    private static final List<SecrecyRegime> REGIMES = List.of(SecrecyRegime.values());
    private static final List<Optional<ListStatus>> LISTED = statuses("Definitivo", false);
    private static final List<Optional<ListStatus>> CLEARED = statuses("Sentencia Favorable", true);
    private static final List<Unplaced> UNPLACED = List.of(Unplaced.values());

    private final InventedMemorandum memorandum;
    private final Chance chance;
    private final Parts parts;
    private final JointAuthorisations authorisations;

    InventedItems(InventedMemorandum memorandum, Chance chance, Parts parts) {
        this.memorandum = memorandum;
        this.chance = chance;
        this.parts = parts;
        this.authorisations = new JointAuthorisations(memorandum);
    }

    Item next(Grant grant, Circumstances circumstances) {
        Member obtainer = obtainer(circumstances.by());
        AuthorityCode obtainedBy =
                parts.authority(wrong() ? Grant.party(obtainer.code()) + "/NOBODY" : obtainer.code());
        Optional<JointAuthorisations.Signed> joint = chance.once(12)
                ? authorisations.of(obtainer.party(), circumstances.purpose(), chance)
                : Optional.empty();
        LocalDate obtainedAt = chance.once(8) ? chance.any(authorisations.boundaries()) : day(circumstances);
        Provenance provenance = parts.shared(new Provenance(
                obtainedBy,
                joint.<Place>map(JointAuthorisations.Signed::inside).orElseGet(() -> place(obtainer)),
                obtainedAt,
                "by order",
                joint.map(signed -> signed.verified().terms().id()),
                SOURCE));
        Envelope envelope = new Envelope(
                itemCategory(circumstances.category()),
                purposes(circumstances.purpose()),
                provenance,
                marking(circumstances.category()),
                retention(grant),
                status());
        return new Item(
                envelope,
                joint.filter(signed -> !wrong()).map(JointAuthorisations.Signed::verified).stream()
                        .toList(),
                wrong());
    }

    /** What the counterpart supplied, often on the last day of its time, a day before or a day after, and now and then held for a court. */
    Received received(Grant grant, Circumstances circumstances) {
        Member obtainer = obtainer(circumstances.counterpart());
        Provenance provenance = parts.shared(new Provenance(
                parts.authority(obtainer.code()),
                place(obtainer),
                day(circumstances),
                "by order",
                Optional.empty(),
                SOURCE));
        Envelope envelope = new Envelope(
                itemCategory(circumstances.category()),
                purposes(circumstances.purpose()),
                provenance,
                marking(circumstances.category()),
                retention(grant),
                status());
        LocalDate today = day(circumstances).plusDays(30);
        LocalDate own = today.minus(envelope.retention());
        LocalDate clause = today.minusYears(grant.terms().keepYears());
        LocalDate last = own.isAfter(clause) ? own : clause;
        LocalDate on = chance.once(2)
                ? chance.any(List.of(last.minusDays(1), last, last.plusDays(1)))
                : last.plusDays(chance.below(200));
        Optional<LegalHold> hold = chance.once(3)
                ? Optional.of(new LegalHold(
                        "court", "order 7", chance.any(List.of(today.minusDays(1), today, today.plusDays(90)))))
                : Optional.empty();
        return new Received(envelope, on, wrong(), hold);
    }

    /** Authorities whose items this one may have: colleagues, and some of other parties. */
    List<AuthorityCode> others(AuthorityCode by) {
        List<AuthorityCode> others = new ArrayList<>();
        int step = 1 + memorandum.members().size() / 12;
        for (int n = 0; n < memorandum.members().size(); n += step) {
            others.add(parts.authority(memorandum.members().get(n).code()));
        }
        others.remove(by);
        return others;
    }

    private Member obtainer(AuthorityCode by) {
        if (chance.once(8)) {
            return chance.once(2)
                    ? chance.any(memorandum.members())
                    : memberOf(chance.any(others(by)).text());
        }
        return memberOf(by.text());
    }

    /** An authority that acts without being named has the first member's items. */
    private Member memberOf(String code) {
        return memorandum.members().stream()
                .filter(member -> member.code().equals(code))
                .findFirst()
                .orElseGet(() -> memorandum.members().getFirst());
    }

    private Place place(Member obtainer) {
        if (wrong()) {
            return chance.once(2)
                    ? chance.any(UNPLACED)
                    : parts.territory(chance.any(memorandum.members()).territory());
        }
        boolean whole = obtainer.territory().length() == 2;
        return parts.territory(
                whole && chance.once(2)
                        ? obtainer.territory() + "-" + (1 + chance.below(COUNTIES))
                        : obtainer.territory());
    }

    private static LocalDate day(Circumstances circumstances) {
        return circumstances.at().atOffset(ZoneOffset.UTC).toLocalDate().minusDays(30);
    }

    private Category itemCategory(Category category) {
        return wrong() ? parts.category(chance.any(Holding.ALL).code()) : category;
    }

    private SortedSet<Purpose> purposes(Purpose purpose) {
        SortedSet<Purpose> served = new TreeSet<>();
        served.add(parts.purpose(chance.any(InventedMemorandum.PURPOSES)));
        served.add(parts.purpose(chance.any(InventedMemorandum.PURPOSES)));
        if (!wrong()) {
            served.add(purpose);
        }
        return served;
    }

    private Marking marking(Category category) {
        return parts.shared(new Marking(
                wrong() ? Optional.empty() : Optional.of(new Grading(chance.any(SOURCES), 1 + chance.below(4))),
                new Handling(wrong() ? chance.any(CODES) : chance.any(MOSTLY), chance.any(AUDIENCES)),
                secrecy(category),
                wrong() ? chance.any(PROTECTED) : chance.any(INDEXED)));
    }

    private SecrecyRegime secrecy(Category category) {
        if (wrong()) {
            return chance.any(REGIMES);
        }
        String provided = Holding.ALL.stream()
                .filter(one -> one.code().equals(category.code()))
                .map(Holding::secrecy)
                .findFirst()
                .orElse("none");
        return REGIMES.stream()
                .filter(regime -> regime.word().equals(provided) && !chance.once(3))
                .findFirst()
                .orElse(SecrecyRegime.NONE);
    }

    /** As long as the clause allows, shorter, or a day longer. */
    private Period retention(Grant grant) {
        int years = grant.terms().keepYears();
        if (wrong()) {
            return parts.shared(Period.of(years, 0, 1));
        }
        return parts.shared(chance.once(3) ? Period.ofYears(years) : Period.ofMonths(1 + chance.below(12 * years)));
    }

    private Optional<ListStatus> status() {
        return chance.once(3) ? chance.any(chance.once(12) ? CLEARED : LISTED) : Optional.empty();
    }

    private static List<Optional<ListStatus>> statuses(String status, boolean cleared) {
        return Stream.of("2019-05-17", "2023-01-01", "2026-02-28")
                .map(since -> Optional.of(new ListStatus(status, LocalDate.parse(since), cleared)))
                .toList();
    }

    private boolean wrong() {
        return chance.once(WRONG);
    }
}
