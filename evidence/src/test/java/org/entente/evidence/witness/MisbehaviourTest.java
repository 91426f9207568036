package org.entente.evidence.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.PlainLog;
import org.entente.evidence.log.SignedCheckpoint;
import org.junit.jupiter.api.Test;

class MisbehaviourTest {
    private static final PlainLog LOG = PlainLog.of("entente/log/MX/US/1", 20);

    private static Misbehaviour.Verdict judge(Optional<Misbehaviour> document) throws Malformed {
        byte[] bytes = document.orElseThrow().bytes();
        Misbehaviour read = Misbehaviour.parse(bytes);
        assertThat(read.bytes()).isEqualTo(bytes);
        return read.judge(LOG.known());
    }

    private static void assertUnproven(Misbehaviour.Verdict verdict, String code) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Misbehaviour.Unproven.class,
                        unproven -> assertThat(unproven.problem().code()).isEqualTo(code));
    }

    @Test
    void twoRootsOfOneSizeAreProvedByTheNotesAlone() throws Malformed {
        PlainLog other = LOG.altered(7);
        assertThat(judge(Misbehaviour.between(LOG.signed(), other.signed(), List.of())))
                .isInstanceOf(Misbehaviour.SplitView.class);
        assertThat(judge(Misbehaviour.between(LOG.signed(8), other.signed(8), LOG.proof(3, 8))))
                .isInstanceOf(Misbehaviour.SplitView.class);
        assertThat(Misbehaviour.between(LOG.signed(), LOG.signed(), List.of())).isEmpty();
        assertThat(Misbehaviour.between(LOG.signed(7), other.signed(7), List.of()))
                .isEmpty();
    }

    /** Every pair of sizes, and every place at which the past may have been changed. */
    @Test
    void aRewrittenPastIsProvedFromTheLargerTreeAndAnHonestOneNever() throws Malformed {
        for (int first = 1; first < 20; first++) {
            for (int second = first + 1; second <= 20; second++) {
                assertThat(Misbehaviour.fromTree(LOG.signed(first), LOG.signed(second), LOG.tree()))
                        .isEmpty();
                assertThat(Misbehaviour.between(LOG.signed(first), LOG.signed(second), LOG.proof(first, second)))
                        .isEmpty();
                for (int place : new int[] {0, first / 2, first - 1}) {
                    PlainLog other = LOG.altered(place);
                    assertThat(judge(Misbehaviour.fromTree(LOG.signed(first), other.signed(second), other.tree())))
                            .isInstanceOf(Misbehaviour.Rewritten.class);
                    // The proof that such a log sends of its new history accuses it, unless it lacks the first hash.
                    assertThat(Misbehaviour.between(LOG.signed(first), other.signed(second), other.proof(first, second))
                                    .isPresent())
                            .as("%d %d", first, second)
                            .isEqualTo(Integer.bitCount(first) > 1);
                }
                // What was changed beyond the smaller tree is no contradiction.
                PlainLog later = LOG.altered(first);
                assertThat(Misbehaviour.fromTree(LOG.signed(first), later.signed(second), later.tree()))
                        .isEmpty();
            }
        }
    }

    @Test
    void aLogThatOnlyForgotItsEndIsNotAccused() {
        assertThat(Misbehaviour.between(LOG.signed(9), LOG.signed(5), List.of()))
                .isEmpty();
        assertThat(Misbehaviour.fromTree(LOG.signed(0), LOG.signed(5), LOG.tree()))
                .isEmpty();
        assertThat(Misbehaviour.fromTree(LOG.signed(9), LOG.signed(5), LOG.tree()))
                .isEmpty();
    }

    @Test
    void anHonestLogCannotBeAccused() {
        SignedCheckpoint five = LOG.signed(5);
        SignedCheckpoint nine = LOG.signed(9);
        String origin = five.checkpoint().origin();
        List<Digest> path = LOG.proof(5, 9);
        assertUnproven(
                new Misbehaviour(origin, five.signedNote(), nine.signedNote(), path).judge(LOG.known()),
                "misbehaviour.path-refused");
        assertUnproven(
                new Misbehaviour(origin, five.signedNote(), nine.signedNote(), List.of()).judge(LOG.known()),
                "misbehaviour.path-refused");
        // A path of another tree, of another length, of changed hashes.
        assertUnproven(
                new Misbehaviour(
                                origin,
                                five.signedNote(),
                                nine.signedNote(),
                                LOG.altered(2).proof(5, 9))
                        .judge(LOG.known()),
                "misbehaviour.path-refused");
        for (int changed = 0; changed < path.size(); changed++) {
            List<Digest> other = new ArrayList<>(path);
            other.set(changed, Digest.of());
            assertUnproven(
                    new Misbehaviour(origin, five.signedNote(), nine.signedNote(), other).judge(LOG.known()),
                    "misbehaviour.path-refused");
            other.remove(changed);
            assertUnproven(
                    new Misbehaviour(origin, five.signedNote(), nine.signedNote(), other).judge(LOG.known()),
                    "misbehaviour.path-refused");
        }
        assertUnproven(
                new Misbehaviour(origin, nine.signedNote(), five.signedNote(), path).judge(LOG.known()),
                "misbehaviour.order");
        assertUnproven(
                new Misbehaviour(origin, nine.signedNote(), nine.signedNote(), List.of()).judge(LOG.known()),
                "misbehaviour.same-tree");
        SignedCheckpoint split = LOG.altered(2).signed(9);
        assertUnproven(
                new Misbehaviour(origin, nine.signedNote(), split.signedNote(), path).judge(LOG.known()),
                "misbehaviour.path-needless");
        // Somebody else's log under the same name signs what it likes.
        PlainLog stranger = PlainLog.of("entente/log/XX/US/1", 9);
        assertUnproven(
                new Misbehaviour(origin, nine.signedNote(), split.signedNote(), List.of()).judge(stranger.known()),
                "checkpoint.origin-other");
        String forged = split.note().replace("\n9\n", "\n8\n");
        assertThatThrownBy(() -> Misbehaviour.between(nine, stranger.signed(9), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedCheckpoint.open(org.entente.evidence.log.SignedNote.parse(forged), LOG.known()))
                .hasMessageStartingWith("checkpoint.signature-false");
    }

    @Test
    void noiseIsRefusedOrProvesTheSame() {
        long seed = 23;
        Random random = new Random(seed);
        PlainLog other = LOG.altered(2);
        byte[] good = Misbehaviour.between(LOG.signed(7), other.signed(20), other.proof(7, 20))
                .orElseThrow()
                .bytes();
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] noise = Noise.of(good, random);
            try {
                Misbehaviour document = Misbehaviour.parse(noise);
                read++;
                assertThat(document.bytes()).as("seed %d, case %d", seed, i).isEqualTo(noise);
                if (document.judge(LOG.known()) instanceof Misbehaviour.Rewritten rewritten) {
                    assertThat(rewritten.second().checkpoint()).isEqualTo(other.head(20));
                }
            } catch (Malformed refused) {
                assertThat(refused.problem().code()).isNotEmpty();
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void aDocumentOfAnotherFormIsRefused() {
        String good = new String(
                Misbehaviour.between(LOG.signed(), LOG.altered(1).signed(), List.of())
                        .orElseThrow()
                        .bytes(),
                StandardCharsets.UTF_8);
        assertRefused(good.replace("misbehaviour/1", "misbehaviour/2"), "misbehaviour.format");
        assertRefused(good.replace("\"path\":[]", "\"path\":[\"\"]"), "digest.malformed");
        assertRefused(good.replace("\"path\":[]", "\"path\":[1]"), "digest.malformed");
        assertRefused(good.replace("\"path\":[]", "\"path\": []"), "json.not-canonical");
        assertRefused(good.substring(0, good.length() - 1) + ",\"x\":1}", "json.member-unknown");
        assertRefused(good.replace("\"path\":[]", "\"path\":[],\"path\":[]"), "json.duplicate-name");
        assertRefused(good.replaceFirst("\\\\n\\\\n", "\\\\n"), "note.malformed");
        assertRefused(good.replaceFirst("MX/US/1", "MX/US/2"), "checkpoint.origin-other");
    }

    private static void assertRefused(String text, String code) {
        assertThatThrownBy(() -> Misbehaviour.parse(text.getBytes(StandardCharsets.UTF_8)))
                .hasMessageStartingWith(code);
    }
}
