package org.entente.evidence.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpokenFingerprintTest {
    private static final Digest FINGERPRINT = Digest.of("a root".getBytes(StandardCharsets.UTF_8));
    private static final int OCTETS = 256;

    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[before.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[other.length()];
    }

    @Test
    void noWordIsTakenForAnother() {
        for (WordList list : WordList.values()) {
            assertThat(list.words()).hasSize(OCTETS).isSorted().allMatch(word -> word.matches("[a-z]{4,9}"));
            Set<String> beginnings = new HashSet<>();
            for (int i = 0; i < OCTETS; i++) {
                assertThat(beginnings.add(list.word(i).substring(0, 4)))
                        .as(list.word(i))
                        .isTrue();
                for (int j = 0; j < i; j++) {
                    assertThat(distance(list.word(i), list.word(j)))
                            .as(list.word(i) + " " + list.word(j))
                            .isGreaterThanOrEqualTo(3);
                }
            }
        }
        for (String english : WordList.ENGLISH.words()) {
            assertThat(WordList.SPANISH.words()).allMatch(spanish -> distance(english, spanish) >= 2);
        }
    }

    @ParameterizedTest
    @EnumSource(WordList.class)
    void theWordsOfEachLanguageAgreeHoweverTheyAreWritten(WordList list) throws Malformed {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            Digest fingerprint = Digest.ofBytes(bytes);
            assertThat(SpokenFingerprint.agrees(fingerprint, SpokenFingerprint.lines(fingerprint, list)))
                    .isTrue();
            assertThat(SpokenFingerprint.agrees(FINGERPRINT, SpokenFingerprint.line(fingerprint, list)))
                    .isFalse();
        }
        String capitals = SpokenFingerprint.line(FINGERPRINT, list)
                .toUpperCase(Locale.ROOT)
                .replace(" ", ",  ");
        assertThat(SpokenFingerprint.agrees(FINGERPRINT, capitals)).isTrue();
        assertThat(SpokenFingerprint.words(FINGERPRINT, list)).hasSize(20);
    }

    @Test
    void accentsMakeNoDifference() {
        assertThat(WordList.SPANISH.value("ALGOD\u00d3N")).isEqualTo(WordList.SPANISH.value("algodon"));
        assertThat(WordList.SPANISH.words())
                .allMatch(word -> WordList.SPANISH
                        .value(word.replace("a", "\u00e1").replace("n", "n\u0303"))
                        .isPresent());
    }

    @Test
    void hexadecimalAgreesWholeAndNotInPart() throws Malformed {
        String hexadecimal = FINGERPRINT.hex();
        assertThat(SpokenFingerprint.agrees(FINGERPRINT, hexadecimal.toUpperCase(Locale.ROOT)))
                .isTrue();
        assertThat(SpokenFingerprint.agrees(FINGERPRINT, hexadecimal.replaceAll("(.{4})", "$1 ")))
                .isTrue();
        String another = (hexadecimal.charAt(63) == '0' ? "1" : "0");
        assertThat(SpokenFingerprint.agrees(FINGERPRINT, hexadecimal.substring(0, 63) + another))
                .isFalse();
        assertThatThrownBy(() -> SpokenFingerprint.agrees(FINGERPRINT, hexadecimal.substring(0, 32)))
                .isInstanceOf(Malformed.class);
    }

    private static String problem(List<String> words) {
        try {
            return "agrees " + SpokenFingerprint.agrees(FINGERPRINT, String.join(" ", words));
        } catch (Malformed refused) {
            return refused.problem().code() + " "
                    + String.join(" ", refused.problem().arguments());
        }
    }

    @ParameterizedTest
    @EnumSource(WordList.class)
    void everySingleWrongWordIsNamed(WordList list) {
        List<String> right = SpokenFingerprint.words(FINGERPRINT, list);
        for (int place = 0; place < right.size(); place++) {
            for (String word : list.words()) {
                List<String> heard = new ArrayList<>(right);
                heard.set(place, word);
                assertThat(problem(heard))
                        .isEqualTo(
                                word.equals(right.get(place))
                                        ? "agrees true"
                                        : "fingerprint.word-wrong " + (place + 1) + " " + word);
            }
        }
    }

    @Test
    void everySwapIsNamedAndTwoWrongWordsAreToo() {
        List<String> right = SpokenFingerprint.words(FINGERPRINT, WordList.ENGLISH);
        Random random = new Random(3);
        for (int i = 0; i < right.size(); i++) {
            for (int j = i + 1; j < right.size(); j++) {
                List<String> swapped = new ArrayList<>(right);
                Collections.swap(swapped, i, j);
                assertThat(problem(swapped))
                        .isEqualTo(
                                right.get(i).equals(right.get(j))
                                        ? "agrees true"
                                        : "fingerprint.words-swapped " + (i + 1) + " " + (j + 1));
                List<String> heard = new ArrayList<>(right);
                heard.set(i, other(right.get(i), random));
                heard.set(j, other(right.get(j), random));
                assertThat(problem(heard)).endsWith((i + 1) + " " + (j + 1));
            }
        }
    }

    private static String other(String word, Random random) {
        String drawn = word;
        while (drawn.equals(word)) {
            drawn = WordList.ENGLISH.word(random.nextInt(OCTETS));
        }
        return drawn;
    }

    @Test
    void threeWrongWordsAreNeverTakenForTheFingerprint() {
        List<String> right = SpokenFingerprint.words(FINGERPRINT, WordList.ENGLISH);
        Random random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            List<String> heard = new ArrayList<>(right);
            for (int place : random.ints(0, right.size()).distinct().limit(3).toArray()) {
                heard.set(place, other(right.get(place), random));
            }
            assertThat(problem(heard)).startsWith("fingerprint.");
        }
    }

    @Test
    void wordsThatAreNoneOrOfTheOtherLanguageOrTooFewAreNamed() {
        List<String> right = new ArrayList<>(SpokenFingerprint.words(FINGERPRINT, WordList.SPANISH));
        assertThat(problem(right.subList(0, 19))).isEqualTo("fingerprint.words-number 20 19");
        String english = WordList.ENGLISH.word(7);
        String before = right.set(2, english);
        assertThat(problem(right)).isEqualTo("fingerprint.words-mixed 3 " + english);
        right.set(2, before);
        right.set(19, "entente");
        assertThat(problem(right)).isEqualTo("fingerprint.word-unknown 20 entente");
    }
}
