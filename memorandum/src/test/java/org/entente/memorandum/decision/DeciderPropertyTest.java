package org.entente.memorandum.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.memorandum.decision.Story.parsed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.RandomText;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.signing.Course;
import org.entente.memorandum.signing.Standing;
import org.junit.jupiter.api.Test;

/** Random acts of every kind under several memoranda, held to {@link PlainModel} and to what must be so whatever a text says. */
class DeciderPropertyTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final int ACTS = 2_500 * DEPTH;
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Digest UNKNOWN_VERSION = Digest.of(new byte[] {9});
    private static final PartyCode MX = new PartyCode("MX");

    private final Memorandum loose = read(Loose.text());
    private final Map<Standing, Decider> deciders = new HashMap<>();

    @Test
    void everyActUnderEveryStandingIsAnsweredAsThePlainModelAnswersIt() {
        Map<ActName, Map<PlainModel.Answer, Integer>> answers = new EnumMap<>(ActName.class);
        for (Memorandum memorandum : List.of(loose, Example.memorandum(), read(Loose.strict()))) {
            DrawnActs acts = new DrawnActs(memorandum, 1);
            List<Standing> standings = standings(memorandum);
            for (int n = 0; n < ACTS; n++) {
                Act act = acts.next();
                Standing standing = n % 4 != 0 ? standings.getFirst() : standings.get(n / 4 % standings.size());
                PlainModel.Answer answer = agreed(standing, act, "act " + n + " of " + memorandum.id());
                answers.computeIfAbsent(act.name(), _ -> new EnumMap<>(PlainModel.Answer.class))
                        .merge(answer, 1, Integer::sum);
            }
        }
        assertThat(answers.keySet()).containsExactly(ActName.values());
        answers.forEach((name, counts) -> assertThat(counts.keySet())
                .as("what is answered to %s: %s", name, counts)
                .contains(PlainModel.Answer.REFUSED, PlainModel.Answer.PERMITTED));
        assertThat(answers.values().stream().filter(counts -> counts.containsKey(PlainModel.Answer.CONSENT)))
                .as("kinds of act that wait for consent: %s", answers)
                .hasSize(7);
    }

    @Test
    void memorandaThatNobodyThoughtOfAreReadAsThePlainModelReadsThem() {
        for (long seed = 1; seed <= 40L * DEPTH; seed++) {
            Memorandum memorandum = read(new RandomText(seed).write());
            DrawnActs acts = new DrawnActs(memorandum, seed);
            for (Standing standing : standings(memorandum)) {
                for (int n = 0; n < 25; n++) {
                    agreed(standing, acts.next(), "seed " + seed + ", act " + n);
                }
            }
        }
    }

    private PlainModel.Answer agreed(Standing standing, Act act, String which) {
        Decision decision = decide(standing, act);
        PlainModel.Answer answer = PlainModel.answer(List.of(standing), act);
        if (PlainModel.Answer.of(decision) != answer) {
            assertThat(PlainModel.Answer.of(decision))
                    .as("%s, %s: %s → %s", which, standing.word(), act, decision)
                    .isEqualTo(answer);
        }
        boolean cited = decision.clauses().size() == 1
                && standing.memorandum()
                        .clauses()
                        .containsKey(decision.clauses().getFirst().clause());
        if (!cited && !namesNobody(decision)) {
            throw new AssertionError(which + " is answered by no clause: " + decision);
        }
        return answer;
    }

    private static boolean namesNobody(Decision decision) {
        return decision instanceof Decision.Refused refused
                && refused.clauses().isEmpty()
                && refused.problem().code().equals("memorandum.decision.no-memorandum");
    }

    private Decision decide(Standing standing, Act act) {
        return deciders.computeIfAbsent(standing, fresh -> Decider.under(List.of(fresh)))
                .decide(act);
    }

    /** Everything that can be declared, days before the acts, at their moment, and after it. */
    private static List<Standing> standings(Memorandum memorandum) {
        List<Standing> standings = new ArrayList<>();
        standings.add(new Standing.InForce(memorandum, SINCE));
        standings.add(new Standing.Draft(memorandum));
        standings.add(new Standing.Signed(memorandum, new TreeMap<>(Map.of(MX, SINCE))));
        for (int days : new int[] {-7, -1, 0, 1}) {
            Instant moment = Story.AT.plus(Duration.ofDays(days));
            standings.add(new Standing.InForce(memorandum, moment));
            standings.add(suspended(memorandum, moment));
            standings.add(new Standing.Withdrawn(memorandum, MX, SINCE, moment));
            standings.add(new Standing.Superseded(new Standing.InForce(memorandum, SINCE), UNKNOWN_VERSION, 2, moment));
            standings.add(withClausesSuspended(memorandum, moment, Optional.empty()));
            standings.add(withClausesSuspended(memorandum, SINCE, Optional.of(moment)));
        }
        return standings;
    }

    private static Standing withClausesSuspended(Memorandum memorandum, Instant since, Optional<Instant> resumed) {
        TreeMap<ClauseNumber, Course.Suspension> suspended = new TreeMap<>();
        memorandum.clausesOf(Terms.Grant.class).forEach(clause -> {
            if (suspended.isEmpty() || clause.number().text().endsWith("1")) {
                suspended.put(clause.number(), new Course.Suspension(MX, since, new TreeSet<>(), resumed));
            }
        });
        return new Standing.InForce(new Course(memorandum, SINCE, suspended), SINCE);
    }

    private static Standing suspended(Memorandum memorandum, Instant since) {
        return new Standing.Suspended(memorandum, MX, since, new TreeSet<>());
    }

    @Test
    void asSoonAsASuspensionHoldsItPermitsNothingButWhatSurvivesAndWasPermittedBefore() {
        Standing inForce = new Standing.InForce(loose, SINCE);
        Memorandum nothingSurvives = read(Loose.text()
                .replace("effect: within P7D", "effect: at once")
                .replace("[confidentiality, retention, use, answers]", "confidentiality"));
        DrawnActs acts = new DrawnActs(loose, 2);
        Instant aWeekLater = SINCE.plus(Duration.ofDays(7));
        int survived = 0;
        for (int n = 0; n < ACTS / 2; n++) {
            Act act = acts.next();
            if (act.circumstances().at().isBefore(aWeekLater)) {
                continue;
            }
            Decision decision = decide(suspended(loose, SINCE), act);
            if (!(decision instanceof Decision.Refused)) {
                assertThat(act.name()).as("act %d", n).isIn(ActName.RETAIN, ActName.USE, ActName.RELEASE);
                assertThat(decide(inForce, act)).as("act %d", n).isNotInstanceOf(Decision.Refused.class);
                survived++;
            }
            assertThat(decide(suspended(nothingSurvives, SINCE), act))
                    .as("act %d", n)
                    .isInstanceOf(Decision.Refused.class);
        }
        assertThat(survived).isPositive();
    }

    @Test
    void whoeverIsAskedForConsentIsNotAskedInVain() {
        int asked = 0;
        for (Memorandum memorandum : List.of(loose, read(Loose.strict()), read(Loose.other()))) {
            Standing inForce = new Standing.InForce(memorandum, SINCE);
            DrawnActs acts = new DrawnActs(memorandum, 3);
            for (int n = 0; n < ACTS; n++) {
                Act act = acts.next();
                if (decide(inForce, act) instanceof Decision.ConsentNeeded consent) {
                    Act given = With.consents(act, consent.from());
                    assertThat(decide(inForce, given))
                            .as("act %d of %s: %s", n, memorandum.id(), act)
                            .isInstanceOf(Decision.Permitted.class);
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(ACTS / 100);
    }

    @Test
    void severalMemorandaAnswerAsTheMostProtectiveOfThoseThatApplyAndNameIt() {
        List<Standing> all = List.of(
                new Standing.InForce(loose, SINCE),
                new Standing.InForce(
                        read(Loose.text().replace("LOOSE/1", "LOOSE/2").replace("for: [drugs, money]", "for: money")),
                        SINCE),
                new Standing.Superseded(new Standing.InForce(read(Loose.strict()), SINCE), loose.digest(), 2, Story.AT),
                new Standing.Withdrawn(read(Loose.other()), MX, SINCE, Instant.parse("2027-01-01T00:00:00Z")));
        DrawnActs acts = new DrawnActs(loose, 4);
        for (int n = 0; n < ACTS; n++) {
            Act act = acts.next();
            List<Standing> some = new ArrayList<>(all.subList(n % 4, 4));
            some.addAll(all.subList(0, n % 3));
            List<Standing> distinct = some.stream().distinct().toList();
            Decision decision = Decider.decide(distinct, act);
            assertThat(PlainModel.Answer.of(decision))
                    .as("act %d: %s → %s", n, act, decision)
                    .isEqualTo(PlainModel.answer(distinct, act));
            List<Decision> alone =
                    distinct.stream().map(standing -> decide(standing, act)).toList();
            assertThat(decision instanceof Decision.Permitted
                            && alone.stream().allMatch(Decision.Refused.class::isInstance))
                    .as("act %d: what each alone refuses", n)
                    .isFalse();
            if (!(decision instanceof Decision.Permitted) && !decision.clauses().isEmpty()) {
                assertThat(alone)
                        .as("act %d: the memorandum whose answer won", n)
                        .contains(decision);
            }
        }
    }

    @Test
    void bothEndsMakeTheSameRecordByteForByte() throws Exception {
        List<Standing> sender = List.of(
                new Standing.InForce(loose, SINCE),
                new Standing.Superseded(new Standing.InForce(read(Loose.strict()), SINCE), loose.digest(), 2, Story.AT),
                new Standing.Withdrawn(read(Loose.other()), MX, SINCE, Instant.parse("2027-01-01T00:00:00Z")));
        List<Standing> receiver = new ArrayList<>(sender);
        DrawnActs acts = new DrawnActs(loose, 5);
        for (int n = 0; n < ACTS / 8; n++) {
            Act act = acts.next();
            byte[] sent = CanonicalJson.encode(act.toJson());
            Act received = Act.fromJson(CanonicalJson.parseCanonical(sent, 1 << 16), DrawnItems.AUTHORISATIONS);
            assertThat(received).as("act %d", n).isEqualTo(act);
            Collections.shuffle(receiver, new Random(n));
            byte[] record = CanonicalJson.encode(DecisionRecord.of(sender, act).toJson());
            byte[] again =
                    CanonicalJson.encode(DecisionRecord.of(receiver, received).toJson());
            assertThat(new String(again, StandardCharsets.UTF_8))
                    .as("act %d", n)
                    .isEqualTo(new String(record, StandardCharsets.UTF_8));
        }
    }

    private static Memorandum read(String text) {
        return parsed(() -> Memorandum.parseYaml(text));
    }
}
