package org.entente.evidence.card;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.certificate.CertificateChain;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A party's public keys, one for each purpose; a card in which one key serves two purposes is refused.
 *
 * @param root signs cards only, and lies offline
 * @param statement signs the party's statements
 * @param log signs the checkpoints of the party's logs
 * @param cosigning cosigns the checkpoints of other parties' logs
 * @param certificates who certified the Ed25519 key of {@code statement}, if anybody did
 */
public record CardKeys(
        PublicKeys root,
        PublicKeys statement,
        Ed25519PublicKey log,
        CosigningKeys cosigning,
        Optional<CertificateChain> certificates) {

    /** Keys that nobody certified. */
    public CardKeys(PublicKeys root, PublicKeys statement, Ed25519PublicKey log, CosigningKeys cosigning) {
        this(root, statement, log, cosigning, Optional.empty());
    }

    /** Whether the certificates, if there are any, are of the statement key. */
    boolean certified() {
        return certificates.stream()
                .allMatch(
                        chain -> Arrays.equals(chain.key(), statement.ed25519().bytes()));
    }

    boolean distinct() {
        Set<Ed25519PublicKey> ed25519 = new HashSet<>(List.of(root.ed25519(), statement.ed25519()));
        ed25519.add(log);
        ed25519.add(cosigning.ed25519());
        return ed25519.size() == 4 && !root.mlDsa65().equals(statement.mlDsa65());
    }

    /** Says whether one of the given keys is also one of the card's. */
    public boolean shares(PublicKeys keys) {
        return List.of(root.ed25519(), statement.ed25519(), log, cosigning.ed25519())
                        .contains(keys.ed25519())
                || List.of(root.mlDsa65(), statement.mlDsa65()).contains(keys.mlDsa65());
    }

    ObjectNode json() {
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        keys.set("root", root.json());
        keys.set("statement", statement.json());
        keys.set("cosigning", cosigning.json());
        certificates.ifPresent(chain -> keys.set("certificates", chain.json()));
        return keys.put("log", log.text());
    }

    static CardKeys read(Members members) throws Malformed {
        CardKeys keys = new CardKeys(
                PublicKeys.read(members.members("root")),
                PublicKeys.read(members.members("statement")),
                Ed25519PublicKey.parse(members.text("log")),
                CosigningKeys.read(members.members("cosigning")),
                members.has("certificates")
                        ? Optional.of(CertificateChain.read(members.array("certificates", 0, Integer.MAX_VALUE)))
                        : Optional.empty());
        members.end();
        return keys;
    }
}
