package org.entente.node.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.fingerprint.SpokenFingerprint;
import org.entente.evidence.fingerprint.WordList;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.node.keys.NodeKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which card of a partner is taken, and which is not. */
@Timeout(120)
class PartiesTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final PartyCode MX = new PartyCode("MX");
    private static final PartyCode US = new PartyCode("US");
    private static final PartyCode CA = new PartyCode("CA");
    private static final Digest OWN_PIN = Digest.of(new byte[] {1});
    private static final Digest US_PIN = Digest.of(new byte[] {2});
    private static final Digest CA_PIN = Digest.of(new byte[] {3});

    private static final NodeKeys US_KEYS = keys(US);
    private static final SecretKeys US_ROOT = SecretKeys.generate(RANDOM);
    private static final PartyCard OWN = Cards.of(MX, 1, keys(MX), SecretKeys.generate(RANDOM), List.of(OWN_PIN));
    private static final PartyCard FIRST = Cards.of(US, 2, US_KEYS, US_ROOT, List.of(US_PIN));

    @TempDir
    static Path folder;

    private static Database database;
    private static Parties parties;

    @BeforeAll
    static void open() throws Exception {
        database = Database.openEmbedded(folder, Path.of("target/postgres-cache"), StartProgress.SILENT);
        parties = new Parties(database.client(), OWN, Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void pinTheFirst() throws Exception {
        database.client().sql("delete from party").update();
        pin(FIRST);
    }

    @Test
    void theSameCardMayMoveToAnotherAddress() throws Exception {
        parties.pin(FIRST, FIRST.fingerprintText(), "elsewhere.example:444");
        assertThat(parties.partners()).containsExactly(new Parties.Partner(FIRST, "elsewhere.example:444"));
    }

    @Test
    void theWordsOfEitherLanguageConfirmACardAndAMisheardOneIsNamed() throws Exception {
        for (WordList language : WordList.values()) {
            String words = SpokenFingerprint.lines(FIRST.fingerprint(), language);
            parties.pin(FIRST, words, language.name() + ".example:444");
            assertThat(parties.partners())
                    .containsExactly(new Parties.Partner(FIRST, language.name() + ".example:444"));
            String first = words.substring(0, words.indexOf(' '));
            String other = language.words().get(first.equals(language.words().getFirst()) ? 1 : 0);
            requireRefused(
                    "fingerprint.word-wrong",
                    () -> parties.pin(FIRST, words.replaceFirst(first, other), "elsewhere.example:444"));
            requireRefused(
                    "party.fingerprint-differs",
                    () -> parties.pin(
                            FIRST, SpokenFingerprint.line(OWN.fingerprint(), language), "elsewhere.example:444"));
        }
    }

    @Test
    void aCertificateBelongsToOneParty() {
        SecretKeys root = SecretKeys.generate(RANDOM);
        requireRefused("party.pin-of-another", () -> pin(Cards.of(CA, 1, keys(CA), root, List.of(CA_PIN, US_PIN))));
        requireRefused("party.pin-of-another", () -> pin(Cards.of(CA, 1, keys(CA), root, List.of(OWN_PIN))));
        assertThat(parties.partner(CA)).isEmpty();
    }

    @Test
    void aCertificateOfOnesOwnIsTaken() throws Exception {
        PartyCard other = Cards.of(CA, 1, keys(CA), SecretKeys.generate(RANDOM), List.of(CA_PIN));
        pin(other);
        assertThat(parties.partners()).extracting(Parties.Partner::card).containsExactly(other, FIRST);
    }

    @Test
    void aSuccessionIsRecognisedAndNotTaken() {
        requireRefused("party.succession", () -> pin(Cards.of(US, 3, US_KEYS, US_ROOT, List.of(CA_PIN))));
        requireRefused("party.succession", () -> pin(Cards.of(US, 3, keys(US), US_ROOT, List.of(US_PIN))));
        requireRefused("party.contradicts", () -> pin(Cards.of(US, 1, US_KEYS, US_ROOT, List.of(US_PIN))));
    }

    @Test
    void aChangedCardIsNotTaken() {
        requireRefused("party.contradicts", () -> pin(Cards.of(US, 2, US_KEYS, US_ROOT, List.of(CA_PIN))));
        requireRefused("party.contradicts", () -> pin(Cards.of(US, 2, keys(US), US_ROOT, List.of(US_PIN))));
        requireRefused(
                "party.contradicts", () -> pin(Cards.of(US, 3, US_KEYS, SecretKeys.generate(RANDOM), List.of(US_PIN))));
    }

    @Test
    void theOwnCardAndAnUncomparedOneAreNotTaken() {
        requireRefused("party.is-own", () -> pin(OWN));
        PartyCard other = Cards.of(CA, 1, keys(CA), SecretKeys.generate(RANDOM), List.of(CA_PIN));
        requireRefused(
                "party.fingerprint-differs",
                () -> parties.pin(other, FIRST.fingerprint().hex(), "ca.example:443"));
        requireRefused(
                "party.address-malformed",
                () -> parties.pin(other, other.fingerprint().hex(), "https://ca.example/"));
        assertThat(parties.partner(CA)).isEmpty();
    }

    private static void pin(PartyCard card) throws Malformed {
        parties.pin(card, card.fingerprint().hex(), card.party().text() + ".example:443");
    }

    /** Refused for this, and the card that was pinned is in force as before. */
    private static void requireRefused(String code, ThrowingCallable pinning) {
        assertThatThrownBy(pinning)
                .isInstanceOfSatisfying(
                        Malformed.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
        assertThat(parties.card(US)).contains(FIRST);
    }

    private static NodeKeys keys(PartyCode party) {
        return NodeKeys.generate(List.of(new AuthorityCode(party, "FIU")), RANDOM);
    }
}
