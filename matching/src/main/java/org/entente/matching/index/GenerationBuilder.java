package org.entente.matching.index;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.entente.matching.group.Element;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.oprf.Voprf;

/**
 * Builds the next generation of an index: what has changed since the last one, under the same key, at a cost that grows with the changes and
 * not with the list.
 *
 * <p>For each identifier that was touched it compares what is to be found now with what the earlier generations say. A new identifier is an
 * entry. Other records under the same label are an entry too, which replaces the older one and shows the same masked label. An
 * identifier without records is a removal. <b>A changed label is a removal as well</b>: a second label under the mask of this key
 * would give away its difference from the first, and an entry that says what is no longer true would be taken for true. Such an identifier
 * awaits the next epoch.
 *
 * <p>Entries are padded as in any index. Removals are padded with dummies of earlier generations as far as there are any left; each
 * generation brings new ones.
 */
public final class GenerationBuilder {
    /** Touched identifiers and records of one generation. */
    public static final int CHANGES_MAX = 1 << 20;

    /** Each generation costs each look-up another one. */
    public static final int GENERATIONS_MAX = 128;

    private static final int FREE_ENTRIES = 1 << 16;
    private static final int BATCH = 4_096;

    private final EpochKey key;
    private final IndexPlan plan;
    private final List<OwnIndex> earlier;
    private final SecureRandom random;

    /**
     * Continues an index.
     *
     * @param plan of the whole list, as it was built
     * @param earlier all generations from the whole list on
     * @throws DamagedIndex when they are not the generations of one epoch
     */
    public GenerationBuilder(EpochKey key, IndexPlan plan, List<OwnIndex> earlier, SecureRandom random)
            throws DamagedIndex {
        IndexSeries series =
                IndexSeries.of(earlier.stream().map(OwnIndex::index).toList());
        MatchIndex newest = series.generation(series.size() - 1);
        if (!newest.publicKey().equals(key.publicKey()) || newest.epoch() != plan.epoch()) {
            throw new DamagedIndex(DamagedIndex.Reason.OTHER_GENERATION);
        }
        this.key = key;
        this.plan = new IndexPlan(
                        plan.announcement(),
                        plan.epoch(),
                        newest.generation(),
                        plan.paddingStep(),
                        0,
                        plan.protectiveness())
                .next();
        this.earlier = List.copyOf(earlier);
        this.random = random;
    }

    /**
     * What was touched since the last generation; an identifier may be named that did not change after all.
     *
     * @param present all records of each touched identifier that is still to be found
     * @param gone touched identifiers; those that stand among {@code present} too are not gone
     */
    public record Changes(List<IndexRecord> present, List<MatchInput> gone) {
        public Changes {
            present = List.copyOf(present);
            gone = List.copyOf(gone);
        }
    }

    /**
     * What became of the changes, in identifiers.
     *
     * @param added new, or back under its old label
     * @param replaced entry anew, because other records stand behind it
     * @param removed because no record is left
     * @param awaiting removed, or still absent, because the label changed: back with the next epoch
     */
    public record Tally(long added, long replaced, long removed, long awaiting) {}

    /** How it ended. */
    public sealed interface Outcome {
        /** The generation, to be announced with its own root. */
        record Built(BuiltIndex index, Tally tally) implements Outcome {}

        /** So much has changed that the whole list under a new key is due. */
        record EpochIsDue() implements Outcome {}

        /** It cannot be built. */
        record Refused(IndexRefusal refusal) implements Outcome {}
    }

    private enum Verdict {
        NOTHING,
        ADD,
        REPLACE,
        REMOVE,
        AWAIT_REMOVED,
        AWAIT
    }

    public Outcome build(Changes changes) throws DamagedIndex {
        if ((long) changes.present.size() + changes.gone.size() > CHANGES_MAX || plan.generation() > GENERATIONS_MAX) {
            return new Outcome.EpochIsDue();
        }
        Map<MatchInput, List<IndexRecord>> present = new LinkedHashMap<>();
        for (IndexRecord record : changes.present) {
            present.computeIfAbsent(record.input(), input -> new ArrayList<>()).add(record);
        }
        Set<MatchInput> touched = new LinkedHashSet<>(present.keySet());
        touched.addAll(changes.gone);
        Map<MatchInput, byte[]> outputs = evaluate(List.copyOf(touched));
        List<IndexRecord> additions = new ArrayList<>();
        List<byte[]> removals = new ArrayList<>();
        Map<Verdict, Long> tally = new EnumMap<>(Verdict.class);
        for (Map.Entry<MatchInput, byte[]> evaluated : outputs.entrySet()) {
            MatchInput input = evaluated.getKey();
            byte[] output = evaluated.getValue();
            List<IndexRecord> records = present.getOrDefault(input, List.of());
            Verdict verdict = judge(records, output);
            tally.merge(verdict, 1L, Long::sum);
            switch (verdict) {
                case ADD, REPLACE -> additions.addAll(records);
                case REMOVE, AWAIT_REMOVED -> removals.add(Arrays.copyOf(output, IndexLayout.TAG_BYTES));
                case NOTHING, AWAIT -> {}
            }
        }
        return build(additions, removals, outputs, tally);
    }

    private Outcome build(
            List<IndexRecord> additions,
            List<byte[]> removals,
            Map<MatchInput, byte[]> outputs,
            Map<Verdict, Long> tally) {
        long grown = (long) removals.size() + additions.size();
        for (OwnIndex generation : earlier.subList(1, earlier.size())) {
            grown += generation.index().entries() + generation.index().removals();
        }
        if (grown > Math.max(earlier.getFirst().index().entries(), FREE_ENTRIES)) {
            return new Outcome.EpochIsDue();
        }
        long retired = pad(removals);
        removals.sort(Arrays::compareUnsigned);
        IndexBuild build = new IndexBuilder(new Evaluated(key.publicKey(), outputs), plan, random)
                .build(additions, new IndexAssembly.Removals(removals, retired), (done, total) -> {});
        outputs.values().forEach(output -> Arrays.fill(output, (byte) 0));
        return switch (build) {
            case BuiltIndex index ->
                new Outcome.Built(
                        index,
                        new Tally(
                                tally.getOrDefault(Verdict.ADD, 0L),
                                tally.getOrDefault(Verdict.REPLACE, 0L),
                                tally.getOrDefault(Verdict.REMOVE, 0L),
                                tally.getOrDefault(Verdict.AWAIT, 0L) + tally.getOrDefault(Verdict.AWAIT_REMOVED, 0L)));
            case IndexRefusal refusal -> new Outcome.Refused(refusal);
        };
    }

    private Map<MatchInput, byte[]> evaluate(List<MatchInput> inputs) {
        Map<MatchInput, byte[]> outputs = new LinkedHashMap<>();
        for (int from = 0; from < inputs.size(); from += BATCH) {
            List<MatchInput> batch = inputs.subList(from, Math.min(inputs.size(), from + BATCH));
            byte[] evaluated = IndexEvaluation.by(key).outputs(batch);
            for (int n = 0; n < batch.size(); n++) {
                int at = n * Voprf.OUTPUT_BYTES;
                outputs.put(batch.get(n), Arrays.copyOfRange(evaluated, at, at + Voprf.OUTPUT_BYTES));
            }
            Arrays.fill(evaluated, (byte) 0);
        }
        return outputs;
    }

    /** Outputs that are known already. */
    private record Evaluated(Element publicKey, Map<MatchInput, byte[]> known) implements IndexEvaluation {
        @Override
        public byte[] outputs(List<MatchInput> inputs) {
            byte[] outputs = new byte[inputs.size() * Voprf.OUTPUT_BYTES];
            for (int n = 0; n < inputs.size(); n++) {
                System.arraycopy(
                        Objects.requireNonNull(known.get(inputs.get(n))),
                        0,
                        outputs,
                        n * Voprf.OUTPUT_BYTES,
                        Voprf.OUTPUT_BYTES);
            }
            return outputs;
        }
    }

    private Verdict judge(List<IndexRecord> records, byte[] output) throws DamagedIndex {
        Optional<Earlier> last = lastWord(output);
        boolean stands = last.isPresent() && last.get().stands;
        if (records.isEmpty()) {
            return stands ? Verdict.REMOVE : Verdict.NOTHING;
        }
        Label label = records.stream()
                .map(IndexRecord::label)
                .reduce(plan::mostProtective)
                .orElseThrow();
        if (last.isEmpty()) {
            return Verdict.ADD;
        }
        if (!last.get().label.equals(Optional.of(label))) {
            return stands ? Verdict.AWAIT_REMOVED : Verdict.AWAIT;
        }
        if (!stands) {
            return Verdict.ADD;
        }
        Set<String> ids =
                new TreeSet<>(records.stream().map(IndexRecord::recordId).toList());
        return ids.equals(new TreeSet<>(last.get().recordIds)) ? Verdict.NOTHING : Verdict.REPLACE;
    }

    /** The newest entry of a tag in this epoch, and whether it was not removed since. All entries of a tag have one label. */
    private record Earlier(boolean stands, Optional<Label> label, List<String> recordIds) {}

    private Optional<Earlier> lastWord(byte[] output) throws DamagedIndex {
        boolean stands = true;
        for (OwnIndex generation : earlier.reversed()) {
            OptionalLong position = generation.index().find(output, 0);
            if (position.isPresent()) {
                return Optional.of(new Earlier(
                        stands,
                        generation.index().label(position.getAsLong(), output, 0),
                        generation.recordIds(position.getAsLong())));
            }
            stands &= !generation.index().removes(output, 0);
        }
        return Optional.empty();
    }

    /** Adds tags of dummies up to a multiple of the step, at least one step, as far as any are left; how many are retired then. */
    private long pad(List<byte[]> removals) {
        int step = plan.paddingStep();
        long padded = Math.max(1, Math.ceilDiv(removals.size(), (long) step)) * step;
        long retired = earlier.getLast().retired();
        long before = 0;
        for (OwnIndex generation : earlier) {
            SaltKey.Salter salter = generation.saltKey().salter();
            while (removals.size() < padded && retired < before + generation.dummies()) {
                removals.add(Arrays.copyOf(salter.dummy(retired - before), IndexLayout.TAG_BYTES));
                retired++;
            }
            before += generation.dummies();
        }
        return retired;
    }
}
