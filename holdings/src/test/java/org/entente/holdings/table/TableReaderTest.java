package org.entente.holdings.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableReaderTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    @Test
    void whatWasWrittenIsReadAgain() throws Exception {
        for (long seed = 0; seed < 300L * DEPTH; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Charset charset = random.nextBoolean() ? StandardCharsets.UTF_8 : WINDOWS_1252;
            String end = random.nextBoolean() ? "\r\n" : "\n";
            List<List<String>> rows = rows(random);
            StringBuilder file = new StringBuilder();
            rows.forEach(row -> file.append(String.join(
                            ",", row.stream().map(cell -> written(cell, random)).toList()))
                    .append(end));
            byte[] bytes = file.toString().getBytes(charset);
            List<List<String>> expected =
                    rows.stream().filter(row -> !row.equals(List.of(""))).toList();
            assertThat(read(bytes)).as("seed %s", seed).isEqualTo(expected);
            assertThat(read(gzip(bytes))).as("seed %s, compressed", seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'a,b\"c,d', holdings.quote-inside-cell, 2",
        "'\"a\"b,c', holdings.quote-inside-cell, 1",
        "'a,\u0000b', holdings.nul-byte, 2",
        "'a,b,\u0007', holdings.control-byte, 3"
    })
    void aFaultWithinOneLineCostsThatRow(String line, String code, int column) throws Exception {
        List<TableRow> rows = all(("x,y\n" + line + "\r\nz\n").getBytes(StandardCharsets.UTF_8), ReadLimits.DEFAULT);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).isInstanceOfSatisfying(TableRow.Unreadable.class, row -> {
            assertThat(row.number()).isEqualTo(2);
            assertThat(row.column()).isEqualTo(column);
            assertThat(row.problem().code()).isEqualTo(code);
        });
        assertThat(rows.get(2)).isEqualTo(new TableRow.Cells(3, List.of("z")));
    }

    @ParameterizedTest
    @CsvSource({
        "'a,\"b', holdings.quote-unclosed",
        "'a,\"b\nc,\"d\",e\n', holdings.quote-unclosed",
        "'a,\"b\nc,\"\nd,\"e\n', holdings.quote-unclosed"
    })
    void aQuoteThatHidesRowsCostsTheFile(String text, String code) {
        assertThat(refusal(text.getBytes(StandardCharsets.UTF_8), ReadLimits.DEFAULT))
                .isEqualTo(code);
    }

    @Test
    void mixedEncodingsCostTheRowThatContradicts() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write("señal\n".getBytes(StandardCharsets.UTF_8));
        file.write("señal\n".getBytes(WINDOWS_1252));
        file.write("plain\n".getBytes(StandardCharsets.UTF_8));
        List<TableRow> rows = all(file.toByteArray(), ReadLimits.DEFAULT);
        assertThat(rows.get(0)).isEqualTo(new TableRow.Cells(1, List.of("señal")));
        assertThat(rows.get(1))
                .isInstanceOfSatisfying(
                        TableRow.Unreadable.class,
                        row -> assertThat(row.problem().code()).isEqualTo("holdings.encoding-mixed"));
        assertThat(rows.get(2)).isEqualTo(new TableRow.Cells(3, List.of("plain")));
    }

    @Test
    void aMillionColumnsAndAHugeCellCostOneRowEachAndNoMemory() throws Exception {
        byte[] file = (",".repeat(1_000_000) + "\n" + "x".repeat(2_000_000) + "\n\"" + "y".repeat(2_000_000)
                        + "\"\nlast\n")
                .getBytes(StandardCharsets.UTF_8);
        List<TableRow> rows = all(file, ReadLimits.DEFAULT);
        assertThat(rows)
                .extracting(row -> row instanceof TableRow.Unreadable unreadable
                        ? unreadable.problem().code()
                        : "read")
                .containsExactly(
                        "holdings.columns-too-many", "holdings.cell-too-large", "holdings.cell-too-large", "read");
    }

    @Test
    void eachHostileFileHasItsOneProblem() throws Exception {
        byte[] some = "a,b\nc,d\n".getBytes(StandardCharsets.UTF_8);
        byte[] packed = gzip(some);
        ReadLimits small = new ReadLimits(1_000, 2_000, 10, 10, 100);
        assertThat(refusal(new byte[0], ReadLimits.DEFAULT)).isEqualTo("holdings.source-empty");
        assertThat(refusal(gzip(new byte[0]), ReadLimits.DEFAULT)).isEqualTo("holdings.source-empty");
        assertThat(refusal(Arrays.copyOf(packed, packed.length - 5), ReadLimits.DEFAULT))
                .isEqualTo("holdings.source-gzip-broken");
        assertThat(refusal(Arrays.copyOf(packed, 4), ReadLimits.DEFAULT)).isEqualTo("holdings.source-gzip-broken");
        packed[packed.length - 5] ^= 1;
        assertThat(refusal(packed, ReadLimits.DEFAULT)).isEqualTo("holdings.source-gzip-broken");
        assertThat(refusal("PK\u0003\u0004".getBytes(StandardCharsets.UTF_8), ReadLimits.DEFAULT))
                .isEqualTo("holdings.source-archive");
        assertThat(refusal("a,b\n".getBytes(StandardCharsets.UTF_16), ReadLimits.DEFAULT))
                .isEqualTo("holdings.source-utf16");
        assertThat(refusal("a\n".repeat(11).getBytes(StandardCharsets.UTF_8), small))
                .isEqualTo("holdings.rows-too-many");
        assertThat(refusal("a,b\n".repeat(600).getBytes(StandardCharsets.UTF_8), small))
                .isEqualTo("holdings.source-too-large");
        assertThat(refusal(gzip("a,b\n".repeat(600).getBytes(StandardCharsets.UTF_8)), small))
                .isEqualTo("holdings.source-too-large");
    }

    @Test
    void aBombIsRefusedBeforeItUnfolds() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        byte[] line = ("x".repeat(99) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (OutputStream packed = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 300_000; i++) {
                packed.write(line);
            }
        }
        assertThat(refusal(bomb.toByteArray(), ReadLimits.DEFAULT)).isEqualTo("holdings.source-bomb");
    }

    @Test
    void severalMembersOfGzipAreOneFileAndTheDigestIsOfTheBytesAsGiven() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(gzip("a,b\n".getBytes(StandardCharsets.UTF_8)));
        file.write(gzip("c,d\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(read(file.toByteArray())).containsExactly(List.of("a", "b"), List.of("c", "d"));
        InputStream oneByOne = new ByteArrayInputStream(file.toByteArray()) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        SourceBytes source = SourceBytes.open(oneByOne, ReadLimits.DEFAULT);
        assertThat(new TableReader(source, ReadLimits.DEFAULT).next()).isPresent();
        assertThat(source.digest()).isEqualTo(Digest.of(file.toByteArray()));
    }

    @Test
    void aFailingStreamIsNotAMalformedFile() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        assertThatThrownBy(() -> SourceBytes.open(closed, ReadLimits.DEFAULT)).isInstanceOf(IOException.class);
    }

    @Test
    void mutatedBytesAreReadOrRefusedAndNothingElse() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] sample =
                "1,\"señal, con \"\"comillas\"\"\",x\r\n2,\"dos\nlíneas\",y\r\n\u001a".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 5_000 * DEPTH; i++) {
            byte[] mutated = sample.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            assertThat(refusal(mutated, ReadLimits.DEFAULT)).matches("read|holdings\\.[a-z0-9-]+");
        }
    }

    private static List<List<String>> rows(SplittableRandom random) {
        String signs = "aÑé\"\",, \t\n-0;'1";
        List<List<String>> rows = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            List<String> row = new ArrayList<>();
            for (int j = random.nextInt(1, 5); j > 0; j--) {
                StringBuilder cell = new StringBuilder();
                for (int k = random.nextInt(6); k > 0; k--) {
                    cell.append(signs.charAt(random.nextInt(signs.length())));
                }
                row.add(cell.toString());
            }
            rows.add(row);
        }
        rows.add(List.of("end"));
        return rows;
    }

    private static String written(String cell, SplittableRandom random) {
        boolean needed = cell.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n');
        return needed || (!cell.isEmpty() && random.nextInt(3) == 0) ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }

    private static List<List<String>> read(byte[] file) throws IOException, Malformed {
        List<List<String>> rows = new ArrayList<>();
        for (TableRow row : all(file, ReadLimits.DEFAULT)) {
            assertThat(row).isInstanceOf(TableRow.Cells.class);
            rows.add(((TableRow.Cells) row).cells());
        }
        return rows;
    }

    private static List<TableRow> all(byte[] file, ReadLimits limits) throws IOException, Malformed {
        TableReader reader = new TableReader(SourceBytes.open(new ByteArrayInputStream(file), limits), limits);
        List<TableRow> rows = new ArrayList<>();
        Optional<TableRow> row = reader.next();
        while (row.isPresent()) {
            rows.add(row.get());
            row = reader.next();
        }
        return rows;
    }

    private static String refusal(byte[] file, ReadLimits limits) {
        try {
            all(file, limits);
            return "read";
        } catch (Malformed refused) {
            return refused.problem().code();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
