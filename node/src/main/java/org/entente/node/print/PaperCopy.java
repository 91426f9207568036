package org.entente.node.print;

import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TimeZone;
import java.util.logging.Level;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.page.BilingualPage;

/**
 * A page on paper: as PDF, tagged for screen readers.
 *
 * <p>The same page gives the same bytes, so that two parties can compare what they printed: the file's dates are a
 * constant and its identifier comes from the digest. The one face of type is the Liberation Sans that PDFBox brings, and
 * what is used of it is embedded; a page with a letter that it
 * lacks is refused, because a gap on the paper would not be what is signed. Nothing is fetched: every address that a page could name is refused.
 */
public final class PaperCopy {
    private static final String FACE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    /** Earlier than any memorandum; a file that said when it was printed would differ each time. */
    private static final Instant ALWAYS = Instant.EPOCH;

    private PaperCopy() {}

    /**
     * What is printed.
     *
     * @param page well-formed XHTML that needs nothing from outside
     * @param title of the file, in both languages
     * @param subject what it is about, with the digest in it
     * @param digest of what the page shows
     */
    record Paper(String page, String title, String subject, Digest digest) {}

    /**
     * A memorandum: the bilingual page with the digest of the signed form at the foot of every page.
     *
     * @throws Malformed {@code print.letter} when the face of type lacks a letter
     */
    public static byte[] of(Memorandum memorandum) throws IOException, Malformed {
        return of(new Paper(
                BilingualPage.paper(memorandum),
                memorandum.heading().title().en() + " / "
                        + memorandum.heading().title().es(),
                memorandum.id() + " · " + memorandum.version() + " · SHA-256 "
                        + memorandum.digest().hex(),
                memorandum.digest()));
    }

    static byte[] of(Paper paper) throws IOException, Malformed {
        String page = paper.page;
        requireLetters(page);
        XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, Level.SEVERE));
        PdfRendererBuilder builder =
                new PdfRendererBuilder().withHtmlContent(page, null).useFont(PaperCopy::face, "Liberation Sans");
        builder.useUnicodeLineBreaker(new Words());
        builder.useUriResolver((_, _) -> null);
        builder.usePdfUaAccessibility(true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
            renderer.createPDFWithoutClosing();
            try (PDDocument document = renderer.getPdfDocument()) {
                describe(document, paper);
                document.save(bytes);
            }
        }
        return bytes.toByteArray();
    }

    private static void requireLetters(String page) throws IOException, Malformed {
        try (TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(face()))) {
            CmapLookup letters = font.getUnicodeCmapLookup();
            OptionalInt missing = page.codePoints()
                    .filter(point -> point != '\n' && letters.getGlyphId(point) == 0)
                    .findFirst();
            if (missing.isPresent()) {
                throw new Malformed(
                        "print.letter", Character.toString(missing.getAsInt()), "%04X".formatted(missing.getAsInt()));
            }
        }
    }

    private static InputStream face() {
        InputStream face = PDDocument.class.getResourceAsStream(FACE);
        if (face == null) {
            throw new IllegalStateException("PDFBox no longer brings " + FACE);
        }
        return face;
    }

    private static void describe(PDDocument document, Paper paper) {
        PDDocumentInformation about = new PDDocumentInformation();
        about.setTitle(paper.title);
        about.setSubject(paper.subject);
        about.setCreator("Entente");
        Calendar always = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC), Locale.ROOT);
        always.setTimeInMillis(ALWAYS.toEpochMilli());
        about.setCreationDate(always);
        about.setModificationDate(always);
        document.setDocumentInformation(about);
        document.setDocumentId(identifier(paper.digest));
    }

    /** From which PDFBox makes the file's identifier, instead of the time. */
    private static long identifier(Digest digest) {
        return ByteBuffer.wrap(digest.bytes()).getLong();
    }
}
