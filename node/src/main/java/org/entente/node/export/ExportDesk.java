package org.entente.node.export;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.bundle.Bundle;
import org.entente.evidence.bundle.OpenedBody;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SealedBody;
import org.entente.exchange.message.Onward;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.node.act.Decisions;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.body.Bodies;
import org.entente.node.body.BodyFiles;
import org.entente.node.casefile.CaseFiles;
import org.entente.node.delivery.Bundles;
import org.entente.node.erasure.BodyLife;
import org.entente.node.handover.Requests;
import org.entente.node.ledger.Statements;
import org.entente.node.officer.Officer;
import org.entente.node.party.Assurance;
import org.entente.node.party.LinkStops;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes bundles that show contents of bodies. Which bodies, the officer has approved one by one ({@link ExportAct}); here each is looked at
 * and decided about once more, and no file is given out before the originator's node has said that it knows, and both cosigned logs
 * hold it. What was approved is given as a whole or not at all.
 */
public final class ExportDesk {
    /** How many items leave in one file at most. */
    public static final int EXPORTS_MAX = 256;

    /** An approval is good for so long after the moment that its statement bears. */
    static final Duration GOOD_FOR = Duration.ofHours(12);

    private final Exportable exportable;
    private final Exports exports;
    private final Source source;
    private final Decisions decisions;
    private final Bundles bundles;
    private final Clock clock;

    /** Where cases, statements and contents are found. */
    public record Source(
            CaseFiles cases, Statements statements, Requests requests, Bodies bodies, BodyFiles files, Guards guards) {}

    /** What keeps an item here: its end or a hold, and that this database may be an older copy or was restored. */
    public record Guards(BodyLife.Register ends, Assurance assurance, LinkStops stops) {}

    public ExportDesk(
            Source source,
            Decisions decisions,
            Bundles bundles,
            JdbcClient sql,
            TransactionTemplate transactions,
            Clock clock) {
        this.source = source;
        this.exportable = new Exportable(
                source.statements,
                source.requests,
                source.files,
                source.guards.ends(),
                source.guards.assurance()::with,
                clock);
        this.exports = new Exports(sql, transactions, clock);
        this.decisions = decisions;
        this.bundles = bundles;
        this.clock = clock;
    }

    /** The act by which officers approve what leaves. */
    public ExportAct act() {
        return new ExportAct(exportable, exports, source.cases, decisions, clock);
    }

    /**
     * An export that was approved and said, and what this node alone knows of it.
     *
     * @param file in which it left, once it has
     */
    public record Approved(AuthorityCode authority, String caseReference, Optional<Left> file) {}

    /** The file in which something left, and to whom it was given. */
    public record Left(Digest file, String officer, Instant at) {}

    /** What is known here of an export of this party; empty for any other statement, and for one that came back after a restore. */
    public Optional<Approved> find(Digest export) {
        return exports.find(export);
    }

    /**
     * A body that a statement of a case names, and whether this officer could have it exported.
     *
     * @param refusal why not; empty when it could
     * @param clauses that refuse
     */
    public record Candidate(Statement statement, BodyReference body, Optional<Problem> refusal, List<String> clauses) {
        public Candidate {
            clauses = List.copyOf(clauses);
        }
    }

    /**
     * All bodies that the statements of a case name. Nothing is left out here: what may not leave comes with its reason.
     *
     * @param legalBasis under which the officer would have them exported
     */
    public List<Candidate> candidates(PartyCode partner, String reference, Optional<String> legalBasis, Officer officer)
            throws Malformed {
        CaseFiles.CaseFile caseFile = source.cases.require(reference, officer.authority());
        List<Candidate> candidates = new ArrayList<>();
        for (Statement statement : bundles.wanted(partner, Optional.of(caseFile.digest(partner)))) {
            Statements.Entry entry = source.statements.find(statement.id()).orElseThrow();
            for (BodyReference body : entry.message().bodies()) {
                candidates.add(candidate(statement, body, new Wanted(caseFile, legalBasis, officer)));
            }
        }
        return candidates;
    }

    /** For which case, under which law and by whom something is to leave. */
    private record Wanted(CaseFiles.CaseFile caseFile, Optional<String> legalBasis, Officer officer) {}

    private Candidate candidate(Statement statement, BodyReference body, Wanted wanted) {
        CaseFiles.CaseFile caseFile = wanted.caseFile;
        Officer officer = wanted.officer;
        try {
            Exportable.Item item = exportable.require(statement.id(), caseFile, officer.authority());
            decisions.permit(Exportable.act(
                    item,
                    caseFile,
                    officer.authority(),
                    Signatories.alone(officer)
                            .grounds(
                                    Optional.of(
                                            caseFile.digest(item.from().party()).hex()),
                                    wanted.legalBasis),
                    clock.instant()));
            return new Candidate(statement, body, Optional.empty(), List.of());
        } catch (Malformed refused) {
            return new Candidate(statement, body, Optional.of(refused.problem()), List.of());
        } catch (RefusedAct refused) {
            return new Candidate(statement, body, Optional.of(refused.problem()), refused.clauses());
        }
    }

    /**
     * The bundle of a case with the contents that these approved exports let out; one after another, for it is held in memory whole.
     *
     * @param approved the {@code item-exported} statements
     * @throws NothingHere when one of them is no export of this case that this officer approved
     * @throws RefusedAct when the memorandum does not permit one of them any more
     * @throws Malformed {@code export.under-way} when the originator has not answered yet or the cosigned logs do not hold it yet: ask
     *     again; any other problem is final
     */
    public synchronized byte[] write(PartyCode partner, String reference, List<Digest> approved, Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere {
        CaseFiles.CaseFile caseFile = source.cases.require(reference, officer.authority());
        List<Exportable.Item> items = new ArrayList<>();
        Set<Digest> releases = new HashSet<>();
        for (Digest export : approved) {
            Exportable.Item item = item(export, partner, caseFile, officer);
            if (!releases.add(item.release())) {
                throw new Malformed("export.twice", item.release().hex());
            }
            items.add(item);
        }
        requireFits(items.stream().map(Exportable.Item::body).toList());
        for (Digest export : approved) {
            requireHeard(export, partner);
        }
        List<OpenedBody> opened = new ArrayList<>();
        for (Exportable.Item item : items) {
            SealedBody.Salted body = source.bodies.openSalted(item.body(), officer.authority());
            opened.add(new OpenedBody(item.release(), item.body().ciphertext(), body.salt(), body.content()));
        }
        byte[] file = bundles.export(
                partner, Optional.of(caseFile.digest(partner)), new Bundles.Carried(opened, Set.copyOf(approved)));
        for (Digest export : approved) {
            requireHeard(export, partner);
            item(export, partner, caseFile, officer);
        }
        exports.leaves(file, partner, approved, officer);
        return file;
    }

    /** The item of an export, which was approved for this case, is good still, and would be decided alike now. */
    private Exportable.Item item(Digest export, PartyCode partner, CaseFiles.CaseFile caseFile, Officer officer)
            throws Malformed, RefusedAct, NothingHere {
        Statements.Entry entry = source.statements
                .find(export)
                .filter(found -> found.outgoing()
                        && found.statement().from().equals(officer.authority())
                        && found.statement()
                                .to()
                                .filter(to -> to.party().equals(partner))
                                .isPresent())
                .orElseThrow(NothingHere::new);
        if (!(entry.message() instanceof Onward.ItemExported message)) {
            throw new NothingHere();
        }
        Approved approved = find(export)
                .filter(found -> found.caseReference().equals(caseFile.reference()))
                .orElseThrow(NothingHere::new);
        Act.Export act = (Act.Export) Act.fromJson(message.sent().actJson(), List.of());
        if (act.grounds().approvers().stream().noneMatch(approver -> approver.equals(Decisions.approver(officer)))) {
            throw new NothingHere();
        }
        if (approved.file().isPresent()) {
            throw new Malformed("export.given-already");
        }
        Instant now = clock.instant();
        requireInTime(entry.statement(), now);
        if (source.guards
                .stops()
                .restoredAt(partner)
                .filter(restored -> !entry.statement().at().isAfter(restored))
                .isPresent()) {
            throw new Malformed("export.before-restore", export.hex());
        }
        Exportable.Item item = exportable.require(message.release(), caseFile, officer.authority());
        Circumstances then = act.circumstances();
        decisions.permit(new Act.Export(
                new Circumstances(
                        then.by(), then.counterpart(), then.purpose(), then.category(), UtcSeconds.whole(now)),
                act.grounds(),
                act.received()));
        return item;
    }

    static void requireInTime(Statement export, Instant now) throws Malformed {
        if (now.isAfter(export.at().plus(GOOD_FOR))) {
            throw new Malformed("export.too-late", export.id().hex());
        }
    }

    /** The originator's node has it, and does not refuse it. */
    private void requireHeard(Digest export, PartyCode partner) throws Malformed {
        boolean delivered = false;
        for (Statements.Entry answer : source.statements.answers(export)) {
            if (!answer.statement().from().party().equals(partner)) {
                continue;
            }
            if (answer.message() instanceof Reply.Refused refused) {
                throw new Malformed(
                        "export.originator-refuses",
                        export.hex(),
                        refused.clause().orElse(refused.reason().word()));
            }
            delivered |= answer.message() instanceof Reply.Receipt receipt && receipt.stage() == Reply.Stage.DELIVERED;
        }
        if (!delivered) {
            throw new Malformed(exports.isSetAside(export) ? "export.not-delivered" : "export.under-way", export.hex());
        }
    }

    /** Contents stand in base 64, beside everything else; no body is opened in vain. */
    static void requireFits(List<BodyReference> bodies) throws Malformed {
        long bytes = 0;
        for (BodyReference body : bodies) {
            bytes += body.bytes() / 3 * 4;
            if (bytes > Bundle.BYTES_MAX) {
                throw new Malformed("bundle.bodies-too-large", Integer.toString(Bundle.BYTES_MAX));
            }
        }
    }
}
