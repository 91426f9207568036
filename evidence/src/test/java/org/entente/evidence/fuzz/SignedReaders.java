package org.entente.evidence.fuzz;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.entente.evidence.Party;
import org.entente.evidence.attack.Clock;
import org.entente.evidence.bundle.Bundle;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.bundle.Story;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Jws;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.certificate.CertificateChain;
import org.entente.evidence.certificate.Certifier;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.time.TimeQuestion;
import org.entente.evidence.time.TimeStamp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The readers of signed documents, of damaged ones and of those whose signer says strange things under good signatures. */
final class SignedReaders {
    private static final Party MX = new Party("MX", "UIF", "");
    private static final Story STORY = new Story("");

    private SignedReaders() {}

    static Stream<Target> all() {
        return Stream.of(documents(), said(), bundles(), certificates(), times())
                .flatMap(List::stream);
    }

    private static byte[] payload(JsonNode document) {
        try {
            return Base64Text.parseUrl(document.required("payload").stringValue());
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<Target> documents() {
        byte[] one = STORY.statements().getFirst().bytes();
        byte[] two = STORY.statements().getLast().bytes();
        byte[] card = MX.card(1).bytes();
        return List.of(
                Target.canonical(
                        "a signed document",
                        1_000,
                        bytes -> Jws.parse(bytes, Statement.TYPE, Statement.BYTES_MAX)
                                .bytes(),
                        one,
                        two),
                Target.judging(
                        "a statement",
                        500,
                        Noise.ofBytes(List.of(one, two)),
                        bytes -> Statement.parse(bytes).verify(MX.card(1))),
                Target.canonical(
                        "a card",
                        500,
                        bytes -> PartyCard.parse(bytes).bytes(),
                        card,
                        MX.card(2).bytes()),
                Target.judging(
                        "the form of a signed document",
                        1_000,
                        Noise.ofJson(one),
                        bytes -> Jws.parse(bytes, Statement.TYPE, Statement.BYTES_MAX)));
    }

    private static List<Target> said() {
        SecretKeys root = MX.keys("root");
        SecretKeys keys = MX.keys("statement");
        Statement appointment = STORY.statements().get(2);
        ObjectNode approval = approval();
        return List.of(
                Target.judging(
                        "what a card says",
                        120,
                        Noise.ofJson(payload(MX.card(1).json())),
                        bytes -> PartyCard.parse(signed(PartyCard.TYPE, root, bytes))),
                Target.judging(
                        "what a statement says",
                        120,
                        Noise.ofJson(payload(STORY.statements().getLast().json())),
                        bytes -> Statement.parse(signed(Statement.TYPE, keys, bytes))),
                Target.judging(
                        "what an appointment says",
                        120,
                        Noise.ofJson(CanonicalJson.encode(appointment.content())),
                        bytes -> OfficerAppointment.read(statement(OfficerAppointment.KIND, bytes))),
                Target.judging(
                        "what an approval says",
                        120,
                        Noise.ofJson(CanonicalJson.encode(approval)),
                        bytes -> Approval.read(statement(Approval.KIND, bytes))));
    }

    private static ObjectNode approval() {
        ArrayNode approvals = (ArrayNode) STORY.statements().getLast().content().get("approvals");
        byte[] payload = payload(approvals.get(0));
        try {
            return (ObjectNode) CanonicalJson.parse(payload, payload.length).get("content");
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] signed(String type, SecretKeys keys, byte[] payload) throws Malformed {
        ObjectNode said = (ObjectNode) CanonicalJson.parse(payload, payload.length);
        return Jws.sign(type, keys.publicKeys().kid(), said, keys).bytes();
    }

    private static Statement statement(String kind, byte[] content) throws Malformed {
        ObjectNode said = (ObjectNode) CanonicalJson.parse(content, content.length);
        return Statement.sign(
                StatementDraft.of(kind, STORY.statements().getLast().from(), Party.START, said),
                MX.keys("officer"),
                "us-fincen-7");
    }

    private static List<Target> bundles() {
        byte[] file = STORY.bundle().bytes();
        PinnedCards pins = PinnedCards.of(STORY.cards());
        return List.of(
                Target.judging("a bundle", 60, Noise.ofBytes(List.of(file)), bytes -> verify(bytes, pins)),
                Target.judging(
                        "the form of a bundle", 60, Noise.ofJson(file), bytes -> verify(bytes, PinnedCards.none())),
                Target.judging("what a bundle says", 60, sealedAnew(file), bytes -> verify(bytes, pins)));
    }

    private static Noise sealedAnew(byte[] file) {
        return random -> {
            try {
                ObjectNode document = (ObjectNode) CanonicalJson.parse(file, file.length);
                byte[] content = CanonicalJson.encode(document.get("content"));
                byte[] noise = Noise.ofJson(content).next(random);
                ObjectNode sealed = JsonNodeFactory.instance
                        .objectNode()
                        .put("format", Bundle.FORMAT)
                        .put("digest", Digest.framed("entente-bundle/1", noise).hex());
                document.set("content", CanonicalJson.parse(noise, noise.length));
                document.set(
                        "seal",
                        Statement.sign(
                                        StatementDraft.of(Bundle.SEAL_KIND, MX.code(), Story.END, sealed),
                                        MX.keys("statement"))
                                .json());
                return CanonicalJson.encode(document);
            } catch (Malformed impossible) {
                throw new IllegalStateException(impossible);
            }
        };
    }

    private static void verify(byte[] file, PinnedCards pins) throws Malformed {
        switch (BundleVerification.verify(file, pins)) {
            case BundleOutcome.Verified verified -> verified.found().json();
            case BundleOutcome.ConsistentButUnpinned unpinned ->
                unpinned.found().json();
            case BundleOutcome.False refused -> throw new Malformed(refused.problem());
            case BundleOutcome.Unreadable unreadable -> throw new Malformed(unreadable.problem());
        }
    }

    private static List<Target> certificates() {
        Certifier root = Certifier.root("CN=Root");
        Certifier below = root.certifies("CN=Below", Certifier.Terms.AUTHORITY);
        SecretKeys keys = MX.keys("statement");
        byte[] leaf = below.certifies("CN=Unidad", keys.publicKeys(), Certifier.Terms.HOLDER);
        CertificateChain chain = below.chain("CN=Unidad", keys.publicKeys(), below);
        byte[] said = Statement.sign(
                        StatementDraft.of("request", MX.code(), Party.START, JsonNodeFactory.instance.objectNode()),
                        keys.under(Optional.of(chain.thumbprint())))
                .bytes();
        return List.of(
                Target.canonical(
                        "a certificate",
                        500,
                        bytes -> Base64Text.parseUrl(CertificateChain.of(List.of(bytes))
                                .json()
                                .required(0)
                                .stringValue()),
                        leaf),
                Target.judging(
                        "an authority over a certificate",
                        300,
                        Noise.ofBytes(List.of(below.der(), root.der())),
                        bytes -> CertificateChain.of(List.of(leaf, bytes)).leadsTo(root.trusted(), Party.START)),
                Target.judging(
                        "a file of certificates",
                        500,
                        Noise.ofBytes(List.of(Certifier.pem(leaf, below.der()))),
                        CertificateChain::readPem),
                Target.judging(
                        "what a card with certificates says",
                        120,
                        Noise.ofJson(payload(MX.card(1, chain).json())),
                        bytes -> PartyCard.parse(signed(PartyCard.TYPE, MX.keys("root"), bytes))),
                Target.canonical(
                        "a statement under a certificate",
                        500,
                        bytes -> Jws.parse(bytes, Statement.TYPE, Statement.BYTES_MAX)
                                .bytes(),
                        said));
    }

    private static List<Target> times() {
        Digest imprint = Digest.of(Readers.utf8("a checkpoint"));
        TimeQuestion question = new TimeQuestion(imprint, BigInteger.TEN);
        Clock root = Clock.root("CN=Root of clocks");
        Clock clock = root.certifies("CN=Clock", KeyPurposeId.id_kp_timeStamping);
        TimeAuthorities trusted = trusted(root);
        byte[] words = Clock.says(
                NISTObjectIdentifiers.id_sha256, imprint.bytes(), Clock.FROM.plusSeconds(1), question.nonce());
        byte[] answer = Clock.answer(0, clock.token(words));
        return List.of(
                Target.canonical(
                        "a time stamp",
                        500,
                        bytes -> TimeStamp.open(bytes, imprint, trusted).bytes(),
                        clock.token(words)),
                Target.judging(
                        "an answer about the time",
                        500,
                        Noise.ofBytes(List.of(answer)),
                        bytes -> question.answered(bytes, trusted)),
                Target.judging(
                        "what a clock says",
                        120,
                        Noise.ofBytes(List.of(words)),
                        bytes -> TimeStamp.open(clock.token(bytes), imprint, trusted)),
                Target.judging(
                        "who a clock says that it is",
                        500,
                        Noise.ofBytes(List.of(Readers.utf8("Clock of the Republic"))),
                        bytes -> TimeStamp.open(clock.named(Readers.text(bytes)).token(words), imprint, trusted)),
                Target.judging(
                        "certificates of clocks",
                        500,
                        Noise.ofBytes(List.of(root.pem(), clock.pem())),
                        TimeAuthorities::read));
    }

    private static TimeAuthorities trusted(Clock root) {
        try {
            return TimeAuthorities.read(root.pem());
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
