package org.entente.evidence.witness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;

/**
 * Whose cosignatures make a checkpoint final: a C2SP tlog-policy.
 *
 * <p>A cosigner with two keys is two witnesses in a policy, and a group that demands {@code all} of both.
 *
 * <p>Names are strings of octets that mean nothing outside the file; here each character is one octet, and
 * {@link #shown} gives the text to show to people.
 */
public final class TrustPolicy {
    /** The quorum that needs nobody. */
    public static final String NONE = "none";

    /** Greatest length of a file in bytes. */
    public static final int BYTES_MAX = 1 << 20;

    /** Greatest number of logs, of witnesses, and of groups. */
    public static final int LINES_MAX = KnownLog.KEYS_MAX;

    private final List<Log> logs;
    private final List<NamedWitness> witnesses;
    private final List<Group> groups;
    private final String quorum;

    /** A log whose checkpoints may be final; its key is named as its origin. */
    public record Log(NoteKey key, Optional<String> url) {}

    /** A witness under its name in the file; the key's name stands in the key. */
    public record NamedWitness(String name, NoteKey key, Optional<String> url) {}

    /** Witnesses and earlier groups, of which at least {@code threshold} must have seen a checkpoint. */
    public record Group(String name, int threshold, List<String> members) {
        public Group {
            members = List.copyOf(members);
            if (threshold < 1 || threshold > members.size()) {
                throw new IllegalArgumentException("not a threshold of this group");
            }
        }
    }

    TrustPolicy(List<Log> logs, List<NamedWitness> witnesses, List<Group> groups, String quorum) {
        this.logs = List.copyOf(logs);
        this.witnesses = List.copyOf(witnesses);
        this.groups = List.copyOf(groups);
        this.quorum = quorum;
    }

    /**
     * Reads a policy file. Stricter than the specification in two things: the last line ends in a line feed like all others,
     * and a threshold has no leading zeros.
     *
     * @throws Malformed with a code {@code policy.*} whose first argument, except for the whole file's faults, is the
     *     number of the line
     */
    public static TrustPolicy parse(byte[] file) throws Malformed {
        return new PolicyReader().read(file);
    }

    /** Reads a note, requires it to be a checkpoint of one of the logs, and judges it. */
    public Finality judge(String text) {
        try {
            SignedNote note = SignedNote.parse(text);
            return judge(SignedCheckpoint.open(
                    note, log(Checkpoint.claimed(note.text()).origin())));
        } catch (Malformed refused) {
            return new Finality.Refused(refused.problem());
        }
    }

    private KnownLog log(String origin) throws Malformed {
        List<NoteKey> keys = logs.stream()
                .map(Log::key)
                .filter(key -> key.name().equals(origin))
                .toList();
        if (keys.isEmpty()) {
            throw new Malformed("policy.log-other");
        }
        return new KnownLog(origin, keys);
    }

    /** Judges a checkpoint whose log was verified by other means; the policy's logs are not asked. */
    public Finality judge(SignedCheckpoint checkpoint) {
        List<Finality.Seen> seen = new ArrayList<>();
        Set<String> held = new HashSet<>(Set.of(NONE));
        for (NamedWitness witness : witnesses) {
            if (checkpoint.names(witness.key)) {
                try {
                    seen.add(new Finality.Seen(witness.name, checkpoint.cosignedAt(witness.key)));
                    held.add(witness.name);
                } catch (Malformed refused) {
                    return new Finality.Refused(refused.problem());
                }
            }
        }
        // A group names only what stands before it, so one pass in the file's order is enough.
        for (Group group : groups) {
            if (group.members.stream().filter(held::contains).count() >= group.threshold) {
                held.add(group.name);
            }
        }
        return held.contains(quorum) ? new Finality.Final(seen) : new Finality.Waiting(seen);
    }

    public List<Log> logs() {
        return logs;
    }

    public List<NamedWitness> witnesses() {
        return witnesses;
    }

    /** In the file's order. */
    public List<Group> groups() {
        return groups;
    }

    /** The name of a witness or group, or {@link #NONE}. */
    public String quorum() {
        return quorum;
    }

    /** A name as people may read it; names of other encodings than UTF-8 show replacement characters. */
    public static String shown(String name) {
        return Problem.shown(new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }
}
