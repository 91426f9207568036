package org.entente.node.command;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
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

/** {@code entente evidence bundle}: an officer has the evidence of a relationship written into one file and carries it away. */
@Command(name = "bundle", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class BundleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess access = new NodeAccess();

    @Option(names = "--out", required = true, paramLabel = "FILE", descriptionKey = "evidence.bundle.out")
    private Path out = Path.of("");

    @Option(names = "--case", paramLabel = "CASE", descriptionKey = "evidence.bundle.case")
    private String ofCase = "";

    @Option(names = "--bodies", descriptionKey = "evidence.bundle.bodies")
    private boolean bodies;

    @Option(names = "--legal-basis", paramLabel = "TEXT", descriptionKey = "evidence.bundle.legal-basis")
    private String legalBasis = "";

    @Option(names = "--exports", paramLabel = "ID", split = ",", descriptionKey = "evidence.bundle.exports")
    private List<String> exports = List.of();

    @Parameters(paramLabel = "PARTY", descriptionKey = "evidence.bundle.party")
    private String party = "";

    @Override
    public Integer call() throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
        Language language = Language.ofEnvironment(System.getenv());
        PartyCode partner = PartyCode.parse(party);
        if (bodies && ofCase.isEmpty()) {
            throw new Malformed("export.case-missing");
        }
        try (OfficerClient client = access.client(language)) {
            if (bodies) {
                new BodyExport(client, spec.commandLine().getErr(), language)
                        .write(partner, ofCase, legalBasis, exports, out);
                return 0;
            }
            PrivateFile.write(out, client.download("/api/bundles/" + partner.text() + query()));
        }
        spec.commandLine().getErr().println(Catalogue.say(language, "evidence.bundle-written", out.toString()));
        return 0;
    }

    private String query() {
        return ofCase.isEmpty() ? "" : "?case=" + URLEncoder.encode(ofCase, StandardCharsets.UTF_8);
    }
}
