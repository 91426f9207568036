package org.entente.node.export;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Onward;
import org.entente.exchange.message.SentDecision;
import org.entente.memorandum.officer.ActName;
import org.entente.node.act.Decisions;
import org.entente.node.act.Draft;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.act.Undertaking;
import org.entente.node.casefile.CaseFiles;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One released item is to leave this node in a file, for one case. The originator is told before any file is given out, so that both logs
 * hold where the item went.
 */
public final class ExportAct implements Undertaking {
    private static final int LEGAL_BASIS_CHARACTERS_MAX = 200;

    private final Exportable exportable;
    private final Exports exports;
    private final CaseFiles cases;
    private final Decisions decisions;
    private final Clock clock;

    ExportAct(Exportable exportable, Exports exports, CaseFiles cases, Decisions decisions, Clock clock) {
        this.exportable = exportable;
        this.exports = exports;
        this.cases = cases;
        this.decisions = decisions;
        this.clock = clock;
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories) throws Malformed, RefusedAct {
        CaseFiles.CaseFile caseFile = cases.require(facts.line("case", 64), signatories.authority());
        Digest release = facts.digest("release");
        Optional<String> legalBasis = facts.has("legalBasis")
                ? Optional.of(facts.line("legalBasis", LEGAL_BASIS_CHARACTERS_MAX))
                : Optional.empty();
        facts.end();
        signatories.requireRole(ActName.EXPORT);
        Exportable.Item item = exportable.require(release, caseFile, signatories.authority());
        Instant at = UtcSeconds.whole(clock.instant());
        Digest caseDigest = caseFile.digest(item.from().party());
        SentDecision sent = decisions.permit(Exportable.act(
                item,
                caseFile,
                signatories.authority(),
                signatories.grounds(Optional.of(caseDigest.hex()), legalBasis),
                at));
        return Draft.fresh(
                "export",
                new Onward.ItemExported(release, caseFile.purpose(), caseDigest, sent),
                new Draft.Between(signatories.authority(), item.from(), signatories.pseudonyms(), at),
                JsonNodeFactory.instance.objectNode().put("case", caseFile.reference()));
    }

    /** What happened to the item since it was prepared counts: it may have been erased, or be held by now. */
    @Override
    public void said(Draft draft, Statement statement) throws RefusedAct {
        AuthorityCode authority = (AuthorityCode) draft.between().from();
        String reference = draft.memory().required("case").asString();
        try {
            exportable.require(
                    ((Onward.ItemExported) draft.message()).release(), cases.require(reference, authority), authority);
        } catch (Malformed refused) {
            throw new RefusedAct(refused.problem(), List.of());
        }
        exports.approved(statement.id(), authority, reference);
    }
}
