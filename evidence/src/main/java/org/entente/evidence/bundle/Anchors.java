package org.entente.evidence.bundle;

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
import org.entente.evidence.succession.CardHistory;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.time.TimeStamp;
import org.entente.evidence.witness.Finality;
import org.entente.evidence.witness.TrustPolicy;

/**
 * Judges the anchors of a log by what the reader trusts. What the reader does not know proves nothing and spoils nothing;
 * what bears the name of a known witness, or claims to be a time stamp, and does not hold makes the bundle false.
 */
final class Anchors {
    /** The one refusal that says nothing about the token: the reader does not know who signed it. */
    private static final String UNKNOWN_AUTHORITY = "timestamp.untrusted";

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
     */
    List<Vouching> verify(LogEvidence log, Checkpoint head, CardHistory owner) throws Malformed {
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
            vouchings.add(vouching(anchor, checkpoint));
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

    private Vouching vouching(LogAnchor anchor, SignedCheckpoint checkpoint) throws Malformed {
        String origin = checkpoint.checkpoint().origin();
        Digest imprint = checkpoint.checkpoint().digest();
        List<TimeStamp> stamps = new ArrayList<>();
        int unjudged = 0;
        for (byte[] token : anchor.stamps()) {
            try {
                stamps.add(TimeStamp.open(token, imprint, trusted.authorities()));
            } catch (Malformed refused) {
                if (!refused.problem().code().equals(UNKNOWN_AUTHORITY)) {
                    throw refused(origin, refused);
                }
                unjudged++;
            }
        }
        return new Vouching(checkpoint.checkpoint().size(), witnesses(checkpoint), stamps, unjudged);
    }

    private List<Finality.Seen> witnesses(SignedCheckpoint checkpoint) throws Malformed {
        if (trusted.witnesses().isEmpty()) {
            return List.of();
        }
        TrustPolicy policy = trusted.witnesses().get();
        return switch (policy.judge(checkpoint)) {
            case Finality.Final(var seen) -> seen.stream().anyMatch(one -> isThird(policy, one)) ? seen : List.of();
            case Finality.Waiting _ -> List.of();
            case Finality.Refused wrong ->
                throw refused(checkpoint.checkpoint().origin(), new Malformed(wrong.problem()));
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
