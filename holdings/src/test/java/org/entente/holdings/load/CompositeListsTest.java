package org.entente.holdings.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.list.ListFormat;
import org.entente.holdings.table.ReadLimits;
import org.junit.jupiter.api.Test;

/** Composite keys of real lists, against a plain computation that knows regular expressions and nothing of this project. */
final class CompositeListsTest {
    private static final String SDN_2021 = "lists/ofac/sdn_2021-08-18.csv.gz";
    private static final String SDN_2024 = "lists/ofac/sdn_2024-05-03.csv.gz";
    private static final Pattern CELL = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^,\"]*)");
    private static final Pattern BORN =
            Pattern.compile("(?:^|; )(?:alt\\. )?DOB (\\d\\d [A-Z][a-z]{2} \\d{4})(?=[;.])");
    private static final Pattern CALLED = Pattern.compile("(?:^|; )(?:alt\\. )?[afn]\\.k\\.a\\. '([^';]+)'");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd MMM uuuu", Locale.ENGLISH);

    @Test
    void theKeysOfTheAmericanListsAreThoseOfThePlainComputation() throws Exception {
        LabelledIdentifiers before = labelled(SDN_2021);
        LabelledIdentifiers after = labelled(SDN_2024);
        Set<String> common = new TreeSet<>(before.labels().keySet());
        common.retainAll(after.labels().keySet());
        Map<String, Set<String>> plainBefore = plain(SDN_2021);
        Map<String, Set<String>> plainAfter = plain(SDN_2024);
        assertThat(without(before.labels().keySet(), plainBefore.keySet())).isEmpty();
        assertThat(without(plainBefore.keySet(), before.labels().keySet())).isEmpty();
        assertThat(without(after.labels().keySet(), plainAfter.keySet())).isEmpty();
        assertThat(without(plainAfter.keySet(), after.labels().keySet())).isEmpty();
        Set<String> plainCommon = new TreeSet<>(plainBefore.keySet());
        plainCommon.retainAll(plainAfter.keySet());
        assertThat(common).isEqualTo(plainCommon);
        assertThat(List.of(before.identifiers(), after.identifiers(), common.size()))
                .containsExactly(4_828, 7_027, 4_243);
        assertThat(List.of(before.flagged(), after.flagged())).containsExactly(175, 222);
        assertThat(List.of(people(plainBefore), people(plainAfter))).containsExactly(3_712L, 5_775L);
        long renumbered = common.stream()
                .filter(key -> plainBefore.getOrDefault(key, Set.of()).stream()
                        .noneMatch(plainAfter.getOrDefault(key, Set.of())::contains))
                .count();
        assertThat(renumbered).isEqualTo(2);
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static long people(Map<String, Set<String>> keys) {
        return keys.values().stream().flatMap(Set::stream).distinct().count();
    }

    private static LabelledIdentifiers labelled(String file) throws IOException, Malformed {
        return LabelledIdentifiers.read(
                new ListFormat.OfacSdn(),
                IdentifierType.NAME_BIRTH,
                new ByteArrayInputStream(PublicLists.bytes(file)),
                ReadLimits.DEFAULT);
    }

    /** Each key with the entry numbers that have it. */
    private static Map<String, Set<String>> plain(String file) throws IOException {
        String text;
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(PublicLists.bytes(file)))) {
            text = new String(unpacked.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        Map<String, Set<String>> keys = new TreeMap<>();
        for (String line : text.split("\r?\n", -1)) {
            List<String> cells = cells(line);
            if (cells.size() < 12 || !cells.get(2).strip().equals("individual")) {
                continue;
            }
            String remarks = cells.get(11);
            if (remarks.length() >= 1_000 && !remarks.endsWith(".")) {
                remarks = remarks.substring(0, remarks.lastIndexOf(';') + 1);
            }
            List<String> names = new ArrayList<>(List.of(cells.get(1)));
            Matcher called = CALLED.matcher(remarks);
            while (called.find()) {
                names.add(called.group(1));
            }
            Matcher born = BORN.matcher(remarks);
            while (born.find()) {
                LocalDate day = LocalDate.parse(born.group(1), DAY);
                names.stream()
                        .map(CompositeListsTest::sorted)
                        .filter(name -> !name.isEmpty())
                        .forEach(name -> keys.computeIfAbsent(name + "|" + day, _ -> new TreeSet<>())
                                .add(cells.getFirst()));
            }
        }
        return keys;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        Matcher cell = CELL.matcher(line);
        int from = 0;
        while (from <= line.length() && cell.find(from)) {
            cells.add(cell.group(1) == null ? cell.group(2) : cell.group(1).replace("\"\"", "\""));
            from = cell.end() + 1;
        }
        return cells;
    }

    /** The name's words in alphabetical order; nothing unless two of them say something. */
    private static String sorted(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("[\\u0300-\\u036f'`\\u2018\\u2019]", "")
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{Nd}]+", " ")
                .strip();
        String[] words = plain.split(" ", -1);
        Arrays.sort(words);
        long telling = Arrays.stream(words)
                .distinct()
                .filter(word -> word.matches("(?=.*\\p{L}).{2,}"))
                .filter(word -> !word.matches(
                        "DEL?|L[AO]S|LA|EL|Y|D[AO]S?|DI|VAN|VON|DE[RN]|[AU]L|BINT?|BEN|IBN|ABU|ABD|UMM|[JS]R|I+"))
                .filter(word -> !word.matches("(.)\\1{2,}|NA|ND|SD|DATO"))
                .count();
        return telling < 2 ? "" : Arrays.stream(words).collect(Collectors.joining(" "));
    }
}
