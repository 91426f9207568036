package org.entente.node.partner;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.card.SeedAccess;
import org.entente.evidence.statement.Statement;
import tools.jackson.databind.node.ObjectNode;

/** Signs a statement a second time with other, equally valid bytes: FIPS 204 lets a signer draw its randomness. */
final class HedgedSignature {
    private HedgedSignature() {}

    static ObjectNode over(Statement statement, SecretKeys keys) throws CryptoException {
        ObjectNode document = statement.json();
        ObjectNode second = (ObjectNode) document.required("signatures").required(1);
        String input = second.required("protected").asString() + "."
                + document.required("payload").asString();
        MLDSASigner signer = new MLDSASigner();
        signer.init(
                true,
                new ParametersWithRandom(
                        new MLDSAPrivateKeyParameters(
                                MLDSAParameters.ml_dsa_65, keys.mlDsa65Seed(SeedAccess.forKeyStore())),
                        new SecureRandom()));
        byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
        signer.update(bytes, 0, bytes.length);
        second.put("signature", Base64Text.url(signer.generateSignature()));
        return document;
    }
}
