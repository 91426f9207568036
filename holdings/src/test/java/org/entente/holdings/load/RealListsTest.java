package org.entente.holdings.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.item.Item;
import org.entente.holdings.item.Schema;
import org.entente.holdings.list.ListFormat;
import org.entente.holdings.table.ReadLimits;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RealListsTest {
    private static final String SDN_2021 = "lists/ofac/sdn_2021-08-18.csv.gz";
    private static final String SDN_2024 = "lists/ofac/sdn_2024-05-03.csv.gz";
    private static final String SAT = "lists/sat-69b/listado_69b_";
    private static final LocalDate DAY = LocalDate.of(2024, 5, 3);

    @ParameterizedTest
    @CsvSource({"lists/ofac/sdn_2021-08-18.csv.gz,9083,396", "lists/ofac/sdn_2024-05-03.csv.gz,14965,447"})
    void everyRowOfTheAmericanListIsKept(String file, long rows, long flagged) throws Exception {
        Loaded loaded = load(new ListFormat.OfacSdn(), file);
        LoadReport.Counts counts = loaded.report.counts();
        assertThat(counts.rows()).isEqualTo(rows);
        assertThat(counts.flagged()).isEqualTo(flagged);
        assertThat(counts.refused()).isZero();
        assertThat(loaded.items).hasSize((int) rows);
        assertThat(ids(loaded)).hasSize((int) rows);
    }

    @ParameterizedTest
    @CsvSource({"2021-05-18,12505,117,2021-05-18", "2022-11-30,12666,117,2022-11-30", "2023-07,12686,118,"})
    void everyRowOfTheMexicanListIsKept(String day, long rows, long flagged, LocalDate listDate) throws Exception {
        Loaded loaded = load(new ListFormat.Sat69b(), SAT + day + ".csv.gz");
        LoadReport.Counts counts = loaded.report.counts();
        assertThat(counts.rows()).isEqualTo(rows);
        assertThat(counts.flagged()).isEqualTo(flagged);
        assertThat(counts.refused()).isZero();
        assertThat(ids(loaded)).hasSize((int) rows);
        assertThat(loaded.report.listDate()).isEqualTo(Optional.ofNullable(listDate));
        assertThat(loaded.items.getFirst().envelope().provenance().obtainedAt())
                .isEqualTo(listDate == null ? DAY : listDate);
    }

    /** The folder's SOURCE.txt counts 32 of 14,105 numbers; the three lists here hold 12,518, of which 30 fail. */
    @Test
    void thirtyNumbersOfTheMexicanListsFailTheirCheckDigit() throws Exception {
        Set<String> all = new HashSet<>();
        Set<String> flagged = new HashSet<>();
        for (String day : List.of("2021-05-18", "2022-11-30", "2023-07")) {
            for (Item item : load(new ListFormat.Sat69b(), SAT + day + ".csv.gz").items) {
                item.identifiers().forEach(rfc -> {
                    all.add(rfc.value());
                    if (!rfc.warnings().isEmpty()) {
                        flagged.add(rfc.value());
                    }
                });
            }
        }
        assertThat(all).hasSize(12_518);
        assertThat(flagged).hasSize(30);
    }

    /**
     * Under R.F.C. and alt. R.F.C. the list has 268 complete numbers, of which 22 fail; under RFC and Tax ID No. another
     * 20, of which one fails.
     */
    @Test
    void twentyThreeNumbersOfTheAmericanListFailTheirCheckDigit() throws Exception {
        List<String> all = new ArrayList<>();
        List<String> flagged = new ArrayList<>();
        for (Item item : load(new ListFormat.OfacSdn(), SDN_2024).items) {
            item.identifiers().stream()
                    .filter(identifier -> identifier.type() == IdentifierType.RFC)
                    .forEach(rfc -> {
                        all.add(rfc.value());
                        if (!rfc.warnings().isEmpty()) {
                            flagged.add(rfc.value());
                        }
                    });
        }
        assertThat(all).hasSize(288);
        assertThat(flagged).hasSize(23);
    }

    /** The oracle knows regular expressions and nothing of this project. */
    @ParameterizedTest
    @CsvSource({
        "lists/ofac/sdn_2021-08-18.csv.gz,2021-05-18,3",
        "lists/ofac/sdn_2021-08-18.csv.gz,2023-07,3",
        "lists/ofac/sdn_2024-05-03.csv.gz,2021-05-18,4",
        "lists/ofac/sdn_2024-05-03.csv.gz,2022-11-30,4",
        "lists/ofac/sdn_2024-05-03.csv.gz,2023-07,4"
    })
    void theCommonTaxNumbersAreThoseOfThePlainIntersection(String sdn, String sat, int common) throws Exception {
        Set<String> expected = numbersOfRemarks(text(sdn));
        expected.retainAll(numbersOfSecondColumn(text(SAT + sat + ".csv.gz")));
        LabelledIdentifiers ours = labelled(new ListFormat.OfacSdn(), sdn);
        LabelledIdentifiers theirs = labelled(new ListFormat.Sat69b(), SAT + sat + ".csv.gz");
        Set<String> found = new TreeSet<>(ours.labels().keySet());
        found.retainAll(theirs.labels().keySet());
        assertThat(found).isEqualTo(expected).hasSize(common);
        found.forEach(value -> {
            assertThat(theirs.travelling(value).orElseThrow().status()).isPresent();
            assertThat(ours.travelling(value)
                            .orElseThrow()
                            .status()
                            .orElseThrow()
                            .word())
                    .isEqualTo("SDN");
        });
    }

    @Test
    void aTaxpayerThatWasListedAndClearedTravelsAsCleared() throws Exception {
        LabelledIdentifiers sat = labelled(new ListFormat.Sat69b(), SAT + "2023-07.csv.gz");
        long twice =
                sat.labels().values().stream().filter(rows -> rows.size() > 1).count();
        long cleared = sat.labels().entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .filter(entry -> sat.travelling(entry.getKey())
                        .orElseThrow()
                        .status()
                        .orElseThrow()
                        .cleared())
                .count();
        assertThat(twice).isEqualTo(73);
        assertThat(cleared).isEqualTo(53);
        assertThat(sat.labels().get("AAS110331G59"))
                .extracting(label -> label.status().orElseThrow().word())
                .containsExactly("Sentencia Favorable", "Definitivo");
    }

    @Test
    void theSuppressedEntriesAreKeptWithoutIdentifier() throws Exception {
        List<Item> items = load(new ListFormat.Sat69b(), SAT + "2023-07.csv.gz").items;
        List<Item> suppressed =
                items.stream().filter(item -> item.identifiers().isEmpty()).toList();
        assertThat(suppressed).hasSize(87).allMatch(item -> item.entity().schema() == Schema.LEGAL_ENTITY);
    }

    @Test
    void everyItemSurvivesItsCanonicalForm() throws Exception {
        List<Item> items = new ArrayList<>(load(new ListFormat.OfacSdn(), SDN_2021).items);
        items.addAll(load(new ListFormat.Sat69b(), SAT + "2021-05-18.csv.gz").items);
        for (Item item : items) {
            byte[] bytes = CanonicalJson.encode(item.toJson());
            Item again = Item.fromJson(CanonicalJson.parseCanonical(bytes, Item.BYTES_MAX));
            assertThat(again).isEqualTo(item);
            assertThat(CanonicalJson.encode(again.toJson())).isEqualTo(bytes);
        }
    }

    @Test
    void oneListGivenAsTheOtherIsRefused() {
        assertThat(problem(new ListFormat.Sat69b(), SDN_2021)).isEqualTo("holdings.not-sat-69b");
        assertThat(problem(new ListFormat.OfacSdn(), SAT + "2023-07.csv.gz")).isEqualTo("holdings.not-ofac-sdn");
    }

    @Test
    void remarksBecomeIdentifiersAndProperties() throws Exception {
        List<Item> items = load(new ListFormat.OfacSdn(), SDN_2024).items;
        assertThat(count(items, IdentifierType.CURP)).isEqualTo(441);
        assertThat(count(items, IdentifierType.PASSPORT)).isEqualTo(1_924);
        assertThat(count(items, IdentifierType.WALLET)).isEqualTo(275);
        assertThat(items).anyMatch(item -> item.entity().values("birthDate").size() > 1);
        assertThat(items).anyMatch(item -> item.entity().values("nationality").contains("mx"));
        assertThat(items).anyMatch(item -> item.entity().values("programId").size() > 2);
        assertThat(items)
                .filteredOn(item -> item.entity().schema() == Schema.VESSEL)
                .hasSize(851);
        assertThat(items)
                .filteredOn(item -> item.entity().schema() == Schema.PERSON)
                .hasSize(6_854);
    }

    private record Loaded(List<Item> items, LoadReport report) {}

    private static Loaded load(ListFormat format, String file) throws IOException, Malformed {
        byte[] bytes = PublicLists.bytes(file);
        List<Item> items = new ArrayList<>();
        LoadTerms.Publication publication = format instanceof ListFormat.OfacSdn
                ? LoadTerms.Publication.ofacSdn(AuthorityCode.parse("US/FINCEN"), DAY, Digest.of(bytes))
                : LoadTerms.Publication.sat69b(AuthorityCode.parse("MX/UIF"), DAY, Digest.of(bytes));
        LoadTerms terms = LoadTerms.publicList(
                publication, Handling.Code.H0, List.of(new Purpose("money-laundering")), Period.ofYears(5));
        LoadReport report =
                ListLoad.run(format, new ByteArrayInputStream(bytes), terms, ReadLimits.DEFAULT, items::add);
        return new Loaded(items, report);
    }

    private static LabelledIdentifiers labelled(ListFormat format, String file) throws IOException, Malformed {
        return LabelledIdentifiers.read(
                format, IdentifierType.RFC, new ByteArrayInputStream(PublicLists.bytes(file)), ReadLimits.DEFAULT);
    }

    private static String problem(ListFormat format, String file) {
        try {
            load(format, file);
            return "accepted";
        } catch (Malformed refused) {
            return refused.problem().code();
        } catch (IOException unexpected) {
            return unexpected.toString();
        }
    }

    private static Set<String> ids(Loaded loaded) {
        Set<String> ids = new HashSet<>();
        loaded.items.forEach(item -> ids.add(item.id().text()));
        return ids;
    }

    private static long count(List<Item> items, IdentifierType type) {
        return items.stream()
                .flatMap(item -> item.identifiers().stream())
                .filter(identifier -> identifier.type() == type)
                .count();
    }

    private static String text(String file) throws IOException {
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(PublicLists.bytes(file)))) {
            return new String(plain.readAllBytes(), Charset.forName("ISO-8859-1"));
        }
    }

    private static Set<String> numbersOfRemarks(String text) {
        Set<String> numbers = new TreeSet<>();
        Matcher statement = Pattern.compile("(?:R\\.F\\.C\\.|RFC|Tax ID No\\.) (?:# )?([^;(\"]+)")
                .matcher(text);
        while (statement.find()) {
            normal(statement.group(1)).ifPresent(numbers::add);
        }
        return numbers;
    }

    private static Set<String> numbersOfSecondColumn(String text) {
        Set<String> numbers = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\d+,([^,]*),").matcher(text);
        while (row.find()) {
            normal(row.group(1)).ifPresent(numbers::add);
        }
        return numbers;
    }

    /** The normal form in words: upper case, no separators, letters, a valid date, three more; no placeholder. */
    private static Optional<String> normal(String text) {
        String upper = text.toUpperCase(Locale.ROOT).replaceAll("[\\s./-]", "");
        String month31 = "(0[13578]|1[02])(0[1-9]|[12]\\d|3[01])";
        String month30 = "(0[469]|11)(0[1-9]|[12]\\d|30)";
        String february = "02(0[1-9]|1\\d|2[0-8])";
        String leapDay = "([02468][048]|[13579][26])0229";
        String date = "(\\d\\d(" + month31 + "|" + month30 + "|" + february + ")|" + leapDay + ")";
        boolean complete = upper.matches("[A-ZÑ&]{3,4}" + date + "[A-Z0-9]{3}");
        boolean placeholder = upper.matches("X[AE]XX010101000");
        return complete && !placeholder ? Optional.of(upper) : Optional.empty();
    }
}
