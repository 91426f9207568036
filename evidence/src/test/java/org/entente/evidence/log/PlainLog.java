package org.entente.evidence.log;

import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.Ed25519SecretKey;

/** A log in memory for tests, which may also do what no log should: forget its end, or go on from another past. */
public final class PlainLog {
    private final String origin;
    private final Ed25519SecretKey key;
    private final List<Digest> leaves;

    private PlainLog(String origin, Ed25519SecretKey key, List<Digest> leaves) {
        this.origin = origin;
        this.key = key;
        this.leaves = new ArrayList<>(leaves);
    }

    /** The key is that of the origin, so that two logs of one origin sign alike. */
    public static PlainLog empty(String origin) {
        byte[] seed = Digest.of(origin.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .bytes();
        return new PlainLog(origin, Ed25519SecretKey.ofSeed(seed), List.of());
    }

    public static PlainLog of(String origin, int size) {
        PlainLog log = empty(origin);
        for (int i = 0; i < size; i++) {
            log.append(i);
        }
        return log;
    }

    public void append(int entry) {
        leaves.add(MerkleHash.leaf(new byte[] {(byte) (entry >>> 8), (byte) entry}));
    }

    /** The same log with only so many of its leaves, to go on from there. */
    public PlainLog cut(int size) {
        return new PlainLog(origin, key, leaves.subList(0, size));
    }

    /** The same log with another leaf at that place. */
    public PlainLog altered(int place) {
        PlainLog other = cut(leaves.size());
        other.leaves.set(place, MerkleHash.leaf(new byte[] {42, 42, 42}));
        return other;
    }

    public int size() {
        return leaves.size();
    }

    public KnownLog known() {
        return KnownLog.of(origin, key.publicKey());
    }

    public Checkpoint head(int size) {
        return new Checkpoint(origin, size, tree().root(size));
    }

    public SignedCheckpoint signed(int size) {
        return SignedCheckpoint.sign(head(size), key);
    }

    public SignedCheckpoint signed() {
        return signed(size());
    }

    /** Signs whatever it is given. */
    public SignedCheckpoint sign(Checkpoint checkpoint) {
        return SignedCheckpoint.sign(checkpoint, key);
    }

    public List<Digest> proof(int from, int to) {
        return from == 0 || from == to ? List.of() : tree().consistency(from, to);
    }

    public MerkleTree tree() {
        return new MerkleTree(this::hash);
    }

    private Digest hash(int level, long index) {
        return level == 0
                ? leaves.get((int) index)
                : MerkleHash.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
    }
}
