package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.negotiation.Part;
import org.entente.memorandum.negotiation.Settlement;
import org.entente.memorandum.negotiation.Table;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente memorandum settle}: writes the agreed text, every value written out, as {@code sign} takes it; or says what is in its way. */
@Command(name = "settle", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class SettleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FOLDER", descriptionKey = "negotiation.folder")
    private Path folder = Path.of("");

    @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "negotiation.settled")
    private String file = "";

    @Override
    public Integer call() throws IOException, Malformed {
        TargetFile target = TargetFile.of(file).orElseThrow(() -> new Malformed("file.missing", file));
        NegotiationFolder read = NegotiationFolder.read(folder);
        PrintWriter err = spec.commandLine().getErr();
        NegotiationCommand.refusals(read, err);
        if (!read.strays().isEmpty()) {
            say("negotiation.strays", Integer.toString(read.strays().size()));
            return Entente.REFUSED;
        }
        Table table = read.table();
        NegotiationCommand.refusals(table, err);
        return switch (table.settlement()) {
            case Settlement.Settled settled -> write(settled, target);
            case Settlement.Open open -> {
                say(
                        "negotiation.open",
                        Integer.toString(open.parts().size()),
                        open.parts().stream().map(Part::text).collect(Collectors.joining(", ")));
                yield Entente.REFUSED;
            }
            case Settlement.Unsound unsound -> {
                say("negotiation.unsound");
                flaws(unsound.flaws());
                yield Entente.REFUSED;
            }
        };
    }

    /** What is written must be what was agreed when {@code sign} reads it. */
    private int write(Settlement.Settled settled, TargetFile target) throws IOException, Malformed {
        Memorandum memorandum = settled.memorandum();
        if (!Memorandum.parseYaml(settled.text()).equals(memorandum)) {
            throw new Malformed("negotiation.reads-otherwise", memorandum.id());
        }
        flaws(settled.doubts());
        target.write(settled.text(), spec.commandLine().getErr());
        spec.commandLine()
                .getOut()
                .println(Catalogue.say(
                        Language.ofEnvironment(System.getenv()),
                        "memorandum.digest",
                        memorandum.id(),
                        Integer.toString(memorandum.version()),
                        memorandum.digest().hex()));
        return 0;
    }

    private void flaws(List<Settlement.Flaw> flaws) {
        Language language = Language.ofEnvironment(System.getenv());
        for (Settlement.Flaw flaw : flaws) {
            String place = flaw.part().map(part -> part.text() + ": ").orElse("");
            spec.commandLine().getErr().println(place + withoutLine(flaw, language));
        }
    }

    /** The part stands before the sentence already, and nobody has the text whose line it names. */
    private static String withoutLine(Settlement.Flaw flaw, Language language) {
        String sentence = Catalogue.say(flaw.problem(), language);
        String line = Catalogue.say(language, "memorandum.at-line", Integer.toString(flaw.line()));
        return sentence.startsWith(line) ? sentence.substring(line.length()).strip() : sentence;
    }

    private void say(String code, String... arguments) {
        spec.commandLine().getErr().println(Catalogue.say(Language.ofEnvironment(System.getenv()), code, (Object[])
                arguments));
    }
}
