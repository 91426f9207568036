package org.entente.node.delivery;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardHistory;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.delivery.Acceptance;
import org.entente.exchange.delivery.Surroundings;
import org.entente.exchange.message.Reply;
import org.entente.node.body.BodyFiles;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.Reopenings;
import org.entente.node.ledger.Voice;
import org.entente.node.party.Parties;
import org.entente.node.party.PartnerStorage;

/** What this node knows of its partners and has from them, as its database and its folder of bodies say. */
public final class PartnersHere implements Surroundings {
    private final Parties parties;
    private final BodyFiles bodies;
    private final Own own;
    private final PartnerStorage storage;
    private final Function<PartyCode, Acceptance.Relation> relation;

    /** What this node says, where it writes that down, and under which names. */
    public record Own(Voice voice, Logs logs, Reopenings reopenings) {}

    public PartnersHere(
            Parties parties,
            BodyFiles bodies,
            Own own,
            PartnerStorage storage,
            Function<PartyCode, Acceptance.Relation> relation) {
        this.parties = parties;
        this.bodies = bodies;
        this.own = own;
        this.storage = storage;
        this.relation = relation;
    }

    @Override
    public PartyCard own() {
        return parties.own();
    }

    @Override
    public Optional<CardHistory> cards(PartyCode partner) {
        return parties.card(partner).map(known -> parties.history(partner, own.logs.origin(partner)));
    }

    @Override
    public Optional<Long> place(PartyCode partner, Digest statement) {
        return own.logs.index(partner, statement);
    }

    @Override
    public Acceptance.Relation relation(PartyCode partner) {
        return relation.apply(partner);
    }

    @Override
    public Set<Digest> present(List<BodyReference> references) {
        return bodies.present(references);
    }

    @Override
    public void requireOwnPins(PartyCard card) throws Malformed {
        parties.requireOwnPins(card);
    }

    @Override
    public Optional<Problem> refusalOfLog(Statement declaration) throws Malformed {
        return own.reopenings.refusal(declaration);
    }

    @Override
    public void requireStill(Statement declaration) {
        own.reopenings.requireStill(declaration);
    }

    @Override
    public void receipt(Statement statement) {
        PartyCode partner = statement.from().party();
        own.voice.say(
                new Reply.Receipt(statement.id(), Reply.Stage.DELIVERED, own.logs.index(partner, statement.id())),
                statement.to().orElse(own().party()),
                statement.from());
    }

    @Override
    public boolean mayQuarantine(Statement statement, Problem otherwise) {
        PartyCode sender = statement.from().party();
        boolean may = storage.hasRoomInQuarantine(sender);
        if (!may) {
            storage.count(sender, otherwise, statement.bytes().length);
        }
        return may;
    }

    @Override
    public void quarantine(Statement statement) {
        storage.quarantine(statement.from().party(), statement.id(), statement.bytes().length);
    }
}
