package org.entente.evidence.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.entente.evidence.Party;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PublicKeys;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.certificate.CertificateAuthorities;
import org.entente.evidence.certificate.CertificateChain;
import org.entente.evidence.certificate.Certifier;
import org.entente.evidence.certificate.Certifier.Terms;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.evidence.succession.CardHistory;
import org.entente.evidence.succession.CardSucceeded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Attacks on certified keys: by careless authorities, by whoever carries documents, and by the party itself. */
final class CertificateAttacks {
    private static final Party MX = Forge.MX;
    private static final PublicKeys KEYS = MX.keys("statement").publicKeys();
    private static final Certifier ROOT = Certifier.root("CN=Root");
    private static final Certifier BELOW = ROOT.certifies("CN=Below", Terms.AUTHORITY);
    private static final CertificateChain CHAIN = BELOW.chain("CN=Unidad", KEYS, BELOW);
    private static final PartyCard CARD = MX.card(1, CHAIN);
    private static final SecretKeys SIGNER = MX.keys("statement").under(Optional.of(CHAIN.thumbprint()));
    private static final StatementDraft DRAFT = StatementDraft.of(
            "request",
            MX.authority(),
            Forge.AT,
            JsonNodeFactory.instance.objectNode().put("purpose", "test"));

    private CertificateAttacks() {}

    static Stream<Attack<?>> all() {
        return Stream.of(
                        chains(),
                        forms(),
                        cards(),
                        statements(),
                        headers(),
                        plain(),
                        roots(),
                        successions(),
                        files(),
                        trusted())
                .flatMap(Attacks::all);
    }

    private static List<byte[]> honest() {
        return List.of(BELOW.certifies("CN=Unidad", KEYS, Terms.HOLDER), BELOW.der(), ROOT.der());
    }

    private static List<byte[]> with(List<byte[]> chain, int place, byte[] other) {
        List<byte[]> changed = new ArrayList<>(chain);
        changed.set(place, other);
        return changed;
    }

    private static Attacks<List<byte[]>> chains() {
        Certifier stranger = Certifier.root("CN=Below");
        Certifier holder = ROOT.certifies("CN=Below", Terms.HOLDER);
        Certifier letters = ROOT.certifies("CN=Below", Terms.AUTHORITY.using(KeyUsage.cRLSign));
        Certifier brief = ROOT.certifies("CN=Below", "RSA", 1024);
        Certifier slow = ROOT.certifies("CN=Below", "DSA", 2048);
        Certifier weak = ROOT.certifies("CN=Below", Terms.AUTHORITY.signedWith("SHA1withECDSA"));
        return Attacks.on(honest(), (List<byte[]> chain) -> CertificateChain.of(chain))
                .add("two authorities of a chain change places", "chain.issuer-other[1, 2]", c -> {
                    List<byte[]> changed = new ArrayList<>(c);
                    Collections.swap(changed, 1, 2);
                    return changed;
                })
                .add(
                        "the chain begins with the authority",
                        "chain.key-other-algorithm",
                        c -> List.copyOf(c).reversed())
                .add(
                        "an authority of the same name stands in the chain",
                        "chain.signature-false[1, 2]",
                        c -> with(c, 1, stranger.der()))
                .add("a link of the chain is left out", "chain.issuer-other[1, 2]", c -> List.of(c.get(0), c.get(2)))
                .add(
                        "a holder of a certificate certifies others",
                        "chain.no-authority[2]",
                        c -> List.of(holder.certifies("CN=Unidad", KEYS, Terms.HOLDER), holder.der(), ROOT.der()))
                .add(
                        "an authority for lists of revocations certifies keys",
                        "chain.no-authority[2]",
                        c -> List.of(letters.certifies("CN=Unidad", KEYS, Terms.HOLDER), letters.der(), ROOT.der()))
                .add(
                        "the key of an authority is a short one",
                        "chain.key-refused[2]",
                        c -> List.of(
                                brief.certifies("CN=Unidad", KEYS, Terms.HOLDER.signedWith("SHA256withRSA")),
                                brief.der(),
                                ROOT.der()))
                .add(
                        "the key of an authority takes long to verify with",
                        "chain.key-refused[2]",
                        c -> List.of(
                                slow.certifies("CN=Unidad", KEYS, Terms.HOLDER.signedWith("SHA256withDSA")),
                                slow.der(),
                                ROOT.der()))
                .add(
                        "an authority is certified over SHA-1",
                        "chain.algorithm-weak[2, 1.2.840.10045.4.1]",
                        c -> List.of(weak.certifies("CN=Unidad", KEYS, Terms.HOLDER), weak.der(), ROOT.der()));
    }

    private static Attacks<List<byte[]>> forms() {
        return Attacks.on(honest(), (List<byte[]> chain) -> CertificateChain.of(chain))
                .add(
                        "a certificate for the agreement on keys signs statements",
                        "chain.usage-other",
                        c -> with(c, 0, BELOW.certifies("CN=Unidad", KEYS, Terms.HOLDER.using(KeyUsage.keyAgreement))))
                .add(
                        "a certificate is followed by something",
                        "chain.malformed[1]",
                        c -> with(c, 0, Forge.longer(c.get(0))))
                .add(
                        "a certificate is cut off",
                        "chain.malformed[2]",
                        c -> with(c, 1, Arrays.copyOf(c.get(1), c.get(1).length - 1)))
                .add(
                        "a certificate is in PEM where DER belongs",
                        "chain.malformed[1]",
                        c -> with(c, 0, Certifier.pem(c.get(0))))
                .add(
                        "a length in a certificate is written the long way",
                        "chain.malformed[1]",
                        c -> with(c, 0, longForm(c.get(0))))
                .add("the chain is too long", "chain.length[8]", c -> Collections.nCopies(9, c.get(2)))
                .add("the chain is empty", "chain.length[8]", c -> List.of())
                .add(
                        "the chain is a flood",
                        "chain.too-large[32768]",
                        c -> with(c, 2, new byte[CertificateChain.BYTES_MAX]));
    }

    /** BER allows three octets for a length for which DER demands two. */
    private static byte[] longForm(byte[] der) {
        byte[] longer = new byte[der.length + 1];
        longer[0] = der[0];
        longer[1] = (byte) 0x83;
        System.arraycopy(der, 2, longer, 3, der.length - 2);
        return longer;
    }

    /** The card as a careless party signs it. */
    private static byte[] card(Consumer<ObjectNode> change) {
        ObjectNode payload = (ObjectNode) read(payload(CARD.bytes()));
        change.accept((ObjectNode) payload.required("keys"));
        SecretKeys root = MX.keys("root");
        return Forge.jws(root.publicKeys().kid(), PartyCard.TYPE, CanonicalJson.encode(payload), root);
    }

    private static byte[] payload(byte[] document) {
        try {
            return Base64Text.parseUrl(read(document).required("payload").stringValue());
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode read(byte[] document) {
        try {
            return CanonicalJson.parse(document, document.length);
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Attacks<byte[]> cards() {
        CertificateChain foreign = BELOW.chain("CN=Unidad", MX.keys("officer").publicKeys(), BELOW);
        PublicKeys root = MX.keys("root").publicKeys();
        return Attacks.on(CARD.bytes(), (byte[] card) -> PartyCard.parse(card))
                .add(
                        "a card bears the certificate of another key",
                        "card.certificate-of-other-key",
                        c -> card(keys -> keys.set("certificates", foreign.json())))
                .add(
                        "the chain of a card is there and empty",
                        "chain.length",
                        c -> card(keys -> keys.putArray("certificates")))
                .add(
                        "the chain of a card is a text",
                        "json.array-expected",
                        c -> card(keys -> keys.put("certificates", "")))
                .add(
                        "a certificate of a card is a number",
                        "base64.malformed",
                        c -> card(keys -> keys.putArray("certificates").add(1)))
                .add(
                        "a card is signed under a certificate",
                        "signature.certificate-unexpected",
                        c -> Forge.jws(
                                payload(c),
                                List.of(
                                        header(root.kid(), PartyCard.TYPE, at(0), CHAIN.thumbprint()),
                                        Forge.header("ML-DSA-65", root.kid(), PartyCard.TYPE)),
                                MX.keys("root")))
                .add(
                        "the chain is taken off a card",
                        "signature.ed25519-false",
                        c -> withPayload(
                                c,
                                PartyCard.parse(card(keys -> keys.remove("certificates")))
                                        .bytes()));
    }

    /** A document with the payload of another and its own signatures. */
    private static byte[] withPayload(byte[] document, byte[] other) {
        ObjectNode changed = (ObjectNode) read(document);
        changed.put("payload", Base64Text.url(payload(other)));
        return CanonicalJson.encode(changed);
    }

    private static long at(long later) {
        return Forge.AT.getEpochSecond() + later;
    }

    private static String header(String kid, String type, long issuedAt, Digest thumbprint) {
        return "{\"alg\":\"Ed25519\",\"iat\":" + issuedAt + ",\"kid\":\"" + kid + "\",\"typ\":\"" + type
                + "\",\"x5t#S256\":\"" + Base64Text.url(thumbprint.bytes()) + "\"}";
    }

    private static String header(long issuedAt, Digest thumbprint) {
        return header(KEYS.kid(), Statement.TYPE, issuedAt, thumbprint);
    }

    private static String postQuantum() {
        return Forge.header("ML-DSA-65", KEYS.kid(), Statement.TYPE);
    }

    /** The statement with another first header, signed anew by the party itself. */
    private static Attack.Change<byte[]> signedAnew(String header) {
        return s -> Forge.jws(payload(s), List.of(header, postQuantum()), SIGNER);
    }

    /** The statement with another first header, by whoever carries it. */
    private static Attack.Change<byte[]> carried(String header) {
        return Attacks.json(
                document -> ((ObjectNode) document.required("signatures").required(0))
                        .put("protected", Base64Text.url(Forge.utf8(header))));
    }

    private static Attacks<byte[]> statements() {
        Digest other = BELOW.chain("CN=Unidad", KEYS, BELOW).thumbprint();
        String without = Forge.header("Ed25519", KEYS.kid(), Statement.TYPE);
        return Attacks.on(
                        Statement.sign(DRAFT, SIGNER).bytes(),
                        (byte[] s) -> Statement.parse(s).verify(CARD))
                .add("the certificate is stripped off a statement", "signature.ed25519-false", carried(without))
                .add(
                        "the certificate of a statement is exchanged for another of its key",
                        "signature.ed25519-false",
                        carried(header(at(0), other)))
                .add(
                        "a party with a certificate signs as if it had none",
                        "signature.certificate-missing",
                        signedAnew(without))
                .add(
                        "a party signs under another certificate of its key",
                        "signature.certificate-other",
                        signedAnew(header(at(0), other)))
                .add(
                        "the header dates a statement back",
                        "statement.issued-at-other",
                        signedAnew(header(at(-1), CHAIN.thumbprint())))
                .add(
                        "the root of a party signs under its certificate",
                        "signature.key-other",
                        s -> Statement.sign(DRAFT, MX.keys("root").under(SIGNER.certificate()))
                                .bytes());
    }

    private static Attacks<byte[]> headers() {
        String honest = header(at(0), CHAIN.thumbprint());
        String without = Forge.header("Ed25519", KEYS.kid(), Statement.TYPE);
        return Attacks.on(
                        Statement.sign(DRAFT, SIGNER).bytes(),
                        (byte[] s) -> Statement.parse(s).verify(CARD))
                .add(
                        "the header names a certificate and no moment",
                        "json.member-missing[signatures[0].protected.iat]",
                        signedAnew(honest.replaceFirst("\"iat\":\\d+,", "")))
                .add(
                        "the header names a moment and no certificate",
                        "json.member-missing[signatures[0].protected.x5t#S256]",
                        signedAnew(honest.replaceFirst(",\"x5t.*\"}", "}")))
                .add(
                        "the moment in the header is a text",
                        "json.integer-expected",
                        signedAnew(honest.replaceFirst("\"iat\":(\\d+)", "\"iat\":\"$1\"")))
                .add(
                        "the moment in the header has a fraction",
                        "json.integer-expected",
                        signedAnew(honest.replaceFirst("\"iat\":(\\d+)", "\"iat\":$1.5")))
                .add(
                        "the certificate in the header is cut short",
                        "signature.base64",
                        signedAnew(honest.replaceFirst("S256\":\".{4}", "S256\":\"")))
                .add(
                        "the header brings a chain of its own",
                        "json.member-unknown",
                        signedAnew(honest.replaceFirst("}$", ",\"x5u\":\"https://example.org\"}")))
                .add(
                        "the header names the certificate by SHA-1 as well",
                        "json.member-unknown",
                        signedAnew(honest.replaceFirst("\"x5t#", "\"x5t\":\"AAAA\",\"x5t#")))
                .add(
                        "the certificate stands in the other header as well",
                        "signature.certificate-misplaced",
                        s -> Forge.jws(payload(s), List.of(honest, honest.replace("Ed25519", "ML-DSA-65")), SIGNER))
                .add(
                        "the certificate stands in the other header only",
                        "signature.certificate-misplaced",
                        s -> Forge.jws(payload(s), List.of(without, honest.replace("Ed25519", "ML-DSA-65")), SIGNER));
    }

    /** Parties, roots and officers without a certificate. */
    private static Attacks<byte[]> plain() {
        return Attacks.on(
                        Statement.sign(DRAFT, MX.keys("statement")).bytes(),
                        (byte[] s) -> Statement.parse(s).verify(MX.card(1)))
                .add(
                        "a party without a certificate names one",
                        "signature.certificate-unexpected",
                        s -> Statement.sign(DRAFT, SIGNER).bytes())
                .add(
                        "a certificate is put on a statement",
                        "signature.ed25519-false",
                        carried(header(at(0), CHAIN.thumbprint())));
    }

    private static Attacks<byte[]> roots() {
        SecretKeys root = MX.keys("root");
        return Attacks.on(
                        Statement.sign(DRAFT, root).bytes(),
                        (byte[] s) -> Statement.parse(s)
                                .verify(root.publicKeys(), root.publicKeys().kid()))
                .add(
                        "a root names a certificate",
                        "signature.certificate-unexpected",
                        s -> Statement.sign(DRAFT, root.under(SIGNER.certificate()))
                                .bytes());
    }

    private static void succeed(PartyCard next) throws Malformed {
        Statement statement = Statement.sign(new CardSucceeded(next).draft(Forge.AT.plusSeconds(9)), MX.keys("root"));
        if (CardHistory.of(CARD).take(statement, 3) instanceof CardHistory.Refused refused) {
            throw new Malformed(refused.problem());
        }
    }

    private static Attacks<PartyCard> successions() {
        return Attacks.on(MX.card(2, CHAIN), CertificateAttacks::succeed)
                .add(
                        "a succession renews the certificate and not the key",
                        "succession.certificate-changed[MX]",
                        c -> MX.card(2, BELOW.chain("CN=Unidad", KEYS, BELOW)))
                .add(
                        "a succession lengthens the chain",
                        "succession.certificate-changed",
                        c -> MX.card(2, chain(honest())))
                .add("a succession drops the certificate", "succession.certificate-changed", c -> MX.card(2));
    }

    private static CertificateChain chain(List<byte[]> encoded) {
        try {
            return CertificateChain.of(encoded);
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Attacks<byte[]> files() {
        byte[] file = Certifier.pem(honest().toArray(byte[][]::new));
        return Attacks.on(file, (byte[] f) -> CertificateChain.readPem(f))
                .add("the file of a chain is cut off", "chain.malformed[3]", f -> Arrays.copyOf(f, f.length - 40))
                .add("the file of a chain is another file", "chain.length", f -> Forge.utf8("hello"))
                .add("the file of a chain is damaged", "chain.malformed[1]", f -> {
                    byte[] changed = f.clone();
                    changed[40] = '!';
                    return changed;
                });
    }

    private static Attacks<byte[]> trusted() {
        return Attacks.on(Certifier.pem(ROOT.der()), (byte[] f) -> CertificateAuthorities.read(f))
                .add(
                        "the file of trusted authorities is another file",
                        "chain.authorities-malformed",
                        f -> Forge.utf8("hello"));
    }
}
