package org.entente.node.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.matching.group.EncodingRefused;
import org.entente.matching.index.BuiltIndex;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.MatchIndex;
import org.entente.matching.index.OwnIndex;
import org.entente.matching.index.SaltKey;
import org.entente.matching.oprf.EpochKey;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.NodeHome;
import org.entente.node.keys.SealedFiles;

/**
 * Where indices lie: the files by their Merkle root, and beside those of our own what opens their leaves. The epoch's key and the key of
 * the salts are sealed in the key store and nowhere else. A file is mapped when it is opened, and checked where it is looked into.
 */
public final class IndexShelf {
    private static final String BUILDING = "building-";
    private static final int OVERWRITTEN_BYTES = 1 << 20;
    private static final Duration UNFINISHED_LIFE = Duration.ofDays(7);

    private final Path folder;
    private final SealedFiles keys;
    private final DiskSpace disk;
    private final Set<Digest> inHand = ConcurrentHashMap.newKeySet();

    public IndexShelf(Path folder, SealedFiles keys, DiskSpace disk) {
        this.folder = folder;
        this.keys = keys;
        this.disk = disk;
    }

    /**
     * Begins to build an index, or goes on where an earlier attempt was ended. The keys are sealed on return.
     *
     * @throws Malformed {@code comparison.index-in-hand} while another call builds it
     */
    IndexBuilding begin(Digest context, SecureRandom random, Instant now) throws IOException, Malformed {
        if (!inHand.add(context)) {
            throw new Malformed("comparison.index-in-hand");
        }
        try {
            forgetOld(now);
            if (!keys.holds(keyName(context))) {
                FolderWorkplace.delete(buildingFolder(context));
                keys.write(saltsName(context), SaltKey.generate(random).exportForKeyStore());
                keys.write(keyName(context), EpochKey.generate(random).exportForKeyStore());
            }
            return new IndexBuilding(
                    this,
                    context,
                    key(keyName(context)),
                    SaltKey.restore(keys.read(saltsName(context))),
                    new FolderWorkplace(buildingFolder(context), disk));
        } catch (IOException | Malformed | RuntimeException e) {
            ended(context);
            throw e;
        }
    }

    private static String keyName(Digest context) {
        return "epoch-" + BUILDING + context.hex();
    }

    private static String saltsName(Digest context) {
        return "salts-" + BUILDING + context.hex();
    }

    private Path buildingFolder(Digest context) {
        return folder.resolve(BUILDING + context.hex());
    }

    void forgetBuilding(Digest context) throws IOException {
        FolderWorkplace.delete(buildingFolder(context));
        keys.destroy(keyName(context));
        keys.destroy(saltsName(context));
    }

    void ended(Digest context) {
        inHand.remove(context);
    }

    /** Nobody took them up again: their keys must not outlive the reason for them. */
    private void forgetOld(Instant now) throws IOException, Malformed {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, BUILDING + "*")) {
            for (Path path : unfinished) {
                Digest context = Digest.parse(path.getFileName().toString().substring(BUILDING.length()));
                Instant last = Files.getLastModifiedTime(path).toInstant();
                if (!inHand.contains(context) && last.isBefore(now.minus(UNFINISHED_LIFE))) {
                    forgetBuilding(context);
                }
            }
        }
    }

    void sealSecrets(Digest root, EpochKey key, SaltKey saltKey) throws IOException {
        keys.write("epoch." + root.hex(), key.exportForKeyStore());
        keys.write("salts." + root.hex(), saltKey.exportForKeyStore());
    }

    /** Keeps changes to an index of our own; the key of the epoch is sealed with the whole list. Durable on return. */
    void keepChanges(BuiltIndex index) throws IOException {
        Digest root = Digest.ofBytes(index.root().bytes());
        keys.write("salts." + root.hex(), index.saltKey().exportForKeyStore());
        NodeHome.write(file(root, "own"), index.ownBytes());
        NodeHome.write(file(root, "index"), index.bytes());
    }

    /** Keeps an index that a partner gave us. */
    public void keepReceived(Digest root, byte[] bytes) throws IOException {
        NodeHome.write(file(root, "index"), bytes);
    }

    /** The secret key of an index of our own, until its epoch ends. */
    public EpochKey key(Digest root) throws IOException, Malformed {
        return key("epoch." + root.hex());
    }

    private EpochKey key(String name) throws IOException, Malformed {
        try {
            return EpochKey.restore(keys.read(name));
        } catch (EncodingRefused e) {
            throw new Malformed("keys.damaged", name);
        }
    }

    /** Whether the leaves of an index of our own can still be opened. */
    public boolean holdsOwn(Digest root) {
        return Files.isRegularFile(file(root, "own"));
    }

    boolean holdsKey(Digest root) {
        return keys.holds("epoch." + root.hex());
    }

    /** Destroys the key of an epoch: it is there whole until it is not there at all. */
    void destroyKey(Digest root) throws IOException {
        keys.destroy("epoch." + root.hex());
    }

    /** Erases the copy of an index, and of our own also what opens its leaves; what is not there is no error. */
    void erase(Digest root) throws IOException {
        keys.destroy("salts." + root.hex());
        overwrite(file(root, "own"));
        overwrite(file(root, "index"));
    }

    private static void overwrite(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(OVERWRITTEN_BYTES);
            long left = channel.size();
            while (left > 0) {
                zeros.clear().limit((int) Math.min(left, OVERWRITTEN_BYTES));
                left -= channel.write(zeros);
            }
            channel.force(true);
        }
        Files.deleteIfExists(file);
        NodeHome.forceFolder(file);
    }

    /** An index of our own, with what opens its leaves. */
    public OwnIndex own(Digest root) throws IOException, Malformed {
        try {
            return OwnIndex.open(
                    map(file(root, "index")),
                    map(file(root, "own")),
                    SaltKey.restore(keys.read("salts." + root.hex())));
        } catch (DamagedIndex e) {
            throw damaged(e);
        }
    }

    /** As many generations from the whole list on as have been received and opened, without a gap. */
    List<Indices.Announced> atHand(List<Indices.Announced> generations) {
        int received = 0;
        while (received < generations.size()
                && Files.isRegularFile(file(generations.get(received).facts().root(), "index"))) {
            received++;
        }
        return generations.subList(0, received);
    }

    /** The whole file of an index, to be sent. */
    InputStream bytes(Digest root) throws IOException {
        return Files.newInputStream(file(root, "index"));
    }

    /** Opens an index for look-up: in the same time whatever its size. */
    public MatchIndex open(Digest root) throws IOException, Malformed {
        try {
            MatchIndex index = MatchIndex.reopen(map(file(root, "index")));
            if (!Digest.ofBytes(index.root().bytes()).equals(root)) {
                throw new Malformed("comparison.index-other");
            }
            return index;
        } catch (DamagedIndex e) {
            throw damaged(e);
        }
    }

    private static MemorySegment map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }

    /** Opens the bytes of an index, all of it checked. */
    static MatchIndex open(byte[] bytes, long entriesMin) throws Malformed {
        try {
            return MatchIndex.open(MemorySegment.ofArray(bytes), entriesMin);
        } catch (DamagedIndex e) {
            throw damaged(e);
        }
    }

    /** What is wrong with an index, as a problem. */
    public static Malformed damaged(DamagedIndex damage) {
        return new Malformed("matching.index." + word(damage.reason()));
    }

    static String word(Enum<?> reason) {
        return reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    Path file(Digest root, String ending) {
        return folder.resolve(root.hex() + "." + ending);
    }
}
