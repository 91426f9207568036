package org.entente.node.comparison;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Pace;
import org.entente.exchange.message.SentDecision;
import org.entente.matching.index.MatchInput;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.officer.ActName;
import org.entente.node.act.Draft;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.act.Undertaking;
import org.entente.node.casefile.CaseFiles;
import org.entente.node.holding.Holdings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets the node ask a partner's index again and again about some identifiers of one case, or about all that the authority holds in the category:
 * all of them in the first round, then what is new. What the rounds do is {@link WatchRounds}'.
 */
public final class WatchAct implements Undertaking {
    private static final int ELEMENTS_MAX = 16_384;
    private static final int JUSTIFICATION_CHARACTERS_MAX = 4_000;
    private static final Term DAILY = new Term(Period.ofDays(1));
    private static final String ALL = "all";

    private final Indices indices;
    private final Probes probes;
    private final QuotaWindow quota;
    private final CaseFiles cases;
    private final Holdings holdings;
    private final ProbeAct.Asking asking;

    public WatchAct(
            Indices indices,
            Probes probes,
            QuotaWindow quota,
            CaseFiles cases,
            Holdings holdings,
            ProbeAct.Asking asking) {
        this.indices = indices;
        this.probes = probes;
        this.quota = quota;
        this.cases = cases;
        this.holdings = holdings;
        this.asking = asking;
    }

    /** What the officer wants asked. */
    private record Wanted(List<MatchInput> inputs, boolean holdings, Optional<Digest> renews, String justification) {}

    @Override
    public Draft prepare(Members facts, Signatories signatories)
            throws IOException, Malformed, RefusedAct, NothingHere {
        CaseFiles.CaseFile caseFile = cases.require(facts.line("case", 64), signatories.authority());
        Indices.Announced index = indices.requireFor(facts.digest("index"), signatories.authority());
        Instant at = UtcSeconds.whole(asking.chance().clock().instant());
        Wanted wanted = wanted(facts, index, signatories.authority());
        Pace pace = pace(facts, wanted.inputs.size(), at);
        Optional<String> legalBasis = Optional.of(facts.line("legalBasis", 200));
        Purpose purpose = facts.has("purpose") ? Purpose.parse(facts.text("purpose")) : caseFile.purpose();
        facts.end();
        signatories.requireRole(ActName.WATCH);
        if (indices.ends().over(index)) {
            throw new Malformed("comparison.epoch-ended");
        }
        Digest caseDigest = caseFile.digest(index.holder().party());
        SentDecision sent = asking.decisions()
                .permit(new Act.Watch(
                        new Circumstances(
                                signatories.authority(),
                                index.holder(),
                                purpose,
                                index.facts().category(),
                                at),
                        signatories.grounds(Optional.of(caseDigest.hex()), legalBasis),
                        quota.charge(
                                pace.elements(), index.holder().party(), at, probes.chargedTo(signatories.authority())),
                        index.facts().size(),
                        pace.rounds(at)));
        QuotaWindow.requireSpace(pace.elements(), index.facts(), at, probes.chargedTo(signatories.authority()));
        caseFile.requireCovers(signatories.authority(), index.facts().memorandum(), purpose);
        BodyReference why = asking.bodies().seal(wanted.justification.getBytes(StandardCharsets.UTF_8), index.holder());
        Comparison.WatchAsked message = new Comparison.WatchAsked(
                new Comparison.WatchAsked.Matter(caseDigest, index.facts().category(), purpose, index.statement()),
                pace,
                why,
                sent);
        return Draft.fresh(
                "watch",
                message,
                new Draft.Between(signatories.authority(), index.holder(), signatories.pseudonyms(), at),
                memory(wanted, caseFile, signatories));
    }

    private Wanted wanted(Members facts, Indices.Announced index, AuthorityCode authority) throws Malformed {
        if (facts.has("holdings") == facts.has("identifiers")) {
            throw new Malformed("comparison.watch-of-one");
        }
        boolean all = facts.has("holdings");
        if (all && !facts.text("holdings").equals(ALL)) {
            throw new Malformed("comparison.watch-of-one");
        }
        List<MatchInput> inputs =
                all ? WatchRounds.held(holdings, authority, index.facts()) : ProbeAct.inputs(facts, index.facts());
        Optional<Digest> renews = Optional.empty();
        if (facts.has("renews")) {
            Digest earlier = facts.digest("renews");
            boolean ours = probes.watches()
                    .find(earlier)
                    .filter(watch -> watch.authority().equals(authority))
                    .isPresent();
            if (!ours) {
                throw new Malformed("comparison.watch-unknown");
            }
            renews = Optional.of(earlier);
        }
        return new Wanted(inputs, all, renews, facts.line("justification", JUSTIFICATION_CHARACTERS_MAX));
    }

    /** One batch holds all that is asked about at the beginning. */
    private static Pace pace(Members facts, int inputs, Instant at) throws Malformed {
        long least = Math.max(1, Math.ceilDiv(inputs, ProbeAct.PADDING_STEP)) * (long) ProbeAct.PADDING_STEP;
        if (least > ELEMENTS_MAX) {
            throw new Malformed("comparison.watch-too-large", Integer.toString(inputs), Integer.toString(ELEMENTS_MAX));
        }
        long elements = facts.has("elements") ? facts.integer("elements", least, ELEMENTS_MAX) : least;
        if (elements % ProbeAct.PADDING_STEP != 0) {
            throw new Malformed("comparison.watch-elements", Integer.toString(ProbeAct.PADDING_STEP));
        }
        Term each = facts.has("each") ? Term.parse(facts.text("each")) : DAILY;
        if (java.time.Duration.between(at, each.after(at)).toHours() < 1) {
            throw new Malformed("exchange.watch-pace");
        }
        Instant until = UtcSeconds.parse(facts.text("until"));
        if (!at.isBefore(until)) {
            throw new Malformed("memorandum.act.watch-ends-before");
        }
        Instant next = facts.has("time") ? next(facts.text("time"), at) : each.after(at);
        return new Pace((int) elements, next, until, each);
    }

    /** The next moment at which it is this time of day in UTC. */
    private static Instant next(String time, Instant at) throws Malformed {
        try {
            LocalTime wanted = LocalTime.parse(time);
            OffsetDateTime today = at.atOffset(ZoneOffset.UTC).with(wanted).withNano(0);
            return (today.toInstant().isAfter(at) ? today : today.plusDays(1)).toInstant();
        } catch (DateTimeException e) {
            throw new Malformed("comparison.watch-time");
        }
    }

    private static ObjectNode memory(Wanted wanted, CaseFiles.CaseFile caseFile, Signatories signatories) {
        ObjectNode memory = JsonNodeFactory.instance
                .objectNode()
                .put("case", caseFile.reference())
                .put("askedBy", signatories.preparer().pseudonym())
                .put("holdings", wanted.holdings);
        wanted.renews.ifPresent(earlier -> memory.put("renews", earlier.hex()));
        ArrayNode array = memory.putArray("identifiers");
        if (!wanted.holdings) {
            wanted.inputs.forEach(
                    input -> array.addObject().put("type", input.type()).put("value", input.value()));
        }
        return memory;
    }

    @Override
    public void said(Draft draft, Statement statement) throws RefusedAct {
        Comparison.WatchAsked message = (Comparison.WatchAsked) draft.message();
        if (indices.ends().over(indices.find(message.matter().index()).orElseThrow())) {
            throw new RefusedAct(Problem.of("comparison.epoch-ended"), List.of());
        }
        List<MatchInput> inputs = new ArrayList<>();
        for (JsonNode one : draft.memory().required("identifiers")) {
            inputs.add(Watches.input(
                    one.required("type").asString(), one.required("value").asString()));
        }
        probes.watches()
                .begun(
                        new Watches.Watch(
                                statement.id(),
                                (AuthorityCode) statement.from(),
                                message.matter().index(),
                                draft.memory().required("case").asString(),
                                draft.memory().required("holdings").asBoolean(),
                                new Watches.Run(
                                        -1, statement.at(), message.pace().until(), 0, Optional.empty())),
                        inputs,
                        draft.memory().required("askedBy").asString());
        if (draft.memory().has("renews")) {
            probes.watches()
                    .end(
                            renewed(draft),
                            Problem.of(
                                    "comparison.watch-renewed", statement.id().hex()));
        }
    }

    private static Digest renewed(Draft draft) {
        try {
            return Digest.parse(draft.memory().required("renews").asString());
        } catch (Malformed e) {
            throw new IllegalStateException("our own draft does not read", e);
        }
    }
}
