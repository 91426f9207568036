package org.entente.verification.simulate;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;
import org.entente.evidence.canonical.Digest;

/**
 * A node's disk: a journal of transactions, and bodies as files. What was written and not forced may be lost, whole or in part, when the power
 * fails; it fails before or after any single step that the seed chooses.
 *
 * <p>A transaction stands in the journal as bytes under a checksum, so that it can be torn and flipped; what the bytes mean is kept beside them.
 */
final class Disk {
    private static final int HEADER = 12;
    /** How many of the newest bodies damage may strike. */
    private static final int STRUCK_MAX = 8;

    private final Random random;
    private final Tally tally;
    private final List<Frame> journal = new ArrayList<>();
    private final Map<Long, List<Change>> meaning = new HashMap<>();
    private final Map<Digest, File> bodies = new LinkedHashMap<>();
    private long frames;
    private int stepsUntilCut = -1;
    private Fault cutAt = Fault.CRASH_BEFORE_WRITE;
    private boolean full;
    private boolean forceFails;
    private boolean skipsForce;
    private boolean ignoresFailure;
    private final Set<Digest> damaged = new HashSet<>();

    Disk(Random random, Tally tally) {
        this.random = random;
        this.tally = tally;
    }

    /** The power fails: whatever is in memory is gone. */
    static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PowerCut() {
            super("the power fails", null, false, false);
        }
    }

    /** There is no room; nothing was written. */
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full() {
            super("the disk is full", null, false, false);
        }
    }

    /** What was written may be lost, and nobody knows: the node must stop. */
    static final class NotForced extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotForced() {
            super("the disk does not force", null, false, false);
        }
    }

    /** What was durable does not read any more. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged() {
            super("a transaction in the journal does not have its checksum");
        }
    }

    private static final class Frame {
        private final long number;
        private byte[] bytes;
        private boolean durable;

        private Frame(long number, byte[] bytes) {
            this.number = number;
            this.bytes = bytes;
        }
    }

    private static final class File {
        private byte[] bytes;
        private boolean durable;

        private File(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** The power fails at one of the steps to come. */
    void cutSoon(int steps) {
        stepsUntilCut = steps;
    }

    /** What the next failure of the power would interrupt, has passed. */
    void calm() {
        stepsUntilCut = -1;
        full = false;
        forceFails = false;
    }

    void full(boolean now) {
        full = now;
    }

    boolean isFull() {
        return full;
    }

    void forceFails() {
        forceFails = true;
    }

    /** A planted bug: nothing is ever forced. */
    void skipForce() {
        skipsForce = true;
    }

    /** A planted bug: what could not be forced counts as forced. */
    void ignoreFailure() {
        ignoresFailure = true;
    }

    /** Whether a failure of the power is still to come. */
    boolean cutIsPlanned() {
        return stepsUntilCut >= 0;
    }

    private void step(Fault here) {
        cutAt = here;
        if (stepsUntilCut >= 0 && stepsUntilCut-- == 0) {
            tally.fault(cutAt);
            throw new PowerCut();
        }
    }

    /** Writes a transaction; on return it is durable. */
    void commit(List<Change> changes) {
        step(Fault.CRASH_BEFORE_WRITE);
        if (full) {
            tally.fault(Fault.DISK_FULL);
            throw new Full();
        }
        long number = frames++;
        Frame frame = new Frame(number, frame(number, changes));
        meaning.put(number, List.copyOf(changes));
        journal.add(frame);
        force(frame);
    }

    private void force(Frame frame) {
        step(Fault.CRASH_BEFORE_FORCE);
        if (forceFails) {
            tally.fault(Fault.FORCE_FAILED);
            if (ignoresFailure) {
                return;
            }
            throw new NotForced();
        }
        frame.durable = !skipsForce;
        step(Fault.CRASH_AFTER_FORCE);
    }

    private static byte[] frame(long number, List<Change> changes) {
        int length = changes.stream().mapToInt(Change::bytes).sum();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + length + Integer.BYTES);
        bytes.putLong(number).putInt(length);
        byte[] filling = new byte[length];
        Arrays.fill(filling, (byte) number);
        bytes.put(filling);
        bytes.putInt(checksum(bytes.array(), HEADER + length));
        return bytes.array();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    private static Optional<Long> read(byte[] bytes) {
        if (bytes.length < HEADER + Integer.BYTES) {
            return Optional.empty();
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        long number = frame.getLong();
        int length = frame.getInt();
        boolean whole = length >= 0
                && length == bytes.length - HEADER - Integer.BYTES
                && checksum(bytes, HEADER + length) == frame.getInt(HEADER + length);
        return whole ? Optional.of(number) : Optional.empty();
    }

    /** What the failed power leaves behind: of what was not forced all, some or nothing. */
    void settle() {
        journal.removeIf(frame -> !frame.durable && loses(frame));
        bodies.values().removeIf(file -> !file.durable && random.nextBoolean());
        bodies.values().stream().filter(file -> !file.durable).forEach(this::comesOut);
    }

    /** A body gets its name only when its bytes were forced; one that was never forced may be torn under its name. */
    private void comesOut(File file) {
        if (skipsForce) {
            file.bytes = Arrays.copyOf(file.bytes, random.nextInt(file.bytes.length + 1));
        }
        file.durable = true;
    }

    private boolean loses(Frame frame) {
        return switch (random.nextInt(3)) {
            case 0 -> {
                tally.fault(Fault.WRITE_LOST);
                yield true;
            }
            case 1 -> {
                tally.fault(Fault.WRITE_TORN);
                frame.bytes = Arrays.copyOf(frame.bytes, random.nextInt(frame.bytes.length));
                yield false;
            }
            default -> {
                frame.durable = true;
                yield false;
            }
        };
    }

    /** Every transaction that is whole, in order. A torn one at the end never happened; one that is damaged elsewhere is said. */
    List<List<Change>> recover() throws Damaged {
        List<List<Change>> whole = new ArrayList<>();
        for (int i = 0; i < journal.size(); i++) {
            step(Fault.CRASH_IN_RECOVERY);
            Frame frame = journal.get(i);
            Optional<Long> number = read(frame.bytes);
            if (number.isEmpty() && !frame.durable && i == journal.size() - 1) {
                journal.remove(i);
            } else if (number.isEmpty()) {
                throw new Damaged();
            } else {
                frame.durable = true;
                whole.add(Objects.requireNonNull(meaning.get(number.get())));
            }
        }
        return whole;
    }

    /** One bit of the journal turns; the copy that the operator brings back is {@link #repair}ed. */
    void flipBit() {
        if (!journal.isEmpty()) {
            Frame frame = journal.get(random.nextInt(journal.size()));
            if (frame.durable) {
                int bit = random.nextInt(frame.bytes.length * 8);
                frame.bytes[bit / 8] ^= (byte) (1 << (bit % 8));
                tally.fault(Fault.BIT_FLIPPED);
            }
        }
    }

    /** The operator brings the journal back from its second copy. */
    void repair() {
        for (Frame frame : journal) {
            if (read(frame.bytes).isEmpty()) {
                frame.bytes = frame(frame.number, Objects.requireNonNull(meaning.get(frame.number)));
            }
        }
    }

    /** Keeps a body; on return it is durable. */
    void keep(Digest name, byte[] body) {
        step(Fault.CRASH_BEFORE_WRITE);
        if (full) {
            tally.fault(Fault.DISK_FULL);
            throw new Full();
        }
        File file = new File(body.clone());
        bodies.put(name, file);
        step(Fault.CRASH_BEFORE_FORCE);
        if (forceFails) {
            tally.fault(Fault.FORCE_FAILED);
            throw new NotForced();
        }
        file.durable = !skipsForce;
        step(Fault.CRASH_AFTER_FORCE);
    }

    /** Whether something lies there under the name of a body. */
    boolean holds(Digest name) {
        return bodies.containsKey(name);
    }

    /** What lies there under the name of a body; whether it is that body, whoever reads it finds out. */
    Optional<byte[]> body(Digest name) {
        return Optional.ofNullable(bodies.get(name)).map(file -> file.bytes.clone());
    }

    /** Whether this body was damaged here by the disk itself. */
    boolean wasDamaged(Digest name) {
        return damaged.contains(name);
    }

    /** A byte turns in some of the newest bodies that lie there. */
    void damageBodies() {
        List<Digest> names = List.copyOf(bodies.keySet());
        for (Digest name : names.subList(Math.max(0, names.size() - STRUCK_MAX), names.size())) {
            File file = Objects.requireNonNull(bodies.get(name));
            if (file.bytes.length > 0 && random.nextBoolean()) {
                file.bytes[random.nextInt(file.bytes.length)] ^= 1;
                damaged.add(name);
                tally.fault(Fault.BODY_DAMAGED);
            }
        }
    }
}
