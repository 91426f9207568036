package org.entente.node.partner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.Frontier;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.MerkleTree;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.StoredHash;

/** The partner's log of the relationship, in memory. */
final class LogInHand {
    private final String origin;
    private final Ed25519SecretKey key;
    private final List<Digest> statements = new ArrayList<>();
    private final Map<String, Digest> hashes = new HashMap<>();
    private Frontier frontier = Frontier.empty();
    private Optional<SignedCheckpoint> cosigned = Optional.empty();

    LogInHand(String origin, Ed25519SecretKey key) {
        this.origin = origin;
        this.key = key;
    }

    /** Appends a statement, unless it is there. */
    synchronized void append(Digest statement) {
        if (statements.contains(statement)) {
            return;
        }
        Frontier.Appended appended = frontier.append(MerkleHash.statementLeaf(statement));
        for (StoredHash stored : appended.stored()) {
            hashes.put(stored.level() + " " + stored.index(), stored.hash());
        }
        frontier = appended.frontier();
        statements.add(statement);
    }

    synchronized SignedCheckpoint head() {
        return SignedCheckpoint.sign(new Checkpoint(origin, frontier.size(), frontier.root()), key);
    }

    /** What the node has cosigned of it. */
    synchronized Optional<SignedCheckpoint> cosigned() {
        return cosigned;
    }

    synchronized void keepCosigned(SignedCheckpoint checkpoint) {
        cosigned = Optional.of(checkpoint);
    }

    synchronized List<Digest> consistency(long first, long second) {
        return first == 0 || first == second ? List.of() : tree().consistency(first, second);
    }

    synchronized Optional<InclusionProof> proof(Digest statement, long size) {
        int index = statements.indexOf(statement);
        return index < 0 || index >= size ? Optional.empty() : Optional.of(tree().inclusion(index, size));
    }

    private MerkleTree tree() {
        return new MerkleTree((level, index) ->
                Optional.ofNullable(hashes.get(level + " " + index)).orElseThrow());
    }
}
