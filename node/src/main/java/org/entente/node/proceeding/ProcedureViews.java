package org.entente.node.proceeding;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.exchange.form.Filled;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Forms;
import org.entente.exchange.form.Phase;
import org.entente.exchange.form.Step;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.proceeding.Proceeding;
import org.entente.exchange.proceeding.Schedule;
import org.entente.memorandum.language.Bilingual;
import org.entente.node.act.NothingHere;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.entente.node.ledger.Statements;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How proceedings under forms stand, as the published description of the interface says it; texts are there in both languages. */
public final class ProcedureViews {
    /** How many proceedings a page of a list holds. */
    public static final int PAGE = 100;

    private final Procedures procedures;
    private final Clock clock;

    public ProcedureViews(Procedures procedures, Clock clock) {
        this.procedures = procedures;
        this.clock = clock;
    }

    /** The kinds of proceedings that this node knows. */
    public ObjectNode forms() {
        ObjectNode json = object();
        ArrayNode array = json.putArray("forms");
        for (Form form : Forms.ofHouse().all()) {
            ObjectNode one = array.addObject()
                    .put("form", form.name())
                    .put("version", form.version())
                    .put("digest", form.digest().hex());
            one.set("title", both(form.heading().title()));
            one.set("about", both(form.heading().about()));
            approvers(one, form.opening());
        }
        return json;
    }

    /** A form as it is declared; the newest where no version is named. */
    public ObjectNode form(String name, Optional<Integer> version) throws NothingHere {
        Forms forms = Forms.ofHouse();
        Form form = version.map(number -> forms.find(name, number))
                .orElseGet(() -> forms.newest(name))
                .orElseThrow(NothingHere::new);
        return (ObjectNode) forms.declaration(form);
    }

    /**
     * A page of an authority's proceedings.
     *
     * @param by only those in which this one owes something, what is due first at the head; empty: all, the newest first
     * @param after the last opening of the page before
     */
    public ObjectNode list(AuthorityCode authority, Optional<Procedures.Owing> by, Optional<Digest> after)
            throws NothingHere {
        Optional<Procedures.Row> last =
                after.isPresent() ? Optional.of(procedures.row(after.get(), authority)) : Optional.empty();
        List<Procedures.Row> rows = by.map(owing -> procedures.owed(authority, owing, last, PAGE + 1))
                .orElseGet(() -> procedures.newest(authority, last, PAGE + 1));
        Instant now = clock.instant();
        ObjectNode json = object();
        for (Procedures.Owing owing : Procedures.Owing.values()) {
            Procedures.Load load = procedures.load(authority, owing, now);
            json.putObject(owing.word()).put("owed", load.owed()).put("overdue", load.overdue());
        }
        ArrayNode array = json.putArray("proceedings");
        rows.stream().limit(PAGE).forEach(row -> array.add(row(row, now)));
        if (rows.size() > PAGE) {
            json.put("next", rows.get(PAGE - 1).opening().hex());
        }
        return json;
    }

    /** A proceeding with all that was said in it, who must do what by when, and what this side may do now. */
    public ObjectNode one(Digest opening, AuthorityCode authority) throws NothingHere {
        Procedures.Whole whole = procedures.find(opening, authority);
        ObjectNode json = row(whole.row(), clock.instant());
        procedures.caseOf(opening).ifPresent(file -> json.put("case", file));
        Procedure.ProceedingOpened opened =
                (Procedure.ProceedingOpened) whole.said().getFirst().message();
        opened.matter()
                .ifPresent(matter -> json.put("category", matter.category().code())
                        .put("purpose", matter.purpose().code()));
        terms(json, whole);
        ArrayNode open = json.putArray("open");
        whole.proceeding()
                .ifPresent(proceeding -> proceeding.open(whole.ownSide()).forEach(step -> open.add(step(step))));
        ArrayNode moves = json.putArray("moves");
        for (Statements.Entry entry : whole.said()) {
            if (entry.message() instanceof Procedure step) {
                moves.add(move(entry, step, whole.proceeding()));
            }
        }
        return json;
    }

    private static ObjectNode row(Procedures.Row row, Instant now) {
        ObjectNode json = object().put("opening", row.opening().hex())
                .put("own", row.own())
                .put("authority", row.between().authority().text())
                .put("partner", row.between().partner().text())
                .put("form", row.called().form())
                .put("version", row.called().version())
                .put("openedAt", UtcSeconds.print(UtcSeconds.whole(row.called().openedAt())))
                .put("missed", row.debt().missed());
        Optional<Form> form =
                Forms.ofHouse().find(row.called().form(), row.called().version());
        form.ifPresent(known -> json.set("title", both(known.heading().title())));
        Optional<Phase> phase = form.flatMap(known -> row.phase().map(known::phase));
        phase.ifPresent(known -> {
            json.put("phase", known.name());
            json.set("phaseTitle", both(known.title()));
        });
        row.debt().by().ifPresent(by -> {
            ObjectNode owed = json.putObject("owed").put("by", by.word());
            phase.flatMap(Phase::owes).ifPresent(owes -> owed.set("what", both(owes.what())));
            row.debt().due().ifPresent(due -> owed.put("due", moment(due)).put("overdue", !now.isBefore(due)));
        });
        return json;
    }

    private void terms(ObjectNode json, Procedures.Whole whole) {
        ArrayNode array = json.putArray("terms");
        for (Schedule.Entry entry : whole.schedule()) {
            ObjectNode one = array.addObject();
            one.set("title", both(entry.timer().title()));
            one.put("owed", entry.timer().owed() == whole.ownSide() ? "us" : "them");
            switch (entry.state()) {
                case Schedule.State.NotBegun _ -> one.put("state", "not-begun");
                case Schedule.State.Running running ->
                    one.put("state", "running")
                            .put("due", moment(running.due().at()))
                            .put("certain", running.due().certain());
                case Schedule.State.Resting _ -> one.put("state", "resting");
                case Schedule.State.Over _ -> one.put("state", "over");
            }
            entry.overdue(clock.instant()).ifPresent(since -> one.put("passed", moment(since)));
        }
    }

    private static ObjectNode step(Step step) {
        ObjectNode json = object().put("step", step.name());
        json.set("title", both(step.title()));
        approvers(json, step);
        return json;
    }

    private static void approvers(ObjectNode json, Step step) {
        ArrayNode roles = json.putArray("approve");
        step.needs().approvers().stream().map(role -> role.word()).sorted().forEach(roles::add);
        json.put("officers", step.needs().officers());
        step.needs().act().ifPresent(act -> json.put("act", act.word()));
    }

    private ObjectNode move(Statements.Entry entry, Procedure step, Optional<Proceeding> proceeding) {
        Optional<Step> declared = step.named().declared();
        ObjectNode json = object().put("statement", entry.statement().id().hex())
                .put("by", entry.outgoing() ? "us" : "them")
                .put("at", moment(entry.recordedAt()))
                .put("step", step.named().step());
        declared.ifPresent(known -> json.set("title", both(known.title())));
        json.put(
                "outcome",
                proceeding
                        .flatMap(known -> known.outcome(entry.statement().id()))
                        .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                        .orElse("set-aside"));
        Optional<ObjectNode> sealed = procedures.values(entry.statement().id());
        ObjectNode values = sealed.map(ObjectNode::deepCopy).orElseGet(ProcedureViews::object);
        values.setAll(step.given().open());
        json.set("values", values);
        boolean readable = step.given().sealed().isEmpty() || sealed.isPresent();
        json.put("readable", readable);
        if (readable && declared.isPresent()) {
            LocalDate said = LocalDate.ofInstant(entry.statement().at(), ZoneOffset.UTC);
            doubts(
                    json,
                    Filled.received(declared.get(), step.given().open(), sealed.orElseGet(ProcedureViews::object), said)
                            .doubts());
        }
        return json;
    }

    private static void doubts(ObjectNode json, List<Problem> doubts) {
        if (doubts.isEmpty()) {
            return;
        }
        ArrayNode array = json.putArray("doubts");
        for (Problem doubt : doubts) {
            array.addObject()
                    .put("code", doubt.code())
                    .set(
                            "text",
                            both(new Bilingual(
                                    Catalogue.say(doubt, Language.ENGLISH), Catalogue.say(doubt, Language.SPANISH))));
        }
    }

    private static String moment(Instant moment) {
        return UtcSeconds.print(UtcSeconds.whole(moment));
    }

    private static ObjectNode both(Bilingual text) {
        return object().put("en", text.en()).put("es", text.es());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
