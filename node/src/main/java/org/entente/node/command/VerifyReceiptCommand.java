package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.entente.evidence.bundle.ProvedReceipt;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.PartyCard;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code entente evidence verify-receipt}: what a receipt proves, on any machine and without a node. Ends with 0 when it holds, with 1 when it does not. */
@Command(name = "verify-receipt", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
final class VerifyReceiptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", descriptionKey = "evidence.receipt.file")
    private Path file = Path.of("");

    @Option(names = "--receiver", required = true, paramLabel = "CARD", descriptionKey = "evidence.receipt.receiver")
    private Path receiver = Path.of("");

    @Option(names = "--sender", paramLabel = "CARD", descriptionKey = "evidence.receipt.sender")
    private Path sender = Path.of("");

    @Override
    public Integer call() throws IOException, Malformed {
        Language language = Language.ofEnvironment(System.getenv());
        byte[] bytes = SourceFile.read(file, ProvedReceipt.BYTES_MAX);
        PartyCard receiving = card(receiver);
        Optional<PartyCard> sending = sender.toString().isEmpty() ? Optional.empty() : Optional.of(card(sender));
        ProvedReceipt proved;
        try {
            proved = ProvedReceipt.verify(bytes, receiving, sending);
        } catch (Malformed refused) {
            spec.commandLine()
                    .getErr()
                    .println(Catalogue.say(
                            language, "evidence.receipt-false", Catalogue.say(refused.problem(), language)));
            return Entente.REFUSED;
        }
        spec.commandLine().getOut().println(CanonicalJson.text(json(proved)));
        spec.commandLine()
                .getErr()
                .println(Catalogue.say(
                        language,
                        sending.isPresent() ? "evidence.receipt-cosigned" : "evidence.receipt-holds",
                        receiving.party().text(),
                        proved.statement().hex(),
                        UtcSeconds.print(proved.receipt().at())));
        return 0;
    }

    private static PartyCard card(Path card) throws IOException, Malformed {
        return PartyCard.parse(SourceFile.read(card, PartyCard.BYTES_MAX));
    }

    private static ObjectNode json(ProvedReceipt proved) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("statement", proved.statement().hex())
                .put("receipt", proved.receipt().id().hex())
                .put("from", proved.receipt().from().text())
                .put("at", UtcSeconds.print(proved.receipt().at()))
                .put("origin", proved.checkpoint().origin())
                .put("place", proved.place())
                .put("size", proved.checkpoint().size())
                .put("root", proved.checkpoint().root().hex());
        proved.cosignedAt().ifPresent(at -> json.put("cosignedAt", UtcSeconds.print(at)));
        return json;
    }
}
