package org.entente.node.command;

import java.io.IOException;
import java.security.GeneralSecurityException;
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
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code entente party reopen-log}: an administrator has a log go on under its next name that cannot be gone on with. */
@Command(name = "reopen-log", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class ReopenLogCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess access = new NodeAccess();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", descriptionKey = "party.reopen-reason")
    private String reason = "";

    @Parameters(paramLabel = "PARTY", descriptionKey = "party.reopen-partner")
    private String partner = "";

    @Override
    public Integer call() throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
        Language language = Language.ofEnvironment(System.getenv());
        PartyCode code = PartyCode.parse(partner);
        try (OfficerClient client = access.client(language)) {
            String origin = client.post(
                            "/api/partners/" + code.text() + "/reopen-log",
                            JsonNodeFactory.instance.objectNode().put("reason", reason))
                    .path("origin")
                    .asString("");
            spec.commandLine().getOut().println(Catalogue.say(language, "party.log-reopened", code.text(), origin));
        }
        return 0;
    }
}
