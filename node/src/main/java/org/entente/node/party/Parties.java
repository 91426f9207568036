package org.entente.node.party;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.card.Trust;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cards in force. A partner's card comes by file; an administrator pins it after comparing its fingerprint aloud. */
public final class Parties {
    private final JdbcClient sql;
    private final PartyCard own;
    private final Clock clock;

    public Parties(JdbcClient sql, PartyCard own, Clock clock) {
        this.sql = sql;
        this.own = own;
        this.clock = clock;
    }

    public PartyCard own() {
        return own;
    }

    /** Whose peer listener is where. */
    public record Partner(PartyCard card, String address) {
        public PartyCode code() {
            return card.party();
        }
    }

    /**
     * Pins a partner's card; a card that follows the pinned one takes its place.
     *
     * @param fingerprint what people compared, in hexadecimal with or without spaces
     * @param address {@code host:port} of the partner's peer listener
     * @throws Malformed {@code party.fingerprint-differs}, {@code party.is-own}, {@code party.contradicts} or
     *     {@code party.address-malformed}
     */
    public void pin(PartyCard card, String fingerprint, String address) throws Malformed {
        if (card.party().equals(own.party())) {
            throw new Malformed("party.is-own", card.party().text());
        }
        if (!card.fingerprint().hex().equals(fingerprint.replaceAll("\\s", "").toLowerCase(java.util.Locale.ROOT))) {
            throw new Malformed("party.fingerprint-differs", card.party().text(), card.fingerprintText());
        }
        if (!address.matches("[A-Za-z0-9.:\\[\\]-]{1,255}:[0-9]{1,5}")) {
            throw new Malformed("party.address-malformed");
        }
        Optional<PartyCard> pinned = partner(card.party()).map(Partner::card);
        if (pinned.isPresent()) {
            Trust trust = PinnedCards.of(List.of(pinned.get())).trust(card);
            if (!trust.trusted()) {
                throw new Malformed("party.contradicts", card.party().text());
            }
        }
        sql.sql("""
                        insert into party (code, own, card, fingerprint, address, pinned_at) values (?, false, ?, ?, ?, ?)
                        on conflict (code) do update set card = excluded.card, address = excluded.address""")
                .params(
                        card.party().text(),
                        card.bytes(),
                        card.fingerprint().hex(),
                        address,
                        Timestamp.from(clock.instant()))
                .update();
    }

    public Optional<Partner> partner(PartyCode code) {
        return sql.sql("select card, address from party where code = ? and not own")
                .param(code.text())
                .query((row, number) -> new Partner(card(row.getBytes("card")), row.getString("address")))
                .optional();
    }

    public List<Partner> partners() {
        return sql.sql("select card, address from party where not own order by code")
                .query((row, number) -> new Partner(card(row.getBytes("card")), row.getString("address")))
                .list();
    }

    /** The card of this party or a pinned partner. */
    public Optional<PartyCard> card(PartyCode code) {
        return code.equals(own.party())
                ? Optional.of(own)
                : partner(code).map(Partner::card);
    }

    /** The partner that an act is addressed to. */
    public Partner require(Actor actor) throws Malformed {
        return partner(actor.party())
                .orElseThrow(() -> new Malformed("party.unknown", actor.party().text()));
    }

    private static PartyCard card(byte[] bytes) {
        try {
            return PartyCard.parse(bytes);
        } catch (Malformed e) {
            throw new IllegalStateException("a pinned card no longer verifies", e);
        }
    }
}
