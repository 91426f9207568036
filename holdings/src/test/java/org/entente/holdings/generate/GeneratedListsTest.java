package org.entente.holdings.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.item.Item;
import org.entente.holdings.list.EntryStatus;
import org.entente.holdings.list.ListFormat;
import org.entente.holdings.load.LabelledIdentifiers;
import org.entente.holdings.load.ListLoad;
import org.entente.holdings.load.LoadReport;
import org.entente.holdings.load.LoadTerms;
import org.entente.holdings.load.PublicLists;
import org.entente.holdings.table.ReadLimits;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Purpose;
import org.junit.jupiter.api.Test;

final class GeneratedListsTest {
    private static final GeneratedLists.Sizes SIZES = new GeneratedLists.Sizes(300, 800, 10);

    @Test
    void theCommonNumbersAreThoseThatWerePromised() throws Exception {
        for (long seed = 1; seed <= 20; seed++) {
            GeneratedLists lists = GeneratedLists.generate(seed, SIZES);
            LabelledIdentifiers ours = read(new ListFormat.OfacSdn(), lists.ofacSdn());
            LabelledIdentifiers theirs = read(new ListFormat.Sat69b(), lists.sat69b());
            Set<String> common = new TreeSet<>(ours.labels().keySet());
            common.retainAll(theirs.labels().keySet());
            assertThat(common).as("seed %s", seed).isEqualTo(lists.common()).hasSize(10);
            Set<String> cleared = new TreeSet<>(common);
            cleared.removeIf(value -> !theirs.travelling(value)
                    .flatMap(LabelledIdentifiers.Label::status)
                    .map(EntryStatus::cleared)
                    .orElse(false));
            assertThat(cleared).as("seed %s", seed).isEqualTo(lists.cleared()).hasSize(2);
            assertThat(ours.report().counts().rows()).isEqualTo(300);
            assertThat(theirs.report().counts().rows()).isGreaterThan(800);
            assertThat(ours.report().counts().flagged()).isPositive();
            assertThat(theirs.report().counts().flagged()).isPositive();
            assertThat(ours.report().counts().refused()).isZero();
            assertThat(theirs.report().counts().refused()).isZero();
        }
    }

    @Test
    void oneSeedGivesOnePairOfFiles() {
        GeneratedLists one = GeneratedLists.generate(42, SIZES);
        GeneratedLists again = GeneratedLists.generate(42, SIZES);
        assertThat(again.ofacSdn()).isEqualTo(one.ofacSdn());
        assertThat(again.sat69b()).isEqualTo(one.sat69b());
        assertThat(GeneratedLists.generate(43, SIZES).sat69b()).isNotEqualTo(one.sat69b());
    }

    @Test
    void noInventedNumberIsOnARealList() throws Exception {
        Set<String> real = new HashSet<>();
        real.addAll(read(new ListFormat.OfacSdn(), PublicLists.bytes("lists/ofac/sdn_2024-05-03.csv.gz"))
                .labels()
                .keySet());
        for (String day : List.of("2021-05-18", "2022-11-30", "2023-07")) {
            byte[] list = PublicLists.bytes("lists/sat-69b/listado_69b_" + day + ".csv.gz");
            real.addAll(read(new ListFormat.Sat69b(), list).labels().keySet());
        }
        GeneratedLists lists = GeneratedLists.generate(1, new GeneratedLists.Sizes(20_000, 20_000, 10));
        Set<String> invented = new HashSet<>(
                read(new ListFormat.OfacSdn(), lists.ofacSdn()).labels().keySet());
        invented.addAll(read(new ListFormat.Sat69b(), lists.sat69b()).labels().keySet());
        assertThat(invented).hasSizeGreaterThan(30_000);
        invented.retainAll(real);
        assertThat(invented).isEmpty();
    }

    @Test
    void everyItemIsACompanyWithItsProvenance() throws Exception {
        GeneratedLists lists = GeneratedLists.generate(5, SIZES);
        List<Item> items = new ArrayList<>();
        LoadReport report = load(lists.sat69b(), Digest.of(lists.sat69b()), items);
        assertThat(items).hasSize((int) report.counts().kept());
        assertThat(report.listDate()).hasValue(LocalDate.of(2026, 6, 30));
        assertThat(items).filteredOn(item -> !item.identifiers().isEmpty()).allSatisfy(item -> {
            assertThat(item.envelope().marking().personCategory()).isEqualTo(PersonCategory.NOT_A_PERSON);
            assertThat(item.envelope().provenance().obtainedIn().code()).isEqualTo("MX");
            assertThat(item.envelope().provenance().obtainedAt()).isEqualTo(LocalDate.of(2026, 6, 30));
            assertThat(item.envelope().listStatus()).isPresent();
        });
        assertThat(items.stream().map(Item::id).distinct()).hasSize(items.size());
    }

    @Test
    void aFileThatIsNotTheOneNamedIsRefused() {
        GeneratedLists lists = GeneratedLists.generate(5, SIZES);
        assertThat(outcome(lists.sat69b(), Digest.of(new byte[0]))).isEqualTo("holdings.source-changed");
    }

    @Test
    void mutatedListsAreLoadedOrRefusedAndNothingElse() {
        GeneratedLists lists = GeneratedLists.generate(9, new GeneratedLists.Sizes(20, 20, 4));
        SplittableRandom random = new SplittableRandom(11);
        String signs = "\",\n\r\0\u001aA0-;]ñ";
        for (int i = 0; i < 600; i++) {
            byte[] mutated = (i % 2 == 0 ? lists.sat69b() : lists.ofacSdn()).clone();
            for (int j = random.nextInt(6); j >= 0; j--) {
                int at = random.nextInt(mutated.length);
                mutated[at] = random.nextBoolean()
                        ? (byte) signs.charAt(random.nextInt(signs.length()))
                        : (byte) random.nextInt(256);
            }
            ListFormat format = i % 2 == 0 ? new ListFormat.Sat69b() : new ListFormat.OfacSdn();
            String outcome;
            try {
                LoadReport.Counts counts = read(format, mutated).report().counts();
                outcome = counts.rows() > 0 ? "read" : "nothing";
            } catch (Malformed refused) {
                outcome = refused.problem().code();
            } catch (IOException unexpected) {
                throw new UncheckedIOException(unexpected);
            }
            assertThat(outcome).as("mutation %s", i).matches("read|holdings\\.[a-z0-9-]+");
            if (format instanceof ListFormat.Sat69b) {
                assertThat(outcome(mutated, Digest.of(mutated))).matches("read|holdings\\.[a-z0-9-]+");
            }
        }
    }

    private static String outcome(byte[] list, Digest digest) {
        try {
            load(list, digest, new ArrayList<>());
            return "read";
        } catch (Malformed refused) {
            return refused.problem().code();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private static LoadReport load(byte[] list, Digest digest, List<Item> items) throws IOException, Malformed {
        LoadTerms terms = LoadTerms.publicList(
                LoadTerms.Publication.sat69b(AuthorityCode.parse("MX/UIF"), LocalDate.of(2026, 7, 1), digest),
                Handling.Code.H1,
                List.of(new Purpose("money-laundering")),
                Period.ofYears(5));
        return ListLoad.run(
                new ListFormat.Sat69b(), new ByteArrayInputStream(list), terms, ReadLimits.DEFAULT, items::add);
    }

    private static LabelledIdentifiers read(ListFormat format, byte[] list) throws IOException, Malformed {
        return LabelledIdentifiers.read(format, IdentifierType.RFC, new ByteArrayInputStream(list), ReadLimits.DEFAULT);
    }
}
