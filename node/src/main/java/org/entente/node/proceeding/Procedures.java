package org.entente.node.proceeding;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.calendar.WorkingCalendar;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Forms;
import org.entente.exchange.form.Phase;
import org.entente.exchange.form.Side;
import org.entente.exchange.form.Timer;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Procedure;
import org.entente.exchange.message.Reply;
import org.entente.exchange.proceeding.Move;
import org.entente.exchange.proceeding.Proceeding;
import org.entente.exchange.proceeding.Schedule;
import org.entente.memorandum.language.Deadline;
import org.entente.node.act.NothingHere;
import org.entente.node.erasure.BodyLife;
import org.entente.node.erasure.ItemEffects;
import org.entente.node.ledger.Statements;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * Proceedings under forms, of both directions. What each has come to is folded from the statements of both parties; the table holds what
 * lists are made of, written anew with each statement in the transaction that logs it.
 */
public final class Procedures {
    private final JdbcClient sql;
    private final Statements statements;
    private final Calendars calendars;
    private final AgreedTerms agreed;
    private final BodyLife.Register ends;

    /** The calendar of a party's working days. */
    public interface Calendars {
        WorkingCalendar of(Actor authority);
    }

    /** The terms that the memorandum names between two authorities. */
    public interface AgreedTerms {
        Map<Timer.Agreed, Deadline> between(AuthorityCode opener, AuthorityCode counterpart);
    }

    public Procedures(
            JdbcClient sql, Statements statements, Calendars calendars, AgreedTerms agreed, BodyLife.Register ends) {
        this.sql = sql;
        this.statements = statements;
        this.calendars = calendars;
        this.agreed = agreed;
        this.ends = ends;
    }

    /**
     * A proceeding as lists show it.
     *
     * @param own whether an authority of this party opened it
     * @param phase empty for a form that is not known here
     */
    public record Row(Digest opening, boolean own, Between between, Called called, Optional<String> phase, Debt debt) {}

    /** Between which authorities it is. */
    public record Between(AuthorityCode authority, AuthorityCode partner) {}

    /** Under which form, and since when. */
    public record Called(String form, int version, Instant openedAt) {}

    /**
     * Who owes something.
     *
     * @param due when the first of the terms that run ends
     * @param missed how many terms had passed when the thing was done
     */
    public record Debt(Optional<Owing> by, Optional<Instant> due, int missed) {}

    /** Who owes something. */
    public enum Owing {
        US,
        THEM;

        /** As it stands in the table and in answers. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A proceeding with all that was said in it.
     *
     * @param proceeding empty for a form that is not known here
     * @param said every statement of it, in the order in which this node logged them
     */
    public record Whole(
            Row row, Optional<Proceeding> proceeding, List<Schedule.Entry> schedule, List<Statements.Entry> said) {
        /** Which side this party is. */
        public Side ownSide() {
            return row.own() ? Side.OPENER : Side.COUNTERPART;
        }
    }

    /**
     * Takes a step into account that was said or heard; MUST be called in the transaction that logs it.
     */
    public void take(Statement statement, Procedure step, boolean own) {
        step.given().envelope().ifPresent(envelope -> ends.terms().note(statement, envelope));
        switch (step) {
            case Procedure.ProceedingOpened opened -> {
                if (statement.from() instanceof AuthorityCode opener
                        && statement.to().orElse(null) instanceof AuthorityCode counterpart) {
                    insert(statement, opened, own ? opener : counterpart, own ? counterpart : opener, own);
                    refresh(statement.id());
                }
            }
            case Procedure.StepTaken taken -> refresh(taken.proceeding());
        }
    }

    /** The partner's node does not act on a statement of ours; where it was a step, the proceeding stands without it. */
    public void refused(Digest statement) {
        Optional<Statements.Entry> entry = statements.find(statement).filter(Statements.Entry::outgoing);
        if (entry.isPresent() && entry.get().message() instanceof Procedure step) {
            refresh(step.answers().orElse(statement));
        }
    }

    private void insert(
            Statement statement,
            Procedure.ProceedingOpened opened,
            AuthorityCode here,
            AuthorityCode there,
            boolean own) {
        sql.sql("""
                        insert into proceeding (opening, own, authority, partner, form, version, opened_at)
                        select ?, ?, ?, ?, ?, ?, recorded_at from statement where id = ?""")
                .params(
                        statement.id().bytes(),
                        own,
                        here.text(),
                        there.text(),
                        opened.named().form(),
                        opened.named().version(),
                        statement.id().bytes())
                .update();
    }

    /** Folds it anew; what answers a proceeding that is not here changes nothing. */
    void refresh(Digest opening) {
        Optional<Row> row = sql.sql("select * from proceeding where opening = ? for update")
                .param(opening.bytes())
                .query((found, number) -> read(found))
                .optional();
        if (row.isEmpty()) {
            return;
        }
        Whole whole = whole(row.get());
        Optional<Phase> phase = whole.proceeding().flatMap(Proceeding::phase);
        Optional<String> owed = phase.flatMap(Phase::owes).map(owes -> owes.by() == whole.ownSide() ? "us" : "them");
        Optional<Instant> due = Schedule.first(whole.schedule())
                .map(entry -> ((Schedule.State.Running) entry.state()).due().at());
        long missed = whole.schedule().stream()
                .filter(entry -> entry.missed().isPresent())
                .count();
        sql.sql("update proceeding set phase = ?, owed_by = ?, due = ?, missed = ? where opening = ?")
                .params(
                        new SqlParameterValue(
                                Types.VARCHAR, phase.map(Phase::name).orElse(null)),
                        new SqlParameterValue(Types.VARCHAR, owed.orElse(null)),
                        new SqlParameterValue(
                                Types.TIMESTAMP_WITH_TIMEZONE,
                                due.map(moment -> moment.atOffset(ZoneOffset.UTC))
                                        .orElse(null)),
                        missed,
                        opening.bytes())
                .update();
        ends.effects().say(opening, whole.proceeding().flatMap(proceeding -> effect(whole, proceeding)));
    }

    private Optional<ItemEffects.Said> effect(Whole whole, Proceeding proceeding) {
        return proceeding.effect().map(effect -> {
            Named named = Named.in(whole, proceeding);
            return new ItemEffects.Said(
                    effect.word(),
                    proceeding.effectUntil(),
                    named.items().stream()
                            .filter(item -> handedOver(item, whole.row().between()))
                            .toList());
        });
    }

    /** The items that a proceeding is about: those that its last move with such a list names, or what its opening hands over. */
    private record Named(List<Digest> items) {
        private static Named in(Whole whole, Proceeding proceeding) {
            List<Digest> items = new ArrayList<>(proceeding.items());
            if (items.isEmpty()
                    && whole.said().getFirst().message() instanceof Procedure opened
                    && opened.given().envelope().isPresent()) {
                items.add(whole.row().opening());
            }
            return new Named(List.copyOf(items));
        }
    }

    /** Whether a statement handed an item over from one of the two authorities to the other; about anything else they have nothing to say. */
    private boolean handedOver(Digest item, Between between) {
        Set<Actor> both = Set.of(between.authority(), between.partner());
        return statements
                .find(item)
                .filter(entry -> both.contains(entry.statement().from())
                        && entry.statement().to().filter(both::contains).isPresent())
                .filter(entry -> switch (entry.message()) {
                    case Handover.ItemReleased _ -> true;
                    case Procedure step -> step.given().envelope().isPresent();
                    default -> false;
                })
                .isPresent();
    }

    /** The items of a proceeding that came here and that a court holds: they are restricted, and cannot be erased. */
    List<Digest> held(Whole whole) {
        return whole.proceeding().map(proceeding -> Named.in(whole, proceeding).items()).stream()
                .flatMap(List::stream)
                .filter(item -> handedOver(item, whole.row().between()))
                .filter(item -> !ends.holds().of(item).isEmpty())
                .toList();
    }

    /** The proceeding, for officers of the authority that is in it. */
    public Whole find(Digest opening, AuthorityCode authority) throws NothingHere {
        return whole(row(opening, authority));
    }

    /** Notes for which of our cases a proceeding was opened; MUST be called in the transaction that says it. */
    void underCase(Digest opening, AuthorityCode authority, String reference) {
        sql.sql("insert into proceeding_case (opening, authority, case_file) values (?, ?, ?)")
                .params(opening.bytes(), authority.text(), reference)
                .update();
    }

    /** Keeps the sealed fields of a step for the officers, unless its body was erased meanwhile. */
    void keep(Digest statement, ObjectNode values) {
        sql.sql("""
                        insert into proceeding_values (statement, content)
                        select ?, ? where not exists (select from erasure where what = 'body' and subject = ?)""")
                .params(
                        statement.bytes(),
                        new SqlParameterValue(Types.VARCHAR, CanonicalJson.text(values)),
                        statement.bytes())
                .update();
    }

    /** The sealed fields of a step; empty before they were opened, and after they were erased. */
    public Optional<ObjectNode> values(Digest statement) {
        return sql.sql("select content from proceeding_values where statement = ?")
                .param(statement.bytes())
                .query(String.class)
                .optional()
                .map(Procedures::parse);
    }

    private static ObjectNode parse(String content) {
        try {
            return (ObjectNode) CanonicalJson.parse(content.getBytes(StandardCharsets.UTF_8), ProcedureWork.BYTES_MAX);
        } catch (Malformed e) {
            throw new IllegalStateException("stored fields no longer read", e);
        }
    }

    /** The proceeding without a statement that is just being said, held until the transaction ends. */
    Whole locked(Digest opening, Digest saying) {
        Row row = sql.sql("select * from proceeding where opening = ? for update")
                .param(opening.bytes())
                .query((found, number) -> read(found))
                .single();
        return whole(row, Optional.of(saying));
    }

    /**
     * The proceedings of an authority in which somebody owes something, what is due first at the head; those without a term last.
     *
     * @param after the last of the page before
     */
    public List<Row> owed(AuthorityCode authority, Owing by, Optional<Row> after, int most) {
        String later = after.isEmpty() ? "" : " and (coalesce(due, 'infinity'), opening) > (?::timestamptz, ?)";
        List<Object> params = new ArrayList<>(List.of(authority.text(), by.word()));
        after.ifPresent(last -> {
            params.add(last.debt().due().map(Instant::toString).orElse("infinity"));
            params.add(last.opening().bytes());
        });
        params.add(most);
        return sql.sql("select * from proceeding where authority = ? and owed_by = ?" + later
                        + " order by coalesce(due, 'infinity'), opening limit ?")
                .params(params)
                .query((row, number) -> read(row))
                .list();
    }

    /**
     * The proceedings of an authority, the newest first, done or not.
     *
     * @param after the last of the page before
     */
    public List<Row> newest(AuthorityCode authority, Optional<Row> after, int most) {
        String earlier = after.isEmpty() ? "" : " and (opened_at < ? or opened_at = ? and opening > ?)";
        List<Object> params = new ArrayList<>(List.of(authority.text()));
        after.ifPresent(last -> {
            Timestamp opened = Timestamp.from(last.called().openedAt());
            params.addAll(List.of(opened, opened, last.opening().bytes()));
        });
        params.add(most);
        return sql.sql("select * from proceeding where authority = ?" + earlier
                        + " order by opened_at desc, opening limit ?")
                .params(params)
                .query((row, number) -> read(row))
                .list();
    }

    /** How much is owed by whom, and how much of it is overdue. */
    public record Load(long owed, long overdue) {}

    /** What an authority owes its partners, or they owe it. */
    public Load load(AuthorityCode authority, Owing by, Instant now) {
        return sql.sql("""
                        select count(*), count(*) filter (where due <= ?) from proceeding
                        where authority = ? and owed_by = ?""")
                .params(Timestamp.from(now), authority.text(), by.word())
                .query((row, number) -> new Load(row.getLong(1), row.getLong(2)))
                .single();
    }

    /** A row of the table, for officers of the authority that is in it. */
    public Row row(Digest opening, AuthorityCode authority) throws NothingHere {
        return sql.sql("select * from proceeding where opening = ? and authority = ?")
                .params(opening.bytes(), authority.text())
                .query((row, number) -> read(row))
                .optional()
                .orElseThrow(NothingHere::new);
    }

    /** For which of our cases it was opened; empty for what a partner opened, and for what needs no case. */
    public Optional<String> caseOf(Digest opening) {
        return sql.sql("select case_file from proceeding_case where opening = ?")
                .param(opening.bytes())
                .query(String.class)
                .optional();
    }

    private Whole whole(Row row) {
        return whole(row, Optional.empty());
    }

    private Whole whole(Row row, Optional<Digest> without) {
        Statements.Entry opening = statements.find(row.opening()).orElseThrow();
        List<Statements.Entry> said = new ArrayList<>();
        said.add(opening);
        statements.answers(row.opening()).stream()
                .filter(entry -> without.filter(entry.statement().id()::equals).isEmpty())
                .forEach(said::add);
        Optional<Form> form =
                Forms.ofHouse().find(row.called().form(), row.called().version());
        if (form.isEmpty()) {
            return new Whole(row, Optional.empty(), List.of(), said);
        }
        List<Schedule.Logged> logged = logged(opening, said);
        Proceeding proceeding = Proceeding.under(form.get());
        for (Schedule.Logged one : logged) {
            proceeding = proceeding.with(one.move());
        }
        return new Whole(row, Optional.of(proceeding), Schedule.of(form.get(), logged, terms(opening)), said);
    }

    private Schedule.Terms terms(Statements.Entry opening) {
        AuthorityCode opener = (AuthorityCode) opening.statement().from();
        AuthorityCode counterpart = (AuthorityCode) opening.statement().to().orElseThrow();
        Map<Side, WorkingCalendar> bySide = new EnumMap<>(Side.class);
        bySide.put(Side.OPENER, calendars.of(opener));
        bySide.put(Side.COUNTERPART, calendars.of(counterpart));
        return new Schedule.Terms(agreed.between(opener, counterpart), bySide);
    }

    /** The steps of the two authorities under the form of the opening. What the other side's node refused to act on is none, here as there. */
    private List<Schedule.Logged> logged(Statements.Entry opening, List<Statements.Entry> said) {
        Procedure.ProceedingOpened opened = (Procedure.ProceedingOpened) opening.message();
        List<Schedule.Logged> logged = new ArrayList<>();
        for (Statements.Entry entry : said) {
            if (entry.message() instanceof Procedure step
                    && step.named().form().equals(opened.named().form())
                    && step.named().version() == opened.named().version()
                    && !refused(entry)) {
                side(opening.statement(), entry.statement())
                        .ifPresent(side -> logged.add(
                                new Schedule.Logged(move(side, entry.statement().id(), step), entry.recordedAt())));
            }
        }
        return logged;
    }

    private boolean refused(Statements.Entry entry) {
        return statements.answers(entry.statement().id()).stream()
                .anyMatch(answer -> answer.message() instanceof Reply.Refused
                        && entry.statement()
                                .to()
                                .equals(Optional.of(answer.statement().from())));
    }

    private static Optional<Side> side(Statement opening, Statement step) {
        Optional<Actor> opener = Optional.of(opening.from());
        if (opener.equals(Optional.of(step.from())) && opening.to().equals(step.to())) {
            return Optional.of(Side.OPENER);
        }
        return opening.to().equals(Optional.of(step.from())) && opener.equals(step.to())
                ? Optional.of(Side.COUNTERPART)
                : Optional.empty();
    }

    private static Move move(Side side, Digest statement, Procedure step) {
        Optional<Digest> after = switch (step) {
            case Procedure.ProceedingOpened _ -> Optional.empty();
            case Procedure.StepTaken taken -> taken.after();
        };
        return new Move(
                side, statement, after, step.named().step(), step.given().open());
    }

    private static Row read(ResultSet row) throws SQLException {
        try {
            return new Row(
                    Digest.ofBytes(row.getBytes("opening")),
                    row.getBoolean("own"),
                    new Between(
                            AuthorityCode.parse(row.getString("authority")),
                            AuthorityCode.parse(row.getString("partner"))),
                    new Called(
                            row.getString("form"),
                            row.getInt("version"),
                            row.getTimestamp("opened_at").toInstant()),
                    Optional.ofNullable(row.getString("phase")),
                    new Debt(
                            Optional.ofNullable(row.getString("owed_by"))
                                    .map(by -> by.equals("us") ? Owing.US : Owing.THEM),
                            Optional.ofNullable(row.getTimestamp("due")).map(Timestamp::toInstant),
                            row.getInt("missed")));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored proceeding no longer reads", e);
        }
    }
}
