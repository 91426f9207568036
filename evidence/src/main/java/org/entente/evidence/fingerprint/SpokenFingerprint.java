package org.entente.evidence.fingerprint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;

/**
 * A fingerprint as people read it to each other: twenty words in five lines, the same octets in each language.
 *
 * <p>Sixteen words carry the first 128 bits of the fingerprint, four check them ({@link CheckedOctets}). To have another root
 * found that is read out with the same words takes 2^128 trials; two roots of one's own that share their words take 2^64, and
 * gain nothing here, since what is pinned, and looked up ever after, is the whole fingerprint of the card at hand. The check is
 * there to tell a misheard word from another card: with the words in order and yet not those of the card, it is another's card.
 */
public final class SpokenFingerprint {
    private static final int A_LINE = 4;
    private static final int HEXADECIMAL_DIGITS = 64;

    private SpokenFingerprint() {}

    private static int[] octets(Digest fingerprint) {
        return CheckedOctets.check(Arrays.copyOf(fingerprint.bytes(), CheckedOctets.CARRIED));
    }

    /** The twenty words, to be read in this order. */
    public static List<String> words(Digest fingerprint, WordList language) {
        return Arrays.stream(octets(fingerprint)).mapToObj(language::word).toList();
    }

    /** The words in five lines of four. */
    public static String lines(Digest fingerprint, WordList language) {
        List<String> words = words(fingerprint, language);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < words.size(); i += A_LINE) {
            lines.add(String.join(" ", words.subList(i, i + A_LINE)));
        }
        return String.join("\n", lines);
    }

    /**
     * Whether what somebody typed is this fingerprint: in hexadecimal with or without spaces, whole, or in the words of either language.
     *
     * @return false when it is in order, and another's
     * @throws Malformed {@code fingerprint.word-unknown}, {@code fingerprint.words-number}, {@code fingerprint.words-mixed}, {@code fingerprint.word-wrong},
     *     {@code fingerprint.words-swapped}, {@code fingerprint.two-words-wrong} or {@code fingerprint.words-wrong}: it was misread or mistyped
     */
    public static boolean agrees(Digest fingerprint, String typed) throws Malformed {
        String hexadecimal = typed.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        if (hexadecimal.length() == HEXADECIMAL_DIGITS && hexadecimal.matches("[0-9a-f]+")) {
            return fingerprint.hex().equals(hexadecimal);
        }
        return Arrays.equals(read(typed), octets(fingerprint));
    }

    private static int[] read(String typed) throws Malformed {
        String[] words = typed.strip().split("[\\s,.;-]+");
        WordList language = languageOf(words);
        int[] octets = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            Optional<Integer> value = language.value(words[i]);
            if (value.isEmpty()) {
                throw unknown(i, words[i], language);
            }
            octets[i] = value.get();
        }
        if (octets.length != CheckedOctets.ALL) {
            throw new Malformed(
                    "fingerprint.words-number", Integer.toString(CheckedOctets.ALL), Integer.toString(octets.length));
        }
        if (!CheckedOctets.holds(octets)) {
            throw wrong(octets, words);
        }
        return octets;
    }

    /** That of which more words are there: no word stands in both lists. */
    private static WordList languageOf(String[] words) {
        long english = Arrays.stream(words)
                .filter(word -> WordList.ENGLISH.value(word).isPresent())
                .count();
        long spanish = Arrays.stream(words)
                .filter(word -> WordList.SPANISH.value(word).isPresent())
                .count();
        return spanish > english ? WordList.SPANISH : WordList.ENGLISH;
    }

    private static Malformed unknown(int place, String word, WordList language) {
        String shown = word.length() > 20 ? word.substring(0, 20) : word;
        WordList other = language == WordList.ENGLISH ? WordList.SPANISH : WordList.ENGLISH;
        return other.value(word).isPresent()
                ? new Malformed("fingerprint.words-mixed", number(place), shown)
                : new Malformed("fingerprint.word-unknown", number(place), shown);
    }

    private static Malformed wrong(int[] octets, String[] words) {
        Optional<List<Integer>> places = CheckedOctets.wrong(octets);
        if (places.isEmpty()) {
            return new Malformed("fingerprint.words-wrong");
        }
        List<Integer> found = places.get();
        if (found.size() == 1) {
            return new Malformed("fingerprint.word-wrong", number(found.getFirst()), words[found.getFirst()]);
        }
        int[] swapped = octets.clone();
        swapped[found.getFirst()] = octets[found.getLast()];
        swapped[found.getLast()] = octets[found.getFirst()];
        return CheckedOctets.holds(swapped)
                ? new Malformed("fingerprint.words-swapped", number(found.getFirst()), number(found.getLast()))
                : new Malformed("fingerprint.two-words-wrong", number(found.getFirst()), number(found.getLast()));
    }

    private static String number(int place) {
        return Integer.toString(place + 1);
    }

    /** The words as one line, for a page. */
    public static String line(Digest fingerprint, WordList language) {
        return String.join(" ", words(fingerprint, language));
    }
}
