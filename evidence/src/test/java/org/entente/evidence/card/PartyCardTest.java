package org.entente.evidence.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.entente.evidence.Party;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PartyCardTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final Party MX = new Party("MX", "UIF", "");

    private static Jws resigned(ObjectNode payload) {
        SecretKeys root = MX.keys("root");
        return Jws.sign(PartyCard.TYPE, root.publicKeys().kid(), payload, root);
    }

    private static ObjectNode payload() throws Malformed {
        return Jws.parse(MX.card(1).bytes(), PartyCard.TYPE, PartyCard.BYTES_MAX)
                .payload();
    }

    private static void refused(ObjectNode payload, String code) {
        assertThatThrownBy(() -> PartyCard.parse(resigned(payload).bytes())).hasMessageStartingWith(code);
    }

    @Test
    void aCardReadsBackAsItself() throws Malformed {
        PartyCard card = MX.card(3);
        PartyCard read = PartyCard.parse(card.bytes());
        assertThat(read.content()).isEqualTo(card.content());
        assertThat(read.digest()).isEqualTo(card.digest());
        assertThat(read.fingerprintText()).matches("([0-9a-f]{4} ){15}[0-9a-f]{4}");
        assertThat(read.introduces(MX.authority())).isTrue();
        assertThat(read.introduces(new AuthorityCode(MX.code(), "NOBODY"))).isFalse();
    }

    @Test
    void aCardWithoutBothAlgorithmsIsRefused() throws Malformed {
        for (String purpose : List.of("root", "statement")) {
            for (String algorithm : List.of("ed25519", "mlDsa65")) {
                ObjectNode payload = payload();
                ((ObjectNode) payload.get("keys").get(purpose)).remove(algorithm);
                refused(payload, "key.algorithm-missing");
            }
        }
    }

    @Test
    void aCardWithOneCosigningKeyAloneIsRefused() throws Malformed {
        for (String algorithm : List.of("ed25519", "mlDsa44")) {
            ObjectNode payload = payload();
            ((ObjectNode) payload.get("keys").get("cosigning")).remove(algorithm);
            refused(payload, "key.cosigning-algorithm-missing");
        }
        ObjectNode payload = payload();
        ((ObjectNode) payload.get("keys"))
                .put("cosigning", MX.cosigningKeys().ed25519().publicKey().text());
        refused(payload, "json.object-expected");
    }

    @Test
    void aKeyThatServesTwoPurposesIsRefused() throws Malformed {
        ObjectNode payload = payload();
        ObjectNode keys = (ObjectNode) payload.get("keys");
        keys.set("log", keys.get("cosigning").get("ed25519"));
        refused(payload, "card.key-reused");
        payload = payload();
        keys = (ObjectNode) payload.get("keys");
        keys.set("log", keys.get("root").get("ed25519"));
        refused(payload, "card.key-reused");
        payload = payload();
        keys = (ObjectNode) payload.get("keys");
        ((ObjectNode) keys.get("statement")).set("mlDsa65", keys.get("root").get("mlDsa65"));
        refused(payload, "card.key-reused");
    }

    @Test
    void everyOtherDefectHasItsOwnCode() throws Malformed {
        refused(payload().put("extra", 1), "json.member-unknown");
        refused(payload().put("serial", 0), "json.integer-expected");
        refused(payload().put("v", 1), "json.integer-expected");
        refused(payload().put("party", "mx"), "party.code-malformed");
        refused(payload().put("colour", "red"), "card.colour-malformed");
        refused(payload().put("issuedAt", "yesterday"), "time.malformed");
        refused(payload().put("party", "US"), "card.authority-foreign");
        ObjectNode none = payload();
        none.putArray("tlsPins");
        refused(none, "card.tls-pins-refused");
        ObjectNode twice = payload();
        twice.putArray("authorities")
                .add(payload().get("authorities").get(0))
                .add(payload().get("authorities").get(0));
        refused(twice, "card.authority-repeated");
        ObjectNode smallOrder = payload();
        ((ObjectNode) smallOrder.get("keys")).put("log", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        refused(smallOrder, "key.ed25519-refused");
    }

    @Test
    void aCardThatItsOwnRootDidNotSignIsRefused() throws Malformed {
        SecretKeys other = new Party("MX", "UIF", "other").keys("root");
        String kid = MX.keys("root").publicKeys().kid();
        Jws posing = Jws.sign(PartyCard.TYPE, kid, payload(), other);
        assertThatThrownBy(() -> PartyCard.parse(posing.bytes())).hasMessage("signature.ed25519-false");
        Jws named = Jws.sign(PartyCard.TYPE, other.publicKeys().kid(), payload(), other);
        assertThatThrownBy(() -> PartyCard.parse(named.bytes())).hasMessage("signature.key-other");
    }

    @Test
    void pinnedCardsTellSuccessionFromDeceit() {
        PinnedCards pins = PinnedCards.of(List.of(MX.card(2)));
        assertThat(pins.trust(MX.card(2))).isEqualTo(Trust.PINNED);
        assertThat(pins.trust(MX.card(3))).isEqualTo(Trust.SUCCESSION);
        assertThat(pins.trust(MX.card(1))).isEqualTo(Trust.SUPERSEDED);
        assertThat(pins.trust(new Party("MX", "UIF", "other").card(3))).isEqualTo(Trust.CONTRADICTING);
        assertThat(pins.trust(new Party("US", "FINCEN", "").card(3))).isEqualTo(Trust.UNKNOWN);
        CardContent two = MX.content(2);
        PartyCard other = PartyCard.sign(
                new CardContent(two.identity(), 2, two.issuedAt(), two.keys(), two.tlsPins(), List.of()),
                MX.keys("root"));
        assertThat(pins.trust(other)).isEqualTo(Trust.CONTRADICTING);
        assertThatThrownBy(() -> PinnedCards.of(List.of(MX.card(1), MX.card(2))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secretsPrintRedactedAndComeBackFromTheirSeeds() {
        SecretKeys keys = SecretKeys.generate(new SecureRandom());
        assertThat(keys).hasToString("[redacted]");
        assertThat(MX.logKey()).hasToString("[redacted]");
        SeedAccess access = SeedAccess.forKeyStore();
        SecretKeys rebuilt = SecretKeys.ofSeeds(keys.ed25519Seed(access), keys.mlDsa65Seed(access));
        assertThat(rebuilt.publicKeys()).isEqualTo(keys.publicKeys());
        assertThat(rebuilt).isEqualTo(keys);
    }

    @Test
    void damagedCardsAreRefused() {
        byte[] card = MX.card(1).bytes();
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < 1500 * DEPTH; i++) {
            byte[] changed = card.clone();
            changed[random.nextInt(card.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> PartyCard.parse(changed))
                    .as("seed %d, case %d", seed, i)
                    .isInstanceOf(Malformed.class);
        }
    }
}
