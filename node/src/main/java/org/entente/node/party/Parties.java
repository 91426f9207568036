package org.entente.node.party;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PinnedCards;
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
     * Pins a partner's card. A card that follows the pinned one is not taken yet: what was signed under the old one must
     * stay verifiable first.
     *
     * @param fingerprint what people compared, in hexadecimal with or without spaces
     * @param address {@code host:port} of the partner's peer listener
     * @throws Malformed {@code party.fingerprint-differs}, {@code party.is-own}, {@code party.contradicts},
     *     {@code party.succession}, {@code party.pin-of-another} or
     *     {@code party.address-malformed}
     */
    public void pin(PartyCard card, String fingerprint, String address) throws Malformed {
        if (card.party().equals(own.party())) {
            throw new Malformed("party.is-own", card.party().text());
        }
        if (!card.fingerprint().hex().equals(fingerprint.replaceAll("\\s", "").toLowerCase(Locale.ROOT))) {
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
                case SUPERSEDED, UNKNOWN, CONTRADICTING ->
                    throw new Malformed("party.contradicts", card.party().text());
            }
        }
        requireOwnPins(card);
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

    /** A certificate that another party shows would make that party's connections count as this one's. */
    private void requireOwnPins(PartyCard card) throws Malformed {
        List<PartyCard> others = new ArrayList<>(List.of(own));
        partners().stream()
                .map(Partner::card)
                .filter(other -> !other.party().equals(card.party()))
                .forEach(others::add);
        for (PartyCard other : others) {
            if (!Collections.disjoint(other.content().tlsPins(), card.content().tlsPins())) {
                throw new Malformed(
                        "party.pin-of-another",
                        card.party().text(),
                        other.party().text());
            }
        }
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
        return code.equals(own.party()) ? Optional.of(own) : partner(code).map(Partner::card);
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
