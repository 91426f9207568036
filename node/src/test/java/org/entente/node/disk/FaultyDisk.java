package org.entente.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that keeps only what it was forced to keep. Bytes are durable once their file was forced, names once their
 * folder was; after a power cut anything that was not forced may be there, be gone, or be torn, each by itself. It may also
 * run full, and break: a force that has failed says on the next call that all is well, and has still kept nothing, as disks do.
 *
 * <p>Every change is a step, and a fault is planned for a step, so that a test can have each of them fail in turn. It is for
 * one thread at a time.
 */
public final class FaultyDisk {
    private static final int BLOCK_BYTES = 64;

    private final RandomGenerator random;
    private final DiskFileSystem system = new DiskFileSystem(this);
    private final Folder top;
    private Optional<Fault> planned = Optional.empty();
    private long stepOfFault;
    private long steps;
    private boolean cut;
    private boolean full;
    private boolean lying;
    private boolean forceFailed;

    /** What happens at a step. */
    public enum Fault {
        POWER_CUT,
        FULL,
        BROKEN
    }

    /** The power is gone: whoever asks anything more of this disk hears the same. */
    public static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    sealed interface Node permits Folder, Content {}

    private static final class Folder implements Node {
        private final Map<String, Node> now = new TreeMap<>();
        private final Map<String, Node> durable = new TreeMap<>();
        private boolean unforceable;
    }

    private static final class Content implements Node {
        private byte[] now = new byte[0];
        private byte[] durable = new byte[0];
        private boolean unforceable;
        private Instant written = Instant.now();
    }

    public FaultyDisk(RandomGenerator random) {
        this(random, new Folder());
    }

    private FaultyDisk(RandomGenerator random, Folder top) {
        this.random = random;
        this.top = top;
    }

    /** Where it begins. */
    public Path root() {
        return system.getPath("/");
    }

    /** How many changes there were. */
    public long steps() {
        return steps;
    }

    /** Has the step that many steps from now fail, 1 for the next one. */
    public void plan(Fault fault, long from) {
        planned = Optional.of(fault);
        stepOfFault = steps + from;
    }

    /** No step fails. */
    public void planNothing() {
        planned = Optional.empty();
    }

    /** There is room again. */
    public void makeRoom() {
        full = false;
    }

    /** From now on forcing keeps nothing, and says it did. */
    public void lie() {
        lying = true;
    }

    /** Whether a force has failed. */
    public boolean forceFailed() {
        return forceFailed;
    }

    /** The disk as it is found after the power was gone. */
    public FaultyDisk afterPowerCut() {
        return new FaultyDisk(random, survived(top));
    }

    /** What has another name since it was forced has the old one or the new one, never none and never both. */
    private Folder survived(Folder folder) {
        Folder found = new Folder();
        Set<String> names = new TreeSet<>(folder.now.keySet());
        names.addAll(folder.durable.keySet());
        IdentityHashMap<Node, Boolean> moved = new IdentityHashMap<>();
        for (String name : names) {
            Node forced = folder.durable.get(name);
            Node last = folder.now.get(name);
            Node changed = last == null ? forced : last;
            boolean isKept = forced == last || moved.computeIfAbsent(changed, node -> random.nextBoolean());
            Node kept = isKept ? last : forced;
            if (kept != null) {
                found.now.put(name, kept instanceof Folder below ? survived(below) : survived((Content) kept));
            }
        }
        found.durable.putAll(found.now);
        return found;
    }

    private Content survived(Content content) {
        Content found = new Content();
        found.now = Arrays.equals(content.now, content.durable) ? content.now : torn(content);
        found.written = content.written;
        found.durable = found.now;
        return found;
    }

    /**
     * Each block old, new, or empty, and any length between. What was forced and has not been written differently since stays, also in a
     * block to which something was appended.
     */
    private byte[] torn(Content content) {
        int least = Math.min(content.now.length, content.durable.length);
        int most = Math.max(content.now.length, content.durable.length);
        byte[] found = new byte[least + random.nextInt(most - least + 1)];
        for (int at = 0; at < found.length; at += BLOCK_BYTES) {
            byte[] source = List.of(content.now, content.durable, new byte[0]).get(random.nextInt(3));
            int length = Math.min(BLOCK_BYTES, Math.min(found.length, source.length) - at);
            if (length > 0) {
                System.arraycopy(source, at, found, at, length);
            }
        }
        for (int at = 0; at < least; at++) {
            if (content.now[at] == content.durable[at]) {
                found[at] = content.durable[at];
            }
        }
        return found;
    }

    private void requirePower() {
        if (cut) {
            throw new PowerCut();
        }
    }

    /** Counts a change, and lets it fail if that was planned. */
    private void step(boolean needsRoom) throws IOException {
        requirePower();
        steps++;
        if (planned.isPresent() && steps >= stepOfFault) {
            Fault fault = planned.get();
            switch (fault) {
                case POWER_CUT -> cut = true;
                case FULL -> full = true;
                case BROKEN -> {
                    planned = Optional.empty();
                    throw new IOException("Input/output error");
                }
            }
            planned = Optional.empty();
            requirePower();
        }
        if (full && needsRoom) {
            throw new IOException("No space left on device");
        }
    }

    private Optional<Node> find(List<String> names) {
        requirePower();
        Node node = top;
        for (String name : names) {
            Node next = node instanceof Folder folder ? folder.now.get(name) : null;
            if (next == null) {
                return Optional.empty();
            }
            node = next;
        }
        return Optional.of(node);
    }

    private Node require(List<String> names) throws NoSuchFileException {
        return find(names).orElseThrow(() -> new NoSuchFileException(String.join("/", names)));
    }

    private Folder folderOf(List<String> names) throws NoSuchFileException {
        if (require(names.subList(0, names.size() - 1)) instanceof Folder folder) {
            return folder;
        }
        throw new NoSuchFileException(String.join("/", names));
    }

    FileChannel open(List<String> names, Set<? extends OpenOption> options) throws IOException {
        if (options.contains(StandardOpenOption.CREATE_NEW)) {
            Folder folder = folderOf(names);
            if (folder.now.containsKey(names.getLast())) {
                throw new FileAlreadyExistsException(String.join("/", names));
            }
            step(true);
            folder.now.put(names.getLast(), new Content());
        } else if (options.contains(StandardOpenOption.CREATE)
                || options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            throw new UnsupportedOperationException("new files are written, and files written over in their place");
        }
        return new DiskChannel(this, require(names));
    }

    byte[] bytes(Node node) {
        requirePower();
        return ((Content) node).now;
    }

    /** Takes some of the bytes, at least one. */
    int write(Node node, ByteBuffer source, int at) throws IOException {
        step(true);
        Content content = (Content) node;
        int count = 1 + random.nextInt(source.remaining());
        byte[] grown = Arrays.copyOf(content.now, Math.max(content.now.length, at + count));
        source.get(grown, at, count);
        content.now = grown;
        return count;
    }

    void truncate(Node node, int size) throws IOException {
        step(false);
        Content content = (Content) node;
        content.now = Arrays.copyOf(content.now, Math.min(size, content.now.length));
    }

    Instant written(List<String> names) throws NoSuchFileException {
        return require(names) instanceof Content content ? content.written : Instant.EPOCH;
    }

    /** When a file was written is no change that a crash could take back to any harm. */
    void touch(List<String> names, Instant when) throws NoSuchFileException {
        if (require(names) instanceof Content content) {
            content.written = when;
        }
    }

    long size(List<String> names) throws NoSuchFileException {
        return require(names) instanceof Content content ? content.now.length : 0;
    }

    void force(Node node) throws IOException {
        try {
            step(true);
        } catch (IOException failed) {
            forceFailed = true;
            switch (node) {
                case Folder folder -> folder.unforceable = true;
                case Content content -> content.unforceable = true;
            }
            throw failed;
        }
        if (lying) {
            return;
        }
        switch (node) {
            case Folder folder -> {
                if (!folder.unforceable) {
                    folder.durable.clear();
                    folder.durable.putAll(folder.now);
                }
            }
            case Content content -> {
                if (!content.unforceable) {
                    content.durable = content.now;
                }
            }
        }
    }

    void makeFolder(List<String> names) throws IOException {
        Folder folder = folderOf(names);
        if (folder.now.containsKey(names.getLast())) {
            throw new FileAlreadyExistsException(String.join("/", names));
        }
        step(true);
        folder.now.put(names.getLast(), new Folder());
    }

    void delete(List<String> names) throws IOException {
        if (require(names) instanceof Folder folder && !folder.now.isEmpty()) {
            throw new DirectoryNotEmptyException(String.join("/", names));
        }
        step(false);
        folderOf(names).now.remove(names.getLast());
    }

    void move(List<String> from, List<String> to) throws IOException {
        Node moved = require(from);
        Folder target = folderOf(to);
        step(false);
        folderOf(from).now.remove(from.getLast());
        target.now.put(to.getLast(), moved);
    }

    boolean exists(List<String> names) {
        return find(names).isPresent();
    }

    boolean isFolder(List<String> names) {
        return find(names).filter(Folder.class::isInstance).isPresent();
    }

    List<String> list(List<String> names) throws IOException {
        return List.copyOf(((Folder) Objects.requireNonNull(require(names))).now.keySet());
    }
}
