package org.entente.matching.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Proves which records an entry denotes: entry, salt, record ids and the path to the root that was announced. It is the answer to a request
 * after a hit, so a responder can neither plant an entry that denotes nothing nor name another record later.
 */
public final class LeafOpening {
    /** Longest form in bytes. */
    public static final int BYTES_MAX = 1 << 26;

    private static final int RECORD_IDS_MAX = 65_535;
    private static final int PATH_MAX = 63;

    private final long position;
    private final byte[] entry;
    private final byte[] salt;
    private final List<String> recordIds;
    private final Path path;

    /**
     * What leads from the leaf to the announced root.
     *
     * @param siblings in the tree of leaves, from the leaf upwards
     * @param contentRoot what header and blocks hash to, the left sibling of the root of the leaves
     */
    record Path(List<Digest> siblings, Digest contentRoot) {
        Path {
            siblings = List.copyOf(siblings);
        }
    }

    LeafOpening(long position, byte[] entry, byte[] salt, List<String> recordIds, Path path) {
        this.position = position;
        this.entry = entry;
        this.salt = salt;
        this.recordIds = List.copyOf(recordIds);
        this.path = path;
    }

    /** What an opening shows. */
    public sealed interface Check {
        /** The entry was committed to these records when the root was announced. */
        record Opened(List<String> recordIds) implements Check {}

        /** The opening is for another entry than the hit's. */
        record OtherEntry() implements Check {}

        /** The records, the salt or the path do not lead to the announced root. */
        record NotCommitted() implements Check {}
    }

    /** Checks the opening of the entry at a position of an index whose root the responder announced. */
    public Check verify(MatchIndex index, long hitPosition) throws DamagedIndex {
        if (position != hitPosition || position >= index.entries() || !Arrays.equals(entry, index.entry(hitPosition))) {
            return new Check.OtherEntry();
        }
        return verify(index.root(), index.entries(), hitPosition);
    }

    /**
     * Checks the opening of a position under an announced root when the file is no longer there. The root of so many entries commits to one
     * leaf at each position, so what leads to it from there is the entry that was hit.
     */
    public Check verify(Digest root, long entries, long hitPosition) {
        if (position != hitPosition || position >= entries) {
            return new Check.OtherEntry();
        }
        byte[] framed = framed(recordIds);
        byte[] commitment = Digest.sha256(salt, framed).bytes();
        Digest leaf = Digest.of(SaltKey.Salter.leaf(Digest.hash(), entry, commitment));
        return MerkleTree.rootFrom(leaf, position, entries, path.siblings)
                        .map(leaves -> Digest.of(MerkleTree.node(path.contentRoot.bytes(), leaves.bytes())))
                        .filter(root::equals)
                        .isPresent()
                ? new Check.Opened(recordIds)
                : new Check.NotCommitted();
    }

    private static byte[] framed(List<String> recordIds) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String recordId : recordIds) {
            byte[] id = recordId.getBytes(UTF_8);
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) id.length).array());
            out.writeBytes(id);
        }
        return out.toByteArray();
    }

    /** position (8) ‖ entry (24) ‖ salt (32) ‖ number of ids (2) ‖ each: length (2), UTF-8 ‖ number of siblings (1) ‖ each (32) ‖ content root (32). */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8).putLong(position).array());
        out.writeBytes(entry);
        out.writeBytes(salt);
        out.writeBytes(ByteBuffer.allocate(2).putShort((short) recordIds.size()).array());
        out.writeBytes(framed(recordIds));
        out.write(path.siblings.size());
        path.siblings.forEach(sibling -> out.writeBytes(sibling.bytes()));
        out.writeBytes(path.contentRoot.bytes());
        return out.toByteArray();
    }

    /** Reads what {@link #bytes} wrote; empty when it is anything else. */
    public static Optional<LeafOpening> decode(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            long position = in.getLong();
            byte[] entry = take(in, IndexLayout.FULL_ENTRY_BYTES);
            byte[] salt = take(in, SaltKey.SALT_BYTES);
            int ids = Short.toUnsignedInt(in.getShort());
            List<String> recordIds = new ArrayList<>();
            for (int n = 0; n < ids; n++) {
                byte[] id = take(in, Short.toUnsignedInt(in.getShort()));
                recordIds.add(UTF_8.newDecoder().decode(ByteBuffer.wrap(id)).toString());
            }
            int siblings = Byte.toUnsignedInt(in.get());
            List<Digest> path = new ArrayList<>();
            for (int n = 0; n < siblings; n++) {
                path.add(Digest.of(take(in, Digest.BYTES)));
            }
            Digest contentRoot = Digest.of(take(in, Digest.BYTES));
            boolean sound =
                    !in.hasRemaining() && position >= 0 && ids > 0 && ids <= RECORD_IDS_MAX && siblings <= PATH_MAX;
            return sound
                    ? Optional.of(new LeafOpening(position, entry, salt, recordIds, new Path(path, contentRoot)))
                    : Optional.empty();
        } catch (BufferUnderflowException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
