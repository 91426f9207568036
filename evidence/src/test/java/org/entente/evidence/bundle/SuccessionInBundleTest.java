package org.entente.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.entente.evidence.Party;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.card.Trust;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.Frontier;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.MerkleTree;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.evidence.succession.CardSucceeded;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.succession.KeyRevoked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bundles of a relationship in which one party replaces its card: MX, whose working keys go from none to "b". */
class SuccessionInBundleTest {
    private static final Party MX = new Party("MX", "UIF", "");
    private static final Party US = new Party("US", "FINCEN", "");
    private static final Instant END = Party.START.plusSeconds(6000);
    private static final PinnedCards PINS = PinnedCards.of(List.of(MX.card(1), US.card(1)));

    private final ObjectNode memorandum = JsonNodeFactory.instance.objectNode().put("memorandum", "MX-US/2025-09");
    private final List<Statement> statements = new ArrayList<>();
    private List<Integer> orderAtUs = List.of();
    private String logGeneration = "b";
    private String cosigningGeneration = "b";
    private SecretKeys sealing = MX.keys("statementb");

    private Statement sign(Party party, String kind, long second, ObjectNode content, SecretKeys keys) {
        Statement statement =
                Statement.sign(StatementDraft.of(kind, party.code(), Party.START.plusSeconds(second), content), keys);
        statements.add(statement);
        return statement;
    }

    private void signMemorandum() {
        ObjectNode signed = JsonNodeFactory.instance
                .objectNode()
                .put("memorandum", "MX-US/2025-09")
                .put("digest", CanonicalJson.digest(memorandum).hex());
        sign(MX, "memorandum-signed", 0, signed, MX.keys("root"));
        sign(US, "memorandum-signed", 1, signed, US.keys("root"));
    }

    /** Each note is another one. */
    private void note(String generation, long second) {
        ObjectNode content = JsonNodeFactory.instance.objectNode().put("number", statements.size());
        sign(MX, "note", second, content, MX.keys("statement" + generation));
    }

    private void succeed(PartyCard card) {
        sign(MX, CardSucceeded.KIND, 20, new CardSucceeded(card).content(), MX.keys("root"));
    }

    private void revoke(KeyName key) {
        ObjectNode content = new KeyRevoked(key, KeyRevoked.Reason.COMPROMISED).content();
        sign(MX, KeyRevoked.KIND, 30, content, MX.keys("root"));
    }

    /** A note, the succession, and a note under the new keys. */
    private SuccessionInBundleTest told() {
        signMemorandum();
        note("", 10);
        succeed(MX.card(2, "b"));
        note("b", 40);
        return this;
    }

    private LogEvidence log(Party owner, Party counterpart, List<Integer> order) {
        Map<String, Digest> hashes = new HashMap<>();
        Frontier frontier = Frontier.empty();
        long[] places = new long[statements.size()];
        for (int i = 0; i < statements.size(); i++) {
            int statement = order.isEmpty() ? i : order.get(i);
            places[statement] = frontier.size();
            Frontier.Appended appended = frontier.append(
                    MerkleHash.statementLeaf(statements.get(statement).id()));
            appended.stored().forEach(stored -> hashes.put(stored.level() + "/" + stored.index(), stored.hash()));
            frontier = appended.frontier();
        }
        MerkleTree tree =
                new MerkleTree((level, index) -> hashes.getOrDefault(level + "/" + index, MerkleHash.empty()));
        List<InclusionProof> inclusions = new ArrayList<>();
        for (long place : places) {
            inclusions.add(tree.inclusion(place, frontier.size()));
        }
        String origin = LogNames.relationship(owner.code(), counterpart.code(), 1);
        boolean own = owner.equals(MX);
        SignedCheckpoint signed = SignedCheckpoint.sign(
                new Checkpoint(origin, frontier.size(), frontier.root()), own ? MX.logKey(logGeneration) : US.logKey());
        CosignerSecrets cosigner = CosignerSecrets.of(
                counterpart.code(), own ? US.cosigningKeys() : MX.cosigningKeys(cosigningGeneration));
        return new LogEvidence(origin, signed.cosign(cosigner, END).note(), inclusions);
    }

    private byte[] file() {
        Bundle.Exchange exchange = new Bundle.Exchange(
                List.of(MX.card(1), US.card(1)),
                memorandum,
                statements,
                List.of(log(MX, US, List.of()), log(US, MX, orderAtUs)));
        return Bundle.seal(exchange, MX.code(), END, sealing).bytes();
    }

    private BundleOutcome verify(PinnedCards pins) {
        return BundleVerification.verify(file(), pins);
    }

    private String problem() {
        return verify(PINS) instanceof BundleOutcome.False refused
                ? refused.problem().toString()
                : "not false";
    }

    private Trust trust(PartyCard pinned) {
        BundleReport report = switch (verify(PinnedCards.of(List.of(pinned, US.card(1))))) {
            case BundleOutcome.Verified verified -> verified.found();
            case BundleOutcome.ConsistentButUnpinned unpinned -> unpinned.found();
            case BundleOutcome.False refused -> throw new AssertionError(refused.problem());
            case BundleOutcome.Unreadable unreadable -> throw new AssertionError(unreadable.problem());
        };
        assertThat(report.parties().getFirst().card()).isEqualTo(MX.card(2, "b"));
        assertThat(report.parties().getFirst().firstSerial()).isEqualTo(1);
        return report.parties().getFirst().trust();
    }

    @Test
    void theCardsOfABundleAreTrustedByWhicheverOfThemIsPinned() {
        told();
        assertThat(verify(PINS).exitCode()).isZero();
        assertThat(trust(MX.card(1))).isEqualTo(Trust.SUCCESSION);
        assertThat(trust(MX.card(2, "b"))).isEqualTo(Trust.PINNED);
        assertThat(trust(MX.card(3, "c"))).isEqualTo(Trust.SUPERSEDED);
        PinnedCards other = PinnedCards.of(List.of(MX.card(2, "c"), US.card(1)));
        assertThat(((BundleOutcome.False) verify(other)).problem().code()).isEqualTo("bundle.card-contradicts-pin");
    }

    @Test
    void noChangedByteGoesUnnoticed() {
        told();
        revoke(KeyName.statement(MX.card(1)));
        byte[] file = file();
        long seed = 4242;
        Random random = new Random(seed);
        for (int at = random.nextInt(600); at < file.length; at += 1 + random.nextInt(600)) {
            byte[] changed = file.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(BundleVerification.verify(changed, PINS).exitCode())
                    .as("seed " + seed + ", byte " + at)
                    .isIn(1, 2);
        }
    }

    @Test
    void statementsAreJudgedUnderTheCardOfTheirPlace() {
        told();
        note("", 5);
        assertThat(problem()).isEqualTo("bundle.statement-refused[6, succession.key-superseded]");
        statements.clear();
        signMemorandum();
        note("b", 50);
        succeed(MX.card(2, "b"));
        assertThat(problem()).isEqualTo("bundle.statement-refused[3, signature.key-other]");
    }

    @Test
    void bothLogsMustJudgeAStatementUnderTheSameCard() {
        told();
        orderAtUs = List.of(0, 1, 2, 4, 3);
        assertThat(problem()).isEqualTo("bundle.statement-refused[5, succession.logs-differ]");
        orderAtUs = List.of(0, 1, 3, 2, 4);
        assertThat(problem()).isEqualTo("bundle.statement-refused[3, succession.key-superseded]");
    }

    @Test
    void checkpointsCountUnderTheCardsBehindTheirLastEntry() {
        told();
        logGeneration = "";
        assertThat(problem()).startsWith("checkpoint.unsigned");
        logGeneration = "b";
        cosigningGeneration = "";
        assertThat(problem()).startsWith("checkpoint.not-cosigned");
        cosigningGeneration = "b";
        sealing = MX.keys("statement");
        assertThat(problem()).startsWith("bundle.seal-refused");
    }

    @Test
    void aSuccessionThatCannotBeMakesTheBundleFalse() {
        signMemorandum();
        succeed(MX.card(3, "b"));
        assertThat(problem()).isEqualTo("bundle.succession-refused[3, succession.serial-skipped]");
        statements.clear();
        told();
        succeed(MX.card(2, "c"));
        assertThat(problem()).isEqualTo("bundle.succession-refused[6, succession.contradicting]");
        statements.clear();
        signMemorandum();
        succeed(new Party("MX", "UIF", "other").card(2));
        assertThat(problem()).isEqualTo("bundle.succession-refused[3, succession.root-other]");
        statements.clear();
        signMemorandum();
        ObjectNode content = new CardSucceeded(MX.card(2, "b")).content();
        sign(MX, CardSucceeded.KIND, 20, content, MX.keys("statement"));
        assertThat(problem()).isEqualTo("bundle.statement-refused[3, signature.key-other]");
        statements.clear();
        told();
        // The older card does not come back by being said again.
        succeed(MX.card(1));
        assertThat(verify(PINS).exitCode()).isZero();
        note("", 60);
        assertThat(problem()).isEqualTo("bundle.statement-refused[7, succession.key-superseded]");
    }

    @Test
    void aRevokedKeyCountsForNothingBehindItsRevocation() {
        told();
        revoke(KeyName.statement(MX.card(1)));
        assertThat(verify(PINS).exitCode()).isZero();
        revoke(KeyName.statement(MX.card(2, "b")));
        note("b", 1);
        assertThat(problem()).isEqualTo("bundle.statement-refused[8, succession.key-revoked]");
        statements.removeLast();
        assertThat(problem()).startsWith("bundle.seal-refused");
        succeed(MX.card(3, "c"));
        sealing = MX.keys("statementc");
        logGeneration = "c";
        cosigningGeneration = "c";
        assertThat(verify(PINS).exitCode()).isZero();
        revoke(KeyName.log(MX.card(3, "c")));
        assertThat(problem()).startsWith("succession.key-revoked");
        statements.removeLast();
        revoke(KeyName.cosigning(MX.card(3, "c")));
        assertThat(problem()).startsWith("succession.key-revoked");
    }
}
