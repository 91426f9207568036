package org.entente.node.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.CardAuthority;
import org.entente.evidence.card.CardContent;
import org.entente.evidence.card.CardKeys;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyIdentity;
import org.entente.evidence.card.SecretKeys;
import org.entente.node.home.NodeHome;
import org.entente.node.home.NodeSettings;
import org.entente.node.link.LinkIdentity;

/** Makes a node: its home, its keys, and the party card that its root signs. */
public final class NodeBirth {
    static final String LINK_CERTIFICATE = "link.certificate";
    static final String LINK_KEY = "link.key";
    static final String WEB_CERTIFICATE = "web.certificate";
    static final String WEB_KEY = "web.key";

    /** Name of the root's seeds in the root's own folder. */
    public static final String ROOT = "root";

    private NodeBirth() {}

    /**
     * What seals a node's two folders of keys.
     *
     * @param working seals the keys that the node works with
     * @param root seals the root, which can be carried away
     */
    @SuppressWarnings("ArrayRecordComponent") // Secrets are handed over and never compared.
    public record Passphrases(byte[] working, byte[] root) {
        @Override
        public String toString() {
            return "[redacted]";
        }
    }

    /**
     * Makes a node in an empty or absent folder.
     *
     * @throws Malformed {@code node.initialised-already}
     */
    public static PartyCard give(
            NodeHome home, NodeSettings settings, Passphrases passphrases, SecureRandom random, Clock clock)
            throws IOException, Malformed {
        if (Files.exists(home.settings())) {
            throw new Malformed("node.initialised-already", home.folder().toString());
        }
        home.create();
        SecretKeys root = SecretKeys.generate(random);
        NodeKeys.storePair(SealedFiles.create(home.root(), passphrases.root(), random), ROOT, root);
        SealedFiles files = SealedFiles.create(home.keys(), passphrases.working(), random);
        NodeKeys keys = NodeKeys.generate(settings.authorities(), random);
        keys.store(files);
        LinkIdentity link = identity(settings, files, LINK_CERTIFICATE, LINK_KEY, random, clock);
        LinkIdentity web = identity(settings, files, WEB_CERTIFICATE, WEB_KEY, random, clock);
        PartyCard card = card(settings, root, keys, link, clock);
        NodeHome.write(home.card(), card.bytes());
        NodeHome.write(home.certificate(), web.certificatePem().getBytes(StandardCharsets.US_ASCII));
        settings.store(home);
        return card;
    }

    /** The identity that the node shows to its own people. */
    public static LinkIdentity webIdentity(SealedFiles files) throws IOException, Malformed {
        return LinkIdentity.of(files.read(WEB_CERTIFICATE), files.read(WEB_KEY));
    }

    private static LinkIdentity identity(
            NodeSettings settings, SealedFiles files, String certificate, String key, SecureRandom random, Clock clock)
            throws IOException {
        LinkIdentity identity = LinkIdentity.generate(settings.party().text(), clock.instant(), random);
        files.write(certificate, identity.certificateDer());
        files.write(key, identity.privateKeyDer());
        return identity;
    }

    private static PartyCard card(
            NodeSettings settings, SecretKeys root, NodeKeys keys, LinkIdentity link, Clock clock) {
        List<CardAuthority> authorities = settings.authorities().stream()
                .map(authority -> new CardAuthority(
                        authority, keys.body(authority).recipient().toString()))
                .toList();
        CardKeys cardKeys = new CardKeys(
                root.publicKeys(),
                keys.statement().publicKeys(),
                keys.log().publicKey(),
                keys.cosigning().publicKeys());
        return PartyCard.sign(
                new CardContent(
                        new PartyIdentity(
                                settings.party(), settings.englishName(), settings.spanishName(), settings.colour()),
                        1,
                        clock.instant(),
                        cardKeys,
                        List.of(Digest.of(link.certificateDer())),
                        authorities),
                root);
    }
}
