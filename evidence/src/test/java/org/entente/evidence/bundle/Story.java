package org.entente.evidence.bundle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.entente.evidence.Party;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.CosigningSecrets;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.MerkleTree;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.BodyCommitment;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small exchange: both sign the memorandum, US appoints an officer, MX requests, US releases with the officer's approval.
 * One named fault may be built into it; everything around the fault is signed as it should be.
 */
public final class Story {
    public static final Instant END = Party.START.plusSeconds(6000);

    private final Party mx;
    private final Party us;
    private final String fault;
    private final ObjectNode memorandum = JsonNodeFactory.instance
            .objectNode()
            .put("memorandum", "MX-US/2025-09")
            .put("clauses", 9);
    private final List<Statement> statements = new ArrayList<>();

    public Story(String word) {
        this(word, "");
    }

    public Story(String word, String fault) {
        this.mx = new Party("MX", "UIF", word);
        this.us = new Party("US", "FINCEN", word);
        this.fault = fault;
        tell();
    }

    Party mx() {
        return mx;
    }

    public List<PartyCard> cards() {
        return List.of(mx.card(1), us.card(1));
    }

    public List<Statement> statements() {
        return statements;
    }

    int appointmentPlace() {
        return 2;
    }

    int requestPlace() {
        return 3;
    }

    private void tell() {
        ObjectNode terms = memorandum.deepCopy();
        if (is("other-memorandum")) {
            terms.put("clauses", 10);
        }
        ObjectNode signed = JsonNodeFactory.instance
                .objectNode()
                .put("memorandum", "MX-US/2025-09")
                .put("digest", CanonicalJson.digest(terms).hex());
        say(mx, StatementDraft.of("memorandum-signed", mx.code(), at(0), signed).addressedTo(us.code()));
        say(
                us,
                StatementDraft.of("memorandum-signed", us.code(), at(60), signed)
                        .addressedTo(mx.code()));
        OfficerAppointment officer = new OfficerAppointment(
                "us-fincen-7", us.authority(), "liaison", us.keys("officer").publicKeys());
        say(
                us,
                StatementDraft.of(OfficerAppointment.KIND, us.code(), at(120), officer.content())
                        .addressedTo(mx.code()));

        ObjectNode question = JsonNodeFactory.instance.objectNode().put("purpose", "money-laundering");
        question.putObject("batch").set("words", named("question"));
        Actor receiver = is("third-party") ? new Party("GT", "IVE", "").code() : us.authority();
        Actor sender = is("foreign-sender") ? new Party("MX", "NOBODY", "").authority() : mx.authority();
        Instant asked = is("early-question") ? at(4000) : at(180);
        Statement request =
                say(mx, StatementDraft.of("request", sender, asked, question).addressedTo(receiver));
        release(request);
    }

    private void release(Statement request) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("answers", request.id().hex())
                .put("body", "sha256");
        answer.set("item", named("answer"));
        answer.set("annex", named("annex"));
        StatementDraft release =
                StatementDraft.of("release", us.authority(), at(240), answer).addressedTo(mx.authority());
        Approval approval = new Approval(
                "us-fincen-7",
                us.authority(),
                is("other-office") ? "director" : "liaison",
                "release",
                release.approvalSubject());
        Statement approved = approval.sign(is("late-approval") ? at(100_000) : at(230), us.keys("officer"));
        if (is("unapproved-change")) {
            release = StatementDraft.of("release", us.authority(), at(240), answer.put("body", "another"))
                    .addressedTo(mx.authority());
        }
        say(us, release.withApprovals(List.of(approved)));
    }

    private Statement say(Party party, StatementDraft draft) {
        Statement statement = Statement.sign(draft, party.keys("statement"));
        statements.add(statement);
        return statement;
    }

    public Bundle bundle() {
        return bundle(List.of());
    }

    /** The bundle with what others say about the log of MX. */
    public Bundle bundle(List<LogAnchor> anchors) {
        Bundle.Exchange exchange = new Bundle.Exchange(
                cards(),
                memorandum,
                statements,
                List.of(log(mx, us, anchors), log(us, mx, List.of())),
                is("no-bodies") ? List.of() : bodies());
        Party third = new Party("GT", "IVE", "");
        Actor exporter = is("third-party-seal") ? third.code() : mx.code();
        SecretKeys keys = is("third-party-seal") ? third.keys("statement") : mx.keys("statement");
        Instant sealedAt = is("early-seal") ? Party.START.minusSeconds(3000) : END;
        return Bundle.seal(exchange, exporter, sealedAt, keys);
    }

    /** How a statement names a body of which the ciphertext does not matter here. */
    private static ObjectNode named(String body) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ciphertext", ciphertext(body).hex())
                .put("bytes", 1000)
                .put(
                        "commitment",
                        BodyCommitment.of(salt(body), Digest.of(content(body))).hex());
    }

    private static Digest ciphertext(String body) {
        return Digest.of(content("ciphertext of " + body));
    }

    private static byte[] salt(String body) {
        return Digest.of(content("salt of " + body)).bytes();
    }

    private static byte[] content(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** All bodies of the story in their order: one of the request, two of the release. */
    private List<OpenedBody> bodies() {
        List<OpenedBody> ofRelease = new ArrayList<>(List.of(opened(4, "answer"), opened(4, "annex")));
        ofRelease.sort(Comparator.comparing(body -> body.ciphertext().hex()));
        ofRelease.addFirst(opened(3, "question"));
        return ofRelease;
    }

    private OpenedBody opened(int place, String body) {
        return new OpenedBody(statements.get(place).id(), ciphertext(body), salt(body), content(body));
    }

    /** A log in which other statements stand between those of the bundle. */
    private LogEvidence log(Party owner, Party counterpart, List<LogAnchor> anchors) {
        List<Digest> leaves = leaves();
        List<InclusionProof> inclusions = new ArrayList<>();
        for (int place = 0; place < statements.size(); place++) {
            inclusions.add(tree(leaves).inclusion(2L * order().indexOf(place) + 1, leaves.size()));
        }
        Checkpoint checkpoint = head(owner, counterpart, leaves.size());
        return new LogEvidence(
                checkpoint.origin(), cosigned(checkpoint, owner, counterpart).note(), inclusions, anchors);
    }

    private Checkpoint head(Party owner, Party counterpart, long size) {
        String origin = is("other-origin")
                ? LogNames.internal(owner.code(), 1)
                : LogNames.relationship(owner.code(), counterpart.code(), 1);
        return new Checkpoint(origin, size, tree(leaves()).root(size));
    }

    /** The head of the log of MX when it had so many entries: 10 are all of them. */
    public Checkpoint headOfMx(long size) {
        return head(mx, us, size);
    }

    /** An anchor of the log of MX at that head, signed by MX and cosigned by some others. */
    public LogAnchor anchor(Checkpoint head, List<CosignerSecrets> witnesses, Instant at, byte[]... stamps) {
        SignedCheckpoint signed = SignedCheckpoint.sign(head, mx.logKey());
        for (CosignerSecrets witness : witnesses) {
            signed = signed.cosign(witness, at);
        }
        int all = leaves().size();
        List<Digest> path = head.size() >= all ? List.of() : tree(leaves()).consistency(head.size(), all);
        return new LogAnchor(signed.note(), path, List.of(stamps));
    }

    private List<Integer> order() {
        return is("answer-first") ? List.of(0, 1, 2, 4, 3) : List.of(0, 1, 2, 3, 4);
    }

    private List<Digest> leaves() {
        List<Digest> leaves = new ArrayList<>();
        for (int place : order()) {
            boolean left = is("unlogged") && place == 4;
            leaves.add(MerkleHash.leaf(MerkleHash.entry(MerkleHash.leaf(new byte[] {(byte) place}))));
            leaves.add(MerkleHash.leaf(
                    left ? new byte[3] : MerkleHash.entry(statements.get(place).id())));
        }
        return leaves;
    }

    private static MerkleTree tree(List<Digest> leaves) {
        return new MerkleTree((level, index) -> subtree(leaves, level, index));
    }

    private static Digest subtree(List<Digest> leaves, int level, long index) {
        return level == 0
                ? leaves.get((int) index)
                : MerkleHash.node(subtree(leaves, level - 1, 2 * index), subtree(leaves, level - 1, 2 * index + 1));
    }

    private SignedCheckpoint cosigned(Checkpoint checkpoint, Party owner, Party counterpart) {
        SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, owner.logKey());
        if (is("uncosigned")) {
            return signed;
        }
        CosigningSecrets keys = is("self-cosigned") ? owner.cosigningKeys() : counterpart.cosigningKeys();
        String name = LogNames.cosigner(counterpart.code());
        Instant when = is("old-cosignature") ? Party.START.minusSeconds(3600) : END;
        if (is("stripped-to-ed25519")) {
            return signed.cosign(CosignerSecrets.of(name, keys.ed25519()), when);
        }
        if (is("stripped-and-filled")) {
            return signed.cosign(CosignerSecrets.of(name, keys.ed25519()), when)
                    .cosign(CosignerSecrets.of("entente/cosigner/XX", keys.ed25519()), when);
        }
        SignedCheckpoint cosigned = signed.cosign(CosignerSecrets.of(name, keys.ed25519(), keys.mlDsa44()), when);
        return is("extra-signature")
                ? cosigned.cosign(
                        CosignerSecrets.of(
                                "entente/cosigner/XX", owner.cosigningKeys().ed25519()),
                        when)
                : cosigned;
    }

    private boolean is(String name) {
        return fault.equals(name);
    }

    private static Instant at(long seconds) {
        return Party.START.plusSeconds(seconds);
    }
}
