package org.entente.evidence.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.PlainLog;
import org.entente.evidence.log.SignedCheckpoint;
import org.junit.jupiter.api.Test;

/** Logs that grow, roll back and split, shown to a witness in any order, against a plain model that knows all leaves. */
class WitnessSequenceTest {
    private static final long SEED = 20260131;
    private static final Instant AT = Instant.parse("2026-01-31T08:15:00Z");
    private static final String ORIGIN = "entente/log/MX/US/1";
    private static final CosignerSecrets WITNESS =
            CosignerSecrets.of("entente/cosigner/US", Ed25519SecretKey.ofSeed(new byte[32]));

    /** A witness as a node keeps it, and what it has cosigned so far. */
    private static final class Kept {
        private Optional<SignedCheckpoint> last = Optional.empty();
        private final Map<Long, Digest> cosigned = new HashMap<>();

        WitnessReply show(AddCheckpoint call, PlainLog log) throws Malformed {
            AddCheckpoint read = AddCheckpoint.parse(call.body());
            return switch (WitnessJudgement.judge(read, Optional.of(log.known()), last)) {
                case WitnessJudgement.Grown grown -> {
                    Checkpoint next = grown.next().checkpoint();
                    assertThat(next.size())
                            .isGreaterThanOrEqualTo(
                                    last.map(seen -> seen.checkpoint().size()).orElse(0L));
                    assertThat(cosigned.getOrDefault(next.size(), next.root())).isEqualTo(next.root());
                    cosigned.put(next.size(), next.root());
                    last = Optional.of(grown.next());
                    yield grown.reply(WITNESS, AT);
                }
                case WitnessJudgement.Refused refused -> {
                    misbehaviour(refused)
                            .ifPresent(proof ->
                                    assertThat(proof.judge(log.known())).isNotInstanceOf(Misbehaviour.Unproven.class));
                    yield refused.reply();
                }
            };
        }

        private static Optional<Misbehaviour> misbehaviour(WitnessJudgement.Refused refused) {
            return switch (refused) {
                case WitnessJudgement.Elsewhere elsewhere -> elsewhere.misbehaviour();
                case WitnessJudgement.NotGrown notGrown -> notGrown.misbehaviour();
                case WitnessJudgement.BadRequest bad -> Optional.empty();
                case WitnessJudgement.Forbidden forbidden -> Optional.empty();
                case WitnessJudgement.UnknownLog unknown -> Optional.empty();
            };
        }
    }

    @Test
    void theWitnessNeverCosignsTwoHistories() throws Malformed {
        Random random = new Random(SEED);
        Map<Integer, Integer> statuses = new HashMap<>();
        for (int story = 0; story < 60; story++) {
            Kept witness = new Kept();
            PlainLog log = PlainLog.empty(ORIGIN);
            // The history that the witness has cosigned, with its leaves.
            PlainLog accepted = PlainLog.empty(ORIGIN);
            boolean begun = false;
            int entry = 0;
            for (int step = 0; step < 40; step++) {
                if (random.nextInt(6) == 0 && log.size() > 0) {
                    log = log.cut(random.nextInt(log.size()));
                }
                for (int more = random.nextInt(4); more > 0; more--) {
                    log.append(random.nextInt(8) == 0 ? entry++ + 1000 * story : log.size());
                }
                int from = random.nextInt(5) == 0 ? random.nextInt(log.size() + 1) : accepted.size();
                int last = accepted.size();
                List<Digest> proof = from <= log.size() ? log.proof(from, log.size()) : List.of();
                WitnessReply reply = witness.show(AddCheckpoint.of(from, proof, log.signed()), log);

                int expected = expected(log, accepted, from);
                assertThat(reply.status())
                        .as("seed %d, story %d, step %d", SEED, story, step)
                        .isEqualTo(expected);
                if (expected == 409) {
                    assertThat(reply.body()).isEqualTo(last + "\n");
                }
                if (expected == 200) {
                    accepted = log.cut(log.size());
                    begun = true;
                }
                statuses.merge(expected, 1, Integer::sum);
            }
            assertThat(begun).isTrue();
        }
        assertThat(statuses).containsOnlyKeys(200, 400, 409, 422);
        assertThat(statuses.values()).allMatch(count -> count > 20);
    }

    /** The specification in the words of somebody who sees all leaves. */
    private static int expected(PlainLog shown, PlainLog accepted, int from) {
        if (from > shown.size()) {
            return 400;
        }
        if (from != accepted.size()) {
            return 409;
        }
        return shown.head(from).equals(accepted.head(from)) ? 200 : 422;
    }
}
