package org.entente.memorandum.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.memorandum.decision.Story.parsed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.signing.Course;
import org.entente.memorandum.signing.Standing;
import org.junit.jupiter.api.Test;

/**
 * What is decided about some hundred drawn acts, word for word: clause, reason with its arguments, every duty with its term. Of each kind of act and answer there are several, so
 * every reason and every duty stands in it. {@code decisions.golden} has a line for each. Where a decision is meant to change, the test leaves the new lines in {@code target}; they
 * are read before they take the place of the old.
 */
class GoldenDecisionsTest {
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final PartyCode MX = new PartyCode("MX");
    private static final int ACTS = 6_000;
    private static final int ALIKE_MAX = 3;
    private static final int STANDINGS = 8;

    private final Map<String, Memorandum> memoranda = new LinkedHashMap<>();

    GoldenDecisionsTest() {
        for (Memorandum memorandum :
                List.of(read(Loose.text()), read(Loose.strict()), read(Loose.other()), Example.memorandum())) {
            memoranda.put(memorandum.id(), memorandum);
        }
    }

    @Test
    void everyDecisionIsTheOneThatWasRead() throws IOException {
        Map<String, DrawnActs> acts = new HashMap<>();
        memoranda.forEach((id, memorandum) -> acts.put(id, new DrawnActs(memorandum, 0)));
        Map<String, List<Decider>> deciders = new HashMap<>();
        memoranda.forEach((id, memorandum) -> deciders.put(id, deciders(memorandum)));
        for (String line : golden()) {
            String[] words = line.split(" ", 4);
            DrawnActs drawn = Objects.requireNonNull(acts.get(words[0]));
            List<Decider> under = Objects.requireNonNull(deciders.get(words[0]));
            String now = line(words[0], drawn, under, Integer.parseInt(words[1]));
            if (!now.equals(line)) {
                Files.write(Path.of("target", "decisions.golden"), chosen());
                assertThat(now).isEqualTo(line);
            }
        }
        if (golden().isEmpty()) {
            Files.write(Path.of("target", "decisions.golden"), chosen());
        }
        assertThat(golden()).isNotEmpty();
    }

    /** One that nothing in the file stands for would be a decision that nobody has read. */
    @Test
    void everyReasonAndEveryDutyIsInIt() {
        String all = String.join("\n", golden());
        assertThat(Reason.values())
                .filteredOn(reason -> reason != Reason.SUPERSEDED)
                .allMatch(reason -> all.contains(reason.code().replace("memorandum.decision.", " ")));
        assertThat(Obligation.Duty.values())
                .filteredOn(duty -> duty != Obligation.Duty.TELL_OF_STATUS)
                .allMatch(duty -> all.contains(duty.word()));
    }

    /** Of each kind of act, and answer to it, some. */
    private List<String> chosen() {
        List<String> lines = new ArrayList<>();
        Map<String, Integer> alike = new HashMap<>();
        memoranda.forEach((id, memorandum) -> {
            DrawnActs acts = new DrawnActs(memorandum, 0);
            List<Decider> deciders = deciders(memorandum);
            for (int number = 0; number < ACTS; number++) {
                Act act = acts.number(number);
                String kind = act.name().word() + " "
                        + kind(deciders.get(which(number)).decide(act));
                if (alike.merge(kind, 1, Integer::sum) <= ALIKE_MAX) {
                    lines.add(line(id, acts, deciders, number));
                }
            }
        });
        return lines;
    }

    private static int which(int number) {
        return number % 3 != 0 ? 0 : number / 3 % STANDINGS;
    }

    private static String line(String id, DrawnActs acts, List<Decider> deciders, int number) {
        Act act = acts.number(number);
        return String.join(
                " ",
                id,
                Integer.toString(number),
                "standing-" + which(number),
                act.name().word(),
                act.circumstances().by().text(),
                act.circumstances().counterpart().text(),
                "→",
                said(deciders.get(which(number)).decide(act)));
    }

    private static List<Decider> deciders(Memorandum memorandum) {
        return standings(memorandum).stream()
                .map(one -> Decider.under(List.of(one)))
                .toList();
    }

    private static String kind(Decision decision) {
        return switch (decision) {
            case Decision.Permitted permitted ->
                permitted.obligations().stream()
                        .map(owed -> owed.duty().word())
                        .collect(Collectors.joining(" ", "permitted ", ""));
            case Decision.ConsentNeeded _ -> "consent";
            case Decision.Refused refused ->
                refused.problem().code()
                        + (refused.clauses().isEmpty()
                                ? ""
                                : refused.clauses().getFirst().clause().text());
        };
    }

    private static String said(Decision decision) {
        String clauses = decision.clauses().stream().map(Citation::toString).collect(Collectors.joining(", "));
        return switch (decision) {
            case Decision.Permitted permitted ->
                permitted.obligations().stream()
                        .map(owed -> owed.clause().clause() + " " + owed.duty().word() + " " + owed.term())
                        .collect(Collectors.joining("; ", "permitted by " + clauses + ": ", ""));
            case Decision.ConsentNeeded consent ->
                "consent of " + consent.from() + " under " + clauses + ":" + problem(consent.why());
            case Decision.Refused refused -> "refused by " + clauses + ":" + problem(refused.problem());
        };
    }

    private static String problem(Problem problem) {
        return problem.code().replace("memorandum.decision.", " ") + " " + problem.arguments();
    }

    private static List<Standing> standings(Memorandum memorandum) {
        TreeMap<ClauseNumber, Course.Suspension> clauses = new TreeMap<>();
        memorandum
                .clausesOf(Terms.Grant.class)
                .forEach(clause -> clauses.put(
                        clause.number(), new Course.Suspension(MX, SINCE, new TreeSet<>(), Optional.empty())));
        Standing.InForce inForce = new Standing.InForce(memorandum, SINCE);
        return List.of(
                inForce,
                new Standing.Draft(memorandum),
                new Standing.InForce(memorandum, Story.AT),
                new Standing.Suspended(memorandum, MX, Story.AT.minusSeconds(604_800), new TreeSet<>()),
                new Standing.Suspended(memorandum, MX, Story.AT, new TreeSet<>()),
                new Standing.Withdrawn(memorandum, MX, SINCE, Story.AT),
                new Standing.InForce(new Course(memorandum, SINCE, clauses), SINCE),
                new Standing.Superseded(inForce, Digest.of(new byte[] {9}), 2, Story.AT));
    }

    private static List<String> golden() {
        try (InputStream stream =
                Objects.requireNonNull(GoldenDecisionsTest.class.getResourceAsStream("decisions.golden"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static Memorandum read(String text) {
        return parsed(() -> Memorandum.parseYaml(text));
    }
}
