package org.entente.node.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
import org.entente.matching.index.IndexPlan;
import org.entente.matching.index.IndexRecord;
import org.entente.matching.index.IndexRefusal;
import org.entente.matching.index.Label;
import org.entente.matching.index.StreamedBuild;
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
import org.entente.node.canary.Canaries;
import org.entente.node.canary.Canary;
import org.entente.node.holding.Holdings;
import org.entente.node.home.DiskSpace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Builds the index of an authority's own holdings of one category for one authority of a partner, under a key that is
 * drawn for it, and announces it. Each item is decided about by itself: what may not be indexed stays out, silently to the
 * partner and counted for the officer.
 */
public final class IndexAct implements Undertaking {
    private static final Logger LOG = LoggerFactory.getLogger(IndexAct.class);
    private static final int PADDING_STEP = 64;
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final Stock stock;
    private final Holdings holdings;
    private final Indices indices;
    private final IndexShelf shelf;
    private final Bodies bodies;
    private final Decisions decisions;
    private final Chance chance;
    private final IndexChanges changes;

    /** What an index is made of: items, and canaries among them. */
    public record Stock(Holdings holdings, Canaries canaries) {}

    /** What an act takes from outside itself. */
    public record Chance(Clock clock, SecureRandom random) {}

    public IndexAct(Stock stock, Indices indices, IndexShelf shelf, Bodies bodies, Decisions decisions, Chance chance) {
        this.stock = stock;
        this.holdings = stock.holdings();
        this.indices = indices;
        this.shelf = shelf;
        this.bodies = bodies;
        this.decisions = decisions;
        this.chance = chance;
        this.changes = new IndexChanges(stock, indices, shelf, bodies, decisions, chance);
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories)
            throws IOException, Malformed, RefusedAct, NothingHere {
        if (facts.has("changesOf")) {
            Digest whole = facts.digest("changesOf");
            facts.end();
            return changes.prepare(whole, signatories);
        }
        AuthorityCode reader = AuthorityCode.parse(facts.text("partner"));
        Comparison.Scope scope = new Comparison.Scope(
                facts.digest("memorandum"),
                Category.parse(facts.text("category")),
                Optional.of(Purpose.parse(facts.text("purpose"))));
        CompositeClasses composite = CompositeClasses.of(facts);
        facts.end();
        signatories.requireRole(ActName.INDEX);
        Instant at = UtcSeconds.whole(chance.clock().instant());
        long epoch = indices.nextEpoch(scope, signatories.authority(), reader);
        Digest context = context(scope, signatories.authority(), reader, epoch);
        List<Canary> canaries = stock.canaries().standing(signatories.authority(), scope.category());
        IndexPlan plan =
                plan(context, epoch, decisions.indexMinimum(scope.memorandum(), scope.category()) + canaries.size());
        Circumstances circumstances = new Circumstances(
                signatories.authority(), reader, scope.purpose().orElseThrow(), scope.category(), at);
        long mark = holdings.mark();
        try (IndexBuilding building =
                shelf.begin(context, chance.random(), chance.clock().instant())) {
            Built built = build(building, plan, circumstances, new Chosen(signatories, composite, canaries));
            Digest root = Digest.ofBytes(built.index.root().bytes());
            BodyReference body = bodies.seal(shelf.bytes(root), reader);
            Comparison.IndexAnnounced message = new Comparison.IndexAnnounced(
                    scope,
                    new Comparison.Epoch(epoch, decisions.epochEnd(scope.memorandum(), circumstances)),
                    Comparison.MatchMode.SHARED_INDEX,
                    new Comparison.IndexCommitment(
                            Base64Text.url(building.key().publicKey().encode()), built.index.entries(), root),
                    Optional.of(body),
                    composite.words());
            return Draft.fresh(
                    "index",
                    message,
                    new Draft.Between(signatories.authority(), reader, signatories.pseudonyms(), at),
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("mark", mark)
                            .put("identifiers", built.index.identifiers() - built.canaries)
                            .put("items", built.selection.items)
                            .put("keptOut", built.selection.keptOut));
        }
    }

    @Override
    public void said(Draft draft, Statement statement) throws RefusedAct {
        try {
            indices.said(
                    statement,
                    (Comparison.IndexAnnounced) draft.message(),
                    draft.memory().required("mark").asLong());
        } catch (Malformed overtaken) {
            throw new RefusedAct(overtaken.problem(), List.of());
        }
    }

    /** The plan that an index of ours was built by, for its next generation. */
    static IndexPlan plan(Indices.Announced whole) {
        Indices.Facts facts = whole.facts();
        Comparison.Scope scope =
                new Comparison.Scope(facts.memorandum(), facts.category(), Optional.of(facts.purpose()));
        return plan(context(scope, whole.holder(), whole.reader(), facts.epoch()), facts.epoch(), 0);
    }

    private static IndexPlan plan(Digest context, long epoch, int identifiersMin) {
        return new IndexPlan(
                org.entente.matching.index.Digest.of(context.bytes()),
                epoch,
                PADDING_STEP,
                identifiersMin,
                Comparator.comparing(Label::cleared).thenComparingInt(Label::daysSince1970));
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

    /** What the memoranda let into the index, counted, and the first refusal of what they do not. */
    private static final class Selection {
        private long items;
        /** Items that can be found by something. */
        private long records;

        private long keptOut;
        private Optional<Decision> firstRefusal = Optional.empty();
    }

    private record Built(StreamedBuild.Finished index, Selection selection, int canaries) {}

    /**
     * Who lets in what beside numbers.
     *
     * @param canaries hide nobody, so the plan's minimum is higher by their number
     */
    private record Chosen(Signatories signatories, CompositeClasses composite, List<Canary> canaries) {}

    /** Streams what may be indexed into the build, and puts the finished index on the shelf. */
    private Built build(IndexBuilding building, IndexPlan plan, Circumstances circumstances, Chosen chosen)
            throws IOException, Malformed, RefusedAct {
        long expected = holdings.ownIdentifierCount(circumstances.by(), circumstances.category());
        StreamedBuild build = building.stream(
                plan,
                new BuildPace(
                        expected,
                        chance.clock(),
                        TELL_EVERY,
                        report -> LOG.info("index for {}: {}", circumstances.counterpart(), report)));
        try {
            Selection selection = select(circumstances, chosen, record -> IndexBuilding.add(build, record));
            if (selection.records == 0 && selection.firstRefusal.isPresent()) {
                building.abandon();
                throw Decisions.refusal(selection.firstRefusal.get());
            }
            int hidden = chosen.canaries.size();
            requireEnough(building, plan.minimumIdentifiers() - hidden, chosen.composite, selection);
            int added = addCanaries(build, circumstances, chosen);
            return switch (build.finish()) {
                case StreamedBuild.Finished index -> {
                    building.keep(Digest.ofBytes(index.root().bytes()));
                    yield new Built(index, selection, added);
                }
                case IndexRefusal refusal -> {
                    building.abandon();
                    throw refused(refusal, hidden);
                }
            };
        } catch (UncheckedIOException e) {
            throw notWritten(e.getCause());
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** After the items, so that one which was loaded meanwhile has withdrawn the canary of its number. */
    private int addCanaries(StreamedBuild build, Circumstances circumstances, Chosen chosen) {
        List<Canary> standing = stock.canaries().standing(circumstances.by(), circumstances.category());
        standing.retainAll(chosen.canaries);
        standing.forEach(canary -> IndexBuilding.add(build, record(canary)));
        return standing.size();
    }

    private static void requireEnough(
            IndexBuilding building, int minimum, CompositeClasses composite, Selection selection)
            throws IOException, Malformed {
        try {
            composite.requireEnough(selection.records, minimum);
        } catch (Malformed tooFew) {
            building.abandon();
            throw tooFew;
        }
    }

    /** What was evaluated is kept, so that it need not be done again. */
    private static Malformed notWritten(@Nullable IOException cause) {
        LOG.error("an index could not be written", cause);
        if (cause != null && DiskSpace.isBehind(cause)) {
            return new Malformed("file.disk-full");
        }
        return new Malformed("comparison.index-not-written", String.valueOf(cause == null ? null : cause.getMessage()));
    }

    /**
     * What is told of a refusal.
     *
     * @param canaries how many of the identifiers hide nobody and are not counted
     */
    static Malformed refused(IndexRefusal refusal, int canaries) {
        return switch (refusal) {
            case IndexRefusal.BelowMinimum below ->
                new Malformed(
                        "matching.build.below-minimum",
                        Long.toString(Math.max(0, below.identifiers() - canaries)),
                        Long.toString(below.minimum() - canaries));
            case IndexRefusal.TooManyRecords tooMany ->
                new Malformed("matching.build.too-many-records", Integer.toString(tooMany.maximum()));
        };
    }

    private Selection select(Circumstances circumstances, Chosen chosen, Consumer<IndexRecord> records) {
        Selection selection = new Selection();
        Decisions.Sitting sitting =
                decisions.sitting(circumstances.counterpart().party());
        holdings.own(circumstances.by(), circumstances.category(), held -> {
            Act act = new Act.Index(
                    circumstances,
                    chosen.signatories.grounds(Optional.empty(), Optional.empty()),
                    new Item(held.item().envelope(), sitting.authorisations()));
            Decision decision = sitting.judge(act);
            if (decision instanceof Decision.Permitted) {
                selection.items++;
                List<Identifier> identifiers = chosen.composite.identifiers(held.item());
                selection.records += identifiers.isEmpty() ? 0 : 1;
                for (Identifier identifier : identifiers) {
                    records.accept(record(held, identifier));
                }
            } else {
                selection.keptOut++;
                if (selection.firstRefusal.isEmpty()) {
                    selection.firstRefusal = Optional.of(decision);
                }
            }
        });
        return selection;
    }

    static IndexRecord record(Holdings.Held held, Identifier identifier) {
        return new IndexRecord(ProbeAct.input(identifier), Labels.label(held, identifier), held.record());
    }

    static IndexRecord record(Canary canary) {
        return new IndexRecord(ProbeAct.input(canary.identifier()), Labels.label(canary), canary.record());
    }
}
