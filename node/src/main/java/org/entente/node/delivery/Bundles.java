package org.entente.node.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.bundle.Bundle;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.bundle.LogAnchor;
import org.entente.evidence.bundle.LogEvidence;
import org.entente.evidence.bundle.OpenedBody;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardHistory;
import org.entente.evidence.succession.CardSucceeded;
import org.entente.memorandum.signing.Standing;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.Statements;
import org.entente.node.memoranda.Memoranda;
import org.entente.node.party.Parties;
import org.entente.node.testimony.Testimony;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Writes the evidence of a relationship into one file. It holds every statement that both logs hold under checkpoints that
 * the other side has cosigned and that can stand as evidence; what is still on its way is left for the next bundle.
 */
public final class Bundles {
    private static final Logger LOG = LoggerFactory.getLogger(Bundles.class);
    private static final int MEMORANDUM_BYTES_MAX = 1 << 20;
    private static final int LEFT_OUT_MAX = 1_000;

    /** Problems of one statement, whose first argument says of which. */
    private static final Set<String> PLACED = Set.of(
            "bundle.approval-refused",
            "bundle.statement-refused",
            "bundle.succession-refused",
            "bundle.answered-missing",
            "bundle.answer-before",
            "bundle.statement-not-logged",
            "bundle.statement-after-checkpoint");

    /** Problems of what others say about a log, whose first argument says about which. */
    private static final Set<String> ANCHORS =
            Set.of("bundle.anchor-order", "bundle.anchor-other-history", "bundle.anchor-refused");

    private final Parties parties;
    private final Memoranda memoranda;
    private final Ledger ledger;
    private final Courier courier;
    private final SecretKeys keys;
    private final Clock clock;

    /** What this node's own side of the evidence is read from. */
    public record Ledger(Statements statements, Logs logs, Checkpoints checkpoints, Testimony testimony) {}

    public Bundles(Parties parties, Memoranda memoranda, Ledger ledger, Courier courier, SecretKeys keys, Clock clock) {
        this.parties = parties;
        this.memoranda = memoranda;
        this.ledger = ledger;
        this.courier = courier;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The bundle of the relationship with a partner, verified before it is given out.
     *
     * @param ofCase what the partner is told instead of a case's reference, if only what belongs to that case is wanted
     * @throws Malformed when the partner does not answer, nothing is cosigned yet, or nothing cosigned names the case
     */
    public byte[] export(PartyCode partner, Optional<Digest> ofCase) throws Malformed {
        return export(partner, ofCase, Carried.NOTHING);
    }

    /**
     * Contents that a bundle shows, which the caller has decided about.
     *
     * @param bodies that statements of the bundle name
     * @param required other statements without which the file is not to be written
     */
    public record Carried(List<OpenedBody> bodies, Set<Digest> required) {
        static final Carried NOTHING = new Carried(List.of(), Set.of());

        public Carried {
            bodies = List.copyOf(bodies);
            required = Set.copyOf(required);
        }

        /** In the order that the format has; all of it stands under cosigned checkpoints of both logs, or nothing is written. */
        private List<OpenedBody> among(List<Shown> shown) throws Malformed {
            List<Digest> order = shown.stream().map(one -> one.statement().id()).toList();
            for (Digest needed : required) {
                requireAmong(order, needed);
            }
            for (OpenedBody body : bodies) {
                requireAmong(order, body.statement());
            }
            return bodies.stream()
                    .sorted(Comparator.<OpenedBody>comparingInt(body -> order.indexOf(body.statement()))
                            .thenComparing(body -> body.ciphertext().hex()))
                    .toList();
        }

        private static void requireAmong(List<Digest> order, Digest statement) throws Malformed {
            if (!order.contains(statement)) {
                throw new Malformed("export.under-way", statement.hex());
            }
        }
    }

    /**
     * The same, with contents of bodies.
     *
     * @throws Malformed also {@code export.under-way} when a statement that they need is not in both cosigned logs yet, and
     *     {@code bundle.bodies-too-large}
     */
    public byte[] export(PartyCode partner, Optional<Digest> ofCase, Carried carried) throws Malformed {
        Parties.Partner other = parties.require(partner);
        String origin = ledger.logs.origin(partner);
        SignedCheckpoint checkpoint = ledger.checkpoints
                .cosigned(origin)
                .orElseThrow(() -> new Malformed("bundle.nothing-cosigned", partner.text()));
        List<Statement> logged = wanted(partner, ofCase);
        List<Digest> ids = logged.stream().map(Statement::id).toList();
        Map<Digest, InclusionProof> ours = ledger.checkpoints.proofs(partner, ids, checkpoint);
        Map<Digest, InclusionProof> theirs = new HashMap<>();
        Courier.Proven proven = courier.prove(other, ids);
        proven.proofs().forEach(proof -> theirs.put(proof.statement(), proof.proof()));
        List<Shown> shown = new ArrayList<>();
        for (Statement statement : logged) {
            InclusionProof here = ours.get(statement.id());
            InclusionProof there = theirs.get(statement.id());
            if (here != null && there != null) {
                shown.add(new Shown(statement, here, there));
            }
        }
        List<CardHistory> cards = new ArrayList<>(
                List.of(parties.history(parties.own().party(), origin), parties.history(partner, origin)));
        cards.sort(Comparator.comparing(history -> history.latest().party()));
        requireWholeSuccession(cards, shown);
        List<Long> places = shown.stream().map(one -> one.own.index()).toList();
        return verified(
                cards,
                shown,
                new Heads(
                        new Head(origin, checkpoint.note(), ledger.testimony.anchors(checkpoint, places)),
                        new Head(proven.origin(partner, parties.own().party()), proven.checkpoint(), proven.anchors())),
                carried);
    }

    /**
     * What of the relationship a bundle would show, as far as both logs prove it, in the order of the own log.
     *
     * @throws Malformed {@code bundle.case-empty}
     */
    public List<Statement> wanted(PartyCode partner, Optional<Digest> ofCase) throws Malformed {
        List<Statement> logged = ledger.statements.inLogOf(partner).stream()
                .map(Statements.Entry::statement)
                .toList();
        if (ofCase.isEmpty()) {
            return logged;
        }
        List<Statement> selected = CaseSelection.of(logged, ofCase.get());
        if (selected.isEmpty()) {
            throw new Malformed("bundle.case-empty", partner.text());
        }
        return selected;
    }

    /** A statement with its place in our log and in the partner's. */
    private record Shown(Statement statement, InclusionProof own, InclusionProof other) {}

    /** The checkpoint under which everything stands in one log, and who vouches for it. */
    private record Head(String origin, String checkpoint, List<LogAnchor> anchors) {
        LogEvidence log(List<InclusionProof> inclusions) {
            return new LogEvidence(origin, checkpoint, inclusions, anchors);
        }
    }

    private record Heads(Head own, Head other) {
        Heads withoutAnchorsOf(String origin) {
            return other.origin.equals(origin)
                    ? new Heads(own, new Head(origin, other.checkpoint, List.of()))
                    : new Heads(new Head(origin, own.checkpoint, List.of()), other);
        }
    }

    /**
     * Seals and verifies. A statement that could not be evidence, because its officer's approval does not count or because
     * it answers what was never said, is left out with what answers it: nobody makes the rest unprovable by saying one.
     */
    private byte[] verified(List<CardHistory> cards, List<Shown> shown, Heads begun, Carried carried) throws Malformed {
        List<PartyCard> first =
                cards.stream().map(history -> history.cards().getFirst()).toList();
        List<PartyCard> newest = cards.stream().map(CardHistory::latest).toList();
        Heads heads = begun;
        for (int leftOut = 0; ; leftOut++) {
            byte[] bytes = seal(first, shown, heads, carried.among(shown));
            switch (BundleVerification.verify(bytes, PinnedCards.of(newest))) {
                case BundleOutcome.Verified _ -> {
                    return bytes;
                }
                case BundleOutcome.False wrong
                when ANCHORS.contains(wrong.problem().code()) -> {
                    LOG.warn("what others say about a log is left out of the evidence: {}", wrong.problem());
                    heads = heads.withoutAnchorsOf(wrong.problem().arguments().getFirst());
                }
                case BundleOutcome.False wrong -> {
                    int place = place(wrong.problem())
                            .filter(found -> found <= shown.size())
                            .orElseThrow(() -> new Malformed(wrong.problem()));
                    if (leftOut == LEFT_OUT_MAX) {
                        throw new Malformed(wrong.problem());
                    }
                    LOG.warn(
                            "{} is left out of the evidence: {}",
                            shown.remove(place - 1).statement(),
                            wrong.problem());
                }
                case BundleOutcome.Unreadable unreadable -> throw new Malformed(unreadable.problem());
                case BundleOutcome.ConsistentButUnpinned _ ->
                    throw new IllegalStateException("both cards are pinned here");
            }
        }
    }

    /** A new card counts only once both logs hold it under cosigned checkpoints, and without it the seal would not. */
    private static void requireWholeSuccession(List<CardHistory> cards, List<Shown> shown) throws Malformed {
        for (CardHistory history : cards) {
            Set<PartyCard> missing = new HashSet<>(history.cards());
            missing.remove(history.cards().getFirst());
            for (Shown one : shown) {
                if (one.statement.kind().equals(CardSucceeded.KIND)) {
                    missing.remove(CardSucceeded.read(one.statement).card());
                }
            }
            if (!missing.isEmpty()) {
                throw new Malformed(
                        "bundle.succession-underway", history.latest().party().text());
            }
        }
    }

    /** The statement, counted from 1, for which a bundle is false; empty when it is false for another reason. */
    private static Optional<Integer> place(Problem problem) {
        return PLACED.contains(problem.code())
                ? Optional.of(Integer.parseInt(problem.arguments().getFirst()))
                : Optional.empty();
    }

    private byte[] seal(List<PartyCard> cards, List<Shown> shown, Heads heads, List<OpenedBody> bodies)
            throws Malformed {
        PartyCode own = parties.own().party();
        PartyCode partner = cards.stream()
                .map(PartyCard::party)
                .filter(party -> !party.equals(own))
                .findFirst()
                .orElseThrow();
        List<LogEvidence> logs = ordered(
                own,
                heads.own.log(shown.stream().map(Shown::own).toList()),
                partner,
                heads.other.log(shown.stream().map(Shown::other).toList()));
        byte[] bytes = Bundle.seal(
                        new Bundle.Exchange(
                                cards,
                                memorandum(partner),
                                shown.stream().map(Shown::statement).toList(),
                                logs,
                                bodies),
                        own,
                        clock.instant(),
                        keys)
                .bytes();
        if (!bodies.isEmpty() && bytes.length > Bundle.BYTES_MAX) {
            throw new Malformed("bundle.bodies-too-large", Integer.toString(Bundle.BYTES_MAX));
        }
        return bytes;
    }

    private static List<LogEvidence> ordered(
            PartyCode own, LogEvidence ownLog, PartyCode partner, LogEvidence partnerLog) {
        return own.compareTo(partner) < 0 ? List.of(ownLog, partnerLog) : List.of(partnerLog, ownLog);
    }

    /** The memorandum that both have signed; the newest, when there are several. */
    private JsonNode memorandum(PartyCode partner) throws Malformed {
        for (Standing standing : memoranda.standings(partner)) {
            boolean signedByAll = switch (standing) {
                case Standing.Draft _, Standing.Signed _ -> false;
                case Standing.Concluded _, Standing.Superseded _ -> true;
            };
            if (signedByAll) {
                return CanonicalJson.parse(standing.memorandum().canonical(), MEMORANDUM_BYTES_MAX);
            }
        }
        throw new Malformed("bundle.no-memorandum", partner.text());
    }
}
