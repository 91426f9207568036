package org.entente.verification.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PinnedCards;
import org.entente.verification.process.Entente;
import org.entente.verification.process.Repository;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code evidence verify} says of a bundle that two real nodes wrote, whole, changed, cut off, under other cards. */
final class BundleCommandTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int POSITIONS = 150;

    @TempDir
    private static Path folder = Path.of("");

    private static PlayedStory story = new PlayedStory(folder, new JsonMapper().createObjectNode(), "");

    private final Entente entente = new Entente(Repository.find());

    @BeforeAll
    static void play() throws Exception {
        story = PlayedStory.play(folder.resolve("home"));
    }

    @Test
    void pinnedCardsVerifyIt() throws Exception {
        for (Path bundle : story.bundles()) {
            Entente.Ended ended = verify(bundle, story.card("MX"), story.card("US"));
            assertThat(ended.exit()).as(ended.errors()).isZero();
            assertThat(ended.output()).contains("\"trust\":\"pinned\"").contains("\"witnessing\":\"two-party\"");
        }
    }

    @Test
    void withoutCardsItIsNoProofOfWhoSigned() throws Exception {
        Entente.Ended ended = verify(bundle());
        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.output()).contains("\"trust\":\"unpinned\"");
        for (String party : List.of("MX", "US")) {
            String fingerprint =
                    PartyCard.parse(Files.readAllBytes(story.card(party))).fingerprintText();
            assertThat(ended.errors()).contains(fingerprint);
        }
        assertThat(verify(bundle(), story.card("MX")).exit()).isEqualTo(3);
    }

    @Test
    void onePageTellsAnExchangeOfAVerifiedBundleAndOfNoOther() throws Exception {
        JsonNode report = new JsonMapper()
                .readTree(verify(bundle(), story.card("MX"), story.card("US")).output());
        String released = report.required("statements")
                .valueStream()
                .filter(line -> line.required("kind").asString().equals("item-released"))
                .findFirst()
                .orElseThrow()
                .required("id")
                .asString();
        Path page = folder.resolve("exchange.pdf");
        Entente.Ended ended = certificate(released, page, "--party", story.card("MX"), "--party", story.card("US"));
        assertThat(ended.exit()).as(ended.errors()).isZero();
        try (PDDocument document = Loader.loadPDF(page.toFile())) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(document))
                    .contains(released)
                    .contains(Digest.of(Files.readAllBytes(bundle())).hex());
        }
        Path other = folder.resolve("unpinned.pdf");
        assertThat(certificate(released, other).exit()).isEqualTo(3);
        assertThat(other).doesNotExist();
    }

    private Entente.Ended certificate(String statement, Path page, Object... pins) throws Exception {
        List<Object> arguments =
                new ArrayList<>(List.of("evidence", "certificate", bundle(), "--statement", statement, "--pdf", page));
        arguments.addAll(List.of(pins));
        return entente.run(LIMIT, arguments.toArray());
    }

    @Test
    void aPolicyThatCannotBeReadIsNamed() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy"), "witness alone\n");
        Entente.Ended ended = entente.run(LIMIT, "evidence", "verify", bundle(), "--witnesses", policy);
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).contains("1");
    }

    @Test
    void aFileThatIsCutOffIsUnreadable() throws Exception {
        byte[] bytes = Files.readAllBytes(bundle());
        Path cut = Files.write(folder.resolve("cut.bundle"), Arrays.copyOf(bytes, bytes.length * 2 / 3));
        Entente.Ended ended = verify(cut, story.card("MX"), story.card("US"));
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.errors().lines()).hasSize(1);
    }

    /** The cards of another pair of nodes, which call themselves MX and US as well. */
    @Test
    void otherCardsMakeItFalse() throws Exception {
        for (String party : List.of("MX", "US")) {
            Path home = folder.resolve("other-" + party);
            Path passphrase = Files.writeString(folder.resolve(party + ".passphrase"), "a passphrase of a test");
            Entente.Ended made = entente.run(
                    LIMIT,
                    "node",
                    "init",
                    "--home",
                    home,
                    "--party",
                    party,
                    "--name-en",
                    party,
                    "--name-es",
                    party,
                    "--colour",
                    "#333333",
                    "--authority",
                    party.equals("MX") ? "UIF" : "FINCEN",
                    "--passphrase-file",
                    passphrase,
                    "--root-passphrase-file",
                    passphrase);
            assertThat(made.exit()).as(made.errors()).isZero();
        }
        Path otherMx = folder.resolve("other-MX/card.json");
        Path otherUs = folder.resolve("other-US/card.json");
        assertThat(verify(bundle(), otherMx, otherUs).exit()).isEqualTo(1);
        assertThat(verify(bundle(), story.card("MX"), otherUs).exit()).isEqualTo(1);
    }

    @Test
    void aChangedByteIsNeverVerified() throws Exception {
        byte[] bytes = Files.readAllBytes(bundle());
        PinnedCards pinned = PinnedCards.of(List.of(
                PartyCard.parse(Files.readAllBytes(story.card("MX"))),
                PartyCard.parse(Files.readAllBytes(story.card("US")))));
        long seed = 20_260_101;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < POSITIONS; i++) {
            int position = random.nextInt(bytes.length);
            byte[] changed = bytes.clone();
            changed[position] ^= (byte) (1 << random.nextInt(8));
            assertThat(BundleVerification.verify(changed, pinned).exitCode())
                    .as("seed %d, position %d", seed, position)
                    .isIn(1, 2);
        }
    }

    @Test
    void aChangedByteIsRefusedByTheCommand() throws Exception {
        byte[] bytes = Files.readAllBytes(bundle());
        for (int part = 1; part <= 5; part++) {
            byte[] changed = bytes.clone();
            changed[bytes.length / 6 * part] ^= 1;
            Path file = Files.write(folder.resolve("changed.bundle"), changed);
            Entente.Ended ended = verify(file, story.card("MX"), story.card("US"));
            assertThat(ended.exit()).isIn(1, 2);
            assertThat(ended.output()).isEmpty();
        }
    }

    private static Path bundle() throws IOException {
        return story.bundles().getFirst();
    }

    private Entente.Ended verify(Path bundle, Path... cards) throws IOException, InterruptedException {
        Object[] words = new Object[3 + 2 * cards.length];
        words[0] = "evidence";
        words[1] = "verify";
        words[2] = bundle;
        for (int i = 0; i < cards.length; i++) {
            words[3 + 2 * i] = "--party";
            words[4 + 2 * i] = cards[i];
        }
        return entente.run(LIMIT, words);
    }
}
