package org.entente.node.comparison;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.SentDecision;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.IndexSeries;
import org.entente.matching.index.MatchIndex;
import org.entente.matching.index.MatchInput;
import org.entente.matching.probe.ProbeFinding;
import org.entente.matching.probe.ProbeQuery;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.signing.Standing;
import org.entente.node.act.Decisions;
import org.entente.node.act.RefusedAct;
import org.entente.node.casefile.CaseFiles;
import org.entente.node.holding.Holdings;
import org.entente.node.memoranda.Standstill;
import org.entente.node.party.Assurance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Carries the standing questions on. A round is asked when it is due: one batch of the agreed size, with what was not asked about yet under the present
 * index, and with nothing but padding when there is nothing new. Rounds that passed while the node was down are not made up for. Everything that is
 * needed to go on is in the database, so each call begins afresh.
 *
 * <p>Within an epoch the tags that answers gave are looked up again in each further generation, without another evaluation. A new epoch has another
 * key: from the next round on everything is asked about anew, as much as fits each time. While no epoch lives the tags are forgotten, which are answers of
 * a key that is destroyed, and a round that is due waits for the next announcement; a round that came too late for its epoch does not end the watch.
 *
 * <p>A watch ends by itself, and says why: at the end of its term, when the memorandum does not stand or does not permit the round (the quota too),
 * when its case is closed, and when the partner refuses for another reason.
 */
public final class WatchRounds {
    private static final Logger LOG = LoggerFactory.getLogger(WatchRounds.class);

    private final Indices indices;
    private final IndexShelf shelf;
    private final Probes probes;
    private final Own own;
    private final ComparisonWork.Exchange exchange;
    private final IndexAct.Chance chance;

    /** What the rounds are asked from. */
    public record Own(
            Holdings holdings,
            CaseFiles cases,
            QuotaWindow quota,
            TransactionOperations transactions,
            Assurance assurance) {}

    public WatchRounds(
            Indices indices,
            IndexShelf shelf,
            Probes probes,
            Own own,
            ComparisonWork.Exchange exchange,
            IndexAct.Chance chance) {
        this.indices = indices;
        this.shelf = shelf;
        this.probes = probes;
        this.own = own;
        this.exchange = exchange;
        this.chance = chance;
    }

    /** Does whatever is due, and destroys the openings of rounds and probes whose term is over. */
    public void go() {
        try {
            probes.openings().sweep();
        } catch (IOException e) {
            LOG.error("openings whose term is over could not be destroyed; it is tried again", e);
        }
        for (Watches.Watch watch : probes.watches().open()) {
            try {
                go(watch);
            } catch (RefusedAct refused) {
                end(watch, refused.problem());
            } catch (Malformed malformed) {
                end(watch, malformed.problem());
            } catch (IOException | RuntimeException e) {
                LOG.error("the watch {} could not go on; it is tried again", watch.statement(), e);
            }
        }
    }

    private void end(Watches.Watch watch, Problem why) {
        LOG.warn("the watch {} ended: {}", watch.statement(), why.code());
        own.transactions.executeWithoutResult(status -> probes.watches().end(watch.statement(), why));
    }

    private void go(Watches.Watch watch) throws IOException, Malformed, RefusedAct {
        Instant now = UtcSeconds.whole(chance.clock().instant());
        Indices.Announced index = indices.find(watch.index()).orElseThrow();
        if (!own.assurance.with(index.holder().party())) {
            return; // In an older copy, the round that is due may have been asked.
        }
        if (!now.isBefore(watch.run().until())) {
            end(
                    watch,
                    Problem.of(
                            "comparison.watch-over",
                            UtcSeconds.print(watch.run().until())));
            return;
        }
        Optional<String> refusal = probes.watches().refusal(watch.statement());
        if (refusal.isPresent()) {
            end(watch, Problem.of("comparison.watch-refused", index.holder().text(), refusal.get()));
            return;
        }
        requireStanding(index);
        CaseFiles.CaseFile caseFile = own.cases.require(watch.caseReference(), watch.authority());
        Comparison.WatchAsked asked = (Comparison.WatchAsked)
                exchange.statements().find(watch.statement()).orElseThrow().message();
        caseFile.requireCovers(
                watch.authority(), index.facts().memorandum(), asked.matter().purpose());
        if (indices.ends().over(index)) {
            probes.watches().forgetTags(watch.statement());
        } else {
            lookAgain(watch, index);
        }
        Optional<Indices.Announced> living = now.isBefore(watch.run().due()) ? Optional.empty() : newest(watch);
        if (living.isPresent()) {
            ask(watch, asked, caseFile, living.get());
        }
    }

    /** Whatever a memorandum permits ends at once when it or the clause is suspended, and when a newer version takes its place. */
    private void requireStanding(Indices.Announced index) throws Malformed {
        Digest memorandum = index.facts().memorandum();
        Circumstances use = new Circumstances(
                index.reader(),
                index.holder(),
                index.facts().purpose(),
                index.facts().category(),
                UtcSeconds.whole(chance.clock().instant()));
        for (Standing standing :
                exchange.decisions().sitting(index.holder().party()).standings()) {
            if (standing.memorandum().digest().equals(memorandum)) {
                Optional<Problem> resting = Standstill.ofWatch(standing, use);
                if (resting.isPresent()) {
                    throw new Malformed(resting.get());
                }
            }
        }
    }

    /** Looks up in the generations that came since. */
    private void lookAgain(Watches.Watch watch, Indices.Announced index) throws IOException, Malformed {
        List<Indices.Announced> generations = shelf.atHand(indices.generations(index));
        if (generations.size() <= watch.run().looked()) {
            return;
        }
        List<Found> found;
        try {
            found = find(probes.watches().tags(watch.statement()), open(generations));
        } catch (Malformed damaged) {
            if (indices.ends().over(indices.find(index.statement()).orElseThrow())) {
                return; // Its copy is erased while it is looked into.
            }
            throw damaged;
        }
        own.transactions.executeWithoutResult(status -> {
            for (Found one : found) {
                probes.found(one.probe, generations, one.hit);
            }
            probes.watches().looked(watch.statement(), generations.size());
        });
    }

    private record Found(Digest probe, ProbeFinding.Hit hit) {}

    private static List<Found> find(List<Watches.Tag> tags, IndexSeries series) throws Malformed {
        List<Found> found = new ArrayList<>();
        try {
            for (Watches.Tag tag : tags) {
                if (tag.evaluated().find(series) instanceof ProbeFinding.Hit hit) {
                    found.add(new Found(tag.probe(), hit));
                }
            }
        } catch (DamagedIndex e) {
            throw IndexShelf.damaged(e);
        }
        return found;
    }

    private IndexSeries open(List<Indices.Announced> generations) throws IOException, Malformed {
        List<MatchIndex> opened = new ArrayList<>();
        for (Indices.Announced generation : generations) {
            opened.add(shelf.open(generation.facts().root()));
        }
        try {
            return IndexSeries.of(opened);
        } catch (DamagedIndex e) {
            throw IndexShelf.damaged(e);
        }
    }

    private void ask(
            Watches.Watch watch, Comparison.WatchAsked asked, CaseFiles.CaseFile caseFile, Indices.Announced index)
            throws IOException, Malformed, RefusedAct {
        Instant now = UtcSeconds.whole(chance.clock().instant());
        SentDecision sent = permit(watch, asked, index, now);
        List<MatchInput> inputs = own.transactions.execute(status -> {
            prepare(watch, index);
            return probes.watches()
                    .pending(watch.statement(), index.facts(), asked.pace().elements());
        });
        ProbeQuery query = ProbeQuery.prepare(inputs, asked.pace().elements(), chance.random());
        probes.openings().keep(query);
        BodyReference blinded = exchange.bodies().seal(query.batchBytes(), index.holder());
        BodyReference why = exchange.bodies().seal(justification(watch.statement()), index.holder());
        Comparison.ProbeAsked message = new Comparison.ProbeAsked(
                new Comparison.Ground.UnderWatch(watch.statement()),
                asked.matter().category(),
                asked.matter().purpose(),
                index.statement(),
                ProbeAct.batch(query, blinded, why),
                sent);
        query.destroy();
        long round = asked.pace().round(now);
        Instant begun = exchange.statements()
                .find(watch.statement())
                .orElseThrow()
                .statement()
                .at();
        exchange.voice()
                .say(
                        message.draft(watch.authority(), index.holder(), now),
                        message,
                        index.holder().party(),
                        said -> {
                            probes.charge(said.id(), watch.authority().party(), message);
                            probes.asked(
                                    new Probes.Asked(
                                            said.id(),
                                            "watch",
                                            watch.authority(),
                                            index.statement(),
                                            Optional.of(caseFile.reference()),
                                            new Probes.Details(
                                                    message.purpose().code(),
                                                    inputs.size(),
                                                    Optional.empty(),
                                                    Optional.empty())),
                                    message.batch().digest(),
                                    "");
                            probes.watches()
                                    .asked(
                                            watch.statement(),
                                            said.id(),
                                            inputs,
                                            round,
                                            asked.pace().begins(round + 1, begun));
                        });
    }

    private void prepare(Watches.Watch watch, Indices.Announced index) {
        if (!index.statement().equals(watch.index())) {
            probes.watches().turnTo(watch.statement(), index.statement());
        }
        if (watch.holdings()) {
            probes.watches().hold(watch.statement(), held(own.holdings, watch.authority(), index.facts()));
        }
    }

    /** The newest whole index of the scope that was received and opened and whose epoch lives. */
    private Optional<Indices.Announced> newest(Watches.Watch watch) {
        Indices.Announced first = indices.find(watch.index()).orElseThrow();
        return indices.all().stream()
                .filter(index -> !index.own()
                        && index.facts().generation() == 0
                        && index.holder().equals(first.holder())
                        && index.reader().equals(first.reader())
                        && index.facts().use().equals(first.facts().use())
                        && !indices.ends().over(index)
                        && !shelf.atHand(List.of(index)).isEmpty())
                .max(Comparator.comparingLong(index -> index.facts().epoch()))
                .or(() -> Optional.of(first).filter(index -> !indices.ends().over(index)));
    }

    private SentDecision permit(Watches.Watch watch, Comparison.WatchAsked asked, Indices.Announced index, Instant now)
            throws Malformed, RefusedAct {
        var entry = exchange.statements().find(watch.statement()).orElseThrow();
        Act.Watch begun = (Act.Watch)
                Act.fromJson(asked.sent().actJson(), exchange.decisions().authorisations());
        QuotaWindow.requireSpace(asked.pace().elements(), index.facts(), now, probes.chargedTo(watch.authority()));
        return exchange.decisions()
                .permit(new Act.Watch(
                        new Circumstances(
                                watch.authority(),
                                index.holder(),
                                asked.matter().purpose(),
                                asked.matter().category(),
                                now),
                        new Grounds(
                                begun.grounds().caseReference(),
                                begun.grounds().legalBasis(),
                                exchange.approversOf().statement(entry),
                                Decisions.noConsents()),
                        own.quota.charge(
                                asked.pace().elements(),
                                index.holder().party(),
                                now,
                                probes.chargedTo(watch.authority())),
                        index.facts().size(),
                        begun.rounds()));
    }

    /** All that an authority holds in the category of an index and that the index can hold. */
    static List<MatchInput> held(Holdings holdings, AuthorityCode authority, Indices.Facts index) {
        return Arrays.stream(IdentifierType.values())
                .filter(index::holds)
                .flatMap(type -> holdings.ownIdentifiers(authority, index.category(), type).stream())
                .map(ProbeAct::input)
                .toList();
    }

    /** The justification that every round carries. */
    private static byte[] justification(Digest watch) {
        return CanonicalJson.encode(JsonNodeFactory.instance.objectNode().put("watch", watch.hex()));
    }
}
