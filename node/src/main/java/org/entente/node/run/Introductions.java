package org.entente.node.run;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PublicKeys;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.exchange.message.Arrangement;
import org.entente.node.delivery.LogReopening;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.NextIncarnation;
import org.entente.node.ledger.Restoration;
import org.entente.node.ledger.Sequencer;
import org.entente.node.ledger.Statements;
import org.entente.node.ledger.Voice;
import org.entente.node.officer.Officer;
import org.entente.node.officer.Officers;
import org.entente.node.officer.Token;
import org.entente.node.party.LinkStops;
import org.entente.node.party.Parties;
import org.entente.node.server.EnrolmentDesk;
import org.entente.node.server.PartnerDesk;

/** Makes officers and partners known to each other: whoever is appointed is announced to every partner, once. */
final class Introductions implements EnrolmentDesk, PartnerDesk {
    private final Officers officers;
    private final Parties parties;
    private final Relations relations;
    private final Sequencer sequencer;
    private final SecureRandom random;
    private final Consumer<PartyCode> pinned;

    /** The logs of relationships and what was said in them. */
    record Relations(
            Logs logs,
            Statements statements,
            Voice voice,
            LinkStops stops,
            Restoration restoration,
            LogReopening reopening) {}

    /**
     * Introduces by the voice of these relations.
     *
     * @param pinned is told of each partner that was pinned
     */
    Introductions(
            Officers officers,
            Parties parties,
            Relations relations,
            Sequencer sequencer,
            SecureRandom random,
            Consumer<PartyCode> pinned) {
        this.officers = officers;
        this.parties = parties;
        this.relations = relations;
        this.sequencer = sequencer;
        this.random = random;
        this.pinned = pinned;
    }

    @Override
    public Enrolled enrol(Officer officer, PublicKeys keys, Optional<Digest> tokenHash) throws Malformed {
        Optional<Token> drawn = tokenHash.isPresent() ? Optional.empty() : Optional.of(Token.generate(random));
        Digest hash = tokenHash.orElseGet(() -> drawn.orElseThrow().hash());
        requireOwnKeys(officer, keys);
        OfficerAppointment appointment = new OfficerAppointment(
                officer.pseudonym(), officer.authority(), officer.role().word(), keys);
        boolean enrolled = sequencer.write(() -> {
            if (!officers.enrol(officer, keys, hash)) {
                return false;
            }
            parties.partners().stream()
                    .map(Parties.Partner::code)
                    .filter(partner -> !relations.stops().isRestoring(partner))
                    .forEach(partner -> announce(List.of(appointment), partner));
            return true;
        });
        if (!enrolled && !officers.isEnrolled(officer, keys, hash)) {
            throw new Malformed("officer.taken", officer.pseudonym());
        }
        return new Enrolled(!enrolled, drawn);
    }

    /** Keys stand for one person: under a second name they would make one officer count as two. */
    private void requireOwnKeys(Officer officer, PublicKeys keys) throws Malformed {
        boolean taken = parties.own().content().keys().shares(keys)
                || officers.appointments(parties.own().party()).stream()
                        .filter(other -> !other.officer().equals(officer.pseudonym()))
                        .map(OfficerAppointment::keys)
                        .anyMatch(other -> other.ed25519().equals(keys.ed25519())
                                || other.mlDsa65().equals(keys.mlDsa65()));
        if (taken) {
            throw new Malformed("officer.keys-taken", officer.pseudonym());
        }
    }

    @Override
    public void pin(PartyCard card, String fingerprint, String address) throws Malformed {
        try {
            sequencer.write(() -> {
                requirePinned(card, fingerprint, address);
                relations.logs().open(card.party());
                announceAll(card.party());
            });
        } catch (NotPinned refused) {
            throw refused.malformed;
        }
        pinned.accept(card.party());
    }

    private void requirePinned(PartyCard card, String fingerprint, String address) {
        try {
            parties.pin(card, fingerprint, address);
        } catch (Malformed refused) {
            throw new NotPinned(refused);
        }
    }

    /** Carries a refusal out of what is written, so that all of it is undone. */
    private static final class NotPinned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Malformed malformed;

        private NotPinned(Malformed malformed) {
            super(malformed);
            this.malformed = malformed;
        }
    }

    @Override
    public Optional<LinkStops.Stop> stopped(PartyCode partner) {
        return relations.stops().of(partner);
    }

    @Override
    public List<LeftUndone> leftUndone(PartyCode partner) {
        return relations.restoration().left(partner).stream()
                .map(left -> new LeftUndone(
                        relations.statements().find(left.statement()).orElseThrow(), Problem.of(left.code())))
                .toList();
    }

    @Override
    public void resume(PartyCode partner, String officer, String reason) throws Malformed {
        relations.stops().resume(partner, officer, reason);
        pinned.accept(partner);
    }

    @Override
    public void reopenLog(PartyCode partner, String officer, String reason) throws Malformed {
        relations.reopening().reopen(partner, new NextIncarnation.Order(officer, reason));
        pinned.accept(partner);
    }

    /** Announces to a partner whom it does not know yet: those who were appointed while the log was being restored. */
    void catchUp(PartyCode partner) {
        sequencer.write(() -> announceAll(partner));
    }

    private void announceAll(PartyCode partner) {
        announce(officers.appointments(parties.own().party()), partner);
    }

    private void announce(List<OfficerAppointment> appointments, PartyCode partner) {
        Set<OfficerAppointment> known = new HashSet<>();
        for (Statements.Entry entry : relations.statements().ofKind(partner, OfficerAppointment.KIND)) {
            if (entry.outgoing() && entry.message() instanceof Arrangement.OfficerAppointed said) {
                known.add(said.appointment());
            }
        }
        for (OfficerAppointment appointment : appointments) {
            if (known.add(appointment)) {
                relations
                        .voice()
                        .say(
                                new Arrangement.OfficerAppointed(
                                        appointment.officer(),
                                        appointment.authority(),
                                        Officers.role(appointment.role()),
                                        appointment.keys()),
                                parties.own().party(),
                                partner);
            }
        }
    }
}
