package org.entente.node.partner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Handover;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.identifier.RfcCheckDigit;
import org.entente.holdings.item.Assertion;
import org.entente.holdings.item.Entity;
import org.entente.holdings.item.Item;
import org.entente.holdings.item.ItemId;
import org.entente.holdings.item.Schema;
import org.entente.matching.index.BuiltIndex;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.IndexBuilder;
import org.entente.matching.index.IndexPlan;
import org.entente.matching.index.IndexRecord;
import org.entente.matching.index.Label;
import org.entente.matching.index.MatchInput;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.probe.ChargedBatch;
import org.entente.matching.probe.MalformedBatch;
import org.entente.matching.probe.ProbeBatch;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Grading;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Territory;
import org.entente.node.server.NodeOnTrial;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sixty invented companies that the partner holds, the index of them that it has announced to the node's unit, and what it
 * answers and hands over, as honestly as a test lets it.
 */
final class IndexInHand {
    static final int COMPANIES = 60;
    /** The one company whose name and state stand in the index beside its number. */
    static final int NAMED = 12;

    private static final int PADDED = 64;

    private final PartnerInHand partner;
    private final Understanding understanding;
    private final EpochKey key;
    private final BuiltIndex built;
    private final Statement announcement;

    private IndexInHand(
            PartnerInHand partner,
            Understanding understanding,
            EpochKey key,
            BuiltIndex built,
            Statement announcement) {
        this.partner = partner;
        this.understanding = understanding;
        this.key = key;
        this.built = built;
        this.announcement = announcement;
    }

    static IndexInHand announce(PartnerInHand partner, Understanding understanding) throws Malformed {
        EpochKey key = EpochKey.generate(partner.random());
        Comparison.Scope scope = new Comparison.Scope(
                understanding.memorandum().digest(), Understanding.LISTED, Optional.of(Understanding.LAUNDERING));
        IndexPlan plan = new IndexPlan(
                org.entente.matching.index.Digest.of(context(scope).bytes()),
                0,
                PADDED,
                1,
                Comparator.comparing(Label::cleared));
        List<IndexRecord> records = IntStream.range(0, COMPANIES)
                .mapToObj(number -> {
                    Identifier rfc = identifier(number);
                    return new IndexRecord(
                            new MatchInput(rfc.type().word(), rfc.type().version(), rfc.value()),
                            new Label(0, 0, false, false, 20_000),
                            record(number));
                })
                .collect(Collectors.toList());
        Identifier name = item(NAMED).matchable().getLast();
        records.add(new IndexRecord(
                new MatchInput(name.type().word(), name.type().version(), name.value()),
                new Label(0, 0, false, false, 20_000),
                record(NAMED)));
        BuiltIndex built = (BuiltIndex) new IndexBuilder(key, plan, partner.random()).build(records, (done, of) -> {});
        BodyReference body = partner.bring(built.bytes(), NodeOnTrial.UIF);
        Statement announcement = partner.say(
                new Comparison.IndexAnnounced(
                        scope,
                        new Comparison.Epoch(0, UtcSeconds.whole(Instant.now().plus(Duration.ofDays(29)))),
                        Comparison.MatchMode.SHARED_INDEX,
                        new Comparison.IndexCommitment(
                                Base64Text.url(key.publicKey().encode()),
                                PADDED,
                                Digest.ofBytes(built.root().bytes())),
                        Optional.of(body),
                        new TreeSet<>(Set.of(name.type().word()))),
                Encounter.LIAISON);
        return new IndexInHand(partner, understanding, key, built, announcement);
    }

    /** The context that docs/spec/matching.md binds an index to. */
    private static Digest context(Comparison.Scope scope) {
        return Digest.framed(
                "entente-index-context/1",
                scope.memorandum().bytes(),
                utf8(scope.category().code()),
                utf8(scope.purpose().orElseThrow().code()),
                utf8(PartnerInHand.FINCEN.text()),
                utf8(NodeOnTrial.UIF.text()),
                utf8("0"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Digest statement() {
        return announcement.id();
    }

    static String rfc(int number) {
        String body = "XQ" + (char) ('A' + number % 26) + "39022" + (1 + number / 26) + "A9";
        return body + RfcCheckDigit.of(body);
    }

    private static Identifier identifier(int number) {
        return IdentifierType.RFC.read(rfc(number)).identifier().orElseThrow();
    }

    static String record(int number) {
        return "record-" + number;
    }

    static Item item(int number) {
        Provenance provenance = new Provenance(
                PartnerInHand.FINCEN,
                new Territory("US"),
                LocalDate.of(2026, 1, 31),
                "31 CFR 501",
                Optional.empty(),
                Digest.of(new byte[] {(byte) number}));
        Marking marking = new Marking(
                Optional.of(new Grading(Grading.Source.A, 1)),
                new Handling(Handling.Code.H1, Handling.Audience.CLEAR),
                SecrecyRegime.NONE,
                PersonCategory.NOT_A_PERSON);
        Envelope envelope = Envelope.of(
                Understanding.LISTED, Set.of(Understanding.LAUNDERING), provenance, marking, Period.ofYears(5));
        Entity entity = new Entity.Draft()
                .add("name", "NADIE " + number)
                .add("taxNumber", rfc(number))
                .add("address", "MX-SIN")
                .as(Schema.COMPANY);
        return new Item(
                new ItemId("test:" + number),
                number + 1,
                entity,
                List.of(identifier(number)),
                envelope,
                Assertion.FACT);
    }

    /** A leaf behind which this record stands: that of the hit if it can be, for a record may stand behind two. */
    private int position(String record, long hit) {
        return IntStream.concat(IntStream.of((int) hit), IntStream.range(0, PADDED))
                .filter(position -> recordIds(position).contains(record))
                .findFirst()
                .orElseThrow();
    }

    private List<String> recordIds(int position) {
        try {
            return built.open().recordIds(position);
        } catch (DamagedIndex e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] opening(int position) {
        try {
            return built.open().open(position).bytes();
        } catch (DamagedIndex e) {
            throw new IllegalStateException(e);
        }
    }

    /** Evaluates a probe of the node and answers it. */
    void answer(Heard question) throws IOException, Malformed, MalformedBatch {
        Comparison.ProbeAsked asked = (Comparison.ProbeAsked) question.message();
        ProbeBatch batch = ProbeBatch.parse(partner.open(asked.batch().blinded(), PartnerInHand.FINCEN));
        byte[] evaluated = ((ChargedBatch) batch.charged(batch.due()))
                .evaluate(
                        key,
                        org.entente.matching.index.Digest.of(
                                question.statement().id().bytes()),
                        partner.random());
        Act given = Act.fromJson(asked.sent().actJson(), List.of());
        Instant at = Instant.now();
        Circumstances circumstances =
                circumstances((AuthorityCode) question.statement().from(), PartnerInHand.FINCEN, at);
        Act act = switch (given) {
            case Act.Probe probe -> new Act.Probe(circumstances, probe.grounds(), probe.charge(), PADDED);
            case Act.Watch watch ->
                new Act.Watch(circumstances, watch.grounds(), watch.charge(), PADDED, watch.rounds());
            default -> throw new IllegalArgumentException("no question: " + given);
        };
        Comparison.ProbeAnswered answer = new Comparison.ProbeAnswered(
                question.statement().id(), partner.bring(evaluated, NodeOnTrial.UIF), understanding.permit(act));
        partner.say(partner.sign(partner.draft(answer, at), answer));
    }

    /** A release of an item under a request, with the opening of the leaf behind which the record stands. */
    Statement release(Heard request, Item item, String record, String leafOf) throws Malformed {
        return release(request, item, new Behind(record, leafOf), List.of(), JsonNodeFactory.instance.arrayNode());
    }

    /** The record that a release names, and the one whose leaf it opens. */
    record Behind(String record, String leafOf) {}

    /** The same with files, and with what the item's body says of them, true or false. */
    Statement release(Heard request, Item item, Behind behind, List<BodyReference> files, ArrayNode described)
            throws Malformed {
        Handover.ItemRequested asked = (Handover.ItemRequested) request.message();
        Instant at = Instant.now();
        Act act = new Act.Release(
                circumstances(
                        PartnerInHand.FINCEN,
                        (AuthorityCode) request.statement().from(),
                        at),
                Grounds.approvedBy(Encounter.LIAISON.approver())
                        .forCase(asked.subject().caseDigest().hex(), "31 CFR 501"),
                org.entente.memorandum.decision.Item.of(item.envelope()));
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("record", behind.record);
        body.set("item", item.toJson());
        if (!described.isEmpty()) {
            body.set("files", described);
        }
        Handover.ItemReleased released = new Handover.ItemReleased(
                request.statement().id(),
                item.envelope(),
                partner.bring(CanonicalJson.encode(body), NodeOnTrial.UIF),
                files,
                Base64Text.url(
                        opening(position(behind.leafOf, asked.subject().hit().position()))),
                understanding.permit(act));
        return partner.sign(partner.draft(released, at), released, Encounter.LIAISON);
    }

    private static Circumstances circumstances(AuthorityCode by, AuthorityCode counterpart, Instant at) {
        return new Circumstances(by, counterpart, Understanding.LAUNDERING, Understanding.LISTED, at);
    }

    /** The identifiers of these companies, as the interface takes them. */
    static ObjectNode asking(int companies) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        List<String> values = new ArrayList<>();
        IntStream.range(0, companies).forEach(number -> values.add(rfc(number)));
        var identifiers = facts.putArray("identifiers");
        values.forEach(value -> identifiers.addObject().put("type", "rfc").put("value", value));
        return facts;
    }
}
