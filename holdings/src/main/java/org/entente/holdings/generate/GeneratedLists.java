package org.entente.holdings.generate;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Two invented lists in the two real formats, with companies only, for demonstrations and tests. One seed gives one pair
 * of files, byte for byte.
 *
 * <p>Nobody real is meant: names are made of invented syllables; the tax numbers' three letters are taken from
 * K, Q, W, X, Y and Z, with which Spanish company names hardly begin, and their dates lie in the years 31 to 39, of which the
 * future ones have registered nobody and the past ones nobody under such letters. Check digits are right except where
 * dirt is wanted.
 *
 * <p>The dirt of the real lists is there on purpose: numbers with hyphens, without homoclave, with a wrong check digit,
 * suppressed by a court, listed twice under different situations, cleared, and a number under the label of a tax id.
 *
 * @param ofacSdn a file in the format {@code ofac-sdn}
 * @param sat69b a file in the format {@code sat-69b}, in windows-1252 with two title lines, as most are published
 * @param common the tax numbers, in normal form, that both files contain
 * @param cleared those of the common ones for which {@code sat69b} says that they were cleared
 */
@SuppressWarnings("ArrayRecordComponent") // the files are handed over, and never compared as records
public record GeneratedLists(byte[] ofacSdn, byte[] sat69b, SortedSet<String> common, SortedSet<String> cleared) {
    private static final Charset SAT_CHARSET = Charset.forName("windows-1252");

    /**
     * How large the lists are.
     *
     * @param ofacEntries entries of the American list, at least {@code common}
     * @param satEntries taxpayers of the Mexican list, at least {@code common}; some are listed twice
     * @param common how many they share, at least 4
     */
    public record Sizes(int ofacEntries, int satEntries, int common) {
        /** The demonstration's: 1,500 and 4,000 entries, 12 in common. */
        public static final Sizes DEMONSTRATION = new Sizes(1_500, 4_000, 12);

        public Sizes {
            if (common < 4
                    || ofacEntries < common
                    || satEntries < common
                    || ofacEntries > 1 << 20
                    || satEntries > 1 << 20) {
                throw new IllegalArgumentException("4 or more in common, no list smaller than that or above a million");
            }
        }
    }

    public GeneratedLists {
        common = Collections.unmodifiableSortedSet(new TreeSet<>(common));
        cleared = Collections.unmodifiableSortedSet(new TreeSet<>(cleared));
    }

    public static GeneratedLists generate(long seed, Sizes sizes) {
        SplittableRandom random = new SplittableRandom(seed);
        InventedCompanies companies = new InventedCompanies(random);
        List<InventedCompanies.Company> shared = take(companies, sizes.common());
        // A number of the shared ones fails its check digit on both sides, as real ones do.
        shared.set(1, shared.get(1).withWrongCheckDigit());
        List<InventedCompanies.Company> american = new ArrayList<>(shared);
        american.addAll(take(companies, sizes.ofacEntries() - sizes.common()));
        List<InventedCompanies.Company> mexican = new ArrayList<>(shared);
        mexican.addAll(take(companies, sizes.satEntries() - sizes.common()));
        SortedSet<String> common = new TreeSet<>();
        shared.forEach(company -> common.add(company.rfc()));
        InventedSat69b sat = new InventedSat69b(random, common);
        String satText = sat.write(mexican);
        String ofacText = new InventedSdn(random, common).write(american);
        SortedSet<String> cleared = new TreeSet<>(sat.cleared());
        cleared.retainAll(common);
        return new GeneratedLists(
                ofacText.getBytes(StandardCharsets.US_ASCII), satText.getBytes(SAT_CHARSET), common, cleared);
    }

    private static List<InventedCompanies.Company> take(InventedCompanies companies, int count) {
        List<InventedCompanies.Company> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(companies.next());
        }
        return taken;
    }
}
