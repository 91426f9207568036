package org.entente.evidence.card;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a party card says.
 *
 * @param identity code, names and colour of the party
 * @param serial 1 for the first card of a root, one more for each that replaces it
 * @param issuedAt when the root signed it, cut to seconds
 * @param keys the public keys
 * @param tlsPins SHA-256 of the DER bytes of the TLS certificates that the party's node may show, 1 to 4
 * @param authorities the authorities of the party, at most 64
 */
public record CardContent(
        PartyIdentity identity,
        int serial,
        Instant issuedAt,
        CardKeys keys,
        List<Digest> tlsPins,
        List<CardAuthority> authorities) {

    /** Of the card's form; others are not read. */
    public static final int VERSION = 2;

    public static final int TLS_PINS_MAX = 4;
    public static final int AUTHORITIES_MAX = 64;

    public CardContent {
        issuedAt = UtcSeconds.whole(issuedAt);
        tlsPins = List.copyOf(tlsPins);
        authorities = List.copyOf(authorities);
        Optional<Problem> problem = problem(identity, serial, keys, tlsPins, authorities);
        if (problem.isPresent()) {
            throw new IllegalArgumentException(problem.get().toString());
        }
    }

    private static Optional<Problem> problem(
            PartyIdentity identity, int serial, CardKeys keys, List<Digest> tlsPins, List<CardAuthority> authorities) {
        if (serial < 1) {
            return Optional.of(Problem.of("card.serial-refused"));
        }
        if (!keys.distinct()) {
            return Optional.of(Problem.of("card.key-reused"));
        }
        if (!keys.certified()) {
            return Optional.of(Problem.of("card.certificate-of-other-key"));
        }
        if (tlsPins.isEmpty() || tlsPins.size() > TLS_PINS_MAX || new HashSet<>(tlsPins).size() != tlsPins.size()) {
            return Optional.of(Problem.of("card.tls-pins-refused", Integer.toString(TLS_PINS_MAX)));
        }
        if (authorities.size() > AUTHORITIES_MAX) {
            return Optional.of(Problem.of("card.authorities-too-many", Integer.toString(AUTHORITIES_MAX)));
        }
        Set<AuthorityCode> codes = new HashSet<>();
        Set<String> recipients = new HashSet<>();
        for (CardAuthority authority : authorities) {
            String code = authority.code().text();
            if (!authority.code().party().equals(identity.code())) {
                return Optional.of(Problem.of("card.authority-foreign", code));
            }
            if (!codes.add(authority.code())) {
                return Optional.of(Problem.of("card.authority-repeated", code));
            }
            if (!recipients.add(authority.bodyRecipient())) {
                return Optional.of(Problem.of("card.key-reused"));
            }
        }
        return Optional.empty();
    }

    ObjectNode json() {
        ObjectNode card = JsonNodeFactory.instance.objectNode();
        card.put("v", VERSION).put("serial", serial).put("issuedAt", UtcSeconds.print(issuedAt));
        identity.write(card);
        card.set("keys", keys.json());
        ArrayNode pins = card.putArray("tlsPins");
        tlsPins.forEach(pin -> pins.add(pin.hex()));
        ArrayNode introduced = card.putArray("authorities");
        authorities.forEach(authority -> introduced.add(authority.json()));
        return card;
    }

    static CardContent read(ObjectNode payload) throws Malformed {
        Members card = Members.of(payload, "");
        card.integer("v", VERSION, VERSION);
        PartyIdentity identity = PartyIdentity.read(card);
        int serial = (int) card.integer("serial", 1, Integer.MAX_VALUE);
        Instant issuedAt = UtcSeconds.parse(card.text("issuedAt"));
        CardKeys keys = CardKeys.read(card.members("keys"));
        List<Digest> pins = new ArrayList<>();
        for (JsonNode pin : card.array("tlsPins", 0, TLS_PINS_MAX + 1)) {
            pins.add(Digest.parse(pin.isString() ? pin.stringValue() : ""));
        }
        List<CardAuthority> authorities = new ArrayList<>();
        for (JsonNode authority : card.array("authorities", 0, AUTHORITIES_MAX + 1)) {
            authorities.add(CardAuthority.read(Members.of(authority, "authorities")));
        }
        card.end();
        Optional<Problem> problem = problem(identity, serial, keys, pins, authorities);
        if (problem.isPresent()) {
            throw new Malformed(problem.get());
        }
        return new CardContent(identity, serial, issuedAt, keys, pins, authorities);
    }
}
