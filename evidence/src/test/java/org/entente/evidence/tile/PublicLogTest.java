package org.entente.evidence.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.entente.evidence.SharedData;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519PublicKey;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.SignedCheckpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log of 15 entries that another implementation wrote (tessera): its files at every size are ours byte for byte. */
class PublicLogTest {
    private static final String ORIGIN = "example.com/log/testdata";
    private static final String LOG = "vectors/tlog-tiles/log/";

    private static TileSource files() {
        Path folder = SharedData.path(LOG);
        return path -> {
            Path file = folder.resolve(path.path());
            try {
                return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        };
    }

    private static Ed25519PublicKey key() throws Malformed {
        byte[] typed = Base64Text.parsePadded("AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
        return Ed25519PublicKey.parse(Arrays.copyOfRange(typed, 1, 33));
    }

    private static SignedCheckpoint checkpoint(int size) throws Malformed {
        String note = new String(SharedData.bytes(LOG + "checkpoint." + size), StandardCharsets.UTF_8);
        return SignedCheckpoint.open(note, ORIGIN, key());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void itsTilesBundlesAndRootAreOurs(int size) throws Malformed {
        TileSource files = files();
        SignedCheckpoint signed = checkpoint(size);
        TiledTree tree = TiledTree.open(signed.checkpoint(), files);
        Map<String, byte[]> derived = new TreeMap<>();
        TileGrowth growth = TileGrowth.empty();
        for (int index = 0; index < size; index++) {
            byte[] entry = tree.entry(index);
            growth.append(MerkleHash.leaf(entry), tile -> derived.put(tile.at().path(), tile.bytes()));
            TlogProof proof = TlogProof.of(tree.inclusion(index), signed);
            assertThat(TlogProof.parse(proof.text())
                            .verify(MerkleHash.leaf(entry), ORIGIN, key())
                            .note())
                    .isEqualTo(signed.note());
        }
        growth.cover(tile -> derived.put(tile.at().path(), tile.bytes()));
        assertThat(growth.root()).isEqualTo(signed.checkpoint().root());
        assertThat(derived).hasSize(size == 0 ? 0 : 1);
        derived.forEach((path, file) -> assertThat(SharedData.bytes(LOG + path)).isEqualTo(file));
        assertThat(TileCheck.againstEntries(signed.checkpoint(), files)).isEqualTo(new TileCheck.Sound(derived.size()));
        for (int earlier = 0; earlier < size; earlier++) {
            assertThat(tree.beginsWith(checkpoint(earlier).checkpoint())).isTrue();
        }
    }

    @Test
    void itsEntriesBundledByUsAreItsFiles() throws Malformed {
        EntryBundle all = files().bundle(new BundleAt(0, 15));
        List<byte[]> entries = new ArrayList<>();
        for (int size = 1; size <= 15; size++) {
            entries.add(all.entry(size - 1));
            BundleAt at = new BundleAt(0, size);
            assertThat(EntryBundle.of(at, entries).bytes()).isEqualTo(SharedData.bytes(LOG + at.path()));
        }
        assertThat(new String(all.entry(7), StandardCharsets.US_ASCII)).isEqualTo("eit");
        assertThat(all.leaves().hashes().getFirst()).isEqualTo(Digest.of(new byte[] {0, 'o', 'n', 'e'}));
    }
}
