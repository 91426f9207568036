package org.entente.matching.index;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.oprf.Voprf;

/**
 * Builds the index of an epoch: evaluates each identifier with the key, sorts by tag, merges the records of one identifier into one
 * entry, adds random dummies, commits to the record ids, and writes header, entries and checksum.
 *
 * <p>A tag is never given two labels: one mask for two labels would give away their difference. So records of one identifier become one entry
 * under the most protective label, and a changed label waits for the next epoch and its key.
 */
public final class IndexBuilder {
    private static final int CHUNK = 1_024;

    private final EpochKey key;
    private final IndexPlan plan;
    private final SecureRandom random;

    public IndexBuilder(EpochKey key, IndexPlan plan, SecureRandom random) {
        this.key = key;
        this.plan = plan;
        this.random = random;
    }

    /** One entry while it is made; {@code mask} hides the label. */
    private record Entry(long tagHigh, long tagLow, long mask, Label label, TreeSet<String> recordIds) {
        static final Comparator<Entry> BY_TAG = Comparator.<Entry>comparingLong(e -> e.tagHigh ^ Long.MIN_VALUE)
                .thenComparingLong(e -> e.tagLow ^ Long.MIN_VALUE);

        boolean sameTag(Entry other) {
            return tagHigh == other.tagHigh && tagLow == other.tagLow;
        }
    }

    public IndexBuild build(List<IndexRecord> records, IndexBuild.Progress progress) {
        List<Entry> entries = merge(evaluate(records, progress));
        int identifiers = entries.size();
        if (identifiers < plan.minimumIdentifiers()) {
            return new IndexBuild.BelowMinimum(identifiers, plan.minimumIdentifiers());
        }
        pad(entries);
        entries.sort(Entry.BY_TAG);
        return write(entries, identifiers);
    }

    private List<Entry> evaluate(List<IndexRecord> records, IndexBuild.Progress progress) {
        List<Entry> entries = new ArrayList<>(records.size());
        for (int from = 0; from < records.size(); from += CHUNK) {
            List<IndexRecord> chunk = records.subList(from, Math.min(from + CHUNK, records.size()));
            byte[] outputs = Voprf.evaluateOwn(
                    key, MatchInput.pack(chunk.stream().map(IndexRecord::input).toList()));
            ByteBuffer words = ByteBuffer.wrap(outputs);
            for (int n = 0; n < chunk.size(); n++) {
                int at = n * Voprf.OUTPUT_BYTES;
                IndexRecord record = chunk.get(n);
                TreeSet<String> recordIds = new TreeSet<>();
                recordIds.add(record.recordId());
                entries.add(new Entry(
                        words.getLong(at), words.getLong(at + 8), words.getLong(at + 16), record.label(), recordIds));
            }
            progress.evaluated(from + chunk.size(), records.size());
        }
        return entries;
    }

    private List<Entry> merge(List<Entry> entries) {
        entries.sort(Entry.BY_TAG);
        List<Entry> merged = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (merged.isEmpty() || !merged.getLast().sameTag(entry)) {
                merged.add(entry);
                continue;
            }
            Entry first = merged.removeLast();
            first.recordIds.addAll(entry.recordIds);
            Label label = plan.mostProtective(first.label, entry.label);
            merged.add(new Entry(first.tagHigh, first.tagLow, first.mask, label, first.recordIds));
        }
        return merged;
    }

    /** Dummies have a random tag and a random masked label, which no key explains; nobody without the key can tell. */
    private void pad(List<Entry> entries) {
        int step = plan.paddingStep();
        int padded = Math.multiplyExact(Math.max(1, Math.ceilDiv(entries.size(), step)), step);
        Label none = new Label(0, 0, false, false, 0);
        while (entries.size() < padded) {
            entries.add(new Entry(random.nextLong(), random.nextLong(), random.nextLong(), none, new TreeSet<>()));
        }
    }

    private BuiltIndex write(List<Entry> entries, int identifiers) {
        int count = entries.size();
        byte[] bytes = new byte[Math.toIntExact(IndexLayout.fileBytes(count))];
        MemorySegment file = MemorySegment.ofArray(bytes);
        byte[] saltKey = new byte[Digest.BYTES];
        random.nextBytes(saltKey);
        byte[] commitments = new byte[Math.multiplyExact(count, Digest.BYTES)];
        random.nextBytes(commitments);
        List<List<String>> recordIds = new ArrayList<>(count);

        for (int n = 0; n < count; n++) {
            Entry entry = entries.get(n);
            long at = IndexLayout.entryAt(n);
            IndexLayout.putLong(file, at, entry.tagHigh);
            IndexLayout.putLong(file, at + 8, entry.tagLow);
            IndexLayout.putLong(file, at + 16, entry.mask ^ entry.label.encode());
            List<String> ids = List.copyOf(entry.recordIds);
            recordIds.add(ids);
            if (!ids.isEmpty()) {
                byte[] salt = RecordCommitment.salt(saltKey, IndexLayout.getBytes(file, at, IndexLayout.TAG_BYTES));
                byte[] commitment = RecordCommitment.commit(salt, ids).bytes();
                System.arraycopy(commitment, 0, commitments, n * Digest.BYTES, Digest.BYTES);
            }
        }
        header(file, count, new MerkleTree(RecordCommitment.leaves(file, commitments)).root());
        MessageDigest sha = Digest.hash();
        sha.update(bytes, 0, bytes.length - IndexLayout.CHECKSUM_BYTES);
        IndexLayout.putBytes(file, IndexLayout.entryAt(count), sha.digest());
        return new BuiltIndex(bytes, commitments, saltKey, identifiers, recordIds);
    }

    private void header(MemorySegment file, int count, Digest root) {
        IndexLayout.putBytes(file, 0, IndexLayout.MAGIC);
        IndexLayout.putInt(file, IndexLayout.VERSION_AT, IndexLayout.VERSION);
        IndexLayout.putInt(file, IndexLayout.STEP_AT, plan.paddingStep());
        IndexLayout.putLong(file, IndexLayout.COUNT_AT, count);
        IndexLayout.putLong(file, IndexLayout.EPOCH_AT, plan.epoch());
        IndexLayout.putBytes(file, IndexLayout.ROOT_AT, root.bytes());
        IndexLayout.putBytes(
                file, IndexLayout.ANNOUNCEMENT_AT, plan.announcement().bytes());
        IndexLayout.putBytes(file, IndexLayout.PUBLIC_KEY_AT, key.publicKey().encode());
    }
}
