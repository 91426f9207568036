package org.entente.node.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.PDFTextStripperByArea;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.page.BilingualPage;
import org.entente.memorandum.rendering.Language;
import org.entente.memorandum.rendering.Paragraph;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.rendering.Rendering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class PaperCopyTest {
    @Test
    void everythingThatIsSignedStandsOnThePaperSideBySide() throws IOException, Malformed {
        Memorandum memorandum = Memorandum.parseYaml(example());
        assertThat(textOf(memorandum, Side.WHOLE))
                .contains(RenderedText.of(memorandum, Language.EN).digest().hex())
                .contains(RenderedText.of(memorandum, Language.ES).digest().hex())
                .contains("narcotráfico")
                .contains("cotejarlistascompletas");
        String numbers = textOf(memorandum, Side.NUMBERS);
        for (Paragraph paragraph : Rendering.of(memorandum, Language.EN)) {
            assertThat(numbers).contains(paragraph.number());
        }
        assertThat(numbers.replaceAll("^.*?(?=1\\.1)", ""))
                .startsWith(memorandum.clauses().keySet().stream()
                        .map(ClauseNumber::text)
                        .collect(Collectors.joining()));
        assertWords(memorandum, Language.EN, textOf(memorandum, Side.LEFT));
        assertWords(memorandum, Language.ES, textOf(memorandum, Side.RIGHT));
    }

    @Test
    void aNameWithoutAnySpaceIsBrokenAndNotCutOff() throws IOException, Malformed {
        String name = "n" + "abcdefghi0".repeat(29);
        Memorandum memorandum = Memorandum.parseYaml(example().replace("en: companies", "en: " + name));
        assertWords(memorandum, Language.EN, textOf(memorandum, Side.LEFT));
        assertWords(memorandum, Language.ES, textOf(memorandum, Side.RIGHT));
    }

    private static void assertWords(Memorandum memorandum, Language language, String text) {
        for (Paragraph paragraph : Rendering.of(memorandum, language).subList(1, rows(memorandum))) {
            assertThat(text).contains(squeezed(paragraph.text()));
        }
    }

    /** Columns of a page, in millimetres from its left edge. */
    private enum Side {
        NUMBERS(17, 13),
        LEFT(30, 80),
        RIGHT(111, 82),
        WHOLE(0, 210);

        private final int left;
        private final int width;

        Side(int left, int width) {
            this.left = left;
            this.width = width;
        }

        /** Above the foot. */
        Rectangle2D area() {
            double point = 72 / 25.4;
            return new Rectangle2D.Double(left * point, 0, width * point, 272 * point);
        }
    }

    /** What stands in a column of all pages, without white space and without the heads that each page repeats. */
    private static String textOf(Memorandum memorandum, Side side) throws IOException, Malformed {
        StringBuilder text = new StringBuilder();
        try (PDDocument document = Loader.loadPDF(PaperCopy.of(memorandum))) {
            for (PDPage page : document.getPages()) {
                PDFTextStripperByArea stripper = new PDFTextStripperByArea();
                stripper.addRegion("column", side.area());
                stripper.extractRegions(page);
                text.append(squeezed(stripper.getTextForRegion("column")));
            }
        }
        return text.toString().replace("English·authentictext", "").replace("Español·textoauténtico", "");
    }

    @Test
    void theDigestStandsAtTheFootOfEveryPageAndTypeIsEmbedded() throws IOException, Malformed {
        Memorandum memorandum = Memorandum.parseYaml(example());
        try (PDDocument document = Loader.loadPDF(PaperCopy.of(memorandum))) {
            assertThat(document.getNumberOfPages()).isGreaterThan(2);
            for (int number = 1; number <= document.getNumberOfPages(); number++) {
                PDFTextStripper page = new PDFTextStripper();
                page.setStartPage(number);
                page.setEndPage(number);
                assertThat(page.getText(document))
                        .contains(memorandum.digest().hex())
                        .contains(number + " / " + document.getNumberOfPages());
            }
            for (PDPage page : document.getPages()) {
                for (COSName name : page.getResources().getFontNames()) {
                    PDFont font = page.getResources().getFont(name);
                    assertThat(font.isEmbedded()).as(font.getName()).isTrue();
                }
            }
            assertThat(document.getDocumentInformation().getSubject())
                    .contains(memorandum.digest().hex());
        }
    }

    @Test
    void theSameMemorandumGivesTheSameBytes() throws IOException, Malformed {
        Memorandum memorandum = Memorandum.parseYaml(example());
        assertThat(PaperCopy.of(memorandum)).isEqualTo(PaperCopy.of(memorandum));
        Memorandum other = Memorandum.parseYaml(example().replace("keep: P5Y", "keep: P4Y"));
        assertThat(PaperCopy.of(other)).isNotEqualTo(PaperCopy.of(memorandum));
    }

    @Test
    void markupInANameIsPrintedAsWords() throws IOException, Malformed {
        String hostile = "<b>&amp; <img src='file:///etc/passwd'/> ]]></b>";
        Memorandum memorandum = Memorandum.parseYaml(example().replace("en: companies", "en: \"" + hostile + "\""));
        try (PDDocument document = Loader.loadPDF(PaperCopy.of(memorandum))) {
            assertThat(squeezed(new PDFTextStripper().getText(document))).contains(squeezed(hostile));
        }
    }

    /** Whatever a name holds, both pages are XML and read back as exactly the words that were rendered. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void pagesAreWellFormedAndReadBackAsTheWords(long seed)
            throws Malformed, ParserConfigurationException, SAXException, IOException {
        Random random = new Random(seed);
        for (int round = 0; round < 25; round++) {
            String name = name(random);
            Memorandum memorandum = Memorandum.parseYaml(example()
                    .replace("{en: companies, es: empresas}", "{en: '" + name.replace("'", "''") + "', es: empresas}"));
            for (String page : List.of(BilingualPage.screen(memorandum), BilingualPage.paper(memorandum))) {
                NodeList cells = DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(page)))
                        .getElementsByTagName("td");
                List<String> texts = IntStream.range(0, cells.getLength())
                        .mapToObj(cell -> cells.item(cell).getTextContent())
                        .toList();
                assertThat(texts)
                        .as("seed %d, name %s", seed, name)
                        .containsAll(Rendering.of(memorandum, Language.EN).subList(1, rows(memorandum)).stream()
                                .map(Paragraph::text)
                                .toList());
            }
        }
    }

    private static String name(Random random) {
        List<String> parts = List.of(
                "<",
                ">",
                "&",
                "&amp;",
                "\"",
                "'",
                "]]>",
                "<!--",
                "-->",
                "<![CDATA[",
                "</td>",
                "</style>",
                "<script>",
                "{0}",
                "%s",
                "ñ",
                "é",
                "\\",
                "/",
                "x",
                " ",
                "𝒳",
                "&#0;",
                "<?xml",
                "javascript:");
        StringBuilder name = new StringBuilder("n");
        IntStream.range(0, 1 + random.nextInt(12)).forEach(_ -> name.append(parts.get(random.nextInt(parts.size()))));
        return name.append('n').toString();
    }

    @Test
    void aLetterThatTheTypeLacksIsRefusedInsteadOfLeftOut() throws Malformed {
        Memorandum memorandum = Memorandum.parseYaml(example().replace("en: companies", "en: compañías 会社"));
        assertThatThrownBy(() -> PaperCopy.of(memorandum))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        refused -> assertThat(refused.problem().toString())
                                .contains("print.letter")
                                .contains("4F1A"));
    }

    private static int rows(Memorandum memorandum) {
        return Rendering.of(memorandum, Language.EN).size();
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s", "");
    }

    static String example() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("examples/mx-us.yaml");
            if (Files.isRegularFile(file)) {
                try {
                    return Files.readString(file);
                } catch (IOException refused) {
                    throw new AssertionError(refused);
                }
            }
        }
        throw new AssertionError("examples/mx-us.yaml is missing");
    }
}
