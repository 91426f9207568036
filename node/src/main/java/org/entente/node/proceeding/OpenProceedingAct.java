package org.entente.node.proceeding;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Forms;
import org.entente.exchange.form.Step;
import org.entente.exchange.form.Subjects;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.message.SentDecision;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.node.act.Draft;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.act.Signatories;
import org.entente.node.act.Undertaking;
import org.entente.node.casefile.CaseFiles;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Opens a proceeding under the newest version of a form. */
public final class OpenProceedingAct implements Undertaking {
    private static final String CASE = "case";
    private static final String OVERLAP_KNOWN = "overlapKnown";

    private final Procedures procedures;
    private final Overlaps overlaps;
    private final CaseFiles cases;
    private final StepMaking making;

    public OpenProceedingAct(Procedures procedures, Overlaps overlaps, CaseFiles cases, StepMaking making) {
        this.procedures = procedures;
        this.overlaps = overlaps;
        this.cases = cases;
        this.making = making;
    }

    @Override
    public Draft prepare(Members facts, Signatories signatories)
            throws IOException, Malformed, RefusedAct, NothingHere {
        Form form = Forms.ofHouse().newest(facts.line("form", 64)).orElseThrow(NothingHere::new);
        AuthorityCode to = AuthorityCode.parse(facts.text("to"));
        Step step = form.opening();
        StepMaking.Wanted wanted = StepMaking.Wanted.read(step, facts);
        Optional<CaseFiles.CaseFile> file = step.needs().act().isPresent() || facts.has(CASE)
                ? Optional.of(cases.require(facts.line(CASE, 64), signatories.authority()))
                : Optional.empty();
        Optional<Procedure.Matter> matter = step.needs().act().isPresent()
                ? Optional.of(matter(facts, wanted, file.orElseThrow(), to))
                : Optional.empty();
        boolean overlapKnown =
                facts.has(OVERLAP_KNOWN) && facts.node(OVERLAP_KNOWN).asBoolean(false);
        facts.end();
        StepMaking.requireSignatories(step, signatories);
        Instant at = making.now();
        Optional<SentDecision> sent = making.decide(wanted, matter, signatories, to, at);
        if (!overlapKnown) {
            requireNew(to, Subjects.of(step, wanted.values()));
        }
        StepMaking.Made made = making.make(wanted, signatories.authority(), to);
        Procedure.ProceedingOpened message = new Procedure.ProceedingOpened(
                new Procedure.Named(form.name(), form.version(), step.name()), matter, made.given(), sent);
        ObjectNode memory = JsonNodeFactory.instance.objectNode();
        made.remember(memory);
        file.ifPresent(known -> memory.put(CASE, known.reference()));
        return Draft.fresh(
                "proceeding-opened",
                message,
                new Draft.Between(signatories.authority(), to, signatories.pseudonyms(), at),
                memory);
    }

    /** Only who may ask is told that it was asked. */
    private void requireNew(AuthorityCode to, Collection<Digest> subjects) throws RefusedAct {
        List<String> asked = overlaps.with(to.party(), subjects);
        if (!asked.isEmpty()) {
            throw new RefusedAct(
                    Problem.of("proceeding.overlap", to.party().text(), String.join("; ", asked)), List.of());
        }
    }

    /** What is handed over says its own category; what is asked for is named. */
    private static Procedure.Matter matter(
            Members facts, StepMaking.Wanted wanted, CaseFiles.CaseFile file, AuthorityCode to) throws Malformed {
        Category category = wanted.envelope().isPresent()
                ? wanted.envelope().map(Envelope::category).get()
                : Category.parse(facts.text("category"));
        return new Procedure.Matter(category, file.purpose(), Optional.of(file.digest(to.party())));
    }

    @Override
    public void said(Draft draft, Statement statement) {
        procedures.take(statement, (Procedure) draft.message(), true);
        StepMaking.Made.remembered(draft.memory()).ifPresent(values -> procedures.keep(statement.id(), values));
        Procedure opened = (Procedure) draft.message();
        ObjectNode values = StepMaking.Made.remembered(draft.memory()).orElseGet(JsonNodeFactory.instance::objectNode);
        opened.named()
                .declared()
                .ifPresent(step -> overlaps.note(
                        statement.id(),
                        Subjects.of(
                                step, values.deepCopy().setAll(opened.given().open()))));
        if (draft.memory().has(CASE)) {
            procedures.underCase(
                    statement.id(),
                    (AuthorityCode) statement.from(),
                    draft.memory().required(CASE).asString());
        }
    }
}
