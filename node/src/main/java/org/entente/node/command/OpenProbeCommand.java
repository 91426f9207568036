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
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code entente evidence open-probe}: an officer of oversight has a probe opened and carries the file away. */
@Command(name = "open-probe", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class OpenProbeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess access = new NodeAccess();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", descriptionKey = "evidence.reason")
    private String reason = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", descriptionKey = "evidence.out")
    private Path out = Path.of("");

    @Parameters(paramLabel = "PROBE", descriptionKey = "evidence.probe")
    private String probe = "";

    @Override
    public Integer call() throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
        Language language = Language.ofEnvironment(System.getenv());
        Digest statement = Digest.parse(probe);
        try (OfficerClient client = access.client(language)) {
            byte[] opening = client.download(
                    "/api/probes/" + statement.hex() + "/opening",
                    JsonNodeFactory.instance.objectNode().put("reason", reason));
            PrivateFile.write(out, opening);
        }
        spec.commandLine().getErr().println(Catalogue.say(language, "evidence.probe-written", out.toString()));
        return 0;
    }
}
