package org.entente.node.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line's entry. A command ends with 0 when it did what was asked, 1 when the answer is no or something
 * failed, 2 when the call or its input cannot be used; {@code evidence verify} adds 3.
 */
@Command(
        name = "entente",
        mixinStandardHelpOptions = true,
        version = "Entente 0.1.0",
        resourceBundle = "org.entente.node.usage",
        subcommands = {
            DemoCommand.class,
            MatchCommand.class,
            RequestCommand.class,
            ReplyCommand.class,
            ConsentCommand.class,
            RecallCommand.class,
            ProceedingsCommand.class,
            EvidenceCommand.class,
            FilesCommand.class,
            MemorandumCommand.class,
            NodeCommand.class,
            PartyCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Entente implements Runnable {
    static final int REFUSED = 1;
    static final int UNUSABLE = 2;

    @Spec
    private CommandSpec spec;

    private Entente() {
        spec = CommandSpec.create();
    }

    public static void main(String[] arguments) {
        Language language = Language.ofEnvironment(System.getenv());
        Locale.setDefault(language.locale());
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                language,
                arguments));
    }

    /** Runs one command and gives its exit code. */
    public static int run(PrintWriter out, PrintWriter err, Language language, String... arguments) {
        CommandLine line = new CommandLine(new Entente());
        line.setOut(out);
        line.setErr(err);
        line.setParameterExceptionHandler((problem, given) -> unusable(problem, language));
        line.setExecutionExceptionHandler((problem, command, result) -> failed(problem, command, language));
        return line.execute(arguments);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int unusable(ParameterException problem, Language language) {
        CommandLine command = problem.getCommandLine();
        command.getErr()
                .println(Catalogue.say(
                        language,
                        "command.unusable",
                        String.valueOf(problem.getMessage()),
                        command.getCommandSpec().qualifiedName()));
        return UNUSABLE;
    }

    private static int failed(Exception problem, CommandLine command, Language language) {
        return switch (problem) {
            case Malformed malformed -> {
                command.getErr().println("entente: " + Catalogue.say(malformed.problem(), language));
                yield UNUSABLE;
            }
            default -> {
                command.getErr()
                        .println("entente: "
                                + Catalogue.say(language, "command.failed", Failure.inWords(problem, language)));
                yield REFUSED;
            }
        };
    }
}
