package org.entente.node.party;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.Ed25519PublicKey;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.fingerprint.SpokenFingerprint;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.CardHistory;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.succession.KeyUse;
import org.entente.node.reading.Edition;
import org.entente.node.reading.PerEdition;
import org.entente.node.reading.ReadOnce;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The parties and their cards. A partner's first card comes by file; an administrator pins it after comparing its fingerprint
 * aloud. Later cards come as statements of the root, and hold from their places in the log of the relationship on.
 */
public final class Parties {
    private static final int CARDS_KEPT = 256;

    private final JdbcClient sql;
    private final PartyCard own;
    private final Clock clock;
    private final ReadOnce<PartyCard> read = new ReadOnce<>(CARDS_KEPT);
    private final PerEdition<PartyCode, Optional<Partner>> known;
    private final PerEdition<PartyCard, List<Partner>> all;
    private final PerEdition<InLog, CardHistory> histories;
    private final PerEdition<PartyCode, List<PartyCard>> cards;
    private final PerEdition<PartyCode, Set<Digest>> pins;

    public Parties(JdbcClient sql, PartyCard own, Clock clock) {
        this.sql = sql;
        this.known = new PerEdition<>(sql, CARDS_KEPT);
        this.all = new PerEdition<>(sql, 1);
        this.histories = new PerEdition<>(sql, CARDS_KEPT);
        this.cards = new PerEdition<>(sql, CARDS_KEPT);
        this.pins = new PerEdition<>(sql, CARDS_KEPT);
        this.own = own;
        this.clock = clock;
    }

    public PartyCard own() {
        return own;
    }

    /** A party in one log. */
    private record InLog(PartyCode party, String origin) {}

    /**
     * Whose peer listener is where.
     *
     * @param card the newest card
     */
    public record Partner(PartyCard card, String address) {
        public PartyCode code() {
            return card.party();
        }
    }

    /**
     * Pins a partner's card. A card that follows the pinned one is not taken by file: from which place in the log it holds,
     * only the partner's statement says.
     *
     * @param fingerprint what people compared, in hexadecimal or in words, see {@link SpokenFingerprint#agrees}
     * @param address {@code host:port} of the partner's peer listener
     * @throws Malformed {@code party.fingerprint-differs}, {@code party.is-own}, {@code party.contradicts},
     *     {@code party.succession}, {@code party.pin-of-another} or
     *     {@code party.address-malformed}
     */
    public void pin(PartyCard card, String fingerprint, String address) throws Malformed {
        if (card.party().equals(own.party())) {
            throw new Malformed("party.is-own", card.party().text());
        }
        if (!SpokenFingerprint.agrees(card.fingerprint(), fingerprint)) {
            throw new Malformed("party.fingerprint-differs", card.party().text(), card.fingerprintText());
        }
        if (!address.matches("[A-Za-z0-9.:\\[\\]-]{1,255}:[0-9]{1,5}")) {
            throw new Malformed("party.address-malformed");
        }
        Optional<PartyCard> pinned = partner(card.party()).map(Partner::card);
        if (pinned.isPresent()) {
            switch (PinnedCards.of(List.of(pinned.get())).trust(card)) {
                case PINNED -> {
                    // The same card, perhaps at another address.
                }
                case SUCCESSION ->
                    throw new Malformed("party.succession", card.party().text());
                case SUPERSEDED, UNKNOWN, CONTRADICTING -> {
                    if (!cards(card.party()).contains(card)) {
                        throw new Malformed("party.contradicts", card.party().text());
                    }
                }
            }
        }
        requireOwnPins(card);
        sql.sql("""
                        insert into party (code, own, card, fingerprint, address, pinned_at) values (?, false, ?, ?, ?, ?)
                        on conflict (code) do update set address = excluded.address""")
                .params(
                        card.party().text(),
                        card.bytes(),
                        card.fingerprint().hex(),
                        address,
                        Timestamp.from(clock.instant()))
                .update();
        Edition.changed();
    }

    /**
     * A certificate that another party may show would make that party's connections count as this one's.
     *
     * @throws Malformed {@code party.pin-of-another}
     */
    public void requireOwnPins(PartyCard card) throws Malformed {
        Map<PartyCode, Set<Digest>> others = new LinkedHashMap<>();
        others.put(own.party(), linkPins(own.party()));
        partners().forEach(partner -> others.put(partner.code(), linkPins(partner.code())));
        others.remove(card.party());
        for (Map.Entry<PartyCode, Set<Digest>> other : others.entrySet()) {
            if (!Collections.disjoint(other.getValue(), card.content().tlsPins())) {
                throw new Malformed(
                        "party.pin-of-another",
                        card.party().text(),
                        other.getKey().text());
            }
        }
    }

    public Optional<Partner> partner(PartyCode code) {
        return known.of(
                code,
                () -> sql.sql("select card, address from party where code = ? and not own")
                        .param(code.text())
                        .query((row, number) -> new Partner(card(row.getBytes("card")), row.getString("address")))
                        .optional());
    }

    public List<Partner> partners() {
        return all.of(
                own,
                () -> List.copyOf(sql.sql("select card, address from party where not own order by code")
                        .query((row, number) -> new Partner(card(row.getBytes("card")), row.getString("address")))
                        .list()));
    }

    /** The card of this party or a pinned partner. */
    public Optional<PartyCard> card(PartyCode code) {
        return code.equals(own.party()) ? Optional.of(own) : partner(code).map(Partner::card);
    }

    /** Whether one of this party's cards proves that this party said a statement, wherever it stands or is missing. */
    public boolean isOwn(UnverifiedStatement claimed) {
        return claimed.claimedFrom().party().equals(own.party())
                && cards(own.party()).stream().anyMatch(card -> verifies(claimed, card));
    }

    private static boolean verifies(UnverifiedStatement claimed, PartyCard card) {
        try {
            if (claimed.claimedKid().equals(card.root().kid())) {
                claimed.verify(card.root(), card.root().kid());
            } else {
                claimed.verify(card);
            }
            return true;
        } catch (Malformed byAnother) {
            return false;
        }
    }

    /** The partner that an act is addressed to. */
    public Partner require(Actor actor) throws Malformed {
        return partner(actor.party())
                .orElseThrow(() -> new Malformed("party.unknown", actor.party().text()));
    }

    /** Which cards of a party count where in one log, and which keys no longer do. */
    public CardHistory history(PartyCode party, String origin) {
        return history(party, origin, Long.MAX_VALUE);
    }

    /** The same, of what stands before a place. */
    public CardHistory history(PartyCode party, String origin, long end) {
        // Of the many places of statements, most stand behind all cards.
        return end == Long.MAX_VALUE
                ? histories.of(new InLog(party, origin), () -> readHistory(party, origin, end))
                : readHistory(party, origin, end);
    }

    private CardHistory readHistory(PartyCode party, String origin, long end) {
        List<CardHistory.Held> held = sql.sql(
                        "select position, card from party_card where party = ? and origin = ? and position < ? order by position")
                .params(party.text(), origin, end)
                .query((row, number) -> new CardHistory.Held(row.getLong("position"), card(row.getBytes("card"))))
                .list();
        List<CardHistory.Revoked> revoked = sql.sql(
                        "select position, key_use, name from key_revocation where party = ? and origin = ? and position < ?")
                .params(party.text(), origin, end)
                .query((row, number) -> new CardHistory.Revoked(
                        row.getLong("position"), keyName(row.getString("key_use"), row.getString("name"))))
                .list();
        List<CardHistory.Held> begun = held.isEmpty()
                ? List.of(new CardHistory.Held(
                        CardHistory.BEFORE_ALL,
                        card(party).orElseThrow(() -> new IllegalStateException("a party without a card"))))
                : held;
        return CardHistory.restored(begun, revoked);
    }

    /**
     * Has a statement about cards its effect. MUST be called in the transaction that records it, with its place in the log.
     *
     * @return whether it has one; what was refused before it was recorded never comes here
     */
    public boolean changeCards(Statement statement, String origin, long place) {
        PartyCode party = statement.from().party();
        CardHistory history = history(party, origin);
        if (!(history.take(statement, place) instanceof CardHistory.Taken taken)) {
            return false;
        }
        for (CardHistory.Held held : taken.next().held()) {
            sql.sql("""
                            insert into party_card (party, origin, position, serial, card) values (?, ?, ?, ?, ?)
                            on conflict do nothing""")
                    .params(
                            party.text(),
                            origin,
                            held.after(),
                            held.card().serial(),
                            held.card().bytes())
                    .update();
        }
        for (CardHistory.Revoked revoked : taken.next().revocations()) {
            sql.sql("""
                            insert into key_revocation (party, origin, position, key_use, name) values (?, ?, ?, ?, ?)
                            on conflict do nothing""")
                    .params(
                            party.text(),
                            origin,
                            revoked.at(),
                            revoked.key().use().word(),
                            revoked.key().name())
                    .update();
        }
        sql.sql("update party set card = ? where code = ? and not own")
                .params(taken.next().latest().bytes(), party.text())
                .update();
        Edition.changed();
        return true;
    }

    /** Every card of a party that counts or counted in some log here, the newest first. */
    public List<PartyCard> cards(PartyCode party) {
        return cards.of(party, () -> readCards(party));
    }

    private List<PartyCard> readCards(PartyCode party) {
        List<PartyCard> cards = new ArrayList<>();
        card(party).ifPresent(cards::add);
        sql
                .sql("select distinct serial, card from party_card where party = ? order by serial desc")
                .param(party.text())
                .query((row, number) -> card(row.getBytes("card")))
                .list()
                .stream()
                .filter(card -> !cards.contains(card))
                .forEach(cards::add);
        return List.copyOf(cards);
    }

    /**
     * The card that shows the keys of this name and introduces the speaker: under which a statement stands whose place in the
     * log was judged when it was recorded. The newest one when no card does, under which it then does not verify.
     */
    public PartyCard cardOf(Actor speaker, String kid) {
        PartyCard newest = card(speaker.party())
                .orElseThrow(() -> new IllegalStateException("a statement of a party without a card"));
        return shows(newest, speaker, kid)
                ? newest
                : cards(speaker.party()).stream()
                        .filter(card -> shows(card, speaker, kid))
                        .findFirst()
                        .orElse(newest);
    }

    private static boolean shows(PartyCard card, Actor speaker, String kid) {
        return card.introduces(speaker)
                && (card.statementKeys().kid().equals(kid) || card.root().kid().equals(kid));
    }

    /**
     * The certificates that a partner may show: those of its newest card and of the one before, so that it can change them
     * while statements are on their way, without those that it has taken back.
     */
    public Set<Digest> linkPins(PartyCode partner) {
        return pins.of(partner, () -> readLinkPins(partner));
    }

    private Set<Digest> readLinkPins(PartyCode partner) {
        Set<Digest> pins = new LinkedHashSet<>();
        cards(partner).stream()
                .limit(2)
                .forEach(card -> pins.addAll(card.content().tlsPins()));
        pins.removeIf(pin -> isTakenBack(KeyName.link(pin), partner));
        return Collections.unmodifiableSet(pins);
    }

    /** Whether the party has taken this key back. */
    public boolean isTakenBack(KeyName key, PartyCode party) {
        return sql.sql("select count(*) from key_revocation where party = ? and key_use = ? and name = ?")
                        .params(party.text(), key.use().word(), key.name())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The log keys of all cards of this party, with which its checkpoints were signed over time. */
    public List<Ed25519PublicKey> ownLogKeys() {
        return cards(own.party()).stream().map(PartyCard::logKey).distinct().toList();
    }

    private static KeyName keyName(String use, String name) {
        return new KeyName(KeyUse.valueOf(use.toUpperCase(Locale.ROOT)), name);
    }

    private PartyCard card(byte[] bytes) {
        try {
            return read.of(Digest.of(bytes), () -> PartyCard.parse(bytes));
        } catch (Malformed e) {
            throw new IllegalStateException("a pinned card no longer verifies", e);
        }
    }
}
