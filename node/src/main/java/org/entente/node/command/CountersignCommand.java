package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.Lifecycle;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.memorandum.signing.Standing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente memorandum countersign}: signs what others have signed, once their signatures were verified to be over the same text and words. */
@Command(name = "countersign", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class CountersignCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", descriptionKey = "memorandum.file")
    private Path file = Path.of("");

    @Option(names = "--signature", required = true, paramLabel = "STATEMENT", descriptionKey = "memorandum.signature")
    private List<Path> signatures = new ArrayList<>();

    @Option(names = "--card", required = true, paramLabel = "CARD", descriptionKey = "evidence.party")
    private List<Path> cards = new ArrayList<>();

    @Mixin
    private RootKeys root = new RootKeys();

    @Mixin
    private ReadFirst read = new ReadFirst();

    @Override
    public Integer call() throws IOException, Malformed {
        Memorandum memorandum = MemorandumCommand.read(file);
        DeclarationFiles files = new DeclarationFiles(BundleReader.pinned(cards));
        Standing standing = new Standing.Draft(memorandum);
        for (Path signature : signatures) {
            LifecycleEvent event = files.read(signature);
            if (event.kind() != LifecycleEvent.Kind.SIGNED) {
                throw new Malformed(
                        "command.no-signature",
                        signature.toString(),
                        event.kind().word());
            }
            standing = moved(standing, event);
        }
        read.require(memorandum, spec.commandLine().getErr());
        Statement own = root.sign(Declaration.signature(memorandum, RenderedText.both(memorandum)));
        moved(standing, LifecycleEvent.read(own, root.card()));
        spec.commandLine().getOut().println(CanonicalJson.text(own.json()));
        return 0;
    }

    private static Standing moved(Standing standing, LifecycleEvent event) throws Malformed {
        return switch (Lifecycle.apply(standing, event)) {
            case Lifecycle.Moved moved -> moved.standing();
            case Lifecycle.Unmoved unmoved -> throw new Malformed(unmoved.problem());
        };
    }
}
