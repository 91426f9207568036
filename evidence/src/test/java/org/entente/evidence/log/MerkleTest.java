package org.entente.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.entente.evidence.SharedData;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MerkleTest {
    /** Stored hashes in memory, which refuse to be written twice. */
    private static final class Memory implements HashReader {
        private final Map<String, Digest> hashes = new HashMap<>();

        @Override
        public Digest hash(int level, long index) {
            Digest hash = hashes.get(level + "/" + index);
            if (hash == null) {
                throw new IllegalStateException("no hash at " + level + "/" + index);
            }
            return hash;
        }

        Frontier append(Frontier frontier, Digest leaf) {
            Frontier.Appended appended = frontier.append(leaf);
            for (StoredHash stored : appended.stored()) {
                assertThat(hashes.put(stored.level() + "/" + stored.index(), stored.hash()))
                        .isNull();
            }
            return appended.frontier();
        }
    }

    /** RFC 6962 section 2.1, word by word. */
    private static Digest model(List<Digest> leaves) {
        if (leaves.isEmpty()) {
            return MerkleHash.empty();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = 1;
        while (k * 2 < leaves.size()) {
            k *= 2;
        }
        return MerkleHash.node(model(leaves.subList(0, k)), model(leaves.subList(k, leaves.size())));
    }

    @Test
    void everyPublishedInclusionProofIsJudgedAsPublished() throws Malformed {
        int seen = 0;
        for (Path file : SharedData.jsonFiles("vectors/merkle/inclusion")) {
            JsonNode test = SharedData.json(file);
            boolean hashes = isHash(test.get("leafHash")) && isHash(test.get("root"));
            boolean verifies = hashes
                    && new InclusionProof(integer(test, "leafIdx"), proof(test))
                            .verifies(
                                    digest(test.get("leafHash")), integer(test, "treeSize"), digest(test.get("root")));
            assertThat(verifies)
                    .as(file.toString())
                    .isEqualTo(!test.get("wantErr").booleanValue());
            seen++;
        }
        assertThat(seen).isGreaterThan(90);
    }

    @Test
    void everyPublishedConsistencyProofIsJudgedAsPublished() throws Malformed {
        int seen = 0;
        for (Path file : SharedData.jsonFiles("vectors/merkle/consistency")) {
            JsonNode test = SharedData.json(file);
            boolean verifies = Consistency.verifies(
                    integer(test, "size1"),
                    digest(test.get("root1")),
                    integer(test, "size2"),
                    digest(test.get("root2")),
                    proof(test));
            assertThat(verifies)
                    .as(file.toString())
                    .isEqualTo(!test.get("wantErr").booleanValue());
            seen++;
        }
        assertThat(seen).isGreaterThan(80);
    }

    private static boolean isHash(JsonNode text) throws Malformed {
        return Base64Text.parsePadded(text.stringValue()).length == Digest.LENGTH;
    }

    /** Some vectors hold placeholders of other lengths; equal ones stay equal, and none becomes a hash of the tree. */
    private static Digest digest(JsonNode text) throws Malformed {
        byte[] bytes = Base64Text.parsePadded(text.stringValue());
        return bytes.length == Digest.LENGTH ? Digest.ofBytes(bytes) : Digest.of(bytes, new byte[] {42});
    }

    /** Numbers beyond 2^63 - 1 cannot even be read; they stand as -1. */
    private static long integer(JsonNode test, String name) {
        return test.get(name).canConvertToLong() ? test.get(name).longValue() : -1;
    }

    private static List<Digest> proof(JsonNode test) throws Malformed {
        List<Digest> proof = new ArrayList<>();
        JsonNode hashes = test.get("proof");
        if (hashes != null && hashes.isArray()) {
            for (JsonNode hash : hashes) {
                proof.add(digest(hash));
            }
        }
        return proof;
    }

    @Test
    void rootsAndProofsEqualThoseOfThePlainModelAtEverySize() {
        long seed = 41;
        Random random = new Random(seed);
        Memory memory = new Memory();
        MerkleTree tree = new MerkleTree(memory);
        Frontier frontier = Frontier.empty();
        List<Digest> leaves = new ArrayList<>();
        List<Digest> roots = new ArrayList<>(List.of(MerkleHash.empty()));
        for (int size = 1; size <= 130; size++) {
            byte[] entry = new byte[random.nextInt(40)];
            random.nextBytes(entry);
            leaves.add(MerkleHash.leaf(entry));
            frontier = memory.append(frontier, leaves.getLast());
            roots.add(model(leaves));
            assertThat(frontier.root()).isEqualTo(roots.getLast()).isEqualTo(tree.root(size));
            assertThat(Frontier.load(size, memory).root()).isEqualTo(roots.getLast());
            for (int earlier = 1; earlier <= size; earlier++) {
                Digest root = roots.get(size);
                List<Digest> proof = tree.consistency(earlier, size);
                assertThat(Consistency.verifies(earlier, roots.get(earlier), size, root, proof))
                        .as("seed %d, %d to %d", seed, earlier, size)
                        .isTrue();
                InclusionProof inclusion = tree.inclusion(earlier - 1L, size);
                assertThat(inclusion.verifies(leaves.get(earlier - 1), size, root))
                        .isTrue();
                assertThat(inclusion.verifies(leaves.get(size - earlier), size, root))
                        .isEqualTo(leaves.get(size - earlier).equals(leaves.get(earlier - 1)));
            }
        }
    }

    @Test
    void aProofThatIsChangedAnywhereDoesNotVerify() {
        Memory memory = new Memory();
        MerkleTree tree = new MerkleTree(memory);
        Frontier frontier = Frontier.empty();
        for (int i = 0; i < 21; i++) {
            frontier = memory.append(frontier, MerkleHash.leaf(new byte[] {(byte) i}));
        }
        Digest other = MerkleHash.leaf(new byte[] {99});
        List<Digest> proof = tree.consistency(13, 21);
        for (int i = 0; i < proof.size(); i++) {
            List<Digest> changed = new ArrayList<>(proof);
            changed.set(i, other);
            assertThat(Consistency.verifies(13, tree.root(13), 21, tree.root(21), changed))
                    .isFalse();
            changed = new ArrayList<>(proof);
            changed.add(i, other);
            assertThat(Consistency.verifies(13, tree.root(13), 21, tree.root(21), changed))
                    .isFalse();
        }
        assertThatThrownBy(() -> tree.inclusion(21, 21)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.consistency(0, 21)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A log that another implementation wrote (tessera): every root and every signed checkpoint is ours, too. */
    @Test
    void aLogOfAnotherImplementationHasTheRootsThatItsCheckpointsSign() throws Malformed {
        NoteKey key = NoteKey.parse("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
        KnownLog log = new KnownLog(key.name(), List.of(key));
        ByteBuffer entries = ByteBuffer.wrap(SharedData.bytes("vectors/tlog-tiles/log/tile/entries/000.p/15"));
        ByteBuffer tile = ByteBuffer.wrap(SharedData.bytes("vectors/tlog-tiles/log/tile/0/000.p/15"));
        Frontier frontier = Frontier.empty();
        for (int size = 0; size <= 15; size++) {
            String note =
                    new String(SharedData.bytes("vectors/tlog-tiles/log/checkpoint." + size), StandardCharsets.UTF_8);
            SignedCheckpoint signed = SignedCheckpoint.open(SignedNote.parse(note), log);
            assertThat(signed.checkpoint().size()).isEqualTo(size);
            assertThat(signed.checkpoint().root()).isEqualTo(frontier.root());
            assertThat(signed.note()).isEqualTo(note);
            if (size < 15) {
                byte[] entry = new byte[entries.getShort()];
                entries.get(entry);
                byte[] stored = new byte[32];
                tile.get(stored);
                assertThat(MerkleHash.leaf(entry).bytes()).isEqualTo(stored);
                frontier = frontier.append(MerkleHash.leaf(entry)).frontier();
            }
        }
    }
}
