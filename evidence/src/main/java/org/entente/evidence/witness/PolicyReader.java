package org.entente.evidence.witness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.VerificationKey;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.NoteKey;

/** Reads one policy file, line by line, as octets. */
final class PolicyReader {
    private static final Pattern THRESHOLD = Pattern.compile("[1-9][0-9]{0,3}");

    private final List<TrustPolicy.Log> logs = new ArrayList<>();
    private final List<TrustPolicy.NamedWitness> witnesses = new ArrayList<>();
    private final List<TrustPolicy.Group> groups = new ArrayList<>();
    private final Set<VerificationKey> logKeys = new HashSet<>();
    private final Set<VerificationKey> witnessKeys = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private Optional<String> quorum = Optional.empty();
    private String line = "0";

    TrustPolicy read(byte[] file) throws Malformed {
        if (file.length > TrustPolicy.BYTES_MAX) {
            throw new Malformed("policy.too-large", Integer.toString(TrustPolicy.BYTES_MAX));
        }
        String[] lines = new String(file, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            line = Integer.toString(i + 1);
            boolean afterLast = i == lines.length - 1;
            if (afterLast && !lines[i].isEmpty()) {
                throw new Malformed("policy.line-unterminated", line);
            }
            if (!afterLast) {
                readLine(lines[i]);
            }
        }
        String named = quorum.orElseThrow(() -> new Malformed("policy.quorum-missing"));
        return new TrustPolicy(logs, witnesses, groups, named);
    }

    private void readLine(String text) throws Malformed {
        if (text.chars().anyMatch(octet -> octet == 0x7f || (octet < 0x20 && octet != '\t'))) {
            throw new Malformed("policy.octet-refused", line);
        }
        List<String> items = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(text, " \t");
        while (tokens.hasMoreTokens()) {
            items.add(tokens.nextToken());
        }
        if (items.isEmpty() || items.getFirst().startsWith("#")) {
            return;
        }
        switch (items.getFirst()) {
            case "log" -> readLog(items);
            case "witness" -> readWitness(items);
            case "group" -> readGroup(items);
            case "quorum" -> readQuorum(items);
            default -> throw new Malformed("policy.line-unknown", line);
        }
    }

    private void readLog(List<String> items) throws Malformed {
        requireItems(items, 2, 3);
        NoteKey key = key(items.get(1));
        if (!KnownLog.signsLogs(key)) {
            throw new Malformed("policy.key-type", line);
        }
        requireNew(logKeys, key);
        logs.add(new TrustPolicy.Log(key, url(items, 2)));
        requireFew(logs);
    }

    private void readWitness(List<String> items) throws Malformed {
        requireItems(items, 3, 4);
        NoteKey key = key(items.get(2));
        if (!key.cosigns()) {
            throw new Malformed("policy.key-type", line);
        }
        requireNew(witnessKeys, key);
        witnesses.add(new TrustPolicy.NamedWitness(define(items.get(1)), key, url(items, 3)));
        requireFew(witnesses);
    }

    private void readGroup(List<String> items) throws Malformed {
        requireItems(items, 4, 3 + 2 * TrustPolicy.LINES_MAX);
        List<String> listed = items.subList(3, items.size());
        for (String member : listed) {
            if (!names.contains(member)) {
                throw new Malformed("policy.name-unknown", line, TrustPolicy.shown(member));
            }
            if (!members.add(member)) {
                throw new Malformed("policy.member-repeated", line, TrustPolicy.shown(member));
            }
        }
        int threshold = threshold(items.get(2), listed.size());
        groups.add(new TrustPolicy.Group(define(items.get(1)), threshold, listed));
        requireFew(groups);
    }

    private int threshold(String text, int count) throws Malformed {
        int threshold = switch (text) {
            case "all" -> count;
            case "any" -> 1;
            default -> THRESHOLD.matcher(text).matches() ? Integer.parseInt(text) : 0;
        };
        if (threshold < 1 || threshold > count) {
            throw new Malformed("policy.threshold-refused", line, Integer.toString(count));
        }
        return threshold;
    }

    private void readQuorum(List<String> items) throws Malformed {
        requireItems(items, 2, 2);
        String name = items.get(1);
        if (quorum.isPresent()) {
            throw new Malformed("policy.quorum-repeated", line);
        }
        if (!name.equals(TrustPolicy.NONE) && !names.contains(name)) {
            throw new Malformed("policy.name-unknown", line, TrustPolicy.shown(name));
        }
        quorum = Optional.of(name);
    }

    private String define(String name) throws Malformed {
        if (name.equals(TrustPolicy.NONE) || !names.add(name)) {
            throw new Malformed("policy.name-taken", line, TrustPolicy.shown(name));
        }
        return name;
    }

    private NoteKey key(String octets) throws Malformed {
        try {
            return NoteKey.parse(AddCheckpoint.utf8(octets.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (Malformed refused) {
            throw new Malformed("policy.key-refused", line);
        }
    }

    private void requireNew(Set<VerificationKey> keys, NoteKey key) throws Malformed {
        if (!keys.add(key.key())) {
            throw new Malformed("policy.key-repeated", line);
        }
    }

    private void requireItems(List<String> items, int least, int most) throws Malformed {
        if (items.size() < least || items.size() > most) {
            throw new Malformed("policy.line-malformed", line);
        }
    }

    private void requireFew(List<?> read) throws Malformed {
        if (read.size() > TrustPolicy.LINES_MAX) {
            throw new Malformed("policy.too-many", line, Integer.toString(TrustPolicy.LINES_MAX));
        }
    }

    private static Optional<String> url(List<String> items, int index) {
        return items.size() > index ? Optional.of(items.get(index)) : Optional.empty();
    }
}
