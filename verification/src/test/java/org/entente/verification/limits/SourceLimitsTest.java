package org.entente.verification.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** STYLE.md's limits. They only ever get tighter. */
final class SourceLimitsTest {
    private static final int MODULES_MAX = 10;
    private static final int FILE_LINES_MAX = 700;
    private static final int FILE_LINES_MEDIAN_MAX = 120;
    private static final int METHOD_LINES_MAX = 60;
    private static final int PARAMETERS_MAX = 6;
    private static final Pattern PROMISES = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
    private static final Pattern WEAK_NAMES =
            Pattern.compile(".*(Manager|Helper|Utils?|Impl|Data|Info|Base)(Test)?\\.java");

    private static final List<Path> FILES = new ArrayList<>();
    private static final List<CodeUnits.Unit> UNITS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        FILES.addAll(Sources.java());
        UNITS.addAll(CodeUnits.of(FILES));
    }

    @Test
    void theLimitsAreHeldAgainstTheWholeHouse() {
        assertThat(FILES).hasSizeGreaterThan(300);
        assertThat(UNITS).hasSizeGreaterThan(2_000);
    }

    @Test
    void thereAreFewModules() throws IOException {
        Matcher modules = Pattern.compile("<module>")
                .matcher(Files.readString(Sources.root().resolve("pom.xml")));
        assertThat(modules.results().count()).isBetween(1L, (long) MODULES_MAX);
    }

    @Test
    void noFileIsLongAndMostAreShort() throws IOException {
        List<Integer> lines = new ArrayList<>();
        List<String> tooLong = new ArrayList<>();
        for (Path file : FILES) {
            int count = lines(file);
            lines.add(count);
            if (count > FILE_LINES_MAX) {
                tooLong.add(Sources.name(file) + " " + count);
            }
        }
        assertThat(tooLong).isEmpty();
        lines.sort(Integer::compare);
        assertThat(lines.get(lines.size() / 2)).isLessThanOrEqualTo(FILE_LINES_MEDIAN_MAX);
    }

    /**
     * The field products of the vector unit: the JIT must see each as one method, or its vectors become objects. {@code LaneField} says what was measured. The other two gather
     * a table row and bring a value into its canonical form, for the same reason.
     */
    private static final Set<String> KERNELS = Set.of(
            "LaneField.java multiply",
            "LaneField.java square",
            "LaneField.java canonical",
            "LaneColumns.java multiply",
            "LaneColumns.java square",
            "LaneColumns.java doublingSums",
            "LaneColumns.java additionSums",
            "LaneMultiplication.java gather");

    @Test
    void noMethodIsLong() {
        assertThat(UNITS)
                .filteredOn(unit -> unit.lines() > METHOD_LINES_MAX)
                .filteredOn(unit -> !KERNELS.contains(unit.where().replaceFirst(".*/(\\w+\\.java):\\d+", "$1")))
                .isEmpty();
    }

    @Test
    void noConstructorTakesMany() {
        assertThat(UNITS).filteredOn(unit -> unit.parameters() > PARAMETERS_MAX).isEmpty();
    }

    @Test
    void nothingIsPromisedInComments() throws IOException {
        List<String> promises = new ArrayList<>();
        List<Path> texts = Sources.ending(
                ".java",
                ".xml",
                ".yaml",
                ".yml",
                ".md",
                ".properties",
                ".sql",
                ".jte",
                ".css",
                ".js",
                ".sh",
                "entente");
        for (Path file : texts) {
            if (PROMISES.matcher(Files.readString(file)).find()) {
                promises.add(Sources.name(file));
            }
        }
        assertThat(promises).isEmpty();
    }

    @Test
    void nothingIsMocked() throws IOException {
        for (Path pom : Sources.ending("pom.xml")) {
            assertThat(Files.readString(pom)).as(Sources.name(pom)).doesNotContainIgnoringCase("mockito");
        }
        for (Path file : FILES) {
            assertThat(Files.readString(file)).as(Sources.name(file)).doesNotContain("import org.mock" + "ito");
        }
    }

    @Test
    void noNameSaysNothing() {
        assertThat(FILES)
                .filteredOn(file -> WEAK_NAMES.matcher(file.toString()).matches())
                .filteredOn(file -> !ALLOWED_NAMES.contains(file.getFileName().toString()))
                .isEmpty();
    }

    /** The names of the field: HPKE's key schedule has a base, and the folder of test data is called so. */
    private static final Set<String> ALLOWED_NAMES = Set.of("SealBase.java", "SharedData.java");

    @Test
    void everyPackageIsNullMarked() throws IOException {
        Set<String> unmarked = new TreeSet<>();
        for (Path file : FILES) {
            Path folder = file.getParent();
            boolean shipped = Sources.name(file).contains("src/main/java");
            if (shipped && !file.endsWith("module-info.java") && folder != null && !marked(folder)) {
                unmarked.add(Sources.name(folder));
            }
        }
        assertThat(unmarked).isEmpty();
    }

    private static boolean marked(Path folder) throws IOException {
        Path declaration = folder.resolve("package-info.java");
        return Files.isRegularFile(declaration) && Files.readString(declaration).contains("@NullMarked");
    }

    private static int lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return (int) lines.count();
        }
    }
}
