package org.entente.node.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.entente.evidence.bundle.BundleReport;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.bundle.Story;
import org.entente.evidence.bundle.Vouching;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.witness.Finality;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.junit.jupiter.api.Test;

class CertificateTest {
    private static final Story STORY = new Story("");
    private static final byte[] FILE = STORY.bundle().bytes();
    private static final BundleReport REPORT = BundleVerification.verify(FILE, PinnedCards.of(STORY.cards()))
            .report()
            .orElseThrow();

    private static String squeezed(String text) {
        return text.replaceAll("\\s", "");
    }

    private static String text(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            return squeezed(new PDFTextStripper().getText(document));
        }
    }

    @Test
    void itShowsTheWholeExchangeWithItsDigestsInBothLanguages() throws Exception {
        Statement request = STORY.statements().get(3);
        Statement release = STORY.statements().get(4);
        byte[] ofRequest = Certificate.of(REPORT, Digest.of(FILE), request.id());
        String text = text(ofRequest);
        assertThat(text)
                .contains(
                        request.id().hex(), release.id().hex(), Digest.of(FILE).hex())
                .contains(REPORT.memorandum().hex())
                .doesNotContain(STORY.statements().getFirst().id().hex());
        for (BundleReport.Log log : REPORT.logs()) {
            assertThat(text)
                    .contains(log.checkpoint().root().hex())
                    .contains(squeezed(
                            log.checkpoint().origin() + " #" + log.places().get(3)));
        }
        for (Language language : Language.values()) {
            assertThat(text)
                    .contains(squeezed(Catalogue.say(language, "certificate.two-party", 2, 2)))
                    .contains(squeezed(Catalogue.say(language, "evidence.not-proved")));
        }
        byte[] ofRelease = Certificate.of(REPORT, Digest.of(FILE), release.id());
        assertThat(ofRelease).as("another subject stands in its properties").isNotEqualTo(ofRequest);
        assertThat(text(ofRelease)).isEqualTo(text);
        assertThat(Certificate.of(REPORT, Digest.of(FILE), request.id())).isEqualTo(ofRequest);
    }

    @Test
    void itFitsOnOnePageHoweverManyStatementsItMayHold() throws Exception {
        List<Statement> many = new ArrayList<>();
        List<Long> places = new ArrayList<>();
        for (int n = 0; n < Certificate.STATEMENTS_MAX; n++) {
            many.add(STORY.statements().get(n == 0 ? 3 : 4));
            places.add(1_000_000L + n);
        }
        assertThat(text(Certificate.of(
                        with(many, places), Digest.of(FILE), many.getFirst().id())))
                .contains("#1000009");
        many.add(many.getLast());
        places.add(2_000_000L);
        Malformed refused = catchThrowableOfType(
                Malformed.class,
                () -> Certificate.of(
                        with(many, places), Digest.of(FILE), many.getFirst().id()));
        assertThat(refused.problem().toString()).isEqualTo("certificate.too-many[11, 10]");
    }

    private static BundleReport with(List<Statement> statements, List<Long> places) {
        List<Vouching> seen = List.of(new Vouching(
                3_000_000, List.of(new Finality.Seen("somebody", REPORT.seal().at())), List.of(), 0));
        List<BundleReport.Log> logs = REPORT.logs().stream()
                .map(log -> new BundleReport.Log(log.checkpoint(), log.cosigner(), log.cosignedAt(), places, seen))
                .toList();
        return new BundleReport(
                REPORT.parties(), REPORT.memorandum(), statements, REPORT.within(), logs, REPORT.seal());
    }

    @Test
    void aStatementThatIsNotThereIsRefused() {
        Malformed refused =
                catchThrowableOfType(Malformed.class, () -> Certificate.of(REPORT, Digest.of(FILE), Digest.of(FILE)));
        assertThat(refused.problem().code()).isEqualTo("certificate.statement-missing");
    }
}
