package org.entente.holdings.load;

import java.time.LocalDate;
import java.time.Period;
import java.util.Collection;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.item.Assertion;
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

/**
 * On what terms a load is taken in: the envelope that every item of it gets, except for what the list says of each (its
 * status, whether it is a person) and for the day that the list gives itself.
 *
 * @param envelope its provenance names the digest of the file, which the load compares with what it read; its day of
 *     obtaining holds where the list gives none
 */
public record LoadTerms(Envelope envelope, Assertion assertion) {
    /** The category of entries of lists that a state publishes. */
    public static final Category PUBLIC_LIST_ENTRY = new Category("public-list-entry");

    /** An official list as published: source reliable without doubt, information certain (A1), public (TLP clear). */
    public static final Grading OFFICIAL = new Grading(Grading.Source.A, 1);

    /**
     * The terms of an official list that its own state publishes.
     *
     * @param publication whose it is, where and when it was published, by what law, and the file's digest
     */
    public static LoadTerms publicList(
            Publication publication, Handling.Code handling, Collection<Purpose> purposes, Period retention) {
        Provenance provenance = new Provenance(
                publication.obtainedBy(),
                publication.publishedIn(),
                publication.day(),
                publication.legalBasis(),
                Optional.empty(),
                publication.source());
        Marking marking = new Marking(
                Optional.of(OFFICIAL),
                new Handling(handling, Handling.Audience.CLEAR),
                SecrecyRegime.NONE,
                PersonCategory.LISTED);
        return new LoadTerms(Envelope.of(PUBLIC_LIST_ENTRY, purposes, provenance, marking, retention), Assertion.FACT);
    }

    /**
     * What is known of a public list's publication.
     *
     * @param day of publication, or of obtaining where the list does not say; the list's own date goes before it
     */
    public record Publication(
            AuthorityCode obtainedBy, Territory publishedIn, LocalDate day, String legalBasis, Digest source) {
        /** OFAC's list, published in the United States. */
        public static Publication ofacSdn(AuthorityCode obtainedBy, LocalDate day, Digest source) {
            return new Publication(
                    obtainedBy,
                    new Territory("US"),
                    day,
                    "50 U.S.C. 1701-1708; 31 CFR chapter V; list published by OFAC",
                    source);
        }

        /** The list of article 69-B, published in Mexico. */
        public static Publication sat69b(AuthorityCode obtainedBy, LocalDate day, Digest source) {
            return new Publication(
                    obtainedBy,
                    new Territory("MX"),
                    day,
                    "Código Fiscal de la Federación, artículo 69-B; listado publicado por el SAT",
                    source);
        }
    }
}
