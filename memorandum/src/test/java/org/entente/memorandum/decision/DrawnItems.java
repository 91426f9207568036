package org.entente.memorandum.decision;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.AuthorityCode;
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
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.item.Unplaced;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.signing.SignedAuthorisations;
import org.entente.memorandum.signing.VerifiedAuthorisation;

/** The items of {@link DrawnActs}: own ones on their way out, and received ones, many of them on the last day of their term or the day after. */
final class DrawnItems {
    /** For every memorandum of these tests; most of them name one of these purposes and categories. */
    static final List<VerifiedAuthorisation> AUTHORISATIONS = List.of(
            SignedAuthorisations.signed(
                    "JA-1", "MX", "MX-SIN", "US", "drug-trafficking", "company", "public-list-entry"),
            SignedAuthorisations.signed("JA-2", "US", "US", "MX", "money-laundering", "company", "public-list-entry"),
            SignedAuthorisations.signed("JA-3", "MX", "MX", "US", "drugs", "entry", "company", "person"),
            SignedAuthorisations.signed("JA-4", "GT", "MX-SIN", "US", "drugs", "entry", "company", "person"),
            SignedAuthorisations.signed("JA-5", "GT", "GT", "MX", "p1", "c1", "c2"));

    private static final int WRONG = 14;
    private static final Digest SOURCE = Digest.of(new byte[] {3});

    private final Memorandum memorandum;
    private final List<AuthorityCode> authorities;
    private final Random random;

    DrawnItems(Memorandum memorandum, List<AuthorityCode> authorities, Random random) {
        this.memorandum = memorandum;
        this.authorities = authorities;
        this.random = random;
    }

    Item own(Terms clause, Circumstances circumstances) {
        if (random.nextInt(6) == 0) {
            VerifiedAuthorisation signed = any(AUTHORISATIONS);
            return new Item(
                    elsewhere(clause, circumstances, signed),
                    wrong() ? List.of() : List.of(signed),
                    random.nextInt(20) == 0);
        }
        Provenance provenance = provenance(circumstances.by());
        return new Item(envelope(clause, circumstances, provenance), List.of(), random.nextInt(20) == 0);
    }

    private Envelope elsewhere(Terms clause, Circumstances circumstances, VerifiedAuthorisation signed) {
        LocalDate from = signed.terms().window().from();
        LocalDate until = signed.terms().window().until();
        Provenance provenance = new Provenance(
                circumstances.by(),
                wrong() ? new Territory("MX") : signed.terms().place(),
                wrong() ? any(List.of(from.minusDays(1), until.plusDays(1))) : any(List.of(from, until)),
                "by order",
                wrong() ? Optional.of("JA-9") : Optional.of(signed.terms().id()),
                SOURCE);
        return envelope(clause, circumstances, provenance);
    }

    Received received(Terms clause, Circumstances circumstances) {
        Envelope envelope = envelope(clause, circumstances, provenance(circumstances.counterpart()));
        LocalDate today = circumstances.day();
        LocalDate lastOwn = today.minus(envelope.retention());
        LocalDate lastClause = today.minus(period(keep(clause)));
        LocalDate on = (lastOwn.isBefore(lastClause) ? lastClause : lastOwn).plusDays(random.nextInt(3) - 1L);
        Optional<LegalHold> hold = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new LegalHold("court", "order 7", today.plusDays(random.nextInt(3) - 1L)));
        return new Received(envelope, random.nextBoolean() ? on : today.minusDays(7), random.nextInt(20) == 0, hold);
    }

    private Provenance provenance(AuthorityCode usual) {
        AuthorityCode obtainer =
                wrong() ? Story.authority("US/NOBODY") : random.nextInt(6) == 0 ? any(authorities) : usual;
        return new Provenance(
                obtainer, place(obtainer), LocalDate.parse("2026-05-03"), "by order", Optional.empty(), SOURCE);
    }

    private Place place(AuthorityCode obtainer) {
        if (wrong()) {
            return any(List.of(Unplaced.values()));
        }
        Optional<Party.Authority> named = memorandum.authority(obtainer);
        if (wrong() || named.isEmpty()) {
            return new Territory(any(List.of("MX", "MX-SIN", "MX-SON", "US", "GT", "FR")));
        }
        Territory own = any(named.get().territory());
        return own.code().length() == 2 && random.nextBoolean() ? new Territory(own.code() + "-SIN") : own;
    }

    private Envelope envelope(Terms clause, Circumstances circumstances, Provenance provenance) {
        TreeSet<Purpose> purposes = new TreeSet<>();
        if (clause instanceof Terms.Grant grant) {
            purposes.add(any(grant.scope().purposes()));
        }
        if (!wrong() || purposes.isEmpty()) {
            purposes.add(circumstances.purpose());
        }
        if (wrong()) {
            purposes.retainAll(List.of(purposes.first()));
        }
        Category category = wrong() ? any(memorandum.categories().keySet()) : circumstances.category();
        Envelope envelope =
                Envelope.of(category, purposes, provenance, marking(circumstances.category()), retention(clause));
        return random.nextInt(5) == 0
                ? envelope.withListStatus(
                        new ListStatus("Definitivo", LocalDate.parse("2024-01-05"), random.nextBoolean()))
                : envelope;
    }

    private Marking marking(Category category) {
        SecrecyRegime regime = memorandum
                .category(category)
                .map(terms -> terms.secrecy())
                .filter(_ -> random.nextBoolean())
                .orElse(SecrecyRegime.NONE);
        return new Marking(
                wrong() ? Optional.empty() : Optional.of(new Grading(Grading.Source.B, 2)),
                new Handling(any(List.of(Handling.Code.values())), Handling.Audience.AMBER),
                random.nextInt(8) == 0 ? any(List.of(SecrecyRegime.values())) : regime,
                any(List.of(PersonCategory.values())));
    }

    private static Term keep(Terms clause) {
        return clause instanceof Terms.Passing passing
                ? passing.handover().retention().keep()
                : DrawnActs.term("P1Y");
    }

    /** Mostly what the clause allows, to the day. */
    private Period retention(Terms clause) {
        Period allowed = period(keep(clause));
        return wrong() ? allowed.plusDays(1) : random.nextInt(4) == 0 ? Period.ofDays(1 + random.nextInt(30)) : allowed;
    }

    /** Of a term in hours, the days that it has, and one at least. */
    private static Period period(Term term) {
        return term.toString().startsWith("PT")
                ? Period.ofDays(
                        (int) Math.max(1, Duration.parse(term.toString()).toDays()))
                : Period.parse(term.toString());
    }

    private boolean wrong() {
        return random.nextInt(WRONG) == 0;
    }

    private <T> T any(Collection<T> values) {
        return List.copyOf(values).get(random.nextInt(values.size()));
    }
}
