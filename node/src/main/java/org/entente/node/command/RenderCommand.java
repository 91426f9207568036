package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.page.BilingualPage;
import org.entente.memorandum.rendering.Paragraph;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.rendering.Rendering;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.entente.node.print.PaperCopy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code entente memorandum render}: the terms as a text to be read and signed, as a page, on paper, or on the terminal. In
 * one language it prints exactly the bytes whose digest can be signed.
 */
@Command(name = "render", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class RenderCommand implements Callable<Integer> {
    private static final Columns SIDE_BY_SIDE = new Columns(6, 54, 54);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", descriptionKey = "memorandum.file")
    private Path file = Path.of("");

    @Option(names = "--language", paramLabel = "en|es", descriptionKey = "memorandum.render.language")
    private String tag = "";

    @Option(names = "--html", paramLabel = "FILE", descriptionKey = "memorandum.html")
    private String html = "";

    @Option(names = "--pdf", paramLabel = "FILE", descriptionKey = "memorandum.pdf")
    private String pdf = "";

    @Override
    public Integer call() throws IOException, Malformed {
        List<org.entente.memorandum.rendering.Language> languages = Tongues.of(tag);
        Optional<TargetFile> page = TargetFile.of(html);
        Optional<TargetFile> paper = TargetFile.of(pdf);
        Memorandum memorandum = MemorandumCommand.read(file);
        if (page.isPresent()) {
            page.get()
                    .write(BilingualPage.screen(memorandum), spec.commandLine().getErr());
        }
        if (paper.isPresent()) {
            paper.get().write(PaperCopy.of(memorandum), spec.commandLine().getErr());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (!tag.isEmpty()) {
            out.print(RenderedText.of(memorandum, languages.getFirst()).text());
            out.flush();
        } else if (html.isEmpty() && pdf.isEmpty()) {
            sideBySide(memorandum, out);
        }
        digests(memorandum, spec.commandLine().getErr());
        return 0;
    }

    static void sideBySide(Memorandum memorandum, PrintWriter out) {
        List<Paragraph> english = Rendering.of(memorandum, org.entente.memorandum.rendering.Language.EN);
        List<Paragraph> spanish = Rendering.of(memorandum, org.entente.memorandum.rendering.Language.ES);
        for (int row = 0; row < english.size(); row++) {
            SIDE_BY_SIDE
                    .row(
                            english.get(row).number(),
                            english.get(row).text(),
                            spanish.get(row).text())
                    .forEach(out::println);
            out.println();
        }
    }

    /** On standard error, so that the text alone can be piped to where its digest is taken. */
    static void digests(Memorandum memorandum, PrintWriter err) {
        err.println(say(
                "memorandum.digest",
                memorandum.id(),
                Integer.toString(memorandum.version()),
                memorandum.digest().hex()));
        for (org.entente.memorandum.rendering.Language language : org.entente.memorandum.rendering.Language.values()) {
            err.println(say(
                    "memorandum.digest-" + language.code(),
                    RenderedText.of(memorandum, language).digest().hex()));
        }
    }

    private static String say(String code, Object... arguments) {
        return Catalogue.say(Language.ofEnvironment(System.getenv()), code, arguments);
    }
}
