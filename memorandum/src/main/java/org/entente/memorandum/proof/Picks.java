package org.entente.memorandum.proof;

import java.util.Arrays;
import java.util.List;

/**
 * Answers questions in every way there is, one run after another. Within a run the n-th question is answered by the n-th pick; after the
 * run the last pick that can moves on, and those behind it are forgotten. So runs walk through a tree whose branches are questions that
 * earlier answers led to, and every leaf is reached once.
 *
 * <p>The first answer to a question is the most ordinary, so the fewer picks are not the first, the more ordinary the case.
 */
final class Picks {
    private int[] picked = new int[32];
    private int[] choices = new int[32];
    private int known;
    private int asked;

    <T> T of(List<T> answers) {
        return answers.get(pick(answers.size()));
    }

    boolean of(boolean ordinary) {
        return (pick(2) == 0) == ordinary;
    }

    int pick(int count) {
        if (count == 1) {
            return 0;
        }
        if (asked == known) {
            if (known == picked.length) {
                picked = Arrays.copyOf(picked, 2 * known);
                choices = Arrays.copyOf(choices, 2 * known);
            }
            picked[known] = 0;
            choices[known] = count;
            known++;
        }
        return picked[asked++];
    }

    /** Makes ready for the next run; false when there is none. */
    boolean next() {
        while (known > 0 && picked[known - 1] + 1 == choices[known - 1]) {
            known--;
        }
        asked = 0;
        if (known == 0) {
            return false;
        }
        picked[known - 1]++;
        return true;
    }

    /** How far the run is from the most ordinary one. */
    int oddity() {
        int oddity = 0;
        for (int n = 0; n < asked; n++) {
            oddity += picked[n] == 0 ? 0 : 1000 + picked[n];
        }
        return oddity;
    }

    /** The picks of this run, to repeat it. */
    int[] copy() {
        return Arrays.copyOf(picked, asked);
    }

    /** Picks that repeat one run. */
    static Picks again(int[] picks) {
        Picks again = new Picks();
        again.picked = picks.clone();
        again.choices = new int[picks.length];
        again.known = picks.length;
        return again;
    }
}
