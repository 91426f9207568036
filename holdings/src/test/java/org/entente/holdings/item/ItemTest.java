package org.entente.holdings.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.SplittableRandom;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.load.LoadTerms;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.ListStatus;
import org.entente.memorandum.item.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ItemTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    @Test
    void theCanonicalFormIsReadBack() throws Malformed {
        Item item = item();
        byte[] bytes = CanonicalJson.encode(item.toJson());
        assertThat(Item.fromJson(CanonicalJson.parseCanonical(bytes, Item.BYTES_MAX)))
                .isEqualTo(item);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"row\":7|\"row\":0|json.integer-expected",
                "\"row\":7|\"row\":7,\"note\":1|json.member-unknown",
                "\"assertion\":\"fact\"|\"assertion\":\"rumour\"|holdings.word-unknown",
                "\"schema\":\"Company\"|\"schema\":\"Planet\"|holdings.word-unknown",
                "\"schema\":\"Company\"|\"schema\":\"CryptoWallet\"|holdings.property-unknown",
                "[\"NADIE, S.A.\"]|[\"NADIE, S.A.\",\"NADIE, S.A.\"]|holdings.property-values",
                "[\"NADIE, S.A.\"]|[]|json.array-size",
                "[\"NADIE, S.A.\"]|[7]|json.text-expected",
                "\"id\":\"test:7\"|\"id\":\"../etc\"|holdings.item-id",
                "\"value\":\"DIM8701081LA\"|\"value\":\"dim8701081LA\"|holdings.identifier-not-normal",
                "\"version\":1|\"version\":9|holdings.identifier-version",
                "\"type\":\"rfc\"|\"type\":\"name-state\"|holdings.identifier-derived",
                "\"warnings\":[]|\"warnings\":[\"spell\"]|holdings.word-unknown",
                "\"retention\":\"P5Y\"|\"retention\":\"for ever\"|memorandum.period.malformed"
            })
    void whatIsNotAnItemIsRefused(String part, String instead, String code) {
        String text = CanonicalJson.text(item().toJson());
        assertThat(text).contains(part);
        byte[] changed = text.replace(part, instead).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Item.fromJson(CanonicalJson.parse(changed, Item.BYTES_MAX)))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(code);
    }

    @Test
    void mutatedItemsAreReadOrRefusedAndNothingElse() {
        byte[] bytes = CanonicalJson.encode(item().toJson());
        SplittableRandom random = new SplittableRandom(3);
        int read = 0;
        for (int i = 0; i < 4_000 * DEPTH; i++) {
            byte[] mutated = bytes.clone();
            for (int j = random.nextInt(3); j >= 0; j--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(32, 127);
            }
            try {
                Item item = Item.fromJson(CanonicalJson.parse(mutated, Item.BYTES_MAX));
                if (Item.fromJson(item.toJson()).equals(item)) {
                    read++;
                }
            } catch (Malformed refused) {
                assertThat(refused.problem().code()).matches("(json|holdings|memorandum|authority|party|digest)\\..+");
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void theStatusThatClearsTravels() {
        ListStatus cleared = new ListStatus("Sentencia Favorable", LocalDate.of(2019, 1, 1), true);
        ListStatus later = new ListStatus("Definitivo", LocalDate.of(2023, 1, 1), false);
        ListStatus earlier = new ListStatus("Presunto", LocalDate.of(2022, 1, 1), false);
        assertThat(TravellingStatus.of(List.of(later, cleared, earlier))).hasValue(cleared);
        assertThat(TravellingStatus.of(List.of(earlier, later))).hasValue(later);
        assertThat(TravellingStatus.of(List.of())).isEmpty();
    }

    @Test
    void anEntityHasOnlyWhatItsSchemaHas() {
        assertThatThrownBy(() -> new Entity.Draft().add("birthDate", "1968").as(Schema.COMPANY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noItemStatesACompositeKeyOfItsOwn() {
        Item item = item();
        List<Identifier> keys = IdentifierType.NAME_BIRTH.read("Juan Pérez|1970-03-31").identifier().stream()
                .toList();
        assertThat(keys).hasSize(1);
        assertThatThrownBy(() -> new Item(item.id(), 7, item.entity(), keys, item.envelope(), item.assertion()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Item item() {
        try {
            Envelope envelope = LoadTerms.publicList(
                            LoadTerms.Publication.sat69b(
                                    AuthorityCode.parse("MX/UIF"), LocalDate.of(2026, 1, 31), Digest.of(new byte[] {1
                                    })),
                            Handling.Code.H1,
                            List.of(new Purpose("money-laundering")),
                            Period.ofYears(5))
                    .envelope()
                    .withListStatus(new ListStatus("Definitivo", LocalDate.of(2023, 1, 1), false));
            Entity entity = new Entity.Draft()
                    .add("name", "NADIE, S.A.")
                    .add("taxNumber", "DIM8701081LA")
                    .as(Schema.COMPANY);
            return new Item(
                    new ItemId("test:7"),
                    7,
                    entity,
                    List.of(IdentifierType.RFC.read("DIM8701081LA").identifier().orElseThrow()),
                    envelope,
                    Assertion.FACT);
        } catch (Malformed bug) {
            throw new AssertionError(bug);
        }
    }
}
