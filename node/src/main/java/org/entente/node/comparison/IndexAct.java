package org.entente.node.comparison;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.holdings.identifier.Identifier;
import org.entente.matching.index.BuiltIndex;
import org.entente.matching.index.IndexBuild;
import org.entente.matching.index.IndexBuilder;
import org.entente.matching.index.IndexPlan;
import org.entente.matching.index.IndexRecord;
import org.entente.matching.index.Label;
import org.entente.matching.index.MatchInput;
import org.entente.matching.oprf.EpochKey;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.decision.Item;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.officer.ActName;
import org.entente.node.act.Decisions;
import org.entente.node.act.Draft;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.act.Undertaking;
import org.entente.node.body.Bodies;
import org.entente.node.holding.Holdings;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Builds the index of an authority's own holdings of one category for one authority of a partner, under a key that is
 * drawn for it, and announces it. Each item is decided about by itself: what may not be indexed stays out, silently to the
 * partner and counted for the officer.
 */
public final class IndexAct implements Undertaking {
    private static final int PADDING_STEP = 64;

    private final Holdings holdings;
    private final Indices indices;
    private final IndexShelf shelf;
    private final Bodies bodies;
    private final Decisions decisions;
    private final Chance chance;

    /** What an act takes from outside itself. */
    public record Chance(Clock clock, SecureRandom random) {}

    public IndexAct(
            Holdings holdings, Indices indices, IndexShelf shelf, Bodies bodies, Decisions decisions, Chance chance) {
        this.holdings = holdings;
        this.indices = indices;
        this.shelf = shelf;
        this.bodies = bodies;
        this.decisions = decisions;
        this.chance = chance;
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories)
            throws IOException, Malformed, RefusedAct, NothingHere {
        AuthorityCode reader = AuthorityCode.parse(facts.text("partner"));
        Comparison.Scope scope = new Comparison.Scope(
                facts.digest("memorandum"),
                Category.parse(facts.text("category")),
                Optional.of(Purpose.parse(facts.text("purpose"))));
        CompositeClasses composite = CompositeClasses.of(facts);
        facts.end();
        signatories.requireRole(ActName.INDEX);
        Instant at = UtcSeconds.whole(chance.clock().instant());
        Selection selection = select(scope, reader, composite, signatories, at);
        int minimum = decisions.indexMinimum(scope.memorandum(), scope.category());
        composite.requireEnough(selection.records(), minimum);
        long epoch = indices.nextEpoch(scope, signatories.authority(), reader);
        EpochKey key = EpochKey.generate(chance.random());
        IndexPlan plan = new IndexPlan(
                org.entente.matching.index.Digest.of(
                        context(scope, signatories.authority(), reader, epoch).bytes()),
                epoch,
                PADDING_STEP,
                minimum,
                Comparator.comparing(Label::cleared).thenComparingInt(Label::daysSince1970));
        BuiltIndex built = build(selection, key, plan);
        shelf.keep(built, key);
        BodyReference body = bodies.seal(built.bytes(), reader);
        Comparison.IndexAnnounced message = new Comparison.IndexAnnounced(
                scope,
                epoch,
                Comparison.MatchMode.SHARED_INDEX,
                new Comparison.IndexCommitment(
                        Base64Text.url(key.publicKey().encode()),
                        built.commitments().length / Digest.LENGTH,
                        IndexShelf.root(built)),
                Optional.of(body),
                composite.words());
        key.destroy();
        return Draft.fresh(
                "index",
                message,
                new Draft.Between(signatories.authority(), reader, signatories.pseudonyms(), at),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("identifiers", built.identifiers())
                        .put("items", selection.items)
                        .put("keptOut", selection.keptOut));
    }

    @Override
    public void said(Draft draft, Statement statement) {
        try {
            indices.announced(statement, (Comparison.IndexAnnounced) draft.message(), true);
        } catch (Malformed e) {
            throw new IllegalStateException("our own announcement does not read", e);
        }
    }

    /** Binds an index to what it is for: framed SHA-256 (domain {@code entente-index-context/1}). */
    static Digest context(Comparison.Scope scope, AuthorityCode holder, AuthorityCode reader, long epoch) {
        return Digest.framed(
                "entente-index-context/1",
                scope.memorandum().bytes(),
                bytes(scope.category().code()),
                bytes(scope.purpose().map(Purpose::code).orElse("")),
                bytes(holder.text()),
                bytes(reader.text()),
                bytes(Long.toString(epoch)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The items that the memoranda let into the index, and the first refusal of those that they do not. */
    private static final class Selection {
        private final List<IndexRecord> records = new ArrayList<>();
        private long items;
        private long keptOut;
        private Optional<Decision> firstRefusal = Optional.empty();

        private Set<String> records() {
            return records.stream().map(IndexRecord::recordId).collect(Collectors.toSet());
        }
    }

    private Selection select(
            Comparison.Scope scope,
            AuthorityCode reader,
            CompositeClasses composite,
            Signatories signatories,
            Instant at)
            throws RefusedAct {
        Selection selection = new Selection();
        Circumstances circumstances = new Circumstances(
                signatories.authority(), reader, scope.purpose().orElseThrow(), scope.category(), at);
        Decisions.Sitting sitting = decisions.sitting(reader.party());
        holdings.own(signatories.authority(), scope.category(), held -> {
            Act act = new Act.Index(
                    circumstances,
                    signatories.grounds(Optional.empty(), Optional.empty()),
                    new Item(held.item().envelope(), sitting.authorisations()));
            Decision decision = sitting.judge(act);
            if (decision instanceof Decision.Permitted) {
                selection.items++;
                for (Identifier identifier : composite.identifiers(held.item())) {
                    selection.records.add(record(held, identifier));
                }
            } else {
                selection.keptOut++;
                if (selection.firstRefusal.isEmpty()) {
                    selection.firstRefusal = Optional.of(decision);
                }
            }
        });
        if (selection.records.isEmpty() && selection.firstRefusal.isPresent()) {
            throw Decisions.refusal(selection.firstRefusal.get());
        }
        return selection;
    }

    private static IndexRecord record(Holdings.Held held, Identifier identifier) {
        Label label = Labels.label(held.item().envelope(), identifier);
        MatchInput input =
                new MatchInput(identifier.type().word(), identifier.type().version(), identifier.value());
        return new IndexRecord(input, label, held.record());
    }

    private BuiltIndex build(Selection selection, EpochKey key, IndexPlan plan) throws Malformed {
        IndexBuild built = new IndexBuilder(key, plan, chance.random()).build(selection.records, (done, total) -> {});
        return switch (built) {
            case BuiltIndex index -> index;
            case IndexBuild.BelowMinimum below ->
                throw new Malformed(
                        "matching.build.below-minimum",
                        Integer.toString(below.identifiers()),
                        Integer.toString(below.minimum()));
        };
    }
}
