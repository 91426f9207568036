package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.node.home.NodeHome;
import org.entente.node.keys.NodeBirth;
import org.entente.node.keys.NodeKeys;
import org.entente.node.keys.SealedFiles;
import picocli.CommandLine.Option;

/** The options that name a party's root, whose folder may lie on a machine that is on no network. */
final class RootKeys {
    @Option(names = "--home", required = true, paramLabel = "DIR", descriptionKey = "node.home")
    private Path home = Path.of("");

    @Option(names = "--root-passphrase-file", paramLabel = "FILE", descriptionKey = "node.root-passphrase-file")
    private String rootPassphraseFile = "";

    PartyCard card() throws IOException, Malformed {
        return PartyCard.parse(Files.readAllBytes(new NodeHome(home).card()));
    }

    Statement sign(Declaration declaration) throws IOException, Malformed {
        byte[] passphrase = NodeCommand.Passphrase.read(rootPassphraseFile, "ENTENTE_ROOT_PASSPHRASE");
        SecretKeys root = NodeKeys.loadPair(
                SealedFiles.open(new NodeHome(home).root(), passphrase, new SecureRandom()), NodeBirth.ROOT);
        return Statement.sign(LifecycleEvent.draft(declaration, card().party(), Instant.now()), root);
    }
}
