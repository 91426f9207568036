package org.entente.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.generate.GeneratedLists;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.list.ListFormat;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.officer.Role;
import org.entente.node.holding.Loads;
import org.entente.node.trial.Companies;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Questions;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A list without dates of its own, loaded again on another day. */
@Timeout(180)
class FirstSeenTest {
    private static final Category LISTED = new Category("public-list-entry");

    @TempDir
    static Path folder;

    private static PartyOnTrial party;

    @BeforeAll
    static void start() throws Exception {
        party = PartyOnTrial.start(folder);
    }

    @AfterAll
    static void stop() {
        party.close();
    }

    @Test
    void theNextGenerationHoldsTheChangesOnlyThoughEveryEntryWasLoadedAgain() throws Exception {
        Questions questions = Questions.about(party);
        party.pass(Duration.ofDays(1));
        party.loads.load(
                new Loads.Order(
                        new ListFormat.Csv("rfc", IdentifierType.RFC),
                        PartyOnTrial.UIF,
                        PartyOnTrial.UIF,
                        Optional.of(Place.parse("MX")),
                        List.of(Questions.PURPOSE)),
                new ByteArrayInputStream(Companies.csv(63).getBytes(StandardCharsets.UTF_8)),
                "uif-analyst-1");
        Signer liaison = party.officer("uif-liaison-2", PartyOnTrial.UIF, Role.LIAISON);
        ObjectNode draft = party.acts()
                .prepare(
                        "index",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("changesOf", questions.index().hex()),
                        liaison.officer());
        JsonNode memory = memory(Digest.parse(draft.required("subject").asString()));
        assertThat(memory.required("added").asInt()).isEqualTo(3);
        assertThat(memory.required("replaced").asInt()).isZero();
        assertThat(memory.required("removed").asInt()).isZero();
        assertThat(memory.required("awaiting").asInt()).isZero();
    }

    @Test
    void anEntryOfTheAmericanListKeepsTheDayOnWhichItWasFirstSeenHere() throws Exception {
        byte[] list =
                GeneratedLists.generate(7, new GeneratedLists.Sizes(50, 50, 4)).ofacSdn();
        LocalDate first = LocalDate.ofInstant(party.clock.instant(), java.time.ZoneOffset.UTC);
        load(list);
        long entries = party.count("item where category = 'public-list-entry'");
        assertThat(entries).isPositive();
        party.pass(Duration.ofDays(3));
        byte[] longer = (new String(list, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
        load(longer);
        assertThat(party.count("item where first_seen = '" + first + "' and category = 'public-list-entry'"))
                .isEqualTo(entries);
        party.holdings.own(
                PartyOnTrial.UIF, LISTED, held -> assertThat(held.firstSeen()).contains(first));
    }

    private static void load(byte[] list) throws Exception {
        party.loads.load(
                new Loads.Order(
                        new ListFormat.OfacSdn(),
                        PartyOnTrial.UIF,
                        new AuthorityCode(PartyOnTrial.US, "OFAC"),
                        Optional.empty(),
                        List.of(Questions.PURPOSE)),
                new ByteArrayInputStream(list),
                "uif-analyst-1");
    }

    private static JsonNode memory(Digest subject) throws Exception {
        byte[] bytes = party.sql
                .sql("select private from draft where subject = ?")
                .param(subject.bytes())
                .query((row, number) -> row.getBytes(1))
                .single();
        return CanonicalJson.parse(bytes, 1 << 16);
    }
}
