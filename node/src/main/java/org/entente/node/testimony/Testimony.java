package org.entente.node.testimony;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.entente.evidence.bundle.LogAnchor;
import org.entente.evidence.bundle.LogEvidence;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.NoteSignature;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.witness.Finality;
import org.entente.evidence.witness.TrustPolicy;
import org.entente.node.ledger.Checkpoints;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was collected of others about this node's logs, and what follows from it. */
public final class Testimony {
    private final JdbcClient sql;
    private final Checkpoints checkpoints;
    private final Optional<TrustPolicy> policy;

    /** @param policy when a checkpoint is final; without one, when the partner has cosigned it */
    public Testimony(JdbcClient sql, Checkpoints checkpoints, Optional<TrustPolicy> policy) {
        this.sql = sql;
        this.checkpoints = checkpoints;
        this.policy = policy;
    }

    /** How many entries of a log are final. */
    public long finalSize(String origin) {
        long cosigned = checkpoints
                .cosigned(origin)
                .map(head -> head.checkpoint().size())
                .orElse(0L);
        if (policy.isEmpty()) {
            return cosigned;
        }
        for (long size : cosignedSizes(origin, cosigned).descendingSet()) {
            if (isFinal(checkpoint(origin, size))) {
                return size;
            }
        }
        return 0;
    }

    /**
     * The checkpoints for which others vouch: for each of some places the smallest that covers it, of those that are stamped
     * and of those that are final by the policy; and where that would be too many, fewer.
     *
     * @param head the checkpoint in whose tree they are to be shown; larger ones are left out
     */
    public List<LogAnchor> anchors(SignedCheckpoint head, Collection<Long> places) {
        String origin = head.checkpoint().origin();
        long size = head.checkpoint().size();
        NavigableSet<Long> stamped = new TreeSet<>(sql.sql("select size from time_stamp where origin = ? and size <= ?")
                .params(origin, size)
                .query(Long.class)
                .list());
        NavigableSet<Long> cosigned = cosignedSizes(origin, size);
        Map<Long, Boolean> judged = new HashMap<>();
        NavigableSet<Long> chosen = new TreeSet<>();
        for (long place : places) {
            Optional.ofNullable(stamped.higher(place)).ifPresent(chosen::add);
            cosigned.tailSet(place, false).stream()
                    .filter(at -> judged.computeIfAbsent(at, one -> isFinal(checkpoint(origin, one))))
                    .findFirst()
                    .ifPresent(chosen::add);
        }
        return fewer(new ArrayList<>(chosen)).stream()
                .map(at -> anchor(checkpoint(origin, at), head))
                .toList();
    }

    private NavigableSet<Long> cosignedSizes(String origin, long most) {
        return new TreeSet<>(sql.sql("select distinct size from witness_cosignature where origin = ? and size <= ?")
                .params(origin, most)
                .query(Long.class)
                .list());
    }

    private boolean isFinal(SignedCheckpoint checkpoint) {
        return policy.isPresent() && policy.get().judge(checkpoint) instanceof Finality.Final;
    }

    /** Leaves every second one out, never the last, which covers the most. */
    private static List<Long> fewer(List<Long> sizes) {
        List<Long> kept = sizes;
        while (kept.size() > LogEvidence.ANCHORS_MAX) {
            List<Long> half = new ArrayList<>();
            for (int i = kept.size() - 1; i >= 0; i -= 2) {
                half.addFirst(kept.get(i));
            }
            kept = half;
        }
        return kept;
    }

    private LogAnchor anchor(SignedCheckpoint checkpoint, SignedCheckpoint head) {
        long size = checkpoint.checkpoint().size();
        List<byte[]> stamps = sql.sql("select token from time_stamp where origin = ? and size = ?")
                .params(checkpoint.checkpoint().origin(), size)
                .query((row, number) -> row.getBytes("token"))
                .list();
        boolean same = size == head.checkpoint().size();
        return new LogAnchor(checkpoint.note(), same ? List.of() : checkpoints.consistency(size, head), stamps);
    }

    /** A stored checkpoint with the cosignatures of the witnesses. */
    private SignedCheckpoint checkpoint(String origin, long size) {
        List<NoteKey> keys = new ArrayList<>();
        List<NoteSignature> lines = new ArrayList<>();
        try {
            for (Line line : lines(origin, size)) {
                keys.add(NoteKey.parse(line.witness));
                lines.add(NoteSignature.parse(line.text.stripTrailing()));
            }
            return checkpoints.at(origin, size).with(lines, keys);
        } catch (Malformed e) {
            throw new IllegalStateException("a cosignature that was kept no longer holds", e);
        }
    }

    private record Line(String witness, String text) {}

    private List<Line> lines(String origin, long size) {
        return sql.sql("select witness, line from witness_cosignature where origin = ? and size = ? order by witness")
                .params(origin, size)
                .query((row, number) -> new Line(row.getString("witness"), row.getString("line")))
                .list();
    }
}
