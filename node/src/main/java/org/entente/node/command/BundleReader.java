package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.entente.evidence.bundle.Bundle;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleReport;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.bundle.Certified;
import org.entente.evidence.bundle.Trusted;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.certificate.CertificateAuthorities;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.witness.TrustPolicy;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Option;

/** Whom a reader of a bundle trusts, as the command line says it, and what the bundle is worth to that reader, in words. */
final class BundleReader {
    @Option(names = "--party", paramLabel = "CARD", descriptionKey = "evidence.party")
    private List<Path> cards = new ArrayList<>();

    @Option(names = "--witnesses", paramLabel = "POLICY", descriptionKey = "evidence.witnesses")
    private Path witnesses = Path.of("");

    @Option(names = "--time-authorities", paramLabel = "FILE", descriptionKey = "evidence.time-authorities")
    private Path authorities = Path.of("");

    @Option(names = "--anchors", paramLabel = "FILE", descriptionKey = "evidence.anchors")
    private Path anchors = Path.of("");

    /** Verifies a file. */
    BundleOutcome verify(byte[] bundle) throws IOException, Malformed {
        return BundleVerification.verify(bundle, trusted());
    }

    /** The bytes of a bundle, or of what is too large to be one. */
    static byte[] read(Path bundle) throws IOException, Malformed {
        return SourceFile.read(bundle, Bundle.BYTES_MAX);
    }

    private Trusted trusted() throws IOException, Malformed {
        Optional<TrustPolicy> policy = isGiven(witnesses)
                ? Optional.of(TrustPolicy.parse(SourceFile.read(witnesses, TrustPolicy.BYTES_MAX)))
                : Optional.empty();
        TimeAuthorities clocks = isGiven(authorities)
                ? TimeAuthorities.read(SourceFile.read(authorities, CertificateAuthorities.BYTES_MAX))
                : TimeAuthorities.none();
        CertificateAuthorities certifiers = isGiven(anchors)
                ? CertificateAuthorities.read(SourceFile.read(anchors, CertificateAuthorities.BYTES_MAX))
                : CertificateAuthorities.none();
        return new Trusted(pinned(cards), policy, clocks, certifiers);
    }

    private static boolean isGiven(Path file) {
        return !file.toString().isEmpty();
    }

    /** The cards of these files, one for each party at most. */
    static PinnedCards pinned(List<Path> cards) throws IOException, Malformed {
        List<PartyCard> pinned = new ArrayList<>();
        for (Path card : cards) {
            PartyCard read = PartyCard.parse(SourceFile.read(card, PartyCard.BYTES_MAX));
            PartyCode party = read.party();
            if (pinned.stream().anyMatch(other -> other.party().equals(party))) {
                throw new Malformed("evidence.two-cards", party.text());
            }
            pinned.add(read);
        }
        return PinnedCards.of(pinned);
    }

    /** Says what the outcome means: what is proved, who vouches for it, and what is not proved. */
    static void explain(BundleOutcome outcome, PrintWriter out, Language language) {
        switch (outcome) {
            case BundleOutcome.Verified(BundleReport report) -> {
                out.println(Catalogue.say(
                        language, "evidence.verified", report.statements().size()));
                out.println(Catalogue.say(
                        language, "evidence.proved", report.within().approvals()));
                out.println(witnessing(report, language));
                bodies(report, language).ifPresent(out::println);
                certified(report, language).forEach(out::println);
                out.println(Catalogue.say(language, "evidence.not-proved"));
            }
            case BundleOutcome.ConsistentButUnpinned(BundleReport report) -> {
                out.println(Catalogue.say(language, "evidence.unpinned", fingerprints(report)));
                bodies(report, language).ifPresent(out::println);
                certified(report, language).forEach(out::println);
            }
            case BundleOutcome.False(Problem problem) ->
                out.println(Catalogue.say(language, "evidence.false", Catalogue.say(problem, language)));
            case BundleOutcome.Unreadable(Problem problem) ->
                out.println(Catalogue.say(language, "evidence.unreadable", Catalogue.say(problem, language)));
        }
    }

    /** Who beside the two parties has seen what the bundle shows. */
    static String witnessing(BundleReport report, Language language) {
        int statements = report.statements().size();
        int witnessed = report.witnessed();
        if (witnessed < statements) {
            return Catalogue.say(language, "evidence.two-party", statements - witnessed, statements);
        }
        Instant latest = IntStream.range(0, statements)
                .mapToObj(report::witnessedSince)
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElseThrow();
        return Catalogue.say(language, "evidence.independently-witnessed", UtcSeconds.print(latest));
    }

    /** That the bundle shows contents, if it does: whoever holds the file can read them. */
    private static Optional<String> bodies(BundleReport report, Language language) {
        int bodies = report.within().bodies().size();
        return bodies == 0 ? Optional.empty() : Optional.of(Catalogue.say(language, "evidence.bodies", bodies));
    }

    /** Under whose certificates the parties signed, and whether these lead to somebody whom the reader trusts. */
    static List<String> certified(BundleReport report, Language language) {
        List<String> said = new ArrayList<>();
        for (BundleReport.Party party : report.parties()) {
            String code = party.card().party().text();
            List<Certified> used = party.certified().stream()
                    .filter(one -> one.statements() > 0)
                    .toList();
            for (Certified one : used) {
                String subject = one.chain().subject();
                String issuer = one.chain().issuer();
                int without = one.statements() - one.held().orElse(0);
                said.add(
                        one.held().isEmpty()
                                ? Catalogue.say(
                                        language, "evidence.certified-unasked", code, one.statements(), subject, issuer)
                                : without == 0
                                        ? Catalogue.say(
                                                language,
                                                "evidence.certified-held",
                                                code,
                                                one.statements(),
                                                subject,
                                                issuer)
                                        : Catalogue.say(
                                                language,
                                                "evidence.certified-not-held",
                                                code,
                                                one.statements(),
                                                subject,
                                                issuer,
                                                without));
            }
        }
        return said;
    }

    private static String fingerprints(BundleReport report) {
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
}
