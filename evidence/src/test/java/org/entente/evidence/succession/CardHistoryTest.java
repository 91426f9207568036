package org.entente.evidence.succession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.entente.evidence.Party;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.evidence.statement.UnverifiedStatement;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class CardHistoryTest {
    private static final Party MX = new Party("MX", "UIF", "");
    private static final SecretKeys ROOT = MX.keys("root");
    private static final PartyCard FIRST = MX.card(1);
    private static final PartyCard SECOND = MX.card(2, "b");
    private static final PartyCard THIRD = MX.card(3, "c");

    private static Statement succession(PartyCard card) {
        return Statement.sign(new CardSucceeded(card).draft(Party.START), ROOT);
    }

    private static Statement revocation(KeyName key) {
        return Statement.sign(new KeyRevoked(key, KeyRevoked.Reason.COMPROMISED).draft(MX.code(), Party.START), ROOT);
    }

    private static UnverifiedStatement said(String generation, Instant at) throws Malformed {
        Statement statement = Statement.sign(
                StatementDraft.of("note", MX.code(), at, JsonNodeFactory.instance.objectNode()),
                MX.keys("statement" + generation));
        return Statement.parse(statement.bytes());
    }

    private static CardHistory taken(CardHistory history, Statement statement, long place) {
        CardHistory.Step step = history.take(statement, place);
        assertThat(step).isInstanceOf(CardHistory.Taken.class);
        return ((CardHistory.Taken) step).next();
    }

    private static void assertRefused(CardHistory history, Statement statement, String code) {
        assertThat(history.take(statement, 1000))
                .isInstanceOfSatisfying(
                        CardHistory.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    @Test
    void aSuccessionCountsForWhatStandsBehindItAndForNothingElse() throws Malformed {
        CardHistory history = taken(CardHistory.of(FIRST), succession(SECOND), 7);
        assertThat(history.cardAt(0)).isEqualTo(FIRST);
        assertThat(history.cardAt(7)).isEqualTo(FIRST);
        assertThat(history.cardAt(8)).isEqualTo(SECOND);
        assertThat(history.latest()).isEqualTo(SECOND);
        // The moment that a statement bears decides nothing.
        for (Instant at : List.of(Party.START.minusSeconds(99_999), Party.START.plusSeconds(99_999))) {
            assertThat(history.cardFor(said("", at), 7)).isEqualTo(FIRST);
            assertThat(history.cardFor(said("b", at), 8)).isEqualTo(SECOND);
            assertThatThrownBy(() -> history.cardFor(said("", at), 8))
                    .hasMessageStartingWith("succession.key-superseded");
            PartyCard early = history.cardFor(said("b", at), 7);
            assertThatThrownBy(() -> said("b", at).verify(early)).hasMessage("signature.key-other");
        }
    }

    @Test
    void aRevokedKeySignsNothingBehindItsRevocationAndStaysGoodBefore() throws Malformed {
        KeyName key = KeyName.statement(FIRST);
        CardHistory history = taken(CardHistory.of(FIRST), revocation(key), 3);
        assertThat(history.cardFor(said("", Party.START), 3)).isEqualTo(FIRST);
        assertThatThrownBy(() -> history.cardFor(said("", Party.START.minusSeconds(99_999)), 4))
                .hasMessageStartingWith("succession.key-revoked");
        assertThat(history.isRevoked(KeyName.log(FIRST), 4)).isFalse();
        CardHistory renewed = taken(history, succession(SECOND), 4);
        assertThat(renewed.cardFor(said("b", Party.START), 5)).isEqualTo(SECOND);
        assertThat(renewed.cardFor(said("", Party.START), 3)).isEqualTo(FIRST);
    }

    @Test
    void whatASuccessionMayNotBeIsRefused() {
        CardHistory history = taken(CardHistory.of(MX.card(2)), succession(MX.card(3, "b")), 5);
        assertRefused(history, succession(MX.card(1, "b")), "succession.superseded");
        assertRefused(history, succession(MX.card(5, "c")), "succession.serial-skipped");
        assertRefused(history, succession(MX.card(3, "c")), "succession.contradicting");
        assertRefused(history, succession(MX.card(2, "c")), "succession.contradicting");
        // A replay of what holds or held changes nothing: the older card does not come back.
        assertThat(history.take(succession(MX.card(3, "b")), 9)).isInstanceOf(CardHistory.Unmoved.class);
        assertThat(history.take(succession(MX.card(2)), 9)).isInstanceOf(CardHistory.Unmoved.class);

        Party other = new Party("MX", "UIF", "other");
        assertRefused(history, succession(other.card(4)), "succession.root-other");
        assertRefused(
                history,
                Statement.sign(new CardSucceeded(other.card(4)).draft(Party.START), other.keys("root")),
                "succession.not-by-root");
        assertRefused(
                history,
                Statement.sign(new CardSucceeded(MX.card(4, "c")).draft(Party.START), MX.keys("statementb")),
                "succession.not-by-root");
        PartyCard foreign = new Party("US", "FINCEN", "").card(4);
        assertRefused(history, Statement.sign(draftOfMx(foreign), ROOT), "succession.party-other");
        assertRefused(
                history, Statement.sign(new CardSucceeded(foreign).draft(Party.START), ROOT), "succession.party-other");
    }

    private static StatementDraft draftOfMx(PartyCard card) {
        return StatementDraft.of(CardSucceeded.KIND, MX.code(), Party.START, new CardSucceeded(card).content());
    }

    @Test
    void onlyKeysOfTheCardsAreRevokedAndNoneComesBack() {
        CardHistory history = taken(CardHistory.of(FIRST), succession(SECOND), 0);
        assertRefused(history, revocation(KeyName.statement(THIRD)), "succession.key-unknown");
        assertRefused(
                history, revocation(new KeyName(KeyUse.STATEMENT, FIRST.root().kid())), "succession.key-unknown");
        assertRefused(
                history,
                revocation(new KeyName(KeyUse.LOG, KeyName.statement(FIRST).name())),
                "succession.key-unknown");
        CardHistory revoked = taken(history, revocation(KeyName.log(FIRST)), 1);
        assertThat(revoked.take(revocation(KeyName.log(FIRST)), 2)).isInstanceOf(CardHistory.Unmoved.class);
        assertRefused(revoked, succession(MX.card(3)), "succession.key-revoked");
        assertThat(revoked.take(succession(THIRD), 2)).isInstanceOf(CardHistory.Taken.class);
        // All of these cards pin one certificate.
        CardHistory unlinked =
                taken(history, revocation(KeyName.link(FIRST.content().tlsPins().getFirst())), 1);
        assertRefused(unlinked, succession(THIRD), "succession.key-revoked");
    }

    @Test
    void aMalformedStatementOfTheRootHasNoEffect() {
        for (String kind : List.of(CardSucceeded.KIND, KeyRevoked.KIND)) {
            Statement empty = Statement.sign(
                    StatementDraft.of(kind, MX.code(), Party.START, JsonNodeFactory.instance.objectNode()), ROOT);
            assertRefused(CardHistory.of(FIRST), empty, "json.member-missing");
        }
        Statement word = Statement.sign(
                StatementDraft.of(
                        KeyRevoked.KIND,
                        MX.code(),
                        Party.START,
                        new KeyRevoked(KeyName.log(FIRST), KeyRevoked.Reason.RETIRED)
                                .content()
                                .put("reason", "lost")),
                ROOT);
        assertRefused(CardHistory.of(FIRST), word, "succession.word-malformed");
    }

    @Test
    void whatWasKeptIsRestoredAndNothingElse() {
        CardHistory history =
                taken(taken(CardHistory.of(FIRST), succession(SECOND), 4), revocation(KeyName.log(FIRST)), 6);
        CardHistory again = CardHistory.restored(history.held().reversed(), history.revocations());
        assertThat(again.cardAt(4)).isEqualTo(FIRST);
        assertThat(again.cardAt(5)).isEqualTo(SECOND);
        assertThat(again.isRevoked(KeyName.log(FIRST), 7)).isTrue();
        assertThatThrownBy(() -> CardHistory.restored(
                        List.of(new CardHistory.Held(-1, FIRST), new CardHistory.Held(4, THIRD)), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CardHistory.restored(List.of(new CardHistory.Held(4, FIRST)), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> history.take(succession(THIRD), 6)).isInstanceOf(IllegalArgumentException.class);
    }

    /** An event of the plain model: a card of a serial number and generation, or a revocation of that generation's log key. */
    private record Event(long place, boolean succession, int serial, String generation) {}

    /** What the plain model finds for a place: it goes over all events again each time. */
    private record Found(int serial, String generation, List<String> revoked) {}

    private static Found model(List<Event> events, long place) {
        List<String> generations = new ArrayList<>(List.of(""));
        List<String> revoked = new ArrayList<>();
        for (Event event : events) {
            if (event.place >= place) {
                break;
            }
            boolean next = event.serial == generations.size() + 1;
            if (event.succession && next && !revoked.contains(event.generation)) {
                generations.add(event.generation);
            } else if (!event.succession && generations.contains(event.generation)) {
                revoked.add(event.generation);
            }
        }
        return new Found(generations.size(), generations.getLast(), revoked);
    }

    @Test
    void theFoldAgreesWithAPlainModel() {
        long seed = 20_261_123;
        List<String> generations = List.of("", "b", "c", "d");
        for (int run = 0; run < 40; run++) {
            Random random = new Random(seed + run);
            CardHistory history = CardHistory.of(FIRST);
            List<Event> events = new ArrayList<>();
            long place = 0;
            for (int i = 0; i < 12; i++) {
                place += 1 + random.nextInt(3);
                Event event = new Event(
                        place,
                        random.nextInt(3) > 0,
                        1 + random.nextInt(history.latest().serial() + 2),
                        generations.get(random.nextInt(generations.size())));
                events.add(event);
                Statement statement = event.succession
                        ? succession(MX.card(event.serial, event.generation))
                        : revocation(KeyName.log(MX.card(1, event.generation)));
                history = history.take(statement, place) instanceof CardHistory.Taken taken ? taken.next() : history;
            }
            for (long at = 0; at < place + 3; at++) {
                Found found = model(events, at);
                String what = "seed " + (seed + run) + ", place " + at + ", " + events;
                assertThat(history.cardAt(at)).as(what).isEqualTo(MX.card(found.serial, found.generation));
                for (String generation : generations) {
                    assertThat(history.isRevoked(KeyName.log(MX.card(1, generation)), at))
                            .as(what)
                            .isEqualTo(found.revoked.contains(generation));
                }
            }
        }
    }
}
