package org.entente.node.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.SentDecision;
import org.entente.exchange.passage.Passage;
import org.entente.matching.index.BuiltIndex;
import org.entente.matching.index.GenerationBuilder;
import org.entente.matching.index.IndexBuilder;
import org.entente.matching.index.IndexPlan;
import org.entente.matching.index.IndexRecord;
import org.entente.matching.index.Label;
import org.entente.matching.index.MatchInput;
import org.entente.matching.index.OwnIndex;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.probe.ChargedBatch;
import org.entente.matching.probe.ProbeBatch;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.node.ledger.Statements;

/** An index of invented companies that the partner announced to us, generation by generation, and its honest answers. */
public final class IndexOfPartner {
    private static final int STEP = 64;
    private static final Duration LIFE = Duration.ofDays(30);

    private final PartyOnTrial party;
    private final Comparison.Epoch epoch;
    private final EpochKey key;
    private final IndexPlan plan;
    private final List<OwnIndex> generations = new ArrayList<>();
    private final Digest statement;

    private IndexOfPartner(PartyOnTrial party, long epoch, List<Integer> companies) throws Exception {
        this.party = party;
        this.epoch = new Comparison.Epoch(
                epoch, UtcSeconds.whole(party.clock.instant().plus(LIFE)));
        this.key = EpochKey.generate(party.random());
        this.plan = new IndexPlan(
                org.entente.matching.index.Digest.of(new byte[32]),
                epoch,
                STEP,
                1,
                Comparator.comparing(Label::cleared));
        BuiltIndex built =
                (BuiltIndex) new IndexBuilder(key, plan, party.random()).build(records(companies), (done, of) -> {});
        this.statement = announce(built).id();
    }

    public static IndexOfPartner announced(PartyOnTrial party, long epoch, int from, int until) throws Exception {
        return new IndexOfPartner(
                party, epoch, IntStream.range(from, until).boxed().toList());
    }

    /** Announces a company more. */
    public void change(int added) throws Exception {
        GenerationBuilder.Outcome outcome = new GenerationBuilder(key, plan, generations, party.random())
                .build(new GenerationBuilder.Changes(records(List.of(added)), List.of()));
        announce(((GenerationBuilder.Outcome.Built) outcome).index());
    }

    public Digest statement() {
        return statement;
    }

    private static List<IndexRecord> records(List<Integer> companies) {
        return companies.stream()
                .map(number -> new IndexRecord(
                        new MatchInput("rfc", 1, Companies.rfc(number)),
                        new Label(0, 0, false, false, 20_000),
                        "record-" + number))
                .toList();
    }

    private Statement announce(BuiltIndex built) throws Exception {
        Digest root = Digest.ofBytes(built.root().bytes());
        Comparison.IndexAnnounced message = new Comparison.IndexAnnounced(
                new Comparison.Scope(party.memorandum.digest(), Questions.COMPANY, Optional.of(Questions.PURPOSE)),
                epoch,
                Comparison.MatchMode.SHARED_INDEX,
                new Comparison.IndexCommitment(
                        Base64Text.url(key.publicKey().encode()), built.entries(), root, generations.size()),
                Optional.of(party.arrived(built.bytes())));
        Statement said = party.partner.say(
                message.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, UtcSeconds.whole(party.clock.instant())));
        party.accept(said, () -> {
            try {
                party.indices.announced(said, message);
            } catch (Malformed e) {
                throw new IllegalStateException(e);
            }
        });
        party.received(root, built.bytes());
        generations.add(built.open());
        return said;
    }

    /** Evaluates a round of ours and has the answer read. */
    public void answer(Statements.Entry question) throws Exception {
        Comparison.ProbeAsked asked = (Comparison.ProbeAsked) question.message();
        ProbeBatch batch = ProbeBatch.parse(party.openedByPartner(asked.batch().blinded()));
        byte[] evaluated = ((ChargedBatch) batch.charged(batch.due()))
                .evaluate(
                        key,
                        org.entente.matching.index.Digest.of(
                                question.statement().id().bytes()),
                        party.random());
        Act.Watch given = (Act.Watch) Act.fromJson(asked.sent().actJson(), List.of());
        Act act = new Act.Watch(
                new Circumstances(
                        PartyOnTrial.UIF,
                        PartyOnTrial.FINCEN,
                        Questions.PURPOSE,
                        Questions.COMPANY,
                        party.clock.instant()),
                given.grounds(),
                given.charge(),
                given.indexIdentifiers(),
                given.rounds());
        Comparison.ProbeAnswered answer = new Comparison.ProbeAnswered(
                question.statement().id(),
                party.arrived(evaluated),
                SentDecision.of(act, Passage.outgoing(act, party.memoranda.standings(PartyOnTrial.US))));
        Statement said = party.partner.say(
                answer.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, UtcSeconds.whole(party.clock.instant())));
        party.accept(said, () -> {});
        party.comparison().read(said, answer, party.sequencer::write);
    }
}
