package org.entente.verification.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.witness.AddCheckpoint;

/** Attacks with the heads of the partner's own log: other histories, shorter ones, forged proofs. */
final class LogAttacks {
    private LogAttacks() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>();
        all.add(new Attack("head-that-is-shorter-than-before", hand -> {
            SignedCheckpoint seen = seen(hand, 2);
            long size = seen.checkpoint().size() - 1;
            hand.notCosigned(
                    submission(0, List.of(), head(hand, size, honest(hand).root(size))), 409);
        }));
        all.add(new Attack("proof-from-nothing-after-something", hand -> {
            SignedCheckpoint seen = seen(hand, 1);
            hand.notCosigned(submission(0, List.of(), seen), 409);
        }));
        all.add(new Attack("growth-with-a-forged-proof", hand -> {
            long size = seen(hand, 1).checkpoint().size();
            SignedCheckpoint next = head(hand, size + 3, hand.anything());
            hand.notCosigned(submission(size, List.of(hand.anything(), hand.anything()), next), 422);
        }));
        all.add(new Attack("growth-without-a-proof", hand -> {
            long size = seen(hand, 1).checkpoint().size();
            hand.notCosigned(submission(size, List.of(), head(hand, size + 3, hand.anything())), 422);
        }));
        all.add(new Attack("proof-that-starts-beyond-the-head", hand -> {
            SignedCheckpoint seen = seen(hand, 1);
            hand.notCosigned(submission(seen.checkpoint().size() + 5, List.of(), seen), 400, 409);
        }));
        all.add(new Attack("head-under-another-key", hand -> {
            SignedCheckpoint seen = seen(hand, 1);
            Ed25519SecretKey other = hand.third().keys().log();
            hand.notCosigned(
                    submission(seen.checkpoint().size(), List.of(), SignedCheckpoint.sign(seen.checkpoint(), other)),
                    403);
        }));
        all.add(new Attack("head-of-a-third-partys-log", hand -> {
            String origin =
                    LogNames.relationship(hand.third().party(), hand.victim().party(), 1);
            SignedCheckpoint other = SignedCheckpoint.sign(
                    new Checkpoint(origin, 5, hand.anything()), hand.me().keys().log());
            hand.notCosigned(submission(0, List.of(), other), 404);
        }));
        all.add(new Attack("head-of-an-incarnation-that-was-never-opened", hand -> {
            String origin = LogNames.relationship(hand.party(), hand.victim().party(), 2);
            SignedCheckpoint other = SignedCheckpoint.sign(
                    new Checkpoint(origin, 5, hand.anything()), hand.me().keys().log());
            hand.notCosigned(submission(0, List.of(), other), 404);
        }));
        all.add(new Attack("empty-tree-with-another-root", hand -> {
            seen(hand, 1);
            hand.notCosigned("old 0\n\nnothing".getBytes(UTF_8), 400);
        }));
        all.add(new Attack("rubbish-for-a-head", hand -> hand.notCosigned("\u0000\u0001\u0002".getBytes(UTF_8), 400)));
        all.add(new Attack("head-beyond-all-size", hand -> {
            long size = seen(hand, 1).checkpoint().size();
            hand.notCosigned(submission(size, List.of(hand.anything()), head(hand, 1L << 50, hand.anything())), 422);
        }));
        return List.copyOf(all);
    }

    static List<Attack> last() {
        return List.of(
                new Attack("two-roots-of-one-size", hand -> {
                    SignedCheckpoint seen = seen(hand, 1);
                    long size = seen.checkpoint().size();
                    hand.notCosigned(submission(size, List.of(), head(hand, size, hand.anything())), 422);
                    hand.proved();
                }),
                new Attack("history-that-was-written-anew", hand -> {
                    SignedCheckpoint seen = seen(hand, 3);
                    long size = seen.checkpoint().size();
                    if (Long.bitCount(size) == 1) {
                        throw new Intruder.NotNow();
                    }
                    List<Digest> other =
                            Stream.generate(hand::anything).limit(size + 4).toList();
                    Leaves leaves = Leaves.of(other);
                    SignedCheckpoint next = head(hand, size + 4, leaves.root(size + 4));
                    hand.notCosigned(submission(size, leaves.tree().consistency(size, size + 4), next), 422);
                    hand.proved();
                }));
    }

    private static SignedCheckpoint seen(Intruder hand, long atLeast) {
        return hand.victims()
                .with(hand.party())
                .witnessed
                .filter(head -> head.checkpoint().size() >= atLeast)
                .orElseThrow(Intruder.NotNow::new);
    }

    private static Leaves honest(Intruder hand) {
        return Leaves.of(hand.mine().with(hand.victim().party()).leaves);
    }

    private static SignedCheckpoint head(Intruder hand, long size, Digest root) {
        String origin = LogNames.relationship(hand.party(), hand.victim().party(), 1);
        return SignedCheckpoint.sign(
                new Checkpoint(origin, size, root), hand.me().keys().log());
    }

    private static byte[] submission(long old, List<Digest> proof, SignedCheckpoint head) {
        return AddCheckpoint.of(old, proof, head).body();
    }
}
