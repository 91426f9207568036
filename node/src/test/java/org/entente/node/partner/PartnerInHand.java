package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.CardAuthority;
import org.entente.evidence.card.CardContent;
import org.entente.evidence.card.CardKeys;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PartyIdentity;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.evidence.witness.Submission;
import org.entente.exchange.body.BodyRecipient;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SealedBody;
import org.entente.exchange.message.Message;
import org.entente.node.client.OfficerClient;
import org.entente.node.keys.NodeKeys;
import org.entente.node.language.Language;
import org.entente.node.link.CertificateDigest;
import org.entente.node.link.LinkIdentity;
import org.entente.node.link.Peer;
import org.entente.node.link.PeerAnswer;
import org.entente.node.link.PeerCall;
import org.entente.node.link.PeerClient;
import org.entente.node.link.PeerReply;
import org.entente.node.server.NodeOnTrial;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A party that we hold in the hand: a real card, real keys, a real certificate on the link and a log, but no node. It signs
 * what it is told to sign, true or false, and brings it to the node over mutual TLS. What the node says it takes,
 * acknowledges and cosigns, as an honest partner would, so that only what a test does with it is wrong.
 */
public final class PartnerInHand implements AutoCloseable {
    public static final PartyCode US = new PartyCode("US");
    public static final AuthorityCode FINCEN = new AuthorityCode(US, "FINCEN");
    public static final AuthorityCode DEA = new AuthorityCode(US, "DEA");

    private static final Duration CALL_DEADLINE = Duration.ofSeconds(20);
    /** What one call carries of a body. */
    public static final int PIECE_BYTES = 1 << 23;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ANSWER_BYTES_MAX = 1 << 24;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeys root = SecretKeys.generate(random);
    private final NodeKeys keys = NodeKeys.generate(List.of(FINCEN, DEA), random);
    private final LinkIdentity link = LinkIdentity.generate(US.text(), Instant.now(), random);
    private final PartyCard card = card(1, root);
    private final PeerClient client = new PeerClient(link);
    private final PartyCard other;
    private final Peer peer;
    private final LogInHand log;
    private final Doorstep doorstep;

    private PartnerInHand(NodeOnTrial node) throws Exception {
        other = node.card();
        peer = new Peer(
                other.party().text(),
                node.peers(),
                Set.of(new CertificateDigest(
                        other.content().tlsPins().getFirst().hex())));
        log = new LogInHand(LogNames.relationship(US, other.party(), 1), keys.log());
        doorstep = Doorstep.open(link, other, new Doorstep.Hand(log, keys.cosigning(), US));
    }

    /** Makes the party and has the node pin it, as its administrator would. */
    public static PartnerInHand pinnedBy(NodeOnTrial node) throws Exception {
        return new PartnerInHand(node).bePinnedBy(node);
    }

    /** Makes the party; when the node asks after its start what it has of the relationship, it names a statement of its own choice. */
    static PartnerInHand claiming(Digest statement, Optional<JsonNode> document, NodeOnTrial node) throws Exception {
        PartnerInHand partner = new PartnerInHand(node);
        partner.doorstep.claim(statement, document);
        return partner.bePinnedBy(node);
    }

    private PartnerInHand bePinnedBy(NodeOnTrial node) throws Exception {
        try (OfficerClient administrator = node.client(node.administrator(), Language.ENGLISH)) {
            ObjectNode pin = JsonNodeFactory.instance
                    .objectNode()
                    .put("fingerprint", card.fingerprint().hex())
                    .put("address", "127.0.0.1:" + doorstep.port());
            pin.set("card", card.json());
            administrator.post("/api/partners", pin);
        }
        return this;
    }

    public PartyCard card() {
        return card;
    }

    /** A card of this party, of any serial number, under any root. */
    public PartyCard card(int serial, SecretKeys signing) {
        CardKeys cardKeys = new CardKeys(
                signing.publicKeys(),
                keys.statement().publicKeys(),
                keys.log().publicKey(),
                keys.cosigning().publicKeys());
        List<CardAuthority> authorities = List.of(FINCEN, DEA).stream()
                .map(code -> new CardAuthority(code, keys.body(code).recipient().toString()))
                .toList();
        return PartyCard.sign(
                new CardContent(
                        new PartyIdentity(US, "United States of America", "Estados Unidos de América", "#1d3f72"),
                        serial,
                        Instant.EPOCH,
                        cardKeys,
                        List.of(Digest.of(link.certificateDer())),
                        authorities),
                signing);
    }

    public SecretKeys root() {
        return root;
    }

    public NodeKeys keys() {
        return keys;
    }

    public SecureRandom random() {
        return random;
    }

    /** Signs a message from the authority to the node's unit, now, with the approvals of these officers. */
    public Statement sign(Message message, Colleague... approving) {
        return sign(draft(message, Instant.now()), message, approving);
    }

    public StatementDraft draft(Message message, Instant at) {
        Actor from = message.kind().mayBeSaidToAll() ? US : FINCEN;
        return message.draft(from, NodeOnTrial.UIF, at);
    }

    /** Signs a draft with approvals given at the moment that it bears. */
    public Statement sign(StatementDraft draft, Message message, Colleague... approving) {
        return sign(draft, message, draft.at(), approving);
    }

    public Statement sign(StatementDraft draft, Message message, Instant approvedAt, Colleague... approving) {
        List<Statement> approvals = Arrays.stream(approving)
                .map(officer -> officer.approve(draft, message, approvedAt))
                .toList();
        return Statement.sign(approvals.isEmpty() ? draft : draft.withApprovals(approvals), keys.statement());
    }

    /** Signs, brings, and requires that the node acknowledges. */
    public Statement say(Message message, Colleague... approving) throws Malformed {
        Statement statement = sign(message, approving);
        say(statement);
        return statement;
    }

    public void say(Statement statement) throws Malformed {
        assertThat(tell(statement)).extracting(Told::outcome).containsExactly("acknowledged");
    }

    /** Brings statements in one call, as they are. */
    public List<Told> tell(Statement... statements) throws Malformed {
        List<JsonNode> documents = new ArrayList<>();
        for (Statement statement : statements) {
            documents.add(statement.json());
        }
        return tell(documents);
    }

    /** Brings documents in one call; the partner's log has each, signed or forged, as if it had been said in earnest. */
    public List<Told> tell(List<? extends JsonNode> documents) throws Malformed {
        for (JsonNode document : documents) {
            log.append(Statement.of(document).id());
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.putArray("statements").addAll(documents);
        PeerAnswer.Answered answered = call(
                "POST", "/v1/statements", new PeerCall.Body.Bytes("application/json", CanonicalJson.encode(request)));
        assertThat(answered.status())
                .as(new String(answered.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        List<Told> told = new ArrayList<>();
        for (JsonNode answer :
                CanonicalJson.parse(answered.bytes(), ANSWER_BYTES_MAX).path("answers")) {
            told.add(new Told(
                    Digest.parse(answer.path("statement").asString("")),
                    answer.path("outcome").asString(""),
                    answer.path("code").asString("")));
        }
        return told;
    }

    /** One call of any route over the link. */
    public PeerAnswer.Answered call(String method, String path, PeerCall.Body body) {
        PeerAnswer answer = client.call(peer, new PeerCall(method, path, body, ANSWER_BYTES_MAX, CALL_DEADLINE));
        assertThat(answer).isInstanceOf(PeerAnswer.Answered.class);
        return (PeerAnswer.Answered) answer;
    }

    /** Seals a body to an authority of the node and brings it. */
    public BodyReference bring(byte[] content, AuthorityCode reader) throws Malformed {
        SealedBody sealed = seal(content, reader);
        assertThat(bring(sealed)).isEqualTo(204);
        return sealed.reference();
    }

    public SealedBody seal(byte[] content, AuthorityCode reader) throws Malformed {
        BodyRecipient recipient =
                BodyRecipient.parse(other.authority(reader).orElseThrow().bodyRecipient());
        return SealedBody.seal(content, List.of(recipient), random);
    }

    /** Brings a sealed body; returns the status that the node answers, or 0 when it hung up before it had read the whole. */
    public int bring(SealedBody sealed) {
        PeerAnswer answer = client.call(
                peer,
                new PeerCall(
                        "PUT",
                        "/v1/bodies/" + sealed.reference().ciphertext().hex(),
                        new PeerCall.Body.Bytes("application/octet-stream", sealed.ciphertext()),
                        ANSWER_BYTES_MAX,
                        CALL_DEADLINE));
        return answer instanceof PeerAnswer.Answered answered ? answered.status() : 0;
    }

    /** Brings a sealed body piece by piece; returns the status of the last answer, which is the first that is not 200. */
    public int bringPieces(SealedBody sealed) {
        int status = 200;
        for (int offset = 0; offset < sealed.ciphertext().length && status == 200; offset += PIECE_BYTES) {
            byte[] piece = Arrays.copyOfRange(
                    sealed.ciphertext(), offset, Math.min(offset + PIECE_BYTES, sealed.ciphertext().length));
            status = bringPiece(sealed.reference(), offset, Digest.of(piece), piece)
                    .status();
        }
        return status;
    }

    /** Brings one piece, true or false. */
    public PeerAnswer.Answered bringPiece(BodyReference body, long offset, Digest digest, byte[] piece) {
        return call(
                "PUT",
                "/v1/bodies/" + body.ciphertext().hex() + "/" + body.bytes() + "/" + offset + "/" + digest.hex(),
                new PeerCall.Body.Streamed("application/octet-stream", piece.length, out -> out.write(piece)));
    }

    /** Opens a body that the node brought. */
    public byte[] open(BodyReference reference, AuthorityCode reader) throws IOException, Malformed {
        return SealedBody.open(doorstep.body(reference.ciphertext()), reference, List.of(keys.body(reader)));
    }

    /** Waits until the node has said what is looked for. */
    public Heard await(Predicate<Heard> wanted) throws InterruptedException {
        return doorstep.await(wanted, PATIENCE);
    }

    /** Loses every body that the node brings from now on, and waits for it; or does so no longer. */
    void loseBodies(boolean loses) {
        doorstep.loseBodies(loses);
    }

    /** Answers every body that the node brings from now on with this; or takes them again. */
    void refuseBodies(Optional<Supplier<PeerReply>> answer) {
        doorstep.refuseBodies(answer);
    }

    /** Waits until the node has asked so often what this party has of the relationship. */
    void awaitAsked(int times) throws InterruptedException {
        doorstep.awaitAsked(times, PATIENCE);
    }

    /** Waits for the node's answer of this kind to a statement. */
    public <M extends Message> M answer(Digest statement, Class<M> kind) throws InterruptedException {
        return kind.cast(await(heard -> kind.isInstance(heard.message())
                        && heard.message().answers().equals(Optional.of(statement)))
                .message());
    }

    /** Shows a checkpoint to the node as witness and gives back its answer. */
    private PeerAnswer.Answered show(Submission submission) {
        return call("POST", "/v1/witness/add-checkpoint", new PeerCall.Body.Bytes("text/plain", submission.body()));
    }

    /** Shows the node another history of the size that it has cosigned, signed with the log's own key. */
    public int showAnotherHistory() {
        Checkpoint cosigned = log.cosigned().orElseThrow().checkpoint();
        SignedCheckpoint other = SignedCheckpoint.sign(
                new Checkpoint(cosigned.origin(), cosigned.size(), Digest.of(new byte[] {42})), keys.log());
        return show(new Submission(cosigned.size(), List.of(), other, Cosigner.of(this.other)))
                .status();
    }

    /** The newest head of its log that the node has cosigned. */
    Checkpoint cosigned() {
        return log.cosigned().orElseThrow().checkpoint();
    }

    /** Shows the node what the log holds as the first head of another incarnation. */
    int showHeadOf(String origin) {
        Checkpoint head = log.head().checkpoint();
        SignedCheckpoint renamed = SignedCheckpoint.sign(new Checkpoint(origin, head.size(), head.root()), keys.log());
        return show(new Submission(0, List.of(), renamed, Cosigner.of(other))).status();
    }

    /** Has the node cosign all that the partner's log holds. */
    public void haveLogCosigned() throws Malformed {
        long from =
                log.cosigned().map(checkpoint -> checkpoint.checkpoint().size()).orElse(0L);
        SignedCheckpoint head = log.head();
        Submission submission =
                new Submission(from, log.consistency(from, head.checkpoint().size()), head, Cosigner.of(other));
        PeerAnswer.Answered answered = show(submission);
        Submission.Outcome outcome = submission.read(answered.status(), answered.contentType(), answered.bytes());
        assertThat(outcome).isInstanceOf(Submission.Cosigned.class);
        SignedCheckpoint cosigned = ((Submission.Cosigned) outcome).checkpoint();
        cosigned.cosignedAt(Cosigner.of(other));
        log.keepCosigned(cosigned);
    }

    /**
     * Verifies the node's own log from outside: these statements are leaves of it, under a checkpoint that the node signed
     * and this partner cosigned after it saw each earlier one grow into it.
     */
    public void requireInTheNodesLog(Digest... statements) throws Malformed, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!proven(List.of(statements))) {
            assertThat(Instant.now()).as("the node's log has these statements").isBefore(end);
            doorstep.pause();
        }
    }

    private boolean proven(List<Digest> statements) throws Malformed {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ArrayNode ids = request.putArray("statements");
        statements.forEach(id -> ids.add(id.hex()));
        JsonNode reply = CanonicalJson.parse(
                call(
                                "POST",
                                "/v1/log/proofs",
                                new PeerCall.Body.Bytes("application/json", CanonicalJson.encode(request)))
                        .bytes(),
                ANSWER_BYTES_MAX);
        if (reply.path("proofs").size() < statements.size()) {
            return false;
        }
        SignedCheckpoint checkpoint = SignedCheckpoint.open(
                reply.path("checkpoint").asString(""), LogNames.relationship(other.party(), US, 1), other.logKey());
        assertThat(doorstep.cosigned(checkpoint.checkpoint())).isTrue();
        for (JsonNode one : reply.path("proofs")) {
            List<Digest> path = new ArrayList<>();
            for (JsonNode hash : one.path("path")) {
                path.add(Digest.parse(hash.asString("")));
            }
            Digest leaf =
                    MerkleHash.statementLeaf(Digest.parse(one.path("statement").asString("")));
            assertThat(new InclusionProof(one.path("index").asLong(), path)
                            .verifies(
                                    leaf,
                                    checkpoint.checkpoint().size(),
                                    checkpoint.checkpoint().root()))
                    .isTrue();
        }
        return true;
    }

    @Override
    public void close() {
        client.close();
        doorstep.close();
    }
}
