package org.entente.verification.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardHistory;
import org.entente.exchange.delivery.Inbox;
import org.entente.exchange.message.Message;

/** What a node's database holds; after a crash, what its journal gives. */
final class Tables {
    final Map<Digest, Stored> statements = new HashMap<>();
    final Map<PartyCode, Relationship> relationships = new TreeMap<>();
    final Map<Digest, Integer> effects = new LinkedHashMap<>();
    final List<Inbox.Kept> kept = new ArrayList<>();
    final Map<String, OfficerAppointment> officers = new HashMap<>();
    final Set<Digest> duties = new LinkedHashSet<>();
    final Set<Digest> quarantined = new HashSet<>();
    /** Which of its own cards this node signs under. */
    int serial = 1;

    /** A statement, and which way it went. */
    record Stored(Statement statement, Message message, boolean outgoing) {}

    /** All that is between this node and one partner. */
    static final class Relationship {
        final List<Digest> leaves = new ArrayList<>();
        final Map<Digest, Long> places = new HashMap<>();
        final Set<Digest> waiting = new LinkedHashSet<>();
        final Map<Digest, Problem> setAside = new LinkedHashMap<>();
        final NavigableMap<Long, SignedCheckpoint> heads = new TreeMap<>();
        final List<Digest> mirror = new ArrayList<>();
        final List<byte[]> proofs = new ArrayList<>();
        final Set<PartyCode> suspendedBy = new HashSet<>();
        Optional<CardHistory> cards = Optional.empty();
        Optional<SignedCheckpoint> witnessed = Optional.empty();
        long cosigned;
        boolean stopped;
    }

    Relationship with(PartyCode partner) {
        return relationships.computeIfAbsent(partner, one -> new Relationship());
    }
}
