package org.entente.node.print;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.bundle.BundleReport;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.PartyIdentity;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.page.Markup;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;

/**
 * One page about one exchange, in both languages: who said what to whom and when, with all digests, and what is proved of it
 * and what is not. It proves nothing itself; it names the file that does.
 */
public final class Certificate {
    /** How many statements fit on the page. */
    public static final int STATEMENTS_MAX = 10;

    private static final String SHEET = """

            @page { size: A4; margin: 14mm 16mm 12mm 16mm; }
            body { font-family: "Liberation Sans"; font-size: 7.6pt; line-height: 1.35; color: #1c2430; margin: 0; }
            h1 { margin: 0 0 2mm; font-size: 13pt; font-weight: normal; color: #1d4f91; }
            h2 { margin: 3mm 0 0.5mm; font-size: 7.6pt; font-weight: normal; color: #5b6675; }
            table { width: 100%; border-collapse: collapse; table-layout: fixed; }
            td, th { padding: 0.9mm 3mm 0.9mm 0; vertical-align: top; text-align: left; font-weight: normal; word-wrap: break-word; border-bottom: 0.4pt solid #dfe4e9; }
            .two td { border: 0; width: 50%; padding-right: 6mm; }
            .digest { font-size: 6.2pt; color: #5b6675; }
            .number { width: 6mm; }
            """;

    private final BundleReport report;
    private final Digest file;
    private final List<Integer> places;

    private Certificate(BundleReport report, Digest file, List<Integer> places) {
        this.report = report;
        this.file = file;
        this.places = places;
    }

    /**
     * Prints the page of the exchange to which a statement belongs: what it answers, what that answers, and whatever answers any of
     * these.
     *
     * @param report of a bundle that is verified under pinned cards
     * @param file the digest of the bundle's bytes
     * @throws Malformed {@code certificate.statement-missing}, {@code certificate.too-many} when it does not fit on one page, or
     *     {@code print.letter}
     */
    public static byte[] of(BundleReport report, Digest file, Digest statement) throws IOException, Malformed {
        List<Integer> places = exchange(report.statements(), statement);
        if (places.size() > STATEMENTS_MAX) {
            throw new Malformed(
                    "certificate.too-many", Integer.toString(places.size()), Integer.toString(STATEMENTS_MAX));
        }
        String title = both("certificate.title");
        String subject = statement.hex() + " · SHA-256 " + file.hex();
        return PaperCopy.of(
                new PaperCopy.Paper(new Certificate(report, file, places).page(title), title, subject, file));
    }

    /** The places of the statements that hang together with this one by their answers. */
    private static List<Integer> exchange(List<Statement> statements, Digest statement) throws Malformed {
        Set<Digest> members = new HashSet<>();
        for (Statement one : statements) {
            if (one.id().equals(statement)) {
                members.add(statement);
            }
        }
        if (members.isEmpty()) {
            throw new Malformed("certificate.statement-missing", statement.hex());
        }
        // What is answered stands before what answers it, so the way up is one walk back and the way down one walk on.
        for (int place = statements.size() - 1; place >= 0; place--) {
            Optional<Digest> answered = answered(statements.get(place));
            if (members.contains(statements.get(place).id())) {
                answered.ifPresent(members::add);
            }
        }
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < statements.size(); place++) {
            boolean answers =
                    answered(statements.get(place)).filter(members::contains).isPresent();
            if (answers || members.contains(statements.get(place).id())) {
                members.add(statements.get(place).id());
                places.add(place);
            }
        }
        return places;
    }

    private static Optional<Digest> answered(Statement statement) throws Malformed {
        Optional<String> answers = Members.of(statement.content(), "content").optionalText("answers");
        return answers.isPresent() ? Optional.of(Digest.parse(answers.get())) : Optional.empty();
    }

    private String page(String title) {
        Markup page = new Markup()
                .open("html", "lang", "en")
                .open("head")
                .element("title", title)
                .style(SHEET)
                .close()
                .open("body");
        page.element("h1", title);
        beside(page, "certificate.what");
        parties(page);
        statements(page);
        logs(page);
        digests(page);
        page.element("h2", both("certificate.worth"));
        beside(page, "evidence.proved", report.within().approvals());
        witnessing(page);
        beside(page, "evidence.not-proved");
        return page.close().close().page();
    }

    private void parties(Markup page) {
        page.element("h2", both("certificate.parties")).open("table").open("tbody");
        for (BundleReport.Party party : report.parties()) {
            PartyIdentity identity = party.card().content().identity();
            page.open("tr")
                    .element("td", party.card().party().text(), "class", "number")
                    .open("td")
                    .text(identity.nameEnglish() + " · " + identity.nameSpanish())
                    .element("div", "SHA-256 " + party.card().fingerprint().hex(), "class", "digest")
                    .close()
                    .close();
        }
        page.close().close();
    }

    private void statements(Markup page) {
        page.element("h2", both("certificate.statements")).open("table").open("tbody");
        for (int place : places) {
            Statement statement = report.statements().get(place);
            page.open("tr")
                    .element("td", Integer.toString(place + 1), "class", "number")
                    .open("td")
                    .text(UtcSeconds.print(statement.at()) + " · "
                            + statement.from().text()
                            + statement.to().map(to -> " → " + to.text()).orElse("") + " · "
                            + kind(statement))
                    .element("div", statement.id().hex() + " · " + logged(place), "class", "digest");
            bodies(page, place);
            page.close().close();
        }
        page.close().close();
    }

    /** The bodies whose contents the file shows, by their digests; what they hold does not go on paper. */
    private void bodies(Markup page, int place) {
        for (BundleReport.Body body : report.within().bodies()) {
            if (body.place() == place) {
                page.element(
                        "div",
                        both("certificate.body") + " · " + body.ciphertext().hex(),
                        "class",
                        "digest");
            }
        }
    }

    /** Its places in both logs, and since when somebody independent has seen it. */
    private String logged(int place) {
        List<String> said = new ArrayList<>();
        for (BundleReport.Log log : report.logs()) {
            said.add(log.checkpoint().origin() + " #" + log.places().get(place));
        }
        report.witnessedSince(place).ifPresent(since -> said.add("≤\u00a0" + UtcSeconds.print(since)));
        return String.join(" · ", said);
    }

    private static String kind(Statement statement) {
        String code = "console.kind." + statement.kind();
        return Catalogue.knows(Language.ENGLISH, code) ? both(code) : statement.kind();
    }

    private void logs(Markup page) {
        page.element("h2", both("certificate.logs")).open("table").open("tbody");
        for (BundleReport.Log log : report.logs()) {
            page.open("tr")
                    .open("td")
                    .text(log.checkpoint().origin() + " · " + log.checkpoint().size() + " · " + log.cosigner() + " "
                            + UtcSeconds.print(log.cosignedAt()))
                    .element("div", log.checkpoint().root().hex(), "class", "digest")
                    .close()
                    .close();
        }
        page.close().close();
    }

    private void digests(Markup page) {
        page.element("h2", both("certificate.file"));
        digest(page, file);
        page.element("h2", both("certificate.memorandum"));
        digest(page, report.memorandum());
    }

    private static void digest(Markup page, Digest digest) {
        page.element("div", "SHA-256 " + digest.hex(), "class", "digest");
    }

    private void witnessing(Markup page) {
        long alone = places.stream()
                .filter(place -> report.witnessedSince(place).isEmpty())
                .count();
        if (alone > 0) {
            beside(page, "certificate.two-party", alone, places.size());
        } else {
            beside(page, "certificate.independently-witnessed");
        }
    }

    /** A sentence in both languages, side by side. */
    private static void beside(Markup page, String code, Object... arguments) {
        page.open("table", "class", "two")
                .open("tbody")
                .open("tr")
                .element("td", Catalogue.say(Language.ENGLISH, code, arguments), "lang", "en")
                .element("td", Catalogue.say(Language.SPANISH, code, arguments), "lang", "es")
                .close()
                .close()
                .close();
    }

    private static String both(String code) {
        return Catalogue.say(Language.ENGLISH, code) + " · " + Catalogue.say(Language.SPANISH, code);
    }
}
