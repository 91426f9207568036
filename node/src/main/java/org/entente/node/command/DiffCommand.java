package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.page.DifferencePage;
import org.entente.memorandum.rendering.Difference;
import org.entente.memorandum.rendering.DifferenceWords;
import org.entente.memorandum.rendering.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente memorandum diff}: what changed between two texts, in words. */
@Command(name = "diff", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class DiffCommand implements Callable<Integer> {
    private static final int WIDTH = 110;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "BEFORE", descriptionKey = "memorandum.before")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "AFTER", descriptionKey = "memorandum.after")
    private Path after = Path.of("");

    @Option(names = "--language", paramLabel = "en|es", descriptionKey = "memorandum.both-languages")
    private String tag = "";

    @Option(names = "--html", paramLabel = "FILE", descriptionKey = "memorandum.html")
    private String html = "";

    @Override
    public Integer call() throws IOException, Malformed {
        List<Language> languages = Tongues.of(tag);
        Optional<TargetFile> target = TargetFile.of(html);
        Difference difference = Difference.between(MemorandumCommand.read(before), MemorandumCommand.read(after));
        if (target.isPresent()) {
            target.get()
                    .write(DifferencePage.screen(difference), spec.commandLine().getErr());
        }
        languages.forEach(language -> print(difference, language));
        return 0;
    }

    private void print(Difference difference, Language language) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(DifferenceWords.summary(difference, language));
        for (DifferenceWords.Entry entry : DifferenceWords.of(difference, language)) {
            out.println();
            out.println(entry.what());
            for (String detail : entry.details()) {
                Columns.wrapped(detail, WIDTH).forEach(line -> out.println("    " + line));
            }
        }
        out.println();
    }
}
