package org.entente.node.handover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.SentDecision;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.officer.ActName;
import org.entente.node.act.Decisions;
import org.entente.node.act.Draft;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.act.Undertaking;
import org.entente.node.body.Bodies;
import org.entente.node.casefile.CaseFiles;
import org.entente.node.comparison.Indices;
import org.entente.node.comparison.Probes;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks for the record behind a hit. The hit itself is no reason: the officer says in words what the item is needed for. */
public final class RequestAct implements Undertaking {
    private static final int FACTS_CHARACTERS_MAX = 4_000;

    private final Requests requests;
    private final Found found;
    private final Decisions decisions;
    private final Bodies bodies;
    private final Clock clock;

    /** Where hits and cases are found. */
    public record Found(Probes probes, Indices indices, CaseFiles cases) {}

    public RequestAct(Requests requests, Found found, Decisions decisions, Bodies bodies, Clock clock) {
        this.requests = requests;
        this.found = found;
        this.decisions = decisions;
        this.bodies = bodies;
        this.clock = clock;
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories)
            throws IOException, Malformed, RefusedAct, NothingHere {
        CaseFiles.CaseFile caseFile = found.cases.require(facts.line("case", 64), signatories.authority());
        Probes.Hit hit =
                found.probes.hit(id(facts.text("hit")), signatories.authority()).orElseThrow(NothingHere::new);
        String words = facts.line("facts", FACTS_CHARACTERS_MAX);
        Optional<String> legalBasis = Optional.of(facts.line("legalBasis", 200));
        Handover.Urgency urgency = Word.parse(Handover.Urgency.class, facts.text("urgency"));
        facts.end();
        signatories.requireRole(ActName.REQUEST);
        Digest statement = found.probes.find(hit.probe()).orElseThrow().index();
        Indices.Announced index = found.indices.find(statement).orElseThrow();
        AuthorityCode holder = index.holder();
        Instant at = UtcSeconds.whole(clock.instant());
        Digest caseDigest = caseFile.digest(holder.party());
        SentDecision sent = decisions.permit(new Act.Request(
                new Circumstances(
                        signatories.authority(),
                        holder,
                        caseFile.purpose(),
                        index.facts().category(),
                        at),
                signatories.grounds(Optional.of(caseDigest.hex()), legalBasis)));
        caseFile.requireCovers(signatories.authority(), index.facts().memorandum(), caseFile.purpose());
        BodyReference body = bodies.seal(words.getBytes(StandardCharsets.UTF_8), holder);
        Handover.ItemRequested message = new Handover.ItemRequested(
                new Handover.ItemRequested.Subject(
                        index.facts().category(),
                        caseFile.purpose(),
                        caseDigest,
                        urgency,
                        new Handover.Hit(index.statement(), hit.position())),
                body,
                sent);
        ObjectNode memory = JsonNodeFactory.instance
                .objectNode()
                .put("hit", hit.id().toString())
                .put("case", caseFile.reference())
                .put("facts", words);
        return Draft.fresh(
                "request",
                message,
                new Draft.Between(signatories.authority(), holder, signatories.pseudonyms(), at),
                memory);
    }

    @Override
    public void said(Draft draft, Statement statement) {
        requests.asked(
                statement.id(),
                (AuthorityCode) statement.from(),
                UUID.fromString(draft.memory().required("hit").asString()),
                draft.memory().required("case").asString(),
                draft.memory().required("facts").asString());
    }

    private static UUID id(String text) throws NothingHere {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            throw new NothingHere();
        }
    }
}
