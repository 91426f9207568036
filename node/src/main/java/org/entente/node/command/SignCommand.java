package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.Lifecycle;
import org.entente.memorandum.signing.LifecycleEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente memorandum sign}: declares with the root, its signature unless told otherwise; prints the statement. */
@Command(name = "sign", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class SignCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", descriptionKey = "memorandum.file")
    private Path file = Path.of("");

    @Mixin
    private RootKeys root = new RootKeys();

    @Mixin
    private ReadFirst read = new ReadFirst();

    @Option(
            names = "--declare",
            defaultValue = "signed",
            paramLabel = "signed|suspended|resumed|withdrawn",
            descriptionKey = "memorandum.declare")
    private String declared = "";

    @Option(names = "--clause", paramLabel = "NUMBER", descriptionKey = "memorandum.clause")
    private List<String> clauses = new ArrayList<>();

    @Override
    public Integer call() throws IOException, Malformed {
        Memorandum memorandum = MemorandumCommand.read(file);
        LifecycleEvent.Kind kind = Word.parse(LifecycleEvent.Kind.class, "memorandum-" + declared);
        Declaration declaration = declaration(memorandum, kind);
        Optional<Problem> unfit =
                Lifecycle.unfit(memorandum, declaration, root.card().party());
        if (unfit.isPresent()) {
            throw new Malformed(unfit.get());
        }
        if (kind == LifecycleEvent.Kind.SIGNED) {
            read.require(memorandum, spec.commandLine().getErr());
        }
        spec.commandLine()
                .getOut()
                .println(CanonicalJson.text(root.sign(declaration).json()));
        return 0;
    }

    private Declaration declaration(Memorandum memorandum, LifecycleEvent.Kind kind) throws Malformed {
        SortedSet<ClauseNumber> numbers = new TreeSet<>();
        for (String clause : clauses) {
            numbers.add(ClauseNumber.parse(clause));
        }
        boolean mayNameClauses = kind == LifecycleEvent.Kind.SUSPENDED || kind == LifecycleEvent.Kind.RESUMED;
        if (!numbers.isEmpty() && !mayNameClauses) {
            throw new Malformed("command.clause-of-whole", declared);
        }
        return kind == LifecycleEvent.Kind.SIGNED
                ? Declaration.signature(memorandum, RenderedText.both(memorandum))
                : Declaration.of(kind, memorandum, numbers);
    }
}
