package org.entente.node.run;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Handover;
import org.entente.exchange.proceeding.RequestProceeding;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.item.Item;
import org.entente.memorandum.decision.LegalHold;
import org.entente.node.act.NothingHere;
import org.entente.node.comparison.Indices;
import org.entente.node.comparison.Probes;
import org.entente.node.erasure.BodyLife;
import org.entente.node.export.ExportDesk;
import org.entente.node.handover.ReceivedFiles;
import org.entente.node.handover.ReleaseAct;
import org.entente.node.handover.ReleasedFile;
import org.entente.node.handover.Requests;
import org.entente.node.handover.UploadedFiles;
import org.entente.node.holding.Holdings;
import org.entente.node.ledger.Statements;
import org.entente.node.officer.Officer;
import org.entente.node.party.Parties;
import org.entente.node.proceeding.ProcedureViews;
import org.entente.node.server.Proceedings;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows an officer the comparisons and handovers of the officer's own authority. */
final class ProceedingViews implements Proceedings {
    private final Parties parties;
    private final Statements statements;
    private final Indices indices;
    private final Probes probes;
    private final Requests requests;
    private final ProcedureViews procedures;
    private final Items items;

    /** Questions about one thing: behind a hit, and under a form. */
    record Asked(Requests requests, ProcedureViews procedures) {}

    /** Where items are found, all that are held and those behind a request, how they come to their end, and where they went. */
    record Items(
            Holdings holdings,
            ReleaseAct releases,
            BodyLife.Register ends,
            ExportDesk exports,
            Files files,
            Clock clock) {}

    /** Files of evidence on both sides. */
    record Files(UploadedFiles uploads, ReceivedFiles received, long bytesMax) {}

    ProceedingViews(Parties parties, Statements statements, Indices indices, Probes probes, Asked asked, Items items) {
        this.parties = parties;
        this.statements = statements;
        this.indices = indices;
        this.probes = probes;
        this.requests = asked.requests();
        this.procedures = asked.procedures();
        this.items = items;
    }

    @Override
    public ObjectNode indices(Officer officer) {
        ObjectNode json = object();
        ArrayNode array = json.putArray("indices");
        for (Indices.Announced index : indices.all()) {
            AuthorityCode ours = index.own() ? index.holder() : index.reader();
            if (ours.equals(officer.authority())) {
                ObjectNode one = array.addObject();
                index.facts().composite().forEach(one.putArray("composite")::add);
                one.put("statement", index.statement().hex())
                        .put("own", index.own())
                        .put("partner", (index.own() ? index.reader() : index.holder()).text())
                        .put("memorandum", index.facts().memorandum().hex())
                        .put("category", index.facts().category().code())
                        .put("purpose", index.facts().purpose().code())
                        .put("epoch", index.facts().epoch())
                        .put("generation", index.facts().generation())
                        .put("until", UtcSeconds.print(index.facts().until()))
                        .put("size", index.facts().size())
                        .put("at", UtcSeconds.print(index.at()));
                index.facts().ended().ifPresent(ended -> one.put("ended", UtcSeconds.print(ended)));
            }
        }
        return json;
    }

    @Override
    public ObjectNode reconciles(Officer officer) {
        ObjectNode json = object();
        ArrayNode array = json.putArray("reconciles");
        for (Parties.Partner partner : parties.partners()) {
            for (Statements.Entry entry : statements.ofKind(partner.code(), "reconcile-asked")) {
                Comparison.ReconcileAsked asked = (Comparison.ReconcileAsked) entry.message();
                if (!concerns(entry, officer.authority())) {
                    continue;
                }
                ObjectNode one = array.addObject()
                        .put("statement", entry.statement().id().hex())
                        .put("own", entry.outgoing())
                        .put("category", asked.category().code())
                        .put("purpose", asked.purpose().code())
                        .put("index", asked.index().hex());
                statements.answers(entry.statement().id()).stream()
                        .filter(answer -> answer.message() instanceof Comparison.ReconcileAgreed)
                        .findFirst()
                        .ifPresent(agreed ->
                                one.put("agreed", agreed.statement().id().hex()));
            }
        }
        return json;
    }

    @Override
    public ObjectNode probes(Officer officer) {
        ObjectNode json = object();
        ArrayNode array = json.putArray("probes");
        for (Probes.Asked asked : probes.of(officer.authority())) {
            ObjectNode one = probe(asked);
            one.put("hits", probes.hits(asked.statement()).size());
            array.add(one);
        }
        return json;
    }

    @Override
    public ObjectNode probe(Digest statement, Officer officer) throws NothingHere {
        Probes.Asked asked = probes.find(statement)
                .filter(found -> found.authority().equals(officer.authority()))
                .orElseThrow(NothingHere::new);
        ObjectNode json = probe(asked);
        json.put("hitsErased", probes.erased(statement));
        ArrayNode hits = json.putArray("hits");
        for (Probes.Hit hit : probes.hits(statement)) {
            hits.addObject()
                    .put("hit", hit.id().toString())
                    .put("type", hit.type())
                    .put("composite", composite(hit.type()))
                    .put("identifier", hit.value())
                    .put("category", hit.finding().category())
                    .put("status", hit.finding().status())
                    .put("since", hit.finding().since().toString())
                    .put("cleared", hit.finding().cleared())
                    .put("flagged", hit.finding().flagged());
        }
        return json;
    }

    private static boolean composite(String type) {
        return IdentifierType.ofWord(type).filter(IdentifierType::composite).isPresent();
    }

    private static ObjectNode probe(Probes.Asked asked) {
        ObjectNode json = object().put("statement", asked.statement().hex())
                .put("act", asked.act())
                .put("index", asked.index().hex())
                .put("purpose", asked.details().purpose())
                .put("inputs", asked.details().inputs());
        asked.caseReference().ifPresent(reference -> json.put("case", reference));
        boolean answered = asked.details().answered().isPresent();
        json.put("state", answered ? "answered" : asked.details().problem().isPresent() ? "refused" : "asked");
        asked.details().problem().ifPresent(problem -> json.put("clause", problem));
        return json;
    }

    @Override
    public ObjectNode watches(Officer officer) {
        return WatchViews.of(probes.watches(), statements, officer.authority());
    }

    @Override
    public void endWatch(Digest statement, Officer officer) throws NothingHere {
        if (probes.watches()
                .find(statement)
                .filter(watch -> watch.authority().equals(officer.authority()))
                .isEmpty()) {
            throw new NothingHere();
        }
        probes.watches().end(statement, Problem.of("comparison.watch-stopped", officer.pseudonym()));
    }

    @Override
    public ObjectNode requests(Officer officer) {
        ObjectNode json = object();
        ArrayNode array = json.putArray("requests");
        for (Requests.Request request : requests.of(officer.authority())) {
            array.add(request(request));
        }
        return json;
    }

    @Override
    public ObjectNode request(Digest statement, Officer officer) throws NothingHere {
        return request(requests.find(statement, officer.authority()).orElseThrow(NothingHere::new));
    }

    private ObjectNode request(Requests.Request request) {
        Handover.ItemRequested message = requests.message(request.statement());
        RequestProceeding proceeding = requests.proceeding(request.statement());
        ObjectNode json = object().put("statement", request.statement().hex())
                .put("own", request.own())
                .put("state", word(proceeding.state()))
                .put("purpose", message.subject().purpose().code())
                .put("category", message.subject().category().code())
                .put("urgency", message.subject().urgency().word());
        request.asker().caseReference().ifPresent(reference -> json.put("case", reference));
        request.asker().hit().ifPresent(hit -> json.put("hit", hit.toString()));
        request.facts().ifPresent(facts -> json.put("facts", facts));
        ErasureViews.add(json, request.statement(), items.ends(), today());
        release(proceeding.state()).ifPresent(release -> {
            ObjectNode released = json.putObject("release").put("statement", release.hex());
            ErasureViews.add(released, release, items.ends(), today());
        });
        proceeding.next().ifPresent(duty -> json.put("waitsFor", duty.who().text()));
        if (!request.own()) {
            candidate(request).ifPresent(item -> json.set("candidate", item));
        }
        return json;
    }

    private Optional<ObjectNode> candidate(Requests.Request request) {
        try {
            List<Holdings.Held> held = items.releases().candidates(request.statement(), request.authority());
            return held.stream().findFirst().map(first -> item(first.item()));
        } catch (NothingHere nothing) {
            return Optional.empty();
        } catch (IOException | Malformed e) {
            throw new IllegalStateException("an index of our own cannot be read", e);
        }
    }

    private static Optional<Digest> release(RequestProceeding.State state) {
        return switch (state) {
            case RequestProceeding.State.Released now -> Optional.of(now.release());
            case RequestProceeding.State.Delivered now -> Optional.of(now.release());
            case RequestProceeding.State.Opened now -> Optional.of(now.release());
            case RequestProceeding.State.Unreadable now -> Optional.of(now.release());
            case RequestProceeding.State.Unseen _,
                    RequestProceeding.State.Asked _,
                    RequestProceeding.State.Approved _,
                    RequestProceeding.State.NotGranted _,
                    RequestProceeding.State.NotTakenIn _ -> Optional.empty();
        };
    }

    static String word(RequestProceeding.State state) {
        return switch (state) {
            case RequestProceeding.State.Unseen _ -> "unseen";
            case RequestProceeding.State.Asked _ -> "asked";
            case RequestProceeding.State.Approved _ -> "approved";
            case RequestProceeding.State.NotGranted _ -> "refused";
            case RequestProceeding.State.Released _ -> "released";
            case RequestProceeding.State.Delivered _ -> "delivered";
            case RequestProceeding.State.Opened _ -> "opened";
            case RequestProceeding.State.Unreadable _ -> "unreadable";
            case RequestProceeding.State.NotTakenIn _ -> "not-taken-in";
        };
    }

    @Override
    public ObjectNode received(Officer officer) {
        ObjectNode json = object();
        ArrayNode array = json.putArray("items");
        for (Holdings.Held held : items.holdings().received(officer.authority())) {
            ObjectNode item = item(held.item());
            item.put("originator", held.originator().text())
                    .put("holder", held.holder().text());
            items.holdings().releaseOf(held.number()).ifPresent(release -> {
                item.put("statement", release.hex());
                List<ReleasedFile> files = items.files().received().of(release);
                if (!files.isEmpty()) {
                    ArrayNode listed = item.putArray("files");
                    files.forEach(file -> listed.add(file.json()));
                }
                ErasureViews.add(item, release, items.ends(), today());
            });
            array.add(item);
        }
        return json;
    }

    @Override
    public ProcedureViews procedures() {
        return procedures;
    }

    @Override
    public UploadedFiles uploads() {
        return items.files().uploads();
    }

    @Override
    public ReceivedFiles files() {
        return items.files().received();
    }

    @Override
    public long fileBytesMax() {
        return items.files().bytesMax();
    }

    @Override
    public ObjectNode erasures(Officer officer) {
        return ErasureViews.of(items.ends().erasures(), officer.authority());
    }

    @Override
    public ObjectNode exports(Officer officer) {
        return ExportViews.of(parties, statements, items.exports(), officer.authority());
    }

    @Override
    public ObjectNode holds(Officer officer) {
        return ErasureViews.of(items.ends().holds(), officer, today());
    }

    @Override
    public void hold(Digest statement, LegalHold order, Officer officer) throws Malformed, NothingHere {
        items.ends().holds().place(statement, order, officer);
    }

    @Override
    public void lookedAfterHolds(String reason, Officer officer) throws Malformed {
        items.ends().holds().lookedAfter(reason, officer);
    }

    @Override
    public void liftHold(long number, String reason, Officer officer) throws NothingHere {
        items.ends().holds().lift(number, reason, officer);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(items.clock().instant(), ZoneOffset.UTC);
    }

    private static ObjectNode item(Item item) {
        ObjectNode json = object().put("item", item.id().text())
                .put("caption", item.entity().caption())
                .put("schema", item.entity().schema().word())
                .put("category", item.envelope().category().code())
                .put("cleared", item.envelope().cleared())
                .put("handling", item.envelope().marking().handling().code().name())
                .put("obtainedBy", item.envelope().provenance().obtainedBy().text())
                .put("obtainedIn", item.envelope().provenance().obtainedIn().code());
        item.envelope()
                .listStatus()
                .ifPresent(status -> json.put("status", status.status())
                        .put("since", status.since().toString()));
        ArrayNode identifiers = json.putArray("identifiers");
        item.identifiers()
                .forEach(identifier -> identifiers
                        .addObject()
                        .put("type", identifier.type().word())
                        .put("value", identifier.value())
                        .put("flagged", !identifier.warnings().isEmpty()));
        return json;
    }

    private static boolean concerns(Statements.Entry entry, AuthorityCode authority) {
        return entry.statement().from().equals(authority)
                || entry.statement().to().filter(authority::equals).isPresent();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
