package org.entente.memorandum.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Decider;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.decision.Item;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Grading;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.officer.Role;
import org.junit.jupiter.api.Test;

class JointAuthorisationTest {
    private static final Signer MX = new Signer("MX");
    private static final Signer US = new Signer("US");
    private static final Instant AT = Instant.parse("2026-06-01T10:00:00Z");
    private static final Purpose DRUGS = new Purpose("drug-trafficking");
    private static final JointAuthorisation TERMS = terms("MX-SIN", "2026-05-01");

    @Test
    void itIsMadeOnlyFromBothPartiesStatements() throws Malformed {
        Statement signed = MX.byStatementKeys(VerifiedAuthorisation.draft(TERMS, AT));
        Statement counter = US.byStatementKeys(VerifiedAuthorisation.countersignature(signed, US.code(), AT));
        VerifiedAuthorisation verified = VerifiedAuthorisation.of(signed, MX.card(), counter, US.card());
        assertThat(verified.terms()).isEqualTo(TERMS);

        Statement byTheWrongParty = US.byStatementKeys(VerifiedAuthorisation.draft(TERMS, AT));
        assertThatThrownBy(() -> VerifiedAuthorisation.of(byTheWrongParty, MX.card(), counter, US.card()))
                .hasMessageContaining("memorandum.authorisation.wrong-signer");
        Statement own = MX.byStatementKeys(VerifiedAuthorisation.countersignature(signed, MX.code(), AT));
        assertThatThrownBy(() -> VerifiedAuthorisation.of(signed, MX.card(), own, MX.card()))
                .hasMessageContaining("memorandum.authorisation.wrong-signer");
        Statement another = MX.byStatementKeys(VerifiedAuthorisation.draft(terms("MX", "2026-05-01"), AT));
        assertThatThrownBy(() -> VerifiedAuthorisation.of(another, MX.card(), counter, US.card()))
                .hasMessageContaining("memorandum.authorisation.other-statement");
        assertThatThrownBy(() -> VerifiedAuthorisation.of(counter, MX.card(), signed, US.card()))
                .hasMessageContaining("memorandum.authorisation.wrong-kind");
    }

    @Test
    void itLetsMoveExactlyWhatItCovers() throws Malformed {
        assertThat(decide(TERMS, "MX-SIN", Optional.of("JA-1"), DRUGS)).isInstanceOf(Decision.Permitted.class);
        refused(TERMS, "MX-SIN", Optional.empty(), DRUGS);
        refused(TERMS, "MX-SIN", Optional.of("JA-2"), DRUGS);
        refused(TERMS, "MX-SON", Optional.of("JA-1"), DRUGS);
        refused(TERMS, "MX", Optional.of("JA-1"), DRUGS);
        refused(TERMS, "MX-SIN", Optional.of("JA-1"), new Purpose("money-laundering"));
        refused(terms("MX-SIN", "2026-05-04"), "MX-SIN", Optional.of("JA-1"), DRUGS);
        refused(terms("GT", "2026-05-01"), "GT", Optional.of("JA-1"), DRUGS);
    }

    @Test
    void itsJsonIsReadBack() throws Malformed {
        assertThat(JointAuthorisation.fromJson(TERMS.toJson())).isEqualTo(TERMS);
        assertThatThrownBy(() -> JointAuthorisation.fromJson(TERMS.toJson().put("until", "2026-01-01")))
                .hasMessageContaining("memorandum.authorisation.senseless");
        assertThatThrownBy(() -> JointAuthorisation.fromJson(TERMS.toJson().put("more", "x")))
                .isInstanceOf(Malformed.class);
    }

    private static void refused(JointAuthorisation terms, String place, Optional<String> id, Purpose purpose)
            throws Malformed {
        assertThat(decide(terms, place, id, purpose))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("memorandum.decision.territory"));
    }

    private static Decision decide(JointAuthorisation terms, String place, Optional<String> id, Purpose purpose)
            throws Malformed {
        Statement signed = MX.byStatementKeys(VerifiedAuthorisation.draft(terms, AT));
        Statement counter = US.byStatementKeys(VerifiedAuthorisation.countersignature(signed, US.code(), AT));
        AuthorityCode supplier = AuthorityCode.parse("US/FINCEN");
        Envelope envelope = Envelope.of(
                new Category("company"),
                List.of(purpose),
                new Provenance(
                        supplier,
                        Territory.parse(place),
                        LocalDate.parse("2026-05-03"),
                        "joint operation",
                        id,
                        Digest.of(new byte[] {3})),
                new Marking(
                        Optional.of(Grading.parse("B2")),
                        new Handling(Handling.Code.H1, Handling.Audience.AMBER),
                        SecrecyRegime.NONE,
                        PersonCategory.NOT_A_PERSON),
                Period.ofYears(1));
        Act act = new Act.Release(
                new Circumstances(supplier, AuthorityCode.parse("MX/UIF"), purpose, new Category("company"), AT),
                Grounds.approvedBy(new Approver(supplier, "liaison-1", Role.LIAISON))
                        .forCase("case 9", "article 3"),
                new Item(envelope, List.of(VerifiedAuthorisation.of(signed, MX.card(), counter, US.card()))));
        return Decider.decide(new Standing.InForce(Example.memorandum(), Instant.EPOCH), act);
    }

    private static JointAuthorisation terms(String place, String from) {
        return new JointAuthorisation(
                "JA-1",
                new Territory(place),
                new JointAuthorisation.Between(MX.code(), US.code()),
                new TreeSet<>(List.of(new Category("company"))),
                DRUGS,
                new JointAuthorisation.Window(LocalDate.parse(from), LocalDate.parse("2026-05-31")));
    }
}
