package org.entente.verification.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.entente.evidence.bundle.Bundle;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.bundle.LogEvidence;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.MerkleTree;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Part {@code bundle}: the verification of a bundle of a hundred statements: the first in this process, in which everything is
 * cold, and those that follow. Both signatures of each statement, both logs and both cosignatures are verified each time.
 */
final class BundleTimes implements Part {
    private static final int STATEMENTS = 100;
    private static final int REPETITIONS = 15;
    private static final int REPETITIONS_QUICK = 5;

    static final String BAR = "verify-a-bundle";
    private static final Bar.Goal GOAL = new Bar.Goal(200, "ms", Bar.Better.LOWER);

    private final SeriesBook book = new SeriesBook();

    @Override
    public Set<String> names() {
        return Set.of("bundle");
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return List.of(Bar.unmeasured(BAR, GOAL, reason));
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress) throws IOException {
        Path folder = Folders.fresh();
        try {
            progress.at("making a bundle");
            BenchParty mx = BenchParty.found(folder.resolve("mx"), "MX");
            BenchParty us = BenchParty.found(folder.resolve("us"), "US");
            byte[] bundle = bundle(mx, us);
            PinnedCards pins = PinnedCards.of(List.of(mx.card(), us.card()));
            book.of("a bundle of " + STATEMENTS + " statements", "KiB").add(bundle.length / 1024.0);
            book.of("verified, the first time in a process that has only signed", "ms")
                    .add(verify(bundle, pins));
            for (int n = 0; n < (extent.quick() ? REPETITIONS_QUICK : REPETITIONS); n++) {
                book.of("verified again", "ms").add(verify(bundle, pins));
            }
        } finally {
            Folders.delete(folder);
        }
        double slowest = Math.max(
                book.of("verified, the first time in a process that has only signed", "ms")
                        .greatest(),
                book.of("verified again", "ms").median());
        return new Benchmark.Measured(book.all(), List.of(Bar.measured(BAR, slowest, GOAL, false)));
    }

    private static double verify(byte[] bundle, PinnedCards pins) throws BenchmarkFailed {
        long begun = System.nanoTime();
        BundleOutcome outcome = BundleVerification.verify(bundle, pins);
        double milliseconds = (System.nanoTime() - begun) / 1e6;
        if (!(outcome instanceof BundleOutcome.Verified)) {
            throw new BenchmarkFailed("the bundle does not verify: " + outcome);
        }
        return milliseconds;
    }

    private static byte[] bundle(BenchParty mx, BenchParty us) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ObjectNode memorandum = JsonNodeFactory.instance.objectNode().put("memorandum", "MX-US/measured");
        List<Statement> statements = new ArrayList<>();
        for (BenchParty party : List.of(mx, us)) {
            ObjectNode signed = JsonNodeFactory.instance
                    .objectNode()
                    .put("memorandum", "MX-US/measured")
                    .put("digest", CanonicalJson.digest(memorandum).hex());
            statements.add(say("memorandum-signed", party, party.equals(mx) ? us : mx, now, signed));
        }
        for (int n = statements.size(); n < STATEMENTS; n++) {
            ObjectNode content =
                    JsonNodeFactory.instance.objectNode().put("number", n).put("body", "0".repeat(400));
            statements.add(say("request", n % 2 == 0 ? mx : us, n % 2 == 0 ? us : mx, now, content));
        }
        return Bundle.seal(
                        new Bundle.Exchange(
                                List.of(mx.card(), us.card()),
                                memorandum,
                                statements,
                                List.of(log(mx, us, statements, now), log(us, mx, statements, now))),
                        mx.code(),
                        now,
                        mx.keys().statement())
                .bytes();
    }

    private static Statement say(String kind, BenchParty from, BenchParty to, Instant at, ObjectNode content) {
        return Statement.sign(
                StatementDraft.of(kind, from.code(), at, content).addressedTo(to.code()),
                from.keys().statement());
    }

    private static LogEvidence log(
            BenchParty owner, BenchParty counterpart, List<Statement> statements, Instant cosignedAt) {
        List<Digest> leaves = statements.stream()
                .map(statement -> MerkleHash.statementLeaf(statement.id()))
                .toList();
        MerkleTree tree = new MerkleTree((level, index) -> hash(leaves, level, index));
        List<InclusionProof> inclusions = new ArrayList<>();
        for (int n = 0; n < leaves.size(); n++) {
            inclusions.add(tree.inclusion(n, leaves.size()));
        }
        String origin = LogNames.relationship(owner.code(), counterpart.code(), 1);
        SignedCheckpoint cosigned = SignedCheckpoint.sign(
                        new Checkpoint(origin, leaves.size(), tree.root(leaves.size())),
                        owner.keys().log())
                .cosign(
                        CosignerSecrets.of(
                                counterpart.code(), counterpart.keys().cosigning()),
                        cosignedAt);
        return new LogEvidence(origin, cosigned.note(), inclusions);
    }

    private static Digest hash(List<Digest> leaves, int level, long index) {
        return level == 0
                ? leaves.get((int) index)
                : MerkleHash.node(hash(leaves, level - 1, 2 * index), hash(leaves, level - 1, 2 * index + 1));
    }
}
