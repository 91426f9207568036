package org.entente.node.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.message.Message;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.Lifecycle;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.memorandum.signing.Standing;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.Sequencer;
import org.entente.node.ledger.Voice;
import org.entente.node.memoranda.Memoranda;
import org.entente.node.officer.Officer;
import org.entente.node.party.LinkStops;
import org.entente.node.party.Parties;
import org.entente.node.server.DeclarationDesk;
import tools.jackson.databind.JsonNode;

/**
 * Says this party's own declarations about a memorandum to every party that it names; to one whose log is being restored when it is
 * back, if there is another that can be told at once.
 */
final class Declarations implements DeclarationDesk {
    private final Memoranda memoranda;
    private final Parties parties;
    private final Relations relations;
    private final Voice voice;
    private final SecretKeys keys;
    private final Clock clock;

    /** The logs of the relationships, and which of them are being restored. */
    record Relations(Logs logs, LinkStops stops, Sequencer sequencer) {}

    Declarations(Memoranda memoranda, Parties parties, Relations relations, Voice voice, SecretKeys keys, Clock clock) {
        this.memoranda = memoranda;
        this.parties = parties;
        this.relations = relations;
        this.voice = voice;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Digest declare(Digest digest, JsonNode document, Officer officer) throws Malformed, RefusedAct, NothingHere {
        requireLegal(officer);
        Memorandum memorandum = memoranda.find(digest).orElseThrow(NothingHere::new);
        return say(
                memorandum,
                Arrival.verify(Statement.of(document), parties.own(), Set.of()).statement());
    }

    @Override
    public Digest suspend(Digest digest, SortedSet<ClauseNumber> clauses, Officer officer)
            throws Malformed, RefusedAct, NothingHere {
        requireLegal(officer);
        Memorandum memorandum = memoranda.find(digest).orElseThrow(NothingHere::new);
        return say(
                memorandum,
                Statement.sign(
                        LifecycleEvent.draft(
                                Declaration.of(LifecycleEvent.Kind.SUSPENDED, memorandum, clauses),
                                parties.own().party(),
                                clock.instant()),
                        keys));
    }

    private Digest say(Memorandum memorandum, Statement statement) throws Malformed {
        LifecycleEvent event = LifecycleEvent.read(statement, parties.own());
        if (Lifecycle.apply(memoranda.standing(memorandum), event) instanceof Lifecycle.Unmoved unmoved) {
            throw new Malformed(unmoved.problem());
        }
        if (event.texts().isPresent()
                && !memoranda.keeps(memorandum.digest(), event.texts().get())) {
            throw new Malformed("declaration.text-not-here", memorandum.id());
        }
        Message message = Message.read(statement);
        List<PartyCode> others = new ArrayList<>();
        for (PartyCode party : memorandum.parties().keySet()) {
            if (!memoranda.isOwn(party)) {
                others.add(parties.require(party).code());
            }
        }
        relations.sequencer.write(() -> {
            List<PartyCode> told = others.stream()
                    .filter(party -> !relations.stops.isRestoring(party))
                    .toList();
            voice.pass(statement, message, told.isEmpty() ? others : told, said -> {
                try {
                    memoranda.declared(said);
                } catch (Malformed e) {
                    throw new IllegalStateException("our own declaration does not read", e);
                }
            });
        });
        return statement.id();
    }

    /** Says to a partner what it was not told while the log was being restored. */
    void catchUp(PartyCode partner) {
        relations.sequencer.write(() -> {
            for (Standing standing : memoranda.standings(partner)) {
                memoranda.declarations(standing.memorandum().digest()).stream()
                        .filter(one -> memoranda.isOwn(one.from().party())
                                && relations.logs.index(partner, one.id()).isEmpty())
                        .forEach(one -> voice.pass(one, read(one), List.of(partner)));
            }
        });
    }

    private static Message read(Statement declaration) {
        try {
            return Message.read(declaration);
        } catch (Malformed e) {
            throw new IllegalStateException("our own declaration does not read", e);
        }
    }

    private static void requireLegal(Officer officer) throws RefusedAct {
        if (officer.role() != Role.LEGAL) {
            throw new RefusedAct(
                    Problem.of(
                            "officer.role-lacks",
                            officer.pseudonym(),
                            officer.role().word(),
                            "memorandum"),
                    List.of());
        }
    }
}
