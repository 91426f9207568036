package org.entente.node.keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.node.home.NodeHome;

/**
 * What a party sends to an authority for certificates: a request (PKCS #10, RFC 2986) for the Ed25519 key of the statement keys that its next card brings. The key signs
 * the request, which proves to the authority that the party has it.
 */
public final class CertificateRequest {
    private static final AlgorithmIdentifier ED25519 = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);

    /** Greatest length of a common name and of an organization's (RFC 5280 appendix A.1). */
    private static final int NAME_MAX = 64;

    private CertificateRequest() {}

    /** Makes the keys, unless they were made for an earlier request, and the request for them, in PEM. */
    public static byte[] make(NodeHome home, byte[] passphrase, SecureRandom random) throws IOException, Malformed {
        PartyCard card = PartyCard.parse(Files.readAllBytes(home.card()));
        return pem(card, NodeKeys.requested(SealedFiles.open(home.keys(), passphrase, random), random));
    }

    private static byte[] pem(PartyCard card, SecretKeys keys) throws IOException {
        SubjectPublicKeyInfo key =
                new SubjectPublicKeyInfo(ED25519, keys.publicKeys().ed25519().bytes());
        byte[] request = new PKCS10CertificationRequestBuilder(subject(card), key)
                .build(new Signer(keys))
                .getEncoded();
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request);
        return ("-----BEGIN CERTIFICATE REQUEST-----\n" + lines + "\n-----END CERTIFICATE REQUEST-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The party's name as an organization and as the one who signs; authorities put in their place what they have verified. */
    private static X500Name subject(PartyCard card) {
        String name = card.content().identity().nameEnglish();
        String cut = name.substring(
                0, name.offsetByCodePoints(0, Math.min(NAME_MAX, name.codePointCount(0, name.length()))));
        return new X500NameBuilder()
                .addRDN(BCStyle.O, new DERUTF8String(cut))
                .addRDN(BCStyle.CN, new DERUTF8String(cut))
                .build();
    }

    /** Has the library's request signed without handing it the key. */
    private static final class Signer implements ContentSigner {
        private final SecretKeys keys;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Signer(SecretKeys keys) {
            this.keys = keys;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return ED25519;
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            return keys.signEd25519(content.toByteArray());
        }
    }
}
