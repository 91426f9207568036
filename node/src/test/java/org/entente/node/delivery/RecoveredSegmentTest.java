package org.entente.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Reply;
import org.entente.node.ledger.Restoration;
import org.entente.node.party.Parties;
import org.entente.node.trial.PartyOnTrial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a partner gives back of a log is believed under the cards of its places, and is read strictly. */
class RecoveredSegmentTest {
    private static final String ORIGIN = "entente/log/MX/US/1";

    @TempDir
    private static Path folder;

    private static PartyOnTrial trial;

    @BeforeAll
    static void begin() throws Exception {
        trial = PartyOnTrial.start(folder);
    }

    @AfterAll
    static void end() {
        trial.close();
    }

    private static RecoveredSegment segment() {
        return new RecoveredSegment(new Parties(trial.sql, trial.own.card(), trial.clock), PartyOnTrial.US, ORIGIN, 7);
    }

    private static Reply.Receipt receipt(int number) {
        return new Reply.Receipt(Digest.of(new byte[] {(byte) number}), Reply.Stage.DELIVERED, Optional.of(1L));
    }

    private static Statement ours(int number) {
        return trial.own.say(receipt(number).draft(PartyOnTrial.MX, PartyOnTrial.US, trial.clock.instant()));
    }

    private static Statement theirs(int number) {
        return trial.partner.say(receipt(number).draft(PartyOnTrial.US, PartyOnTrial.MX, trial.clock.instant()));
    }

    private static void refuse(String code, Statement statement, JsonNode document) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> segment().add(List.of(statement.id()), Map.of(statement.id(), document)))
                .matches(refused -> refused.problem().code().equals(code), code);
    }

    @Test
    void bothSpeakersAreTakenInTheirOrder() throws Exception {
        RecoveredSegment segment = segment();
        Statement first = theirs(1);
        Statement second = ours(2);
        Digest here = Digest.of(new byte[] {3});
        segment.add(
                List.of(first.id(), here, second.id()), Map.of(first.id(), first.json(), second.id(), second.json()));
        segment.refused(Set.of(second.id()));
        Restoration.Segment whole = segment.segment();
        assertThat(whole.from()).isEqualTo(7);
        assertThat(whole.entries()).containsExactly(first.id(), here, second.id());
        assertThat(whole.pieces()).extracting(Restoration.Piece::outgoing).containsExactly(false, true);
        assertThat(whole.refused()).containsExactly(second.id());
        assertThat(segment.mayEnd()).as("a refusal may follow a receipt").isFalse();
    }

    @Test
    void whoDoesNotSpeakInTheLogIsRefused() {
        Statement third =
                trial.partner.say(receipt(4).draft(new PartyCode("GT"), PartyOnTrial.MX, trial.clock.instant()));
        refuse("restore.speaker-other", third, third.json());
    }

    @Test
    void whatTheSpeakerDidNotSignIsRefused() throws Exception {
        Statement false1 = trial.own.say(receipt(5).draft(PartyOnTrial.US, PartyOnTrial.MX, trial.clock.instant()));
        refuse("signature.key-other", false1, false1.json());
        Statement sound = theirs(6);
        String text = new String(sound.bytes(), StandardCharsets.UTF_8);
        int at = text.indexOf("\"signature\":\"") + 20;
        String other = text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
        refuse(
                "signature.ed25519-false",
                sound,
                CanonicalJson.parse(other.getBytes(StandardCharsets.UTF_8), Statement.BYTES_MAX));
    }

    @Test
    void answersAreReadStrictly() throws Exception {
        assertThat(Returned.Head.read(bytes("{\"beyond\":[],\"mirrored\":3}")).mirrored())
                .isEqualTo(3);
        for (String wrong : List.of(
                "",
                "[]",
                "{\"beyond\":[],\"mirrored\":-1}",
                "{\"beyond\":[],\"mirrored\":3,\"more\":1}",
                "{\"beyond\":[\"00\"],\"mirrored\":3}",
                "{\"mirrored\":3}")) {
            assertThatExceptionOfType(Malformed.class).isThrownBy(() -> Returned.Head.read(bytes(wrong)));
        }
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> Returned.readEntries(bytes("{\"statements\":[\"zz\"]}")));
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> Returned.Statements.read(bytes("{\"statements\":[]}")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
