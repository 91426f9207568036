package org.entente.memorandum.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.entente.memorandum.item.PersonCategory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is picked question by question against what all values would answer, one by one. */
final class PicksTest {
    private static final long VALUES = 12;

    private final Picks picks = new Picks();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void candidates_answer_as_some_value_and_each_way_once(long seed) {
        Random random = new Random(seed);
        List<Set<PersonCategory>> questions = new ArrayList<>();
        for (int n = random.nextInt(6); n >= 0; n--) {
            Set<PersonCategory> asked = EnumSet.noneOf(PersonCategory.class);
            for (PersonCategory value : PersonCategory.values()) {
                if (random.nextBoolean()) {
                    asked.add(value);
                }
            }
            questions.add(asked);
        }
        Set<List<Boolean>> plain = new HashSet<>();
        for (PersonCategory value : PersonCategory.values()) {
            plain.add(questions.stream().map(asked -> asked.contains(value)).toList());
        }
        Candidates<PersonCategory> candidates = new Candidates<>(PersonCategory.class);
        List<List<Boolean>> walked = walk(() -> {
            candidates.forget();
            List<Boolean> answers = questions.stream()
                    .map(asked -> candidates.among(asked, picks))
                    .toList();
            assertThat(questions)
                    .extracting(asked -> asked.contains(candidates.first()))
                    .isEqualTo(answers);
            assertThat(candidates.asked()).isEqualTo(plain.size() > 1);
            return answers;
        });
        assertThat(walked).doesNotHaveDuplicates().hasSameElementsAs(plain);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void spans_answer_as_some_number_and_each_way_once(long seed) {
        List<Long> limits = new Random(seed).longs(4, -2, VALUES + 3).boxed().toList();
        Set<List<Boolean>> plain = new HashSet<>();
        for (long number = 0; number < VALUES; number++) {
            long value = number;
            plain.add(limits.stream().map(limit -> value >= limit).toList());
        }
        List<List<Boolean>> walked = walk(() -> {
            Span span = new Span(0, VALUES);
            List<Boolean> answers = limits.stream()
                    .map(limit -> span.atLeast(limit, picks, limit % 2 == 0))
                    .toList();
            assertThat(limits).extracting(limit -> span.least() >= limit).isEqualTo(answers);
            assertThat(limits).extracting(limit -> span.greatest() >= limit).isEqualTo(answers);
            return answers;
        });
        assertThat(walked).doesNotHaveDuplicates().hasSameElementsAs(plain);
    }

    @Test
    void the_most_ordinary_answers_come_first_and_any_run_can_be_repeated() {
        List<String> runs = new ArrayList<>();
        List<int[]> made = new ArrayList<>();
        List<Integer> oddities = new ArrayList<>();
        do {
            runs.add(run(picks));
            made.add(picks.copy());
            oddities.add(picks.oddity());
        } while (picks.next());
        assertThat(runs).containsExactly("a only", "b true x", "b true y", "b true z", "b false", "c only");
        assertThat(oddities).containsExactly(0, 1001, 2002, 2003, 2002, 1002);
        assertThat(made).extracting(again -> run(Picks.again(again))).isEqualTo(runs);
    }

    private static String run(Picks picks) {
        String letter = picks.of(List.of("a", "b", "c"));
        if (!letter.equals("b")) {
            return letter + " " + picks.of(List.of("only"));
        }
        return picks.of(true) ? "b true " + picks.of(List.of("x", "y", "z")) : "b false";
    }

    private <T> List<T> walk(Supplier<T> run) {
        List<T> seen = new ArrayList<>();
        do {
            seen.add(run.get());
        } while (picks.next());
        return seen;
    }
}
