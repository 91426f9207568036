package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.negotiation.Table;
import org.entente.memorandum.page.NegotiationPage;
import org.entente.memorandum.rendering.NegotiationWords;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente memorandum negotiation}: what is agreed, proposed and rejected, by whom. Ends with 1 when a file of the folder counts for nothing. */
@Command(name = "negotiation", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class NegotiationCommand implements Callable<Integer> {
    private static final int WIDTH = 110;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", descriptionKey = "negotiation.folder")
    private Path folder = Path.of("");

    @Option(names = "--language", paramLabel = "en|es", descriptionKey = "memorandum.both-languages")
    private String tag = "";

    @Option(names = "--html", paramLabel = "FILE", descriptionKey = "memorandum.html")
    private String html = "";

    @Override
    public Integer call() throws IOException, Malformed {
        List<org.entente.memorandum.rendering.Language> languages = Tongues.of(tag);
        Optional<TargetFile> target = TargetFile.of(html);
        NegotiationFolder read = NegotiationFolder.read(folder);
        refusals(read, spec.commandLine().getErr());
        Table table = read.table();
        refusals(table, spec.commandLine().getErr());
        if (target.isPresent()) {
            target.get().write(NegotiationPage.screen(table), spec.commandLine().getErr());
        }
        languages.forEach(language -> print(table, language));
        cards(read, table);
        return read.strays().isEmpty() ? 0 : Entente.REFUSED;
    }

    /** Files that count for nothing. */
    static void refusals(NegotiationFolder folder, PrintWriter err) {
        Language language = Language.ofEnvironment(System.getenv());
        folder.strays()
                .forEach(stray -> err.println(Catalogue.say(
                        language, "negotiation.stray", stray.file(), Catalogue.say(stray.problem(), language))));
    }

    /** Statements that change nothing. */
    static void refusals(Table table, PrintWriter err) {
        Language language = Language.ofEnvironment(System.getenv());
        table.refused()
                .forEach(refusal -> err.println(Catalogue.say(
                        language,
                        "negotiation.stray",
                        refusal.move().id().hex(),
                        Catalogue.say(refusal.problem(), language))));
    }

    private void print(Table table, org.entente.memorandum.rendering.Language language) {
        PrintWriter out = spec.commandLine().getOut();
        NegotiationWords.summary(table, language).forEach(line -> wrapped(out, line, ""));
        for (NegotiationWords.Entry entry : NegotiationWords.of(table, language)) {
            out.println();
            out.println(entry.part().text() + "  " + entry.name() + ": "
                    + entry.mark().in(language));
            for (NegotiationWords.Text text : entry.texts()) {
                text.voices().forEach(voice -> wrapped(out, voice, "    "));
                text.words().forEach(words -> wrapped(out, words, "        "));
                text.differences().ifPresent(words -> wrapped(out, words, "        "));
            }
        }
        out.println();
    }

    private static void wrapped(PrintWriter out, String text, String indent) {
        Columns.wrapped(text, WIDTH - indent.length()).forEach(line -> out.println(indent + line));
    }

    /** What to compare by voice: whose keys count here, and that both see the same statements. */
    private void cards(NegotiationFolder read, Table table) {
        Language language = Language.ofEnvironment(System.getenv());
        read.cards()
                .forEach((party, card) -> spec.commandLine()
                        .getErr()
                        .println(Catalogue.say(language, "negotiation.card", party.text(), card.fingerprintText())));
        spec.commandLine()
                .getErr()
                .println(Catalogue.say(
                        language, "negotiation.table", table.digest().hex()));
    }
}
