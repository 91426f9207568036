package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.language.Language;
import org.entente.node.print.Certificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code entente evidence certificate}: one page in both languages about one exchange in a bundle that is verified. Of any other bundle nothing is printed; the exit
 * code is that of {@code verify}.
 */
@Command(name = "certificate", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class CertificateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE", descriptionKey = "evidence.bundle")
    private Path bundle = Path.of("");

    @Mixin
    private BundleReader reader = new BundleReader();

    @Option(
            names = "--statement",
            required = true,
            paramLabel = "ID",
            descriptionKey = "evidence.certificate.statement")
    private String statement = "";

    @Option(names = "--pdf", required = true, paramLabel = "FILE", descriptionKey = "evidence.certificate.pdf")
    private String pdf = "";

    @Override
    public Integer call() throws IOException, Malformed {
        Digest about = Digest.parse(statement);
        Optional<TargetFile> paper = TargetFile.of(pdf);
        byte[] file = BundleReader.read(bundle);
        BundleOutcome outcome = reader.verify(file);
        BundleReader.explain(outcome, spec.commandLine().getErr(), Language.ofEnvironment(System.getenv()));
        if (outcome instanceof BundleOutcome.Verified(var report) && paper.isPresent()) {
            paper.get()
                    .write(
                            Certificate.of(report, Digest.of(file), about),
                            spec.commandLine().getErr());
        }
        return outcome.exitCode();
    }
}
