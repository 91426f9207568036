package org.entente.node.holding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.list.ListFormat;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Purpose;
import org.entente.node.trial.Companies;
import org.entente.node.trial.PartyOnTrial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A load is a file on terms, taken in whole or not at all. */
@Timeout(180)
class LoadsTest {
    private static final String OFFICER = "uif-analyst-1";
    private static final ListFormat CSV = new ListFormat.Csv("rfc", IdentifierType.RFC);

    @TempDir
    static Path folder;

    private static PartyOnTrial party;
    private static int files;

    private byte[] file = new byte[0];

    @BeforeAll
    static void start() throws Exception {
        party = PartyOnTrial.start(folder);
    }

    @AfterAll
    static void stop() {
        party.close();
    }

    @BeforeEach
    void another() {
        files++;
        file = (Companies.csv(3) + "XXX" + String.format("%02d", files) + "0101AA1,File number " + files + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theSameFileOnTheSameTermsIsTheSameLoad() throws Exception {
        Loads.Loaded first = load(order(PartyOnTrial.UIF, "MX", "drug-trafficking", "money-laundering"));
        long items = party.count("item");
        Loads.Loaded again = load(order(PartyOnTrial.UIF, "MX", "money-laundering", "drug-trafficking"));
        assertThat(first.again()).isFalse();
        assertThat(again.again()).isTrue();
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(CanonicalJson.text(again.report())).isEqualTo(CanonicalJson.text(first.report()));
        assertThat(party.count("item")).isEqualTo(items);
        assertThat(party.count("load where id = '" + first.id() + "'")).isEqualTo(1);
    }

    @Test
    void theSameFileOnOtherTermsIsAnotherLoad() throws Exception {
        List<Loads.Order> orders = List.of(
                order(PartyOnTrial.UIF, "MX", "money-laundering"),
                order(PartyOnTrial.UIF, "MX", "drug-trafficking"),
                order(PartyOnTrial.UIF, "MX", "money-laundering", "drug-trafficking"),
                order(PartyOnTrial.UIF, "MX-SIN", "money-laundering"),
                order(PartyOnTrial.FGR, "MX", "money-laundering"),
                new Loads.Order(
                        CSV, PartyOnTrial.UIF, PartyOnTrial.FGR, place("MX"), List.of(new Purpose("money-laundering"))),
                new Loads.Order(
                        new ListFormat.Csv("name", IdentifierType.RFC),
                        PartyOnTrial.UIF,
                        PartyOnTrial.UIF,
                        place("MX"),
                        List.of(new Purpose("money-laundering"))));
        Set<UUID> loads = new HashSet<>();
        for (Loads.Order order : orders) {
            Loads.Loaded loaded = load(order);
            assertThat(loaded.again()).as(order.toString()).isFalse();
            loads.add(loaded.id());
            assertThat(load(order).again()).as(order.toString()).isTrue();
        }
        assertThat(loads).hasSameSizeAs(orders);
    }

    @Test
    void theItemsStandOnTheTermsThatWereGivenLast() throws Exception {
        Loads.Order here = order(PartyOnTrial.UIF, "MX", "drug-trafficking");
        Loads.Order there = order(PartyOnTrial.UIF, "US-TX", "drug-trafficking");
        Loads.Loaded first = load(here);
        assertThat(abroad(first)).isZero();
        Loads.Loaded second = load(there);
        assertThat(abroad(second)).isEqualTo(4);
        Loads.Loaded third = load(here);
        assertThat(third.again()).isFalse();
        assertThat(third.id()).isEqualTo(first.id());
        assertThat(abroad(second)).isZero();
        assertThat(party.count("item where not abroad and load = '" + first.id() + "'"))
                .isEqualTo(4);
        assertThat(load(here).again()).isTrue();
    }

    private static long abroad(Loads.Loaded loaded) {
        return party.count("item where abroad and load = '" + loaded.id() + "'");
    }

    @Test
    void aFileThatFailsLateLeavesNothing() throws Exception {
        long loads = party.count("load");
        long items = party.count("item");
        long identifiers = party.count("identifier");
        file = (Companies.csv(1_200) + "\"AAA010101AA1,a quote that nobody closes\n").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> load(order(PartyOnTrial.FGR, "MX", "money-laundering")))
                .isInstanceOf(Malformed.class);
        assertThat(party.count("load")).isEqualTo(loads);
        assertThat(party.count("item")).isEqualTo(items);
        assertThat(party.count("identifier")).isEqualTo(identifiers);
        assertThat(spooled()).isZero();
    }

    @Test
    void aFileThatBreaksOffLeavesNothing() throws Exception {
        long loads = party.count("load");
        InputStream cut = new FilterInputStream(new ByteArrayInputStream(file)) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count < 0) {
                    throw new IOException("the line was cut");
                }
                return count;
            }
        };
        assertThatThrownBy(() -> party.loads.load(order(PartyOnTrial.UIF, "MX", "money-laundering"), cut, OFFICER))
                .hasMessageContaining("the line was cut");
        assertThat(party.count("load")).isEqualTo(loads);
        assertThat(spooled()).isZero();
    }

    @Test
    void whatFailedMayBeLoadedOnceItIsMended() throws Exception {
        byte[] whole = file;
        file = "name\nwithout the column\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> load(order(PartyOnTrial.UIF, "MX", "money-laundering")))
                .isInstanceOf(Malformed.class);
        file = whole;
        assertThat(load(order(PartyOnTrial.UIF, "MX", "money-laundering")).again())
                .isFalse();
    }

    @Test
    void twoHandsAtOnceMakeOneLoad() throws Exception {
        file = (Companies.csv(600) + "YYY010101AA1,Both at once\n").getBytes(StandardCharsets.UTF_8);
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Loads.Loaded> hand = () -> {
            together.await();
            return load(order(PartyOnTrial.UIF, "MX", "money-laundering"));
        };
        try (ExecutorService hands = Executors.newFixedThreadPool(2)) {
            List<Future<Loads.Loaded>> loaded = List.of(hands.submit(hand), hands.submit(hand));
            assertThat(loaded.get(0).get().id()).isEqualTo(loaded.get(1).get().id());
            assertThat(loaded.get(0).get().again())
                    .isNotEqualTo(loaded.get(1).get().again());
        }
    }

    private Loads.Loaded load(Loads.Order order) throws Exception {
        party.pass(Duration.ofSeconds(1));
        return party.loads.load(order, new ByteArrayInputStream(file), OFFICER);
    }

    private static Loads.Order order(AuthorityCode holder, String place, String... purposes) throws Malformed {
        return new Loads.Order(
                CSV,
                holder,
                holder,
                place(place),
                Stream.of(purposes).map(Purpose::new).toList());
    }

    private static Optional<Place> place(String code) throws Malformed {
        return Optional.of(Place.parse(code));
    }

    private static long spooled() throws Exception {
        try (Stream<Path> left = Files.list(party.spool)) {
            return left.filter(path -> path.getFileName().toString().startsWith("load-"))
                    .count();
        }
    }
}
