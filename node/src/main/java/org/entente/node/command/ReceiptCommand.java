package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entente evidence receipt}: an officer carries away the proof that a partner received a statement. */
@Command(name = "receipt", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class ReceiptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess access = new NodeAccess();

    @Option(names = "--out", required = true, paramLabel = "FILE", descriptionKey = "evidence.bundle.out")
    private Path out = Path.of("");

    @Parameters(paramLabel = "ID", descriptionKey = "evidence.receipt.statement")
    private String statement = "";

    @Override
    public Integer call() throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
        Language language = Language.ofEnvironment(System.getenv());
        Digest id = Digest.parse(statement);
        try (OfficerClient client = access.client(language)) {
            PrivateFile.write(out, client.download("/api/receipts/" + id.hex()));
        }
        spec.commandLine().getErr().println(Catalogue.say(language, "evidence.bundle-written", out.toString()));
        return 0;
    }
}
