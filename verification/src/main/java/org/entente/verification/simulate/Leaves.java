package org.entente.verification.simulate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.log.Frontier;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.MerkleTree;
import org.entente.evidence.log.StoredHash;

/** The tree over the entries of a log, in memory. */
final class Leaves {
    private record At(int level, long index) {}

    private final Map<At, Digest> hashes = new HashMap<>();
    private Frontier frontier = Frontier.empty();

    /** Over nothing yet. */
    Leaves() {}

    /** Grows to a log that begins with the statements which are here. */
    Leaves grown(List<Digest> log) {
        for (Digest statement : log.subList((int) frontier.size(), log.size())) {
            Frontier.Appended appended = frontier.append(MerkleHash.statementLeaf(statement));
            for (StoredHash stored : appended.stored()) {
                hashes.put(new At(stored.level(), stored.index()), stored.hash());
            }
            frontier = appended.frontier();
        }
        return this;
    }

    static Leaves of(List<Digest> statements) {
        return new Leaves().grown(statements);
    }

    MerkleTree tree() {
        return new MerkleTree((level, index) -> java.util.Objects.requireNonNull(hashes.get(new At(level, index))));
    }

    Digest root(long size) {
        return tree().root(size);
    }
}
