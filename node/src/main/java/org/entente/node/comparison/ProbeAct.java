package org.entente.node.comparison;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.SentDecision;
import org.entente.holdings.identifier.Hints;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierReading;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.matching.index.MatchInput;
import org.entente.matching.probe.ProbeQuery;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.officer.ActName;
import org.entente.node.act.Decisions;
import org.entente.node.act.Draft;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.act.Undertaking;
import org.entente.node.body.Bodies;
import org.entente.node.casefile.CaseFiles;
import org.entente.node.comparison.IndexAct.Chance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks a partner's index about some identifiers of one case. */
public final class ProbeAct implements Undertaking {
    static final int PADDING_STEP = 64;
    private static final int IDENTIFIERS_MAX = 1_000;
    private static final int JUSTIFICATION_CHARACTERS_MAX = 4_000;
    private static final int VALUE_CHARACTERS_MAX = 256;

    private final Indices indices;
    private final Probes probes;
    private final QuotaWindow quota;
    private final CaseFiles cases;
    private final Asking asking;

    /** What preparing a question takes. */
    public record Asking(Decisions decisions, Bodies bodies, Chance chance) {}

    public ProbeAct(Indices indices, Probes probes, QuotaWindow quota, CaseFiles cases, Asking asking) {
        this.indices = indices;
        this.probes = probes;
        this.quota = quota;
        this.cases = cases;
        this.asking = asking;
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories)
            throws IOException, Malformed, RefusedAct, NothingHere {
        CaseFiles.CaseFile caseFile = cases.require(facts.line("case", 64), signatories.authority());
        Indices.Announced index = indices.requireFor(facts.digest("index"), signatories.authority());
        List<MatchInput> inputs = inputs(facts, index.facts());
        String justification = facts.line("justification", JUSTIFICATION_CHARACTERS_MAX);
        Optional<String> legalBasis = Optional.of(facts.line("legalBasis", 200));
        Purpose purpose = facts.has("purpose") ? Purpose.parse(facts.text("purpose")) : caseFile.purpose();
        facts.end();
        signatories.requireRole(ActName.PROBE);
        if (indices.ends().over(index)) {
            throw new Malformed("comparison.epoch-ended");
        }
        Instant at = UtcSeconds.whole(asking.chance.clock().instant());
        long elements = Math.ceilDiv(inputs.size(), PADDING_STEP) * (long) PADDING_STEP;
        Act act = new Act.Probe(
                new Circumstances(
                        signatories.authority(),
                        index.holder(),
                        purpose,
                        index.facts().category(),
                        at),
                signatories.grounds(
                        Optional.of(caseFile.digest(index.holder().party()).hex()), legalBasis),
                quota.charge(elements, index.holder().party(), at, probes.chargedTo(signatories.authority())),
                index.facts().size());
        SentDecision sent = asking.decisions.permit(act);
        QuotaWindow.requireSpace(elements, index.facts(), at, probes.chargedTo(signatories.authority()));
        caseFile.requireCovers(signatories.authority(), index.facts().memorandum(), purpose);
        return draft(signatories, index, inputs, justification, new Asked(caseFile, purpose, sent, at));
    }

    private record Asked(CaseFiles.CaseFile caseFile, Purpose purpose, SentDecision sent, Instant at) {}

    private Draft draft(
            Signatories signatories,
            Indices.Announced index,
            List<MatchInput> inputs,
            String justification,
            Asked asked)
            throws IOException, Malformed {
        ProbeQuery query = ProbeQuery.prepare(inputs, PADDING_STEP, asking.chance.random());
        probes.openings().keep(query);
        BodyReference blinded = asking.bodies.seal(query.batchBytes(), index.holder());
        BodyReference why = asking.bodies.seal(justification.getBytes(StandardCharsets.UTF_8), index.holder());
        Comparison.ProbeAsked message = new Comparison.ProbeAsked(
                new Comparison.Ground.UnderCase(
                        asked.caseFile.digest(index.holder().party())),
                index.facts().category(),
                asked.purpose,
                index.statement(),
                batch(query, blinded, why),
                asked.sent);
        ObjectNode memory = JsonNodeFactory.instance
                .objectNode()
                .put("case", asked.caseFile.reference())
                .put("askedBy", signatories.preparer().pseudonym())
                .put("inputs", inputs.size());
        query.destroy();
        return Draft.fresh(
                "probe",
                message,
                new Draft.Between(signatories.authority(), index.holder(), signatories.pseudonyms(), asked.at),
                memory);
    }

    static Comparison.Batch batch(ProbeQuery query, BodyReference blinded, BodyReference justification) {
        return new Comparison.Batch(
                query.opening().inputs().size(),
                Digest.ofBytes(query.batchDigest().bytes()),
                Digest.ofBytes(query.commitmentRoot().bytes()),
                blinded,
                justification);
    }

    @Override
    public void said(Draft draft, Statement statement) throws RefusedAct {
        Comparison.ProbeAsked message = (Comparison.ProbeAsked) draft.message();
        requireLeft(message);
        if (indices.ends().over(indices.find(message.index()).orElseThrow())) {
            throw new RefusedAct(Problem.of("comparison.epoch-ended"), List.of());
        }
        probes.charge(statement.id(), statement.from().party(), message);
        probes.asked(
                new Probes.Asked(
                        statement.id(),
                        "probe",
                        (AuthorityCode) statement.from(),
                        message.index(),
                        Optional.of(draft.memory().required("case").asString()),
                        new Probes.Details(
                                message.purpose().code(),
                                draft.memory().required("inputs").asLong(),
                                Optional.empty(),
                                Optional.empty())),
                message.batch().digest(),
                draft.memory().required("askedBy").asString());
    }

    /** What was asked since this question was prepared counts too, or questions prepared together would overrun the quota. */
    private void requireLeft(Comparison.ProbeAsked message) throws RefusedAct {
        Act.Probe prepared = prepared(message.sent());
        Circumstances circumstances = prepared.circumstances();
        Instant now = asking.chance.clock().instant();
        asking.decisions.permit(new Act.Probe(
                circumstances,
                prepared.grounds(),
                quota.charge(
                        prepared.charge().identifiers(),
                        circumstances.counterpart().party(),
                        now,
                        probes.chargedTo(circumstances.by())),
                prepared.indexIdentifiers()));
        QuotaWindow.requireSpace(
                prepared.charge().identifiers(),
                indices.find(message.index()).orElseThrow().facts(),
                now,
                probes.chargedTo(circumstances.by()));
    }

    private Act.Probe prepared(SentDecision sent) {
        try {
            return (Act.Probe) Act.fromJson(sent.actJson(), asking.decisions.authorisations());
        } catch (Malformed e) {
            throw new IllegalStateException("our own act does not read", e);
        }
    }

    static List<MatchInput> inputs(Members facts, Indices.Facts index) throws Malformed {
        List<MatchInput> inputs = new ArrayList<>();
        for (JsonNode node : facts.array("identifiers", 1, IDENTIFIERS_MAX)) {
            Members identifier = Members.of(node, "identifiers");
            String word = identifier.text("type");
            IdentifierType type = IdentifierType.ofWord(word)
                    .orElseThrow(() -> new Malformed("match.type-unknown", word, IdentifierType.words()));
            if (!index.holds(type)) {
                throw new Malformed("comparison.composite-not-indexed", word);
            }
            IdentifierReading reading = type.read(identifier.line("value", VALUE_CHARACTERS_MAX), Hints.NONE);
            identifier.end();
            MatchInput input = input(
                    switch (reading) {
                        case IdentifierReading.Sound sound -> sound.found();
                        case IdentifierReading.Flagged flagged -> flagged.found();
                        case IdentifierReading.NotAnIdentifier not -> throw new Malformed(not.why());
                    });
            if (!inputs.contains(input)) {
                inputs.add(input);
            }
        }
        return inputs;
    }

    static MatchInput input(Identifier identifier) {
        return new MatchInput(identifier.type().word(), identifier.type().version(), identifier.value());
    }

    /** The justification that every batch of a reconcile carries. */
    static byte[] reconcileJustification(Digest agreed) {
        return CanonicalJson.encode(JsonNodeFactory.instance.objectNode().put("reconcile", agreed.hex()));
    }
}
