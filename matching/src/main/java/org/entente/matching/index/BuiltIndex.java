package org.entente.matching.index;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * An index and what its holder must keep to open a hit. Only {@link #bytes} goes to the partner. The commitments and the salt key stay with
 * the responder until the last opening may be asked for, and are then destroyed.
 */
public final class BuiltIndex implements IndexBuild {
    private final byte[] bytes;
    private final byte[] commitments;
    private final byte[] saltKey;
    private final int identifiers;
    private final List<List<String>> recordIds;

    BuiltIndex(byte[] bytes, byte[] commitments, byte[] saltKey, int identifiers, List<List<String>> recordIds) {
        this.bytes = bytes;
        this.commitments = commitments;
        this.saltKey = saltKey;
        this.identifiers = identifiers;
        this.recordIds = List.copyOf(recordIds);
    }

    /**
     * An index whose parts were kept apart, so that its leaves can be opened after a restart.
     *
     * @param bytes as {@link #bytes} gave them
     * @param commitments as {@link #commitments} gave them
     * @param saltKey as {@link #exportSaltKeyForKeyStore} gave it
     * @param recordIds for each entry in its order, as {@link #recordIds} gave them
     */
    public static BuiltIndex restore(byte[] bytes, byte[] commitments, byte[] saltKey, List<List<String>> recordIds) {
        if (commitments.length != recordIds.size() * Digest.BYTES || saltKey.length != Digest.BYTES) {
            throw new IllegalArgumentException("the parts are not of one index");
        }
        int identifiers = (int) recordIds.stream().filter(ids -> !ids.isEmpty()).count();
        return new BuiltIndex(bytes.clone(), commitments.clone(), saltKey.clone(), identifiers, recordIds);
    }

    /** The file, see docs/spec/matching.md. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /** The leaf commitments in the order of the entries, 32 bytes each; dummies have random ones. */
    public byte[] commitments() {
        return commitments.clone();
    }

    /** The 32 secret bytes from which the salt of each commitment comes, for the key store. */
    public byte[] exportSaltKeyForKeyStore() {
        return saltKey.clone();
    }

    /** Distinct identifiers, without the dummies. It is not in the file: the padded size must not be undone. */
    public int identifiers() {
        return identifiers;
    }

    /** The records behind an entry, sorted; none for a dummy. */
    public List<String> recordIds(int position) {
        return recordIds.get(position);
    }

    /** Answers the request that follows a hit. */
    public LeafOpening open(int position) {
        return LeafOpening.make(segment(), commitments, saltKey, position, recordIds(position));
    }

    private MemorySegment segment() {
        return MemorySegment.ofArray(bytes);
    }

    public Digest root() {
        return Digest.of(Arrays.copyOfRange(bytes, IndexLayout.ROOT_AT, IndexLayout.ROOT_AT + Digest.BYTES));
    }

    @Override
    public String toString() {
        return "BuiltIndex[" + recordIds.size() + " entries]";
    }
}
