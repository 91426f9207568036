package org.entente.matching.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.entente.matching.group.Element;

/**
 * The second half of a build: from runs to the two files. Every slice is sorted to count its entries; then the number of dummies and the place of
 * every entry are known, and slices are sorted again and written, blocks and pages hashed, each on its own. Memory holds a
 * slice for each thread and 64 bytes for each block, whatever the number of entries.
 */
final class IndexAssembly {
    /** Blocks that are hashed in one task. */
    private static final int BLOCKS_AT_ONCE = 64;

    private final IndexPlan plan;
    private final Element publicKey;
    private final SaltKey saltKey;
    private final List<Run> runs;
    private final Removals removals;
    private final Site site;

    /** Where and by whom the work is done, and who is told. */
    record Site(Workplace place, Crew crew, BuildListener listener) {}

    /**
     * What a generation takes away.
     *
     * @param tags 16 bytes each, strictly ascending
     * @param retired how many dummies of the earlier generations have been removed, with those among the tags
     */
    record Removals(List<byte[]> tags, long retired) {
        static final Removals NONE = new Removals(List.of(), 0);
    }

    IndexAssembly(IndexPlan plan, Element publicKey, SaltKey saltKey, List<Run> runs, Removals removals, Site site) {
        this.plan = plan;
        this.publicKey = publicKey;
        this.saltKey = saltKey;
        this.runs = runs;
        this.removals = removals;
        this.site = site;
    }

    /** Sizes of all slices, first as counted, then as sums. */
    private static final class Sums {
        private final long[] entries = new long[IndexLayout.BUCKETS];
        private final long[] idBytes = new long[IndexLayout.BUCKETS];

        private void add() {
            for (int bucket = 1; bucket < IndexLayout.BUCKETS; bucket++) {
                entries[bucket] += entries[bucket - 1];
                idBytes[bucket] += idBytes[bucket - 1];
            }
        }

        private long entriesBefore(int bucket) {
            return bucket == 0 ? 0 : entries[bucket - 1];
        }

        private long idBytesBefore(int bucket) {
            return bucket == 0 ? 0 : idBytes[bucket - 1];
        }

        private long allEntries() {
            return entries[IndexLayout.BUCKETS - 1];
        }

        private long allIdBytes() {
            return idBytes[IndexLayout.BUCKETS - 1];
        }
    }

    StreamedBuild.Outcome assemble() throws IOException {
        Sums sums = count();
        long identifiers = java.util.Arrays.stream(sums.entries).sum();
        if (identifiers < plan.minimumIdentifiers()) {
            return new IndexRefusal.BelowMinimum(identifiers, plan.minimumIdentifiers());
        }
        long padded = Math.max(1, Math.ceilDiv(identifiers, (long) plan.paddingStep())) * plan.paddingStep();
        Dummies dummies = new Dummies(saltKey, (int) (padded - identifiers));
        for (int bucket = 0; bucket < IndexLayout.BUCKETS; bucket++) {
            sums.entries[bucket] += dummies.count(bucket);
        }
        sums.add();
        DraftFile shared = site.place.draft(Workplace.Part.SHARED, IndexLayout.fileBytes(padded, removals.tags.size()));
        DraftFile own = site.place.draft(Workplace.Part.OWN, OwnLayout.fileBytes(padded, sums.allIdBytes()));
        write(sums, dummies, shared, own);
        Digest root = seal(sums, shared, own, identifiers);
        return new StreamedBuild.Finished(root, padded, identifiers);
    }

    private Sums count() throws IOException {
        Sums sums = new Sums();
        AtomicInteger done = new AtomicInteger();
        for (int n = 0; n < IndexLayout.BUCKETS; n++) {
            int bucket = n;
            site.crew.take(() -> {
                long[] counted = new long[2];
                Slice.gather(plan, runs, bucket, new byte[0]).read((high, low, masked, framedIds) -> {
                    counted[0]++;
                    counted[1] += framedIds.length;
                });
                sums.entries[bucket] = counted[0];
                sums.idBytes[bucket] = counted[1];
                site.listener.at(BuildListener.Stage.SORT, done.incrementAndGet(), 2L * IndexLayout.BUCKETS);
            });
        }
        site.crew.settle();
        return sums;
    }

    private void write(Sums sums, Dummies dummies, DraftFile shared, DraftFile own) throws IOException {
        AtomicInteger done = new AtomicInteger(IndexLayout.BUCKETS);
        for (int n = 0; n < IndexLayout.BUCKETS; n++) {
            int bucket = n;
            site.crew.take(() -> {
                writeSlice(bucket, sums, dummies.rows(bucket), shared, own);
                site.listener.at(BuildListener.Stage.SORT, done.incrementAndGet(), 2L * IndexLayout.BUCKETS);
            });
        }
        for (int n = 0; n < removals.tags.size(); n++) {
            shared.write(IndexLayout.removalAt(sums.allEntries(), n), removals.tags.get(n));
        }
        site.crew.settle();
    }

    private void writeSlice(int bucket, Sums sums, byte[] dummyRows, DraftFile shared, DraftFile own)
            throws IOException {
        long first = sums.entriesBefore(bucket);
        int count = (int) (sums.entries[bucket] - first);
        ByteBuffer entries = ByteBuffer.allocate(count * IndexLayout.ENTRY_BYTES);
        ByteBuffer ends = ByteBuffer.allocate(count * 8);
        long idsFirst = sums.idBytesBefore(bucket);
        ByteBuffer ids = ByteBuffer.allocate((int) (sums.idBytes[bucket] - idsFirst));
        Slice.gather(plan, runs, bucket, dummyRows).read((high, low, masked, framedIds) -> {
            entries.putLong(entries.position(), high << 8).position(entries.position() + 7);
            entries.putLong(low).putLong(masked);
            ids.put(framedIds);
            ends.putLong(idsFirst + ids.position());
        });
        if (entries.hasRemaining() || ids.hasRemaining()) {
            throw new IllegalStateException("a dummy has the tag of an entry");
        }
        shared.write(IndexLayout.entryAt(first), entries.array());
        own.write(OwnLayout.endAt(first), ends.array());
        own.write(OwnLayout.idsAt(sums.allEntries()) + idsFirst, ids.array());
    }

    private Digest seal(Sums sums, DraftFile shared, DraftFile own, long identifiers) throws IOException {
        long entries = sums.allEntries();
        BlockTree blocks = new BlockTree(IndexLayout.bodyBytes(entries, removals.tags.size()));
        LeafTree leaves = new LeafTree(entries);
        byte[] digests = new byte[Math.toIntExact(blocks.blocks(0) * Digest.BYTES)];
        byte[] pages = new byte[Math.toIntExact(leaves.nodes(0) * Digest.BYTES)];
        AtomicLong done = new AtomicLong();
        for (long from = 0; from < blocks.blocks(0); from += BLOCKS_AT_ONCE) {
            long first = from;
            int count = (int) Math.min(BLOCKS_AT_ONCE, blocks.blocks(0) - first);
            site.crew.take(() -> {
                BlockSealing sealing = new BlockSealing(sums.entries, saltKey.salter(), shared, own);
                for (long block = first; block < first + count; block++) {
                    put(digests, block, sealing.blockDigest(blocks, block));
                    if (block < leaves.nodes(0)) {
                        put(pages, block, sealing.pageRoot(block));
                    }
                }
                site.listener.at(BuildListener.Stage.SEAL, done.addAndGet(count), blocks.blocks(0));
            });
        }
        site.crew.settle();
        byte[] top = store(blocks, digests, shared);
        byte[] leavesRoot = store(leaves, pages, own, OwnLayout.treeAt(entries, sums.allIdBytes()));
        return headers(sums, top, leavesRoot, identifiers, new Files(shared, own));
    }

    private static void put(byte[] digests, long n, byte[] digest) {
        System.arraycopy(digest, 0, digests, (int) n * Digest.BYTES, Digest.BYTES);
    }

    /** Stores all levels of digests but the top, which it returns. */
    private static byte[] store(BlockTree blocks, byte[] lowest, DraftFile shared) throws IOException {
        byte[] digests = lowest;
        for (int level = 0; level < blocks.levels() - 1; level++) {
            shared.write(IndexLayout.HEADER_BYTES + blocks.digestAt(level, 0), digests);
            byte[] above = new byte[Math.toIntExact(blocks.blocks(level + 1) * Digest.BYTES)];
            for (int block = 0; block < blocks.blocks(level + 1); block++) {
                int offset = block * BlockTree.BRANCHES * Digest.BYTES;
                put(
                        above,
                        block,
                        BlockTree.digest(
                                Digest.hash(), level + 1, block, digests, offset, blocks.length(level + 1, block)));
            }
            digests = above;
        }
        return digests;
    }

    /** Stores all levels of nodes, and returns the root. */
    private static byte[] store(LeafTree leaves, byte[] lowest, DraftFile own, long treeAt) throws IOException {
        byte[] nodes = lowest;
        for (int level = 0; level < leaves.levels(); level++) {
            own.write(treeAt + leaves.at(level, 0), nodes);
            if (level < leaves.levels() - 1) {
                nodes = LeafTree.above(nodes);
            }
        }
        return nodes;
    }

    private record Files(DraftFile shared, DraftFile own) {}

    private Digest headers(Sums sums, byte[] top, byte[] leavesRoot, long identifiers, Files files) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(IndexLayout.HEADER_BYTES);
        header.put(IndexLayout.MAGIC).putInt(IndexLayout.VERSION).putInt(plan.paddingStep());
        header.putLong(sums.allEntries()).putLong(removals.tags.size());
        header.putLong(plan.epoch()).putInt(plan.generation()).putInt(0);
        header.put(plan.announcement().bytes()).put(publicKey.encode());
        for (long entries : sums.entries) {
            header.putLong(entries);
        }
        header.put(top).put(leavesRoot);
        Digest root = Digest.of(
                MerkleTree.node(IndexLayout.contentRoot(header.array()).bytes(), leavesRoot));
        header.put(root.bytes());
        ByteBuffer beside = ByteBuffer.allocate(OwnLayout.HEADER_BYTES);
        beside.put(OwnLayout.MAGIC).putInt(OwnLayout.VERSION).putInt(0);
        beside.putLong(sums.allEntries()).putLong(identifiers).putLong(removals.retired);
        beside.putLong(sums.allIdBytes()).put(root.bytes());
        files.own.write(0, beside.array());
        files.shared.write(0, header.array());
        return root;
    }
}
