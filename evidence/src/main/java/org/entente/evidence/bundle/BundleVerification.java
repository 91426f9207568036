package org.entente.evidence.bundle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.card.Trust;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.KeyName;
import tools.jackson.databind.JsonNode;

/**
 * Verifies a bundle with nothing but its bytes and the pinned cards.
 *
 * <p>The steps, each of which stops at the first fault: (1) the form; (2) both cards under their own roots, what the
 * statements of the bundle make of them (successions and revocations, by their places in the logs), and what the pinned
 * cards say of that; (3) every statement under the statement keys of its sender's card at its place, or
 * the root that signed the cards, which speaks for the party as a whole; (4) the memorandum that
 * both have signed; (5) the officers' approvals; (6) both logs: signed by their party, cosigned by the other, and every
 * statement in each; (7) what refers to what, and in which order; (8) the bodies: each is
 * what a statement commits its sender to; (9) the seal over all of it. A fault in step 1 makes the
 * file unreadable, any later one makes it false. The seal comes last so that a bundle that was tampered with and sealed
 * anew is refused for what was changed; nothing is reported before all the steps are done.
 *
 * <p>Trust comes from outside only. The cards in the file say which keys signed; that those keys are the parties', the
 * pinned cards say.
 */
public final class BundleVerification {
    /** By how much the clocks of the two parties may differ. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    /**
     * By when an act is approved after the moment that its statement bears: that is the moment for which it was prepared
     * and decided, and officers sign later.
     */
    public static final Duration APPROVED_WITHIN = Duration.ofHours(24);

    private final Bundle bundle;
    private final Trusted trusted;

    private BundleVerification(Bundle bundle, Trusted trusted) {
        this.bundle = bundle;
        this.trusted = trusted;
    }

    /** Verifies a file for a reader who trusts the two parties and nobody else. */
    public static BundleOutcome verify(byte[] file, PinnedCards pins) {
        return verify(file, Trusted.parties(pins));
    }

    /** Verifies a file. */
    public static BundleOutcome verify(byte[] file, Trusted trusted) {
        Bundle bundle;
        try {
            bundle = Bundle.parse(file);
        } catch (Malformed refused) {
            return new BundleOutcome.Unreadable(refused.problem());
        }
        try {
            BundleReport report = new BundleVerification(bundle, trusted).report();
            return report.pinned()
                    ? new BundleOutcome.Verified(report)
                    : new BundleOutcome.ConsistentButUnpinned(report);
        } catch (Malformed refused) {
            return new BundleOutcome.False(refused.problem());
        }
    }

    private BundleReport report() throws Malformed {
        List<PartyCard> first = firstCards();
        List<UnverifiedStatement> read = read();
        CardsInLogs cardsInLogs = CardsInLogs.of(first, read, bundle.content().logs());
        List<BundleReport.Party> parties = parties(first, cardsInLogs);
        List<PartyCard> cards = parties.stream().map(BundleReport.Party::card).toList();
        List<Statement> statements = statements(read, cards, cardsInLogs);
        Digest memorandum = CanonicalJson.digest(bundle.content().memorandum());
        requireMemorandumSigned(memorandum, cards, statements);
        int approvals = new Approvals(cardsInLogs.all(), statements).verify();
        List<BundleReport.Log> logs = List.of(
                log(0, first.get(0).party(), first.get(1).party(), statements, cardsInLogs),
                log(1, first.get(1).party(), first.get(0).party(), statements, cardsInLogs));
        new References(statements, bundle.content().logs()).verify();
        List<BundleReport.Body> bodies =
                new Bodies(statements).verify(bundle.content().bodies());
        Statement seal = seal(cards, statements, cardsInLogs);
        return new BundleReport(
                certified(parties, statements, seal, cardsInLogs),
                memorandum,
                statements,
                new BundleReport.Within(approvals, bodies),
                logs,
                seal);
    }

    private List<BundleReport.Party> certified(
            List<BundleReport.Party> parties, List<Statement> statements, Statement seal, CardsInLogs cards)
            throws Malformed {
        List<Statement> signed = new ArrayList<>(statements);
        signed.add(seal);
        List<BundleReport.Party> certified = new ArrayList<>();
        for (BundleReport.Party party : parties) {
            List<PartyCard> succession = cards.history(0, party.card().party()).cards();
            certified.add(new BundleReport.Party(
                    party.card(),
                    party.firstSerial(),
                    party.trust(),
                    Certified.of(succession, signed, trusted.certifiers())));
        }
        return certified;
    }

    private List<PartyCard> firstCards() throws Malformed {
        List<PartyCard> cards = new ArrayList<>();
        for (JsonNode document : bundle.content().cards()) {
            cards.add(PartyCard.of(document));
        }
        if (cards.get(0).party().compareTo(cards.get(1).party()) >= 0) {
            throw new Malformed("bundle.cards-order");
        }
        return cards;
    }

    private List<UnverifiedStatement> read() throws Malformed {
        List<UnverifiedStatement> read = new ArrayList<>();
        for (JsonNode document : bundle.content().statements()) {
            try {
                read.add(Statement.of(document));
            } catch (Malformed refused) {
                throw refused(read.size(), refused);
            }
        }
        return read;
    }

    private List<BundleReport.Party> parties(List<PartyCard> first, CardsInLogs cards) throws Malformed {
        List<BundleReport.Party> parties = new ArrayList<>();
        for (PartyCard card : first) {
            List<PartyCard> succession = cards.history(0, card.party()).cards();
            Trust trust = trusted.cards().trust(succession);
            if (trust == Trust.CONTRADICTING) {
                throw new Malformed("bundle.card-contradicts-pin", card.party().text());
            }
            parties.add(new BundleReport.Party(succession.getLast(), card.serial(), trust, List.of()));
        }
        return parties;
    }

    private static List<Statement> statements(
            List<UnverifiedStatement> read, List<PartyCard> cards, CardsInLogs cardsInLogs) throws Malformed {
        List<Statement> statements = new ArrayList<>();
        Set<Digest> ids = new HashSet<>();
        for (int i = 0; i < read.size(); i++) {
            Statement statement = verified(read.get(i), cards, cardsInLogs, i);
            if (!ids.add(statement.id())) {
                throw new Malformed("bundle.statement-repeated", place(i));
            }
            if (statement.to().isPresent()) {
                card(cards, statement.to().get().party(), i);
            }
            statements.add(statement);
        }
        return statements;
    }

    private static Statement verified(
            UnverifiedStatement read, List<PartyCard> cards, CardsInLogs cardsInLogs, int index) throws Malformed {
        try {
            card(cards, read.claimedFrom().party(), index);
            PartyCard card = cardsInLogs.cardFor(read, index);
            boolean byRoot = read.claimedKid().equals(card.root().kid())
                    && read.claimedFrom().equals(card.party());
            return byRoot ? read.verify(card.root(), card.root().kid()) : read.verify(card);
        } catch (Malformed refused) {
            throw refused(index, refused);
        }
    }

    private static Malformed refused(int index, Malformed refused) {
        return new Malformed(
                "bundle.statement-refused", place(index), refused.problem().code());
    }

    private static PartyCard card(List<PartyCard> cards, PartyCode party, int index) throws Malformed {
        for (PartyCard card : cards) {
            if (card.party().equals(party)) {
                return card;
            }
        }
        throw new Malformed("bundle.party-foreign", place(index), party.text());
    }

    private static void requireMemorandumSigned(Digest digest, List<PartyCard> cards, List<Statement> statements)
            throws Malformed {
        for (PartyCard card : cards) {
            boolean signed = false;
            for (Statement statement : statements) {
                if (statement.kind().equals("memorandum-signed")
                        && statement.from().party().equals(card.party())) {
                    Members content = Members.of(statement.content(), "content");
                    content.text("memorandum");
                    signed |= content.digest("digest").equals(digest);
                }
            }
            if (!signed) {
                throw new Malformed("bundle.memorandum-unsigned", card.party().text());
            }
        }
    }

    /** A checkpoint counts under the cards that hold behind its last entry. */
    private BundleReport.Log log(
            int index, PartyCode owner, PartyCode counterpart, List<Statement> statements, CardsInLogs cards)
            throws Malformed {
        LogEvidence log = bundle.content().logs().get(index);
        if (!LogNames.relationship(log.origin(), owner, counterpart)) {
            throw new Malformed("bundle.log-origin", owner.text());
        }
        SignedNote note = SignedNote.parse(log.checkpoint());
        long size = Checkpoint.claimed(note.text()).size();
        PartyCard signing = cards.history(index, owner).cardAt(size);
        PartyCard cosigning = cards.history(index, counterpart).cardAt(size);
        cards.history(index, owner).require(KeyName.log(signing), size);
        cards.history(index, counterpart).require(KeyName.cosigning(cosigning), size);
        SignedCheckpoint checkpoint = SignedCheckpoint.open(note, KnownLog.of(log.origin(), signing.logKey()));
        Cosigner cosigner = Cosigner.of(cosigning);
        if (checkpoint.signatures() != 1 + cosigner.keys().size()) {
            throw new Malformed("bundle.log-signatures", log.origin());
        }
        Instant cosignedAt = checkpoint.cosignedAt(cosigner);
        requireIncluded(statements, log, checkpoint.checkpoint(), cosignedAt);
        List<Vouching> vouchings = new Anchors(trusted, cards.all())
                .verify(log, checkpoint.checkpoint(), cards.history(index, owner), statements);
        List<Long> places = log.inclusions().stream().map(InclusionProof::index).toList();
        return new BundleReport.Log(checkpoint.checkpoint(), cosigner.name(), cosignedAt, places, vouchings);
    }

    private static void requireIncluded(
            List<Statement> statements, LogEvidence log, Checkpoint checkpoint, Instant cosignedAt) throws Malformed {
        Set<Long> places = new HashSet<>();
        for (int i = 0; i < statements.size(); i++) {
            InclusionProof inclusion = log.inclusions().get(i);
            Digest leaf = MerkleHash.statementLeaf(statements.get(i).id());
            boolean included = inclusion.verifies(leaf, checkpoint.size(), checkpoint.root());
            if (!included || !places.add(inclusion.index())) {
                throw new Malformed("bundle.statement-not-logged", place(i), log.origin());
            }
            if (statements.get(i).at().isAfter(cosignedAt.plus(CLOCK_SKEW))) {
                throw new Malformed("bundle.statement-after-checkpoint", place(i), log.origin());
            }
        }
    }

    private Statement seal(List<PartyCard> cards, List<Statement> statements, CardsInLogs cardsInLogs)
            throws Malformed {
        Statement seal;
        try {
            UnverifiedStatement read = Statement.of(bundle.seal());
            PartyCard card = card(cards, read.claimedFrom().party(), statements.size());
            cardsInLogs.history(0, card.party()).require(KeyName.statement(card), Long.MAX_VALUE);
            seal = read.verify(card);
        } catch (Malformed refused) {
            throw new Malformed("bundle.seal-refused", refused.problem().code());
        }
        Members content = Members.of(seal.content(), "seal");
        boolean covers = content.text("format").equals(Bundle.FORMAT)
                && content.digest("digest").equals(BundleContent.digest(bundle.contentJson()));
        content.end();
        if (!seal.kind().equals(Bundle.SEAL_KIND) || seal.to().isPresent() || !covers) {
            throw new Malformed("bundle.seal-other");
        }
        Optional<Instant> latest = statements.stream().map(Statement::at).max(Instant::compareTo);
        if (latest.isPresent() && seal.at().plus(CLOCK_SKEW).isBefore(latest.get())) {
            throw new Malformed("bundle.seal-before");
        }
        return seal;
    }

    /** How people count the statements of a file: from 1. */
    static String place(int index) {
        return Integer.toString(index + 1);
    }
}
