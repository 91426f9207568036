package org.entente.evidence.statement;

import java.nio.charset.StandardCharsets;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.time.TimeStamp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A statement as an advanced electronic signature with a time stamp: JAdES-B-T of ETSI TS 119 182-1 V1.2.1, in the JWS General JSON serialisation.
 *
 * <p>The protected header of the Ed25519 signature has what JAdES-B-B demands: {@code x5t#S256} (clause 5.1.7) and {@code iat} (clause 5.1.11). The time stamp is put
 * beside it, in {@code etsiU} of the unprotected header (clause 5.3.1), as {@code sigTst} with one token of RFC 3161 (clauses 5.3.4 and 6.3), whose imprint is of the base64url
 * text of the signature value. Without that header the document is the statement, byte for byte; with it, nothing in this project takes it for one.
 */
public final class AdvancedSignature {
    private AdvancedSignature() {}

    /**
     * What a time-stamp authority is asked to stamp: SHA-256 of the base64url text of the Ed25519 signature value, as it stands in the statement.
     *
     * @throws Malformed {@code signature.certificate-missing} for a statement that was signed under no certificate
     */
    public static Digest imprint(Statement statement) throws Malformed {
        if (statement.certificate().isEmpty()) {
            throw new Malformed("signature.certificate-missing");
        }
        JsonNode signature = statement.json().required("signatures").required(0).required("signature");
        return Digest.of(signature.stringValue().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Puts a time stamp to the statement, after it was verified.
     *
     * @param token over {@link #imprint}
     * @throws Malformed {@code signature.certificate-missing}, or with what {@link TimeStamp#open} refuses
     */
    public static byte[] stamped(Statement statement, byte[] token, TimeAuthorities trusted) throws Malformed {
        TimeStamp stamp = TimeStamp.open(token, imprint(statement), trusted);
        ObjectNode document = statement.json();
        ObjectNode signature = (ObjectNode) document.required("signatures").required(0);
        signature
                .putObject("header")
                .putArray("etsiU")
                .addObject()
                .putObject("sigTst")
                .putArray("tstTokens")
                .addObject()
                .put("val", Base64Text.padded(stamp.bytes()));
        return CanonicalJson.encode(document);
    }
}
