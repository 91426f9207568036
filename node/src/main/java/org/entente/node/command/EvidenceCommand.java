package org.entente.node.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.entente.evidence.bundle.Bundle;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleReport;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PinnedCards;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente evidence}: what a bundle proves, and what a probe asked, without any node. */
@Command(
        name = "evidence",
        mixinStandardHelpOptions = true,
        resourceBundle = "org.entente.node.usage",
        subcommands = {
            EvidenceCommand.Verify.class,
            CheckCommand.class,
            OpenProbeCommand.class,
            VerifyProbeCommand.class
        })
final class EvidenceCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Prints the report as JSON on standard output, and in one sentence on standard error what it means. */
    @Command(name = "verify", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Verify implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "BUNDLE", descriptionKey = "evidence.bundle")
        private Path bundle = Path.of("");

        @Option(names = "--party", paramLabel = "CARD", descriptionKey = "evidence.party")
        private List<Path> cards = new ArrayList<>();

        @Override
        public Integer call() throws IOException, Malformed {
            Language language = Language.ofEnvironment(System.getenv());
            BundleOutcome outcome = BundleVerification.verify(read(bundle, Bundle.BYTES_MAX), pinned(cards));
            PrintWriter out = spec.commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            switch (outcome) {
                case BundleOutcome.Verified verified -> {
                    out.println(CanonicalJson.text(verified.report().json()));
                    err.println(Catalogue.say(
                            language,
                            "evidence.verified",
                            verified.report().statements().size()));
                }
                case BundleOutcome.ConsistentButUnpinned unpinned -> {
                    out.println(CanonicalJson.text(unpinned.report().json()));
                    err.println(Catalogue.say(language, "evidence.unpinned", fingerprints(unpinned.report())));
                }
                case BundleOutcome.False wrong -> refuse("evidence.false", wrong.problem(), language);
                case BundleOutcome.Unreadable unreadable ->
                    refuse("evidence.unreadable", unreadable.problem(), language);
            }
            return outcome.exitCode();
        }

        private void refuse(String code, Problem problem, Language language) {
            spec.commandLine().getErr().println(Catalogue.say(language, code, Catalogue.say(problem, language)));
        }

        static String fingerprints(BundleReport report) {
            StringBuilder text = new StringBuilder();
            for (BundleReport.Party party : report.parties()) {
                text.append(System.lineSeparator())
                        .append("  ")
                        .append(party.card().party().text())
                        .append("  ")
                        .append(party.card().fingerprintText());
            }
            return text.toString();
        }

        static PinnedCards pinned(List<Path> cards) throws IOException, Malformed {
            List<PartyCard> pinned = new ArrayList<>();
            for (Path card : cards) {
                PartyCard read = PartyCard.parse(read(card, PartyCard.BYTES_MAX));
                PartyCode party = read.party();
                if (pinned.stream().anyMatch(other -> other.party().equals(party))) {
                    throw new Malformed("evidence.two-cards", party.text());
                }
                pinned.add(read);
            }
            return PinnedCards.of(pinned);
        }

        /** At most one byte more than is allowed, so that the reader of the bytes refuses the size in its own words. */
        static byte[] read(Path file, int bytesMax) throws IOException, Malformed {
            if (!Files.isRegularFile(file)) {
                throw new Malformed(Files.exists(file) ? "file.not-regular" : "file.missing", file.toString());
            }
            try (InputStream stream = Files.newInputStream(file)) {
                return stream.readNBytes(bytesMax + 1);
            }
        }
    }
}
