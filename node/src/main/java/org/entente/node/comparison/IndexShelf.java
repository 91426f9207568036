package org.entente.node.comparison;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.matching.group.EncodingRefused;
import org.entente.matching.index.BuiltIndex;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.MatchIndex;
import org.entente.matching.oprf.EpochKey;
import org.entente.node.home.NodeHome;
import org.entente.node.keys.SealedFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Where indices lie: the files by their Merkle root, and beside those of our own what opens their leaves. The epoch's key
 * and the key of the salts are sealed in the key store and nowhere else.
 */
public final class IndexShelf {
    private static final int RECORDS_BYTES_MAX = 1 << 30;

    private final Path folder;
    private final SealedFiles keys;

    public IndexShelf(Path folder, SealedFiles keys) {
        this.folder = folder;
        this.keys = keys;
    }

    /** Keeps an index of our own with its secrets; all of it is durable on return. */
    public void keep(BuiltIndex index, EpochKey key) throws IOException {
        Digest root = root(index);
        keys.write("epoch." + root.hex(), key.exportForKeyStore());
        keys.write("salts." + root.hex(), index.exportSaltKeyForKeyStore());
        NodeHome.write(file(root, "commitments"), index.commitments());
        ArrayNode records = JsonNodeFactory.instance.arrayNode();
        int entries = index.commitments().length / Digest.LENGTH;
        for (int position = 0; position < entries; position++) {
            ArrayNode ids = records.addArray();
            index.recordIds(position).forEach(ids::add);
        }
        NodeHome.write(file(root, "records"), records.toString().getBytes(StandardCharsets.UTF_8));
        NodeHome.write(file(root, "index"), index.bytes());
    }

    /** Keeps an index that a partner gave us. */
    public void keepReceived(Digest root, byte[] bytes) throws IOException {
        NodeHome.write(file(root, "index"), bytes);
    }

    /** The secret key of an index of our own, until its epoch ends. */
    public EpochKey key(Digest root) throws IOException, Malformed {
        try {
            return EpochKey.restore(keys.read("epoch." + root.hex()));
        } catch (EncodingRefused e) {
            throw new Malformed("keys.damaged", "epoch." + root.hex());
        }
    }

    /** An index of our own, with what opens its leaves. */
    public BuiltIndex own(Digest root) throws IOException, Malformed {
        JsonNode json = CanonicalJson.parse(Files.readAllBytes(file(root, "records")), RECORDS_BYTES_MAX);
        List<List<String>> records = new ArrayList<>();
        for (JsonNode ids : json) {
            List<String> one = new ArrayList<>();
            ids.forEach(id -> one.add(id.asString()));
            records.add(one);
        }
        return BuiltIndex.restore(
                Files.readAllBytes(file(root, "index")),
                Files.readAllBytes(file(root, "commitments")),
                keys.read("salts." + root.hex()),
                records);
    }

    /** Opens an index for look-up. */
    public MatchIndex open(Digest root) throws IOException, Malformed {
        return open(Files.readAllBytes(file(root, "index")), 0);
    }

    /** Opens the bytes of an index, all of it checked. */
    static MatchIndex open(byte[] bytes, long entriesMin) throws Malformed {
        try {
            return MatchIndex.open(MemorySegment.ofArray(bytes), entriesMin);
        } catch (DamagedIndex e) {
            throw new Malformed("matching.index." + word(e.reason()));
        }
    }

    static String word(Enum<?> reason) {
        return reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static Digest root(BuiltIndex index) {
        return Digest.ofBytes(index.root().bytes());
    }

    private Path file(Digest root, String ending) {
        return folder.resolve(root.hex() + "." + ending);
    }
}
