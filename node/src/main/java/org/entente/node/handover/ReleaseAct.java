package org.entente.node.handover;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.SentDecision;
import org.entente.exchange.proceeding.RequestProceeding;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.OwnIndex;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.decision.Item;
import org.entente.memorandum.officer.ActName;
import org.entente.node.act.Decisions;
import org.entente.node.act.Draft;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.act.Undertaking;
import org.entente.node.body.Bodies;
import org.entente.node.comparison.IndexShelf;
import org.entente.node.comparison.Indices;
import org.entente.node.holding.Holdings;
import org.entente.node.ledger.Statements;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hands over the item behind the hit that a request names, with the opening of its leaf, so that neither bait nor denial
 * is possible. An officer may name another own item instead; it is decided about like any, and what was not behind the
 * hit cannot be handed over as its answer.
 */
public final class ReleaseAct implements Undertaking {
    private final Requests requests;
    private final Statements statements;
    private final Sources sources;
    private final Decisions decisions;
    private final Bodies bodies;
    private final Clock clock;

    /** Where the item and its leaf are found. */
    public record Sources(Holdings holdings, Indices indices, IndexShelf shelf, UploadedFiles uploads) {}

    public ReleaseAct(
            Requests requests,
            Statements statements,
            Sources sources,
            Decisions decisions,
            Bodies bodies,
            Clock clock) {
        this.requests = requests;
        this.statements = statements;
        this.sources = sources;
        this.decisions = decisions;
        this.bodies = bodies;
        this.clock = clock;
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories)
            throws IOException, Malformed, RefusedAct, NothingHere {
        Digest request = facts.digest("request");
        Optional<String> other = facts.has("item") ? Optional.of(facts.line("item", 400)) : Optional.empty();
        List<Digest> named = new ArrayList<>();
        if (facts.has("files")) {
            for (JsonNode body : facts.array("files", 1, Handover.ItemReleased.FILES_MAX)) {
                named.add(Digest.parse(body.asString("")));
            }
        }
        facts.end();
        signatories.requireRole(ActName.RELEASE);
        requests.requireReceived(request, signatories.authority());
        Statements.Entry entry = statements.find(request).orElseThrow();
        Handover.ItemRequested asked = (Handover.ItemRequested) entry.message();
        AuthorityCode asker = (AuthorityCode) entry.statement().from();
        Leaf leaf = leaf(asked, signatories.authority());
        Holdings.Held held = other.isPresent()
                ? sources.holdings.own(signatories.authority(), other.get()).orElseThrow(NothingHere::new)
                : leaf.candidates.stream().findFirst().orElseThrow(NothingHere::new);
        Instant at = UtcSeconds.whole(clock.instant());
        SentDecision sent = decisions.permit(act(asked, asker, held, signatories, at));
        if (!leaf.records.contains(held.record())) {
            throw new Malformed("handover.not-behind-the-hit");
        }
        if (!(requests.proceeding(request).state() instanceof RequestProceeding.State.Approved)) {
            throw new Malformed("handover.not-approved");
        }
        List<UploadedFiles.Uploaded> files = sources.uploads.require(request, named);
        Handover.ItemReleased message = new Handover.ItemReleased(
                request,
                held.item().envelope(),
                bodies.seal(body(held, files), asker),
                files.stream().map(UploadedFiles.Uploaded::body).toList(),
                leaf.opening,
                sent);
        return Draft.fresh(
                "release",
                message,
                new Draft.Between(signatories.authority(), asker, signatories.pseudonyms(), at),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("item", held.item().id().text()));
    }

    /** What is called by a name is called so in here alone. */
    private static byte[] body(Holdings.Held held, List<UploadedFiles.Uploaded> files) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("record", held.record());
        body.set("item", held.item().toJson());
        if (!files.isEmpty()) {
            ArrayNode listed = body.putArray("files");
            files.forEach(file -> listed.add(file.file().json()));
        }
        return CanonicalJson.encode(body);
    }

    /** The state of a request is folded from the statements. */
    @Override
    public void said(Draft draft, Statement statement) {
        sources.uploads.released((Handover.ItemReleased) draft.message());
    }

    /** The own items behind the hit of a request, for the officer who decides. */
    public List<Holdings.Held> candidates(Digest request, AuthorityCode authority)
            throws IOException, Malformed, NothingHere {
        return leaf(requests.message(request), authority).candidates;
    }

    private record Leaf(List<String> records, List<Holdings.Held> candidates, String opening) {}

    private Leaf leaf(Handover.ItemRequested asked, AuthorityCode authority)
            throws IOException, Malformed, NothingHere {
        Handover.Hit hit = asked.subject().hit();
        Indices.Announced index = sources.indices
                .find(hit.index())
                .filter(announced -> announced.own() && announced.holder().equals(authority))
                .orElseThrow(NothingHere::new);
        if (hit.position() >= index.facts().size()
                || !sources.shelf.holdsOwn(index.facts().root())) {
            throw new NothingHere();
        }
        return leaf(sources.shelf.own(index.facts().root()), hit.position(), authority);
    }

    private Leaf leaf(OwnIndex index, long position, AuthorityCode authority) throws Malformed, NothingHere {
        try {
            List<String> records = index.recordIds(position);
            if (records.isEmpty()) {
                throw new NothingHere();
            }
            return new Leaf(
                    records,
                    sources.holdings.ofRecords(authority, records),
                    Base64Text.url(index.open(position).bytes()));
        } catch (DamagedIndex e) {
            throw IndexShelf.damaged(e);
        }
    }

    private Act act(
            Handover.ItemRequested asked,
            AuthorityCode asker,
            Holdings.Held held,
            Signatories signatories,
            Instant at) {
        Circumstances circumstances = new Circumstances(
                signatories.authority(),
                asker,
                asked.subject().purpose(),
                held.item().envelope().category(),
                at);
        Grounds grounds = new Grounds(
                Optional.of(asked.subject().caseDigest().hex()),
                Optional.of(held.item().envelope().provenance().legalBasis()),
                signatories.approvers(),
                Decisions.noConsents());
        return new Act.Release(circumstances, grounds, new Item(held.item().envelope(), decisions.authorisations()));
    }
}
