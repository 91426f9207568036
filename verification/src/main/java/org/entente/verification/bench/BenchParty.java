package org.entente.verification.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.node.home.NodeHome;
import org.entente.node.home.NodeSettings;
import org.entente.node.keys.NodeBirth;
import org.entente.node.keys.NodeKeys;
import org.entente.node.keys.SealedFiles;

/** A party with real keys in a folder of its own, as {@code node init} makes it. */
record BenchParty(PartyCard card, NodeKeys keys, AuthorityCode authority) {
    private static final byte[] PASSPHRASE = "a passphrase of a measurement".getBytes(StandardCharsets.UTF_8);

    static BenchParty found(Path folder, String code) throws IOException {
        SecureRandom random = new SecureRandom();
        PartyCode party = new PartyCode(code);
        AuthorityCode authority = new AuthorityCode(party, "UNIT");
        NodeHome home = new NodeHome(folder);
        try {
            PartyCard card = NodeBirth.give(
                    home,
                    new NodeSettings(party, code, code, "#1f4e9c", List.of(authority)),
                    new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE),
                    random,
                    Clock.systemUTC());
            return new BenchParty(
                    card, NodeKeys.load(SealedFiles.open(home.keys(), PASSPHRASE, random), card), authority);
        } catch (Malformed refused) {
            throw new IllegalStateException("what was made a moment ago is refused", refused);
        }
    }

    PartyCode code() {
        return card.party();
    }
}
