package org.entente.evidence.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.tsp.TimeStampToken;
import org.entente.evidence.Party;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.certificate.CertificateChain;
import org.entente.evidence.certificate.Certifier;
import org.entente.evidence.time.OpenSslAuthority;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.time.TimeQuestion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A statement under a certificate grows into JAdES-B-T, and is itself again without what was added. */
class AdvancedSignatureTest {
    private static final Party MX = new Party("MX", "UIF", "");
    private static final Certifier ROOT = Certifier.root("CN=Root");
    private static final byte[] LEAF =
            ROOT.certifies("CN=Unidad", MX.keys("statement").publicKeys(), Certifier.Terms.HOLDER);
    private static final SecretKeys SIGNER = MX.keys("statement").under(Optional.of(Digest.of(LEAF)));
    private static final Statement STATEMENT = Statement.sign(draft(), SIGNER);

    @TempDir
    Path folder;

    private static StatementDraft draft() {
        return StatementDraft.of(
                "request",
                MX.authority(),
                Party.START,
                JsonNodeFactory.instance.objectNode().put("purpose", "test"));
    }

    private static JsonNode first(byte[] document) throws Malformed {
        return CanonicalJson.parseCanonical(document, document.length)
                .required("signatures")
                .required(0);
    }

    /** By RFC 7515 and the JDK alone. */
    @Test
    void theProtectedHeaderIsThatOfTheBaselineAndTheSignatureIsThatOfTheCertificate() throws Exception {
        byte[] document = STATEMENT.bytes();
        JsonNode signature = first(document);
        String header = signature.required("protected").stringValue();
        assertThat(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.US_ASCII))
                .isEqualTo("{\"alg\":\"Ed25519\",\"iat\":" + Party.START.getEpochSecond() + ",\"kid\":\""
                        + SIGNER.publicKeys().kid() + "\",\"typ\":\"entente-statement+json\",\"x5t#S256\":\""
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(Digest.of(LEAF).bytes())
                        + "\"}");
        String payload = CanonicalJson.parse(document, document.length)
                .required("payload")
                .stringValue();
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(LEAF));
        Signature verification = Signature.getInstance("Ed25519", "SunEC");
        verification.initVerify(certificate);
        verification.update((header + "." + payload).getBytes(StandardCharsets.US_ASCII));
        assertThat(verification.verify(Base64.getUrlDecoder()
                        .decode(signature.required("signature").stringValue())))
                .isTrue();
        assertThat(Statement.parse(document).verify(MX.card(1, CertificateChain.of(List.of(LEAF)))))
                .isEqualTo(STATEMENT);
    }

    @Test
    void aTimeStampIsOverTheTextOfTheSignatureAndStandsOutsideOfWhatWasSigned() throws Exception {
        OpenSslAuthority clock = OpenSslAuthority.found(folder);
        TimeAuthorities trusted = TimeAuthorities.read(clock.rootCertificate());
        TimeQuestion question = new TimeQuestion(AdvancedSignature.imprint(STATEMENT), BigInteger.valueOf(1L << 40));
        byte[] token =
                question.answered(clock.answer(question.bytes()), trusted).bytes();
        byte[] grown = AdvancedSignature.stamped(STATEMENT, token, trusted);

        JsonNode signature = first(grown);
        ArrayNode unprotected = (ArrayNode) signature.required("header").required("etsiU");
        assertThat(unprotected).hasSize(1);
        ArrayNode tokens =
                (ArrayNode) unprotected.required(0).required("sigTst").required("tstTokens");
        assertThat(tokens).hasSize(1);
        byte[] stamped =
                Base64.getDecoder().decode(tokens.required(0).required("val").stringValue());
        assertThat(new TimeStampToken(new CMSSignedData(stamped))
                        .getTimeStampInfo()
                        .getMessageImprintDigest())
                .isEqualTo(
                        Digest.of(signature.required("signature").stringValue().getBytes(StandardCharsets.US_ASCII))
                                .bytes());

        ObjectNode reduced = (ObjectNode) CanonicalJson.parse(grown, grown.length);
        ((ObjectNode) reduced.required("signatures").required(0)).remove("header");
        assertThat(CanonicalJson.encode(reduced)).isEqualTo(STATEMENT.bytes());
        assertThatThrownBy(() -> Statement.parse(grown)).hasMessageContaining("signature.header-unprotected");
    }

    @Test
    void theTimeStampOfAnotherStatementIsRefusedAndSoIsAStatementWithoutACertificate() throws Exception {
        OpenSslAuthority clock = OpenSslAuthority.found(folder);
        TimeAuthorities trusted = TimeAuthorities.read(clock.rootCertificate());
        TimeQuestion question = new TimeQuestion(STATEMENT.id(), BigInteger.valueOf(1L << 40));
        byte[] token =
                question.answered(clock.answer(question.bytes()), trusted).bytes();
        assertThatThrownBy(() -> AdvancedSignature.stamped(STATEMENT, token, trusted))
                .hasMessageContaining("timestamp.other-imprint");
        Statement plain = Statement.sign(draft(), MX.keys("statement"));
        assertThatThrownBy(() -> AdvancedSignature.stamped(plain, token, trusted))
                .hasMessageContaining("signature.certificate-missing");
    }
}
