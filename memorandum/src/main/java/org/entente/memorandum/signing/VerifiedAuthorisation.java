package org.entente.memorandum.signing;

import java.time.Instant;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A joint authorisation that the party of the place has signed and the obtaining party has countersigned. Having one is
 * the proof: it is made only from both verified statements.
 */
public final class VerifiedAuthorisation {
    public static final String SIGNED = "joint-authorisation";
    public static final String COUNTERSIGNED = "joint-authorisation-countersigned";

    private final JointAuthorisation terms;
    private final Digest statement;

    private VerifiedAuthorisation(JointAuthorisation terms, Digest statement) {
        this.terms = terms;
        this.statement = statement;
    }

    /** What the party of the place is to sign. */
    public static StatementDraft draft(JointAuthorisation authorisation, Instant at) {
        return StatementDraft.of(SIGNED, authorisation.between().ofPlace(), at, authorisation.toJson())
                .addressedTo(authorisation.between().obtaining());
    }

    /** What the obtaining party is to sign then. */
    public static StatementDraft countersignature(Statement signed, PartyCode obtaining, Instant at) {
        return StatementDraft.of(
                        COUNTERSIGNED,
                        obtaining,
                        at,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("statement", signed.id().hex()))
                .addressedTo(signed.from());
    }

    /**
     * Joins both statements.
     *
     * @param placeCard pinned card of the party of the place
     * @param obtainingCard pinned card of the obtaining party
     * @throws Malformed {@code memorandum.authorisation.…} when one of them is not what the other needs
     */
    public static VerifiedAuthorisation of(
            Statement signed, PartyCard placeCard, Statement countersigned, PartyCard obtainingCard) throws Malformed {
        if (!signed.kind().equals(SIGNED) || !countersigned.kind().equals(COUNTERSIGNED)) {
            throw new Malformed("memorandum.authorisation.wrong-kind", signed.kind(), countersigned.kind());
        }
        JointAuthorisation terms = JointAuthorisation.fromJson(signed.content());
        if (!isOf(signed, terms.between().ofPlace(), placeCard)) {
            throw new Malformed(
                    "memorandum.authorisation.wrong-signer",
                    terms.id(),
                    terms.between().ofPlace().text());
        }
        if (!isOf(countersigned, terms.between().obtaining(), obtainingCard)) {
            throw new Malformed(
                    "memorandum.authorisation.wrong-signer",
                    terms.id(),
                    terms.between().obtaining().text());
        }
        Members content = Members.of(countersigned.content(), "content");
        Digest countersignedId = content.digest("statement");
        content.end();
        if (!countersignedId.equals(signed.id())) {
            throw new Malformed("memorandum.authorisation.other-statement", terms.id());
        }
        return new VerifiedAuthorisation(terms, signed.id());
    }

    public JointAuthorisation terms() {
        return terms;
    }

    /** The id of the statement by which the party of the place signed it. */
    public Digest statement() {
        return statement;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifiedAuthorisation that && statement.equals(that.statement);
    }

    @Override
    public int hashCode() {
        return statement.hashCode();
    }

    @Override
    public String toString() {
        return "joint authorisation " + terms.id();
    }

    private static boolean isOf(Statement statement, PartyCode party, PartyCard card) {
        return card.party().equals(party)
                && statement.from().equals(party)
                && (statement.signedBy(card)
                        || statement.kid().equals(card.root().kid()));
    }
}
