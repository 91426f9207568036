package org.entente.memorandum.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Grading;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Standing;

/** Facts of acts under the example, as the tests state them. */
final class Story {
    static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");
    static final Standing IN_FORCE = new Standing.InForce(Example.memorandum(), Instant.parse("2026-01-01T00:00:00Z"));

    private Story() {}

    static AuthorityCode authority(String code) {
        return parsed(() -> AuthorityCode.parse(code));
    }

    static Circumstances circumstances(String by, String counterpart, String purpose, String category) {
        return new Circumstances(
                authority(by), authority(counterpart), new Purpose(purpose), new Category(category), AT);
    }

    static Grounds grounds(Approver... approvers) {
        return Grounds.approvedBy(approvers).forCase("MX-2026-17", "Ley Federal, art. 15");
    }

    static Approver officer(String authority, Role role) {
        return new Approver(authority(authority), "officer-" + role.word(), role);
    }

    static Provenance provenance(String by, String place) {
        return new Provenance(
                authority(by),
                parsed(() -> Place.parse(place)),
                LocalDate.parse("2026-05-03"),
                "publication",
                Optional.empty(),
                Digest.of(new byte[] {1}));
    }

    static Envelope envelope(String category, Provenance provenance) {
        return Envelope.of(
                new Category(category),
                List.of(new Purpose("drug-trafficking"), new Purpose("money-laundering")),
                provenance,
                marking(PersonCategory.NOT_A_PERSON, Handling.Code.H1),
                Period.ofYears(5));
    }

    static Marking marking(PersonCategory person, Handling.Code code) {
        return new Marking(
                Optional.of(new Grading(Grading.Source.A, 1)),
                new Handling(code, Handling.Audience.AMBER),
                SecrecyRegime.NONE,
                person);
    }

    static Act.Release release(Envelope envelope) {
        return new Act.Release(
                circumstances(
                        "US/FINCEN",
                        "MX/UIF",
                        "money-laundering",
                        envelope.category().code()),
                grounds(officer("US/FINCEN", Role.LIAISON)),
                Item.of(envelope));
    }

    static Act.Index index(Envelope envelope) {
        return new Act.Index(
                circumstances(
                        "US/FINCEN",
                        "MX/UIF",
                        "money-laundering",
                        envelope.category().code()),
                Grounds.approvedBy(officer("US/FINCEN", Role.LIAISON)),
                Item.of(envelope));
    }

    static Act.Probe probe(String purpose, long identifiers, long alreadyCharged) {
        return new Act.Probe(
                circumstances("MX/UIF", "US/FINCEN", purpose, "company"),
                grounds(officer("MX/UIF", Role.ANALYST)),
                new Act.Charge(identifiers, alreadyCharged),
                500);
    }

    static Act.Reconcile reconcile(Approver... approvers) {
        return new Act.Reconcile(
                circumstances("MX/UIF", "US/FINCEN", "money-laundering", "public-list-entry"),
                new Grounds(
                        Optional.empty(),
                        Optional.empty(),
                        new TreeSet<>(List.of(approvers)),
                        grounds().consents()),
                500);
    }

    static <T> T parsed(Reading<T> reading) {
        try {
            return reading.read();
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }

    /** Something that the test knows to be well formed. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws Malformed;
    }
}
