package org.entente.node.console;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.card.Actor;
import org.entente.exchange.message.Kind;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.signing.Standing;
import org.entente.node.canary.CanaryAlarms;
import org.entente.node.holding.Holdings;
import org.entente.node.language.Language;
import org.entente.node.ledger.Statements;
import org.entente.node.memoranda.Memoranda;

/**
 * What the first screen shows.
 *
 * @param memoranda those that this node knows, newest first
 * @param alarms requests for what stands behind a canary, for those who may know
 * @param timeline statements said and received, newest first
 */
public record TodayView(
        Frame frame,
        List<MemorandumLine> memoranda,
        List<HoldingLine> holdings,
        List<PartnerLine> partners,
        List<AlarmLine> alarms,
        List<TimelineLine> timeline) {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    /**
     * One memorandum and where it stands.
     *
     * @param state where it stands now, and what is known to follow
     */
    public record MemorandumLine(String name, String title, State state, Signatures signatures) {

        /**
         * Where it stands, in words.
         *
         * @param tone how much the state asks of a reader: a class of the stylesheet
         * @param since empty while it is being signed
         * @param notes which clauses are suspended by themselves, and which version takes its place
         */
        public record State(String words, String tone, String since, List<String> notes) {
            static State of(Frame frame, Standing standing, Standing now) {
                return new State(
                        frame.say("console.state." + now.word()),
                        Standings.tone(now),
                        Standings.since(now)
                                .map(since -> day(since, frame.language()))
                                .orElse(""),
                        notes(frame, standing, now));
            }

            private static List<String> notes(Frame frame, Standing standing, Standing now) {
                List<String> notes = new ArrayList<>();
                Standings.suspendedClauses(now)
                        .forEach((clause, suspension) -> notes.add(frame.say(
                                "console.clause-suspended",
                                clause.text(),
                                suspension.by().text(),
                                day(suspension.since(), frame.language()))));
                if (standing instanceof Standing.Superseded superseded) {
                    notes.add(frame.say(
                            "console.version-follows",
                            Integer.toString(superseded.version()),
                            day(superseded.since(), frame.language())));
                }
                return notes;
            }
        }

        /**
         * Who has signed what.
         *
         * @param digest SHA-256 of the canonical form, hexadecimal
         */
        public record Signatures(String digest, List<String> parties) {
            /** The digest's first digits, enough to tell texts apart by eye. */
            public String shortDigest() {
                return digest.substring(0, 12);
            }
        }

        static MemorandumLine of(Frame frame, Standing standing, Memoranda memoranda) {
            Memorandum memorandum = standing.memorandum();
            return new MemorandumLine(
                    frame.say("console.memorandum.name", memorandum.id(), Integer.toString(memorandum.version())),
                    Names.in(memorandum.heading().title(), frame.language()),
                    State.of(frame, standing, memoranda.now(standing)),
                    new Signatures(memorandum.digest().hex(), Standings.signedBy(standing, memoranda)));
        }
    }

    /** How many items of a category an authority holds, as this language writes numbers. */
    public record HoldingLine(
            String authority, String originator, String category, String items, String cleared, String abroad) {
        static HoldingLine of(Frame frame, Names names, Holdings.Count count) {
            NumberFormat numbers =
                    NumberFormat.getIntegerInstance(frame.language().locale());
            return new HoldingLine(
                    count.authority(),
                    count.originator(),
                    names.category(count.category()),
                    numbers.format(count.items()),
                    numbers.format(count.cleared()),
                    numbers.format(count.abroad()));
        }
    }

    /**
     * A partner: whether anything waits for it, and how far its witness has followed our log.
     *
     * @param stopped why nothing is exchanged with it any more; empty when it is
     */
    public record PartnerLine(String code, String name, long waiting, long logSize, long cosignedSize, String stopped) {
        public boolean caughtUp() {
            return waiting == 0 && cosignedSize == logSize;
        }
    }

    /** A partner asked for what stands behind a canary: when, who, by which statement. */
    public record AlarmLine(String when, String partner, String authority, String category, String statement) {
        public String shortStatement() {
            return statement.substring(0, 12);
        }

        static AlarmLine of(Frame frame, Names names, CanaryAlarms.Alarm alarm) {
            Instant at = alarm.asked().at();
            return new AlarmLine(
                    day(at, frame.language()) + " " + CLOCK.format(at),
                    alarm.asked().partner(),
                    alarm.place().authority().text(),
                    names.category(alarm.place().category().code()),
                    alarm.asked().statement().hex());
        }
    }

    /** One statement: when, between whom, and what it says. */
    public record TimelineLine(When when, Between between, Said said) {
        /** Day and time of the statement (UTC), and its id. */
        public record When(String day, String time, String id) {
            public String shortId() {
                return id.substring(0, 12);
            }
        }

        /**
         * Who said it to whom.
         *
         * @param party code of the party that said it, whose colour marks the line
         */
        public record Between(String party, String sender, String receiver) {}

        /**
         * What was said.
         *
         * @param kind what kind of statement, in words
         * @param summary the purpose, category and clauses that it names, in one line
         * @param receipt whether it only acknowledges another one
         */
        public record Said(String kind, String summary, boolean receipt) {}

        static TimelineLine of(Frame frame, Summary summary, Statements.Entry entry) {
            var statement = entry.statement();
            return new TimelineLine(
                    new When(
                            day(statement.at(), frame.language()),
                            CLOCK.format(statement.at()),
                            statement.id().hex()),
                    new Between(
                            statement.from().party().text(),
                            statement.from().text(),
                            statement.to().map(Actor::text).orElse(frame.say("console.to-all"))),
                    new Said(
                            frame.say("console.kind." + statement.kind()),
                            summary.of(entry.message()),
                            entry.message().kind() == Kind.RECEIPT));
        }
    }

    /** The view of what was read. */
    public static TodayView of(
            Frame frame,
            Memoranda memoranda,
            List<Holdings.Count> counts,
            List<PartnerLine> partners,
            List<CanaryAlarms.Alarm> alarms,
            List<Statements.Entry> newest) {
        List<Standing> standings = memoranda.standings();
        Names names = new Names(standings, frame.language());
        Summary summary = new Summary(frame.language(), names);
        return new TodayView(
                frame,
                standings.stream()
                        .map(standing -> MemorandumLine.of(frame, standing, memoranda))
                        .toList(),
                counts.stream()
                        .map(count -> HoldingLine.of(frame, names, count))
                        .toList(),
                partners,
                alarms.stream().map(alarm -> AlarmLine.of(frame, names, alarm)).toList(),
                newest.stream()
                        .map(entry -> TimelineLine.of(frame, summary, entry))
                        .toList());
    }

    /** What the page says under its title. */
    public String subtitle() {
        long waiting = partners.stream().mapToLong(PartnerLine::waiting).sum();
        return frame.say("console.today.subtitle", partners.size(), waiting);
    }

    private static String day(Instant moment, Language language) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(language.locale())
                .withZone(ZoneOffset.UTC)
                .format(moment);
    }
}
