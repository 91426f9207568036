package org.entente.verification.simulate;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.card.SeedAccess;
import org.entente.evidence.statement.Statement;
import tools.jackson.databind.node.ObjectNode;

/** Signs a statement a second time with other, equally valid bytes: FIPS 204 lets a signer draw its randomness. */
final class HedgedSignature {
    private HedgedSignature() {}

    static byte[] over(Statement statement, SecretKeys keys, Random random) {
        ObjectNode document = statement.json();
        ObjectNode second = (ObjectNode) document.required("signatures").required(1);
        byte[] input = (second.required("protected").stringValue() + "."
                        + document.required("payload").stringValue())
                .getBytes(StandardCharsets.US_ASCII);
        MLDSASigner signer = new MLDSASigner();
        signer.init(
                true,
                new ParametersWithRandom(
                        new MLDSAPrivateKeyParameters(
                                MLDSAParameters.ml_dsa_65, keys.mlDsa65Seed(SeedAccess.forKeyStore())),
                        new GivenChance(random.nextLong())));
        signer.update(input, 0, input.length);
        try {
            second.put("signature", Base64Text.url(signer.generateSignature()));
        } catch (CryptoException e) {
            throw new IllegalStateException("no second signature", e);
        }
        return CanonicalJson.encode(document);
    }
}
