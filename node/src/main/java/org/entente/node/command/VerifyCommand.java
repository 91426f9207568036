package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code entente evidence verify}: prints the report as JSON on standard output, and on standard error what it means. Ends with 0 when the bundle is
 * verified, with 1 when it is false, with 2 when it cannot be read, with 3 when it is consistent and nobody pinned both cards.
 */
@Command(name = "verify", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE", descriptionKey = "evidence.bundle")
    private Path bundle = Path.of("");

    @Mixin
    private BundleReader reader = new BundleReader();

    @Override
    public Integer call() throws IOException, Malformed {
        BundleOutcome outcome = reader.verify(BundleReader.read(bundle));
        outcome.report().ifPresent(report -> spec.commandLine().getOut().println(CanonicalJson.text(report.json())));
        BundleReader.explain(outcome, spec.commandLine().getErr(), Language.ofEnvironment(System.getenv()));
        return outcome.exitCode();
    }
}
