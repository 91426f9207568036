package org.entente.memorandum.signing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Territory;

/** Joint authorisations that tests of decisions name, really signed and verified. */
public final class SignedAuthorisations {
    private static final Instant AT = Instant.parse("2026-02-01T10:00:00Z");

    private SignedAuthorisations() {}

    /** The party of the place lets the other one obtain things there, from 2026-02-01 to 2026-10-31. */
    public static VerifiedAuthorisation signed(
            String id, String ofPlace, String place, String obtaining, String purpose, String... categories) {
        Signer owner = new Signer(ofPlace);
        Signer guest = new Signer(obtaining);
        JointAuthorisation terms = new JointAuthorisation(
                id,
                new Territory(place),
                new JointAuthorisation.Between(owner.code(), guest.code()),
                new TreeSet<>(Arrays.stream(categories).map(Category::new).toList()),
                new Purpose(purpose),
                new JointAuthorisation.Window(LocalDate.parse("2026-02-01"), LocalDate.parse("2026-10-31")));
        Statement signed = owner.byStatementKeys(VerifiedAuthorisation.draft(terms, AT));
        Statement countersigned =
                guest.byStatementKeys(VerifiedAuthorisation.countersignature(signed, guest.code(), AT));
        try {
            return VerifiedAuthorisation.of(signed, owner.card(), countersigned, guest.card());
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }
}
