package org.entente.node.comparison;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.exchange.message.Comparison;
import org.entente.holdings.identifier.Identifier;
import org.entente.matching.index.BuiltIndex;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.GenerationBuilder;
import org.entente.matching.index.IndexRecord;
import org.entente.matching.index.MatchInput;
import org.entente.matching.index.OwnIndex;
import org.entente.matching.oprf.EpochKey;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.decision.Item;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.signing.Standing;
import org.entente.node.act.Decisions;
import org.entente.node.act.Draft;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.body.Bodies;
import org.entente.node.canary.Canaries;
import org.entente.node.canary.Canary;
import org.entente.node.holding.Holdings;
import org.entente.node.memoranda.Standstill;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Announces what has changed since an index was announced, as its next generation, at a cost that grows with the changes. Each item that now bears a
 * touched identifier is decided about anew; whatever may no longer be indexed is taken away.
 *
 * <p>Only a change of an item counts as one. What ends by itself, such as a joint authorisation, shows with the next epoch.
 */
final class IndexChanges {
    private final Holdings holdings;
    private final Canaries canaries;
    private final Indices indices;
    private final IndexShelf shelf;
    private final Bodies bodies;
    private final Decisions decisions;
    private final IndexAct.Chance chance;

    IndexChanges(
            IndexAct.Stock stock,
            Indices indices,
            IndexShelf shelf,
            Bodies bodies,
            Decisions decisions,
            IndexAct.Chance chance) {
        this.holdings = stock.holdings();
        this.canaries = stock.canaries();
        this.indices = indices;
        this.shelf = shelf;
        this.bodies = bodies;
        this.decisions = decisions;
        this.chance = chance;
    }

    /**
     * Prepares the next generation of an index of ours.
     *
     * @param statement the announcement of the whole list
     */
    Draft prepare(Digest statement, Signatories signatories) throws IOException, Malformed, RefusedAct, NothingHere {
        signatories.requireRole(ActName.INDEX);
        Indices.Announced whole = indices.findWhole(statement)
                .filter(index -> index.own() && index.holder().equals(signatories.authority()))
                .orElseThrow(NothingHere::new);
        if (indices.ends().over(whole)) {
            throw new Malformed("comparison.epoch-ended");
        }
        Comparison.Scope scope = new Comparison.Scope(
                whole.facts().memorandum(),
                whole.facts().category(),
                Optional.of(whole.facts().purpose()));
        if (indices.nextEpoch(scope, whole.holder(), whole.reader())
                != whole.facts().epoch() + 1) {
            throw new Malformed("comparison.epoch-over");
        }
        Instant at = UtcSeconds.whole(chance.clock().instant());
        requireInForce(whole, at);
        List<Indices.Announced> generations = indices.generations(whole);
        Circumstances circumstances = new Circumstances(
                whole.holder(),
                whole.reader(),
                whole.facts().purpose(),
                whole.facts().category(),
                at);
        long mark = holdings.mark();
        GenerationBuilder.Outcome.Built built = build(generations, changes(generations, circumstances, signatories));
        shelf.keepChanges(built.index());
        Comparison.IndexAnnounced message = new Comparison.IndexAnnounced(
                scope,
                new Comparison.Epoch(whole.facts().epoch(), whole.facts().until()),
                Comparison.MatchMode.SHARED_INDEX,
                new Comparison.IndexCommitment(
                        Base64Text.url(whole.facts().publicKey().encode()),
                        built.index().entries(),
                        root(built.index()),
                        generations.size()),
                Optional.of(bodies.seal(built.index().bytes(), whole.reader())),
                whole.facts().composite());
        return Draft.fresh(
                "index",
                message,
                new Draft.Between(whole.holder(), whole.reader(), signatories.pseudonyms(), at),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("mark", mark)
                        .put("added", built.tally().added())
                        .put("replaced", built.tally().replaced())
                        .put("removed", built.tally().removed())
                        .put("awaiting", built.tally().awaiting()));
    }

    /** Changes say nothing about one item alone, so they are asked for the memorandum itself: none leaves while it rests. */
    private void requireInForce(Indices.Announced whole, Instant at) throws RefusedAct {
        Digest memorandum = whole.facts().memorandum();
        Standing standing = decisions.sitting(whole.reader().party()).standings().stream()
                .filter(one -> one.memorandum().digest().equals(memorandum))
                .findFirst()
                .orElseThrow();
        Optional<Problem> resting = Standstill.ofIndex(
                standing,
                new Circumstances(
                        whole.reader(),
                        whole.holder(),
                        whole.facts().purpose(),
                        whole.facts().category(),
                        at));
        if (resting.isPresent()) {
            throw refused(resting.get());
        }
    }

    private static RefusedAct refused(Problem problem) {
        return new RefusedAct(problem, List.of());
    }

    private static Digest root(BuiltIndex index) {
        return Digest.ofBytes(index.root().bytes());
    }

    private GenerationBuilder.Changes changes(
            List<Indices.Announced> generations, Circumstances circumstances, Signatories signatories) {
        Indices.Facts facts = generations.getFirst().facts();
        CompositeClasses composite = new CompositeClasses(facts.composite());
        long since = indices.mark(generations.getLast().statement());
        Decisions.Sitting sitting =
                decisions.sitting(circumstances.counterpart().party());
        List<IndexRecord> present = new ArrayList<>();
        List<MatchInput> touched = new ArrayList<>();
        for (Identifier identifier : holdings.touched(circumstances.by(), circumstances.category(), since)) {
            if (!facts.holds(identifier.type())) {
                continue;
            }
            touched.add(ProbeAct.input(identifier));
            for (Holdings.Held held : holdings.bearing(circumstances.by(), circumstances.category(), identifier)) {
                Act act = new Act.Index(
                        circumstances,
                        signatories.grounds(Optional.empty(), Optional.empty()),
                        new Item(held.item().envelope(), sitting.authorisations()));
                Decision decision = sitting.judge(act);
                if (decision instanceof Decision.Permitted) {
                    composite.identifiers(held.item()).stream()
                            .filter(borne -> ProbeAct.input(borne).equals(ProbeAct.input(identifier)))
                            .forEach(borne -> present.add(IndexAct.record(held, borne)));
                }
            }
        }
        for (Canary canary : canaries.touched(circumstances.by(), circumstances.category(), since)) {
            touched.add(ProbeAct.input(canary.identifier()));
            if (canary.standing()) {
                present.add(IndexAct.record(canary));
            }
        }
        return new GenerationBuilder.Changes(present, touched);
    }

    private GenerationBuilder.Outcome.Built build(
            List<Indices.Announced> generations, GenerationBuilder.Changes changes) throws IOException, Malformed {
        Indices.Announced whole = generations.getFirst();
        List<OwnIndex> earlier = new ArrayList<>();
        for (Indices.Announced generation : generations) {
            earlier.add(shelf.own(generation.facts().root()));
        }
        EpochKey key = shelf.key(whole.facts().root());
        try {
            GenerationBuilder builder = new GenerationBuilder(key, IndexAct.plan(whole), earlier, chance.random());
            return switch (builder.build(changes)) {
                case GenerationBuilder.Outcome.Built built -> built;
                case GenerationBuilder.Outcome.EpochIsDue _ -> throw new Malformed("comparison.epoch-due");
                case GenerationBuilder.Outcome.Refused refused -> throw IndexAct.refused(refused.refusal(), 0);
            };
        } catch (DamagedIndex e) {
            throw IndexShelf.damaged(e);
        } finally {
            key.destroy();
        }
    }
}
