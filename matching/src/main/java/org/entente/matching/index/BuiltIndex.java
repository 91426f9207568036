package org.entente.matching.index;

import java.io.OutputStream;
import java.lang.foreign.MemorySegment;

/** An index that was built in memory. Only {@link #bytes} goes to the partner. */
public final class BuiltIndex implements IndexBuild {
    private final byte[] bytes;
    private final byte[] ownBytes;
    private final SaltKey saltKey;
    private final StreamedBuild.Finished facts;

    BuiltIndex(byte[] bytes, byte[] ownBytes, SaltKey saltKey, StreamedBuild.Finished facts) {
        this.bytes = bytes;
        this.ownBytes = ownBytes;
        this.saltKey = saltKey;
        this.facts = facts;
    }

    /** The file, see docs/spec/matching.md. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public void writeTo(OutputStream out) throws java.io.IOException {
        out.write(bytes);
    }

    /** What the holder keeps beside it, to open its leaves. */
    public byte[] ownBytes() {
        return ownBytes.clone();
    }

    public SaltKey saltKey() {
        return saltKey;
    }

    /** Distinct identifiers, without the dummies. */
    public long identifiers() {
        return facts.identifiers();
    }

    /** Dummies included. */
    public long entries() {
        return facts.entries();
    }

    public Digest root() {
        return facts.root();
    }

    /** Opened for look-up and openings. */
    public OwnIndex open() {
        try {
            return OwnIndex.open(MemorySegment.ofArray(bytes), MemorySegment.ofArray(ownBytes), saltKey);
        } catch (DamagedIndex e) {
            throw new IllegalStateException("an index that was just built does not open", e);
        }
    }

    @Override
    public String toString() {
        return "BuiltIndex[" + entries() + " entries]";
    }
}
