package org.entente.node.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.client.Credential;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import picocli.CommandLine.Option;

/** Which node an officer speaks to, and as whom. */
final class NodeAccess {
    @Option(names = "--node", required = true, paramLabel = "URL", descriptionKey = "evidence.node")
    private URI node = URI.create("");

    @Option(names = "--certificate", required = true, paramLabel = "FILE", descriptionKey = "evidence.certificate")
    private Path certificate = Path.of("");

    @Option(names = "--credential", required = true, paramLabel = "FILE", descriptionKey = "evidence.credential")
    private Path credential = Path.of("");

    /** The officer's program, which the caller closes. */
    OfficerClient client(Language language) throws IOException, Malformed, GeneralSecurityException {
        return new OfficerClient(node, certificate, Credential.load(credential), language);
    }
}
