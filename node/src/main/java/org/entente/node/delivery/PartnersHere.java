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

/** What this node knows of its partners and has from them, as its database and its folder of bodies say. */
public final class PartnersHere implements Surroundings {
    private final Parties parties;
    private final BodyFiles bodies;
    private final Voice voice;
    private final Logs logs;
    private final Reopenings reopenings;
    private final Function<PartyCode, Acceptance.Relation> relation;

    public PartnersHere(
            Parties parties,
            BodyFiles bodies,
            Voice voice,
            Logs logs,
            Reopenings reopenings,
            Function<PartyCode, Acceptance.Relation> relation) {
        this.parties = parties;
        this.bodies = bodies;
        this.voice = voice;
        this.logs = logs;
        this.reopenings = reopenings;
        this.relation = relation;
    }

    @Override
    public PartyCard own() {
        return parties.own();
    }

    @Override
    public Optional<CardHistory> cards(PartyCode partner) {
        return parties.card(partner).map(known -> parties.history(partner, logs.origin(partner)));
    }

    @Override
    public Optional<Long> place(PartyCode partner, Digest statement) {
        return logs.index(partner, statement);
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
        return reopenings.refusal(declaration);
    }

    @Override
    public void requireStill(Statement declaration) {
        reopenings.requireStill(declaration);
    }

    @Override
    public void receipt(Statement statement) {
        PartyCode partner = statement.from().party();
        voice.say(
                new Reply.Receipt(statement.id(), Reply.Stage.DELIVERED, logs.index(partner, statement.id())),
                statement.to().orElse(own().party()),
                statement.from());
    }
}
