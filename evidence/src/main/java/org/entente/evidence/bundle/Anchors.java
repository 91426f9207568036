package org.entente.evidence.bundle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.VerificationKey;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.Consistency;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardHistory;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.time.TimeStamp;
import org.entente.evidence.witness.Finality;
import org.entente.evidence.witness.TrustPolicy;

/**
 * Judges the anchors of a log by what the reader trusts. A false checkpoint makes the bundle false: whoever exported it could see that. What
 * others say about a true one counts or does not, and spoils nothing: an exporter knows neither whom its reader trusts nor whether they
 * tell the truth, and a partner hands over what it likes.
 */
final class Anchors {
    private final Trusted trusted;
    private final Set<VerificationKey> keysOfParties = new HashSet<>();

    /** @param cards all cards of both parties: whoever signs with a key of theirs is no third */
    Anchors(Trusted trusted, List<PartyCard> cards) {
        this.trusted = trusted;
        for (PartyCard card : cards) {
            keysOfParties.add(card.logKey());
            keysOfParties.add(card.cosigningKeys().ed25519());
            keysOfParties.add(card.cosigningKeys().mlDsa44());
        }
    }

    /**
     * Verifies the anchors of one log.
     *
     * @param head the bundle's checkpoint of that log, verified
     * @param owner the cards of the log's party, by their places in it
     * @param statements in the bundle's order
     */
    List<Vouching> verify(LogEvidence log, Checkpoint head, CardHistory owner, List<Statement> statements)
            throws Malformed {
        List<Vouching> vouchings = new ArrayList<>();
        long before = 0;
        for (LogAnchor anchor : log.anchors()) {
            SignedCheckpoint checkpoint = open(anchor, log.origin(), owner);
            long size = checkpoint.checkpoint().size();
            if (size <= before) {
                throw new Malformed("bundle.anchor-order", log.origin());
            }
            if (!Consistency.verifies(checkpoint.checkpoint(), head, anchor.consistency())) {
                throw new Malformed("bundle.anchor-other-history", log.origin(), Long.toString(size));
            }
            vouchings.add(vouching(anchor, checkpoint, notBefore(log, size, statements)));
            before = size;
        }
        return vouchings;
    }

    private static SignedCheckpoint open(LogAnchor anchor, String origin, CardHistory owner) throws Malformed {
        try {
            SignedNote note = SignedNote.parse(anchor.checkpoint());
            long size = Checkpoint.claimed(note.text()).size();
            PartyCard signing = owner.cardAt(size);
            owner.require(KeyName.log(signing), size);
            return SignedCheckpoint.open(note, KnownLog.of(origin, signing.logKey()));
        } catch (Malformed refused) {
            throw refused(origin, refused);
        }
    }

    /** Nobody saw a statement before it was said, but for what clocks may differ. */
    private static Instant notBefore(LogEvidence log, long size, List<Statement> statements) {
        Instant latest = Instant.MIN;
        for (int place = 0; place < statements.size(); place++) {
            Instant at = statements.get(place).at().minus(BundleVerification.CLOCK_SKEW);
            if (log.inclusions().get(place).index() < size && at.isAfter(latest)) {
                latest = at;
            }
        }
        return latest;
    }

    private Vouching vouching(LogAnchor anchor, SignedCheckpoint checkpoint, Instant notBefore) {
        Digest imprint = checkpoint.checkpoint().digest();
        List<TimeStamp> stamps = new ArrayList<>();
        for (byte[] token : anchor.stamps()) {
            try {
                TimeStamp stamp = TimeStamp.open(token, imprint, trusted.authorities());
                if (!stamp.at().isBefore(notBefore)) {
                    stamps.add(stamp);
                }
            } catch (Malformed doesNotCount) {
                // Counted below as what is left over.
            }
        }
        int uncounted = anchor.stamps().size() - stamps.size();
        return new Vouching(checkpoint.checkpoint().size(), witnesses(checkpoint, notBefore), stamps, uncounted);
    }

    private List<Finality.Seen> witnesses(SignedCheckpoint checkpoint, Instant notBefore) {
        if (trusted.witnesses().isEmpty()) {
            return List.of();
        }
        TrustPolicy policy = trusted.witnesses().get();
        return switch (policy.judge(checkpoint)) {
            case Finality.Final(var seen) -> {
                boolean third = seen.stream().anyMatch(one -> isThird(policy, one));
                boolean timely = seen.stream().noneMatch(one -> one.at().isBefore(notBefore));
                yield third && timely ? seen : List.of();
            }
            case Finality.Waiting _, Finality.Refused _ -> List.of();
        };
    }

    private boolean isThird(TrustPolicy policy, Finality.Seen seen) {
        return policy.witnesses().stream()
                .filter(witness -> witness.name().equals(seen.witness()))
                .noneMatch(witness -> keysOfParties.contains(witness.key().key()));
    }

    private static Malformed refused(String origin, Malformed refused) {
        return new Malformed("bundle.anchor-refused", origin, refused.problem().code());
    }
}
