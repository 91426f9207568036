package org.entente.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.negotiation.Move;
import org.entente.memorandum.negotiation.Said;
import org.entente.memorandum.negotiation.Table;
import org.entente.node.home.NodeHome;
import org.entente.node.keys.NodeKeys;
import org.entente.node.keys.SealedFiles;
import picocli.CommandLine.Option;

/** Who speaks for a party in a negotiation, and where: the home whose statement keys sign, and the folder. */
final class Spokesperson {
    @Option(names = "--home", required = true, paramLabel = "DIR", descriptionKey = "node.home")
    private Path home = Path.of("");

    @Option(names = "--in", defaultValue = ".", paramLabel = "FOLDER", descriptionKey = "negotiation.in")
    private Path folder = Path.of("");

    @Option(names = "--passphrase-file", paramLabel = "FILE", descriptionKey = "node.passphrase-file")
    private String passphraseFile = "";

    @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "negotiation.reason")
    private String reason = "";

    PartyCard card() throws IOException, Malformed {
        Path file = new NodeHome(home).card();
        if (!Files.isRegularFile(file)) {
            throw new Malformed("file.missing", file.toString());
        }
        return PartyCard.parse(Files.readAllBytes(file));
    }

    NegotiationFolder folder() throws IOException, Malformed {
        return NegotiationFolder.read(folder);
    }

    /** @throws Malformed {@code negotiation.reason-refused} */
    Optional<String> reason() throws Malformed {
        if (!reason.isEmpty() && !Said.isReason(reason)) {
            throw new Malformed("negotiation.reason-refused", Integer.toString(Said.REASON_CHARACTERS_MAX));
        }
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    /** Signs one after another and keeps them; what is signed is read back as others will read it, before any is kept. */
    void say(NegotiationFolder where, Table table, List<Said> said) throws IOException, Malformed {
        if (said.isEmpty()) {
            return;
        }
        PartyCard card = card();
        PartyCode party = card.party();
        byte[] passphrase = NodeCommand.Passphrase.read(passphraseFile, "ENTENTE_PASSPHRASE");
        NodeKeys keys =
                NodeKeys.load(SealedFiles.open(new NodeHome(home).keys(), passphrase, new SecureRandom()), card);
        Optional<Digest> last = table.last(party);
        List<Statement> statements = new ArrayList<>();
        for (Said one : said) {
            Statement statement =
                    Statement.sign(Move.draft(table.negotiation(), party, one, last, Instant.now()), keys.statement());
            last = Optional.of(Move.read(statement, card).id());
            statements.add(statement);
        }
        for (Statement statement : statements) {
            where.keep(statement);
        }
    }
}
