package org.entente.evidence.succession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.succession.LogReopened.Extent;
import org.entente.evidence.succession.LogReopened.Reason;
import org.entente.evidence.tile.TileGrowth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ReopeningTest {
    private static final PartyCode MX = new PartyCode("MX");
    private static final PartyCode US = new PartyCode("US");
    private static final Digest DECLARATION = entry(-1);

    private static Digest entry(int number) {
        return Digest.of(("entry " + number).getBytes(StandardCharsets.UTF_8));
    }

    private static List<Digest> entries(int count) {
        List<Digest> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(i));
        }
        return entries;
    }

    private static Extent extent(List<Digest> entries, int size) {
        TileGrowth growth = TileGrowth.empty();
        entries.subList(0, size).forEach(id -> growth.append(MerkleHash.statementLeaf(id), filled -> {}));
        return new Extent(size, growth.root());
    }

    private static String name(int number) {
        return LogNames.relationship(MX, US, number);
    }

    private static LogReopened said(int number, Extent keeps, Extent closed) {
        return new LogReopened(name(number), name(number + 1), keeps.size(), keeps, closed, Reason.TAIL_UNWITNESSED);
    }

    private record Read(List<Digest> all) implements Reopening.Entries {
        @Override
        public long size() {
            return all.size();
        }

        @Override
        public Digest root(long first) {
            return extent(all, (int) first).root();
        }
    }

    private static Reopening.Known known(int newest, boolean counts, List<Digest> cosigned, int read) {
        return new Reopening.Known(
                MX, US, newest, counts, extent(cosigned, cosigned.size()), new Read(cosigned.subList(0, read)));
    }

    private static String refusal(LogReopened said, Reopening.Known known) {
        return Reopening.judge(said, known) instanceof Reopening.Refused refused
                ? refused.problem().code()
                : "";
    }

    @Test
    void itCountsExactlyWhenAllThatWasCosignedGoesOn() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<Digest> closed = entries(random.nextInt(20));
            int read = random.nextInt(closed.size() + 1);
            int keeps = random.nextInt(closed.size() + 4);
            List<Digest> next = new ArrayList<>(closed.subList(0, Math.min(keeps, closed.size())));
            while (next.size() < keeps) {
                next.add(entry(1000 + next.size()));
            }
            LogReopened said = said(1, extent(next, keeps), extent(closed, closed.size()));
            assertThat(Reopening.judge(said, known(1, true, closed, read)))
                    .as("round %d: %d of %d", round, keeps, closed.size())
                    .isEqualTo(
                            keeps >= closed.size()
                                    ? new Reopening.Counts()
                                    : new Reopening.Loses(closed.size() - keeps));
        }
    }

    @Test
    void noOtherHeadAndNoOtherPrefixIsEverLetCount() {
        Random random = new Random(8);
        for (int round = 0; round < 300; round++) {
            List<Digest> closed = entries(1 + random.nextInt(20));
            int keeps = 1 + random.nextInt(closed.size());
            List<Digest> other = new ArrayList<>(closed);
            other.set(random.nextInt(keeps), entry(5000 + round));
            Reopening.Known known = known(1, true, closed, closed.size());
            Extent head = extent(closed, closed.size());
            if (keeps < closed.size()) {
                assertThat(refusal(said(1, extent(other, keeps), head), known)).isEqualTo("reopening.prefix-other");
            }
            assertThat(refusal(said(1, extent(other, keeps), extent(other, other.size())), known))
                    .isEqualTo("reopening.closed-other");
            int hidden = random.nextInt(closed.size());
            assertThat(refusal(said(1, extent(closed, Math.min(keeps, hidden)), extent(closed, hidden)), known))
                    .isEqualTo("reopening.hides");
            closed.add(entry(9000));
            assertThat(refusal(said(1, extent(closed, keeps), extent(closed, closed.size())), known))
                    .isEqualTo("reopening.closed-unknown");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, true, ''",
        "2, 2, true, ''",
        "2, 1, true, reopening.number-skipped",
        "9, 2, true, reopening.number-skipped",
        "1, 2, true, reopening.second",
        "1, 2, false, reopening.second",
        "2, 2, false, reopening.undecided",
        "1, 3, true, reopening.superseded",
        "1, 9, true, reopening.superseded",
    })
    void theNumbersGoUpOneByOneAndEachOnce(int number, int newest, boolean counts, String code) {
        List<Digest> closed = entries(5);
        LogReopened said = said(number, extent(closed, 5), extent(closed, 5));
        assertThat(refusal(said, known(newest, counts, closed, 5))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "entente/log/MX/US/1, entente/log/MX/US/3, reopening.number-skipped",
        "entente/log/MX/US/1, entente/log/MX/US/1, reopening.number-skipped",
        "entente/log/MX/CA/1, entente/log/MX/CA/2, reopening.log-other",
        "entente/log/US/MX/1, entente/log/US/MX/2, reopening.log-other",
        "entente/log/MX/US/1, entente/log/MX/CA/2, reopening.log-other",
        "entente/log/MX/internal/1, entente/log/MX/internal/2, reopening.log-other",
    })
    void itNamesTheLogOfThisRelationshipAndItsNextNumber(String origin, String next, String code) {
        List<Digest> closed = entries(5);
        Extent all = extent(closed, 5);
        assertThat(refusal(new LogReopened(origin, next, 5, all, all, Reason.DIVERGED), known(1, true, closed, 5)))
                .isEqualTo(code);
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws Malformed {
        List<Digest> closed = entries(9);
        for (Reason reason : Reason.values()) {
            LogReopened said = new LogReopened(name(3), name(4), 12, extent(closed, 4), extent(closed, 9), reason);
            assertThat(LogReopened.read(Members.of(said.content(), "content"))).isEqualTo(said);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reason  | "bored"                      | reopening.reason-unknown
            origin  | "entente log"                | reopening.name-malformed
            place   | 3                            | reopening.contradictory
            place   | -1                           | json.integer-expected
            keeps   | {"size":0,"root":"%s"}       | checkpoint.empty-root
            closed  | {"size":4,"root":"%s"}       | reopening.contradictory
            """)
    void contentThatSaysTwoThingsIsRefused(String member, String value, String code) throws Malformed {
        List<Digest> closed = entries(9);
        ObjectNode content = new LogReopened(
                        name(1), name(2), 12, extent(closed, 4), extent(closed, 9), Reason.ROOT_OTHER)
                .content();
        content.set(
                member, CanonicalJson.parse(value.formatted(entry(1).hex()).getBytes(StandardCharsets.UTF_8), 1_000));
        assertThatThrownBy(() -> LogReopened.read(Members.of(content, "content")))
                .isInstanceOf(Malformed.class)
                .hasMessageStartingWith(code);
    }

    /** What the closed incarnation had, what the next one holds, and what is judged of it in pieces of any size. */
    private static Optional<Problem> difference(
            LogReopened said, List<Digest> closed, List<Digest> next, Random random) {
        Continuation continuation = new Continuation(
                said,
                DECLARATION,
                (from, most) -> closed.subList(
                        (int) Math.min(from, closed.size()), (int) Math.min(from + most, closed.size())));
        int from = 0;
        while (from < next.size()) {
            int end = from + 1 + random.nextInt(next.size() - from);
            Optional<Problem> found = continuation.difference(
                    from,
                    next.subList(from, end),
                    first -> extent(next, (int) first).root());
            if (found.isPresent()) {
                return found;
            }
            from = end;
        }
        return Optional.empty();
    }

    @Test
    void whatTheNextIncarnationHoldsIsWhatWasDeclared() {
        Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            List<Digest> closed = entries(random.nextInt(12));
            int keeps = random.nextInt(closed.size() + 3);
            List<Digest> next = new ArrayList<>(closed.subList(0, Math.min(keeps, closed.size())));
            int carried = keeps - next.size() + random.nextInt(4);
            for (int i = 0; i < carried; i++) {
                next.add(entry(1000 + i));
            }
            Extent kept = extent(next, keeps);
            LogReopened said = new LogReopened(
                    name(1), name(2), next.size(), kept, extent(closed, closed.size()), Reason.DIVERGED);
            next.add(DECLARATION);
            next.add(entry(2000));
            assertThat(difference(said, closed, next, random)).isEmpty();

            int place = random.nextInt(keeps + 1);
            List<Digest> other = new ArrayList<>(next);
            other.set(place == keeps ? (int) said.place() : place, entry(3000));
            assertThat(difference(said, closed, other, random))
                    .map(Problem::code)
                    .contains("reopening.not-as-declared");
        }
    }

    @Test
    void whatWasCosignedAndNeverReadIsHeldAgainstItsHead() {
        List<Digest> closed = entries(8);
        List<Digest> next = new ArrayList<>(closed);
        next.set(6, entry(3000));
        next.add(DECLARATION);
        LogReopened said = new LogReopened(
                name(1), name(2), 8, new Extent(8, extent(closed, 8).root()), extent(closed, 8), Reason.MIRROR_SHORT);
        assertThat(difference(said, closed.subList(0, 3), next, new Random(1))).isPresent();
    }
}
