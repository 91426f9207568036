package org.entente.node.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.CardAuthority;
import org.entente.evidence.card.CardContent;
import org.entente.evidence.card.CardKeys;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.certificate.CertificateChain;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardHistory;
import org.entente.evidence.succession.CardSucceeded;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.succession.KeyRevoked;
import org.entente.node.home.NodeHome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A succession that the root has signed and that the node takes up when it starts: the new card with its statement, and the
 * revocations of the keys that it replaces. The new working keys lie sealed beside those in use.
 *
 * @param card the new card
 * @param statements what is passed to every partner, in this order
 */
public record PreparedSuccession(PartyCard card, List<Statement> statements) {
    private static final int BYTES_MAX = 1 << 21;
    private static final int STATEMENTS_MAX = 8;

    public PreparedSuccession {
        statements = List.copyOf(statements);
    }

    /**
     * What a succession changes.
     *
     * @param which the keys to replace
     * @param reason why the replaced keys are taken back; empty to replace them only
     * @param certificates who certified the statement keys that the card brings, which then are those for which a certificate was asked
     */
    public record Renewal(
            Set<NodeKeys.Renewed> which, Optional<KeyRevoked.Reason> reason, Optional<CertificateChain> certificates) {
        public Renewal {
            which = Set.copyOf(which);
        }

        /** Keys that nobody certified. */
        public Renewal(Set<NodeKeys.Renewed> which, Optional<KeyRevoked.Reason> reason) {
            this(which, reason, Optional.empty());
        }

        private NodeKeys keys(NodeKeys old, SealedFiles files, SecureRandom random) throws IOException, Malformed {
            NodeKeys next = old.renewed(which, random);
            if (certificates.isEmpty()) {
                return next;
            }
            if (!which.contains(NodeKeys.Renewed.STATEMENT)) {
                throw new Malformed("certificate.without-new-keys");
            }
            SecretKeys requested =
                    NodeKeys.findRequested(files).orElseThrow(() -> new Malformed("certificate.not-requested"));
            CertificateChain chain = certificates.get();
            if (!Arrays.equals(chain.key(), requested.publicKeys().ed25519().bytes())) {
                throw new Malformed("certificate.of-other-keys");
            }
            return next.speakingWith(requested.under(Optional.of(chain.thumbprint())));
        }

        private Optional<CertificateChain> certificates(PartyCard old) {
            return which.contains(NodeKeys.Renewed.STATEMENT) ? certificates : old.certificates();
        }
    }

    /**
     * Draws new working keys and has the root sign a card with them. The files are written so that the node finds all of it
     * or nothing.
     *
     * @throws Malformed {@code succession.prepared-already}, {@code succession.link-pending}, {@code certificate.not-requested}, {@code certificate.without-new-keys} or
     *     {@code certificate.of-other-keys}
     */
    public static PreparedSuccession prepare(
            NodeHome home, Renewal renewal, NodeBirth.Passphrases passphrases, SecureRandom random, Instant now)
            throws IOException, Malformed {
        if (Files.exists(home.succession())) {
            throw new Malformed("succession.prepared-already", home.succession().toString());
        }
        PartyCard old = PartyCard.parse(Files.readAllBytes(home.card()));
        SealedFiles files = SealedFiles.open(home.keys(), passphrases.working(), random);
        SecretKeys root = NodeKeys.loadPair(SealedFiles.open(home.root(), passphrases.root(), random), NodeBirth.ROOT);
        NodeKeys next = renewal.keys(NodeKeys.load(files, old), files, random);
        List<Digest> pins = LinkKeys.pins(files, old, renewal.which.contains(NodeKeys.Renewed.LINK), random, now);
        PartyCard card = card(old, next, new Renewed(renewal.certificates(old), pins), root, now);
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.sign(new CardSucceeded(card).draft(now), root));
        if (renewal.reason.isPresent()) {
            List<KeyName> kept = KeyName.of(card);
            for (KeyName key : KeyName.of(old)) {
                if (!kept.contains(key)) {
                    statements.add(
                            Statement.sign(new KeyRevoked(key, renewal.reason.get()).draft(card.party(), now), root));
                }
            }
        }
        next.prepare(files);
        PreparedSuccession prepared = new PreparedSuccession(card, statements);
        NodeHome.write(home.succession(), prepared.bytes());
        return prepared;
    }

    /** What of a card is none of the node's own keys: who certified them, and which certificates the link may show. */
    private record Renewed(Optional<CertificateChain> certificates, List<Digest> pins) {}

    private static PartyCard card(PartyCard old, NodeKeys next, Renewed renewed, SecretKeys root, Instant now) {
        CardContent before = old.content();
        CardKeys keys = new CardKeys(
                root.publicKeys(),
                next.statement().publicKeys(),
                next.log().publicKey(),
                next.cosigning().publicKeys(),
                renewed.certificates);
        List<CardAuthority> authorities = before.authorities().stream()
                .map(authority -> new CardAuthority(
                        authority.code(),
                        next.body(authority.code()).recipient().toString()))
                .toList();
        return PartyCard.sign(
                new CardContent(before.identity(), old.serial() + 1, now, keys, renewed.pins, authorities), root);
    }

    private byte[] bytes() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("statements");
        statements.forEach(statement -> array.add(statement.json()));
        return CanonicalJson.encode(json);
    }

    /**
     * What lies in the home, signed by the root of the card in force and with an effect behind it; empty when nothing does.
     */
    public static Optional<PreparedSuccession> find(NodeHome home) throws IOException, Malformed {
        if (!Files.exists(home.succession())) {
            return Optional.empty();
        }
        PartyCard held = PartyCard.parse(Files.readAllBytes(home.card()));
        Members members = Members.of(CanonicalJson.parse(Files.readAllBytes(home.succession()), BYTES_MAX), "");
        List<Statement> statements = new ArrayList<>();
        for (JsonNode document : members.array("statements", 1, STATEMENTS_MAX)) {
            statements.add(
                    Statement.of(document).verify(held.root(), held.root().kid()));
        }
        members.end();
        PartyCard card = CardSucceeded.read(statements.getFirst()).card();
        if (!card.equals(held)) {
            requireEffect(held, statements);
        }
        return Optional.of(new PreparedSuccession(card, statements));
    }

    private static void requireEffect(PartyCard held, List<Statement> statements) throws Malformed {
        CardHistory history = CardHistory.of(held);
        for (int i = 0; i < statements.size(); i++) {
            history = switch (history.take(statements.get(i), i)) {
                case CardHistory.Taken taken -> taken.next();
                case CardHistory.Unmoved _ -> history;
                case CardHistory.Refused refused -> throw new Malformed(refused.problem());
            };
        }
    }
}
