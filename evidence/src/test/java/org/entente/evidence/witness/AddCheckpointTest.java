package org.entente.evidence.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.MlDsa44SecretKey;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.PlainLog;
import org.entente.evidence.log.SignedCheckpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The call to a witness: its form, the attacks on it, each status, and what the caller makes of the answer. */
class AddCheckpointTest {
    private static final Instant AT = Instant.parse("2026-01-31T08:15:00Z");
    private static final PlainLog LOG = PlainLog.of("entente/log/MX/US/1", 9);
    private static final CosignerSecrets WITNESS = CosignerSecrets.of(
            "entente/cosigner/US", Ed25519SecretKey.ofSeed(new byte[32]), MlDsa44SecretKey.ofSeed(new byte[32]));

    private static final String HASH = "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static AddCheckpoint call(int from, int to) {
        return AddCheckpoint.of(from, LOG.proof(from, to), LOG.signed(to));
    }

    private static WitnessJudgement judge(AddCheckpoint call, int last) {
        return WitnessJudgement.judge(
                call, Optional.of(LOG.known()), last < 0 ? Optional.empty() : Optional.of(LOG.signed(last)));
    }

    @Test
    void aBodyReadsBackAsItWasWritten() throws Malformed {
        for (int from = 0; from <= 9; from++) {
            AddCheckpoint call = call(from, 9);
            AddCheckpoint read = AddCheckpoint.parse(call.body());
            assertThat(read.body()).isEqualTo(call.body());
            assertThat(read.oldSize()).isEqualTo(from);
            assertThat(read.proof()).isEqualTo(call.proof());
            assertThat(read.claimed()).isEqualTo(LOG.head(9));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "old 5, old 05, witness.old-malformed",
        "old 5, old +5, witness.old-malformed",
        "old 5, old -5, witness.old-malformed",
        "old 5, old  5, witness.old-malformed",
        "old 5, OLD 5, witness.old-malformed",
        "old 5, old 5\\r, witness.old-malformed",
        "old 5, \uFEFFold 5, witness.old-malformed",
        "old 5, old \u0665, witness.old-malformed",
        "old 5, old 9999999999999999999, witness.old-malformed",
        "old 5, \\nold 5, witness.old-malformed",
        "old 5, old 5\\nQQ==, witness.proof-malformed",
        "old 5, old 5\\n0, witness.proof-malformed",
        "old 5, old 5\\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383ct=, witness.proof-malformed",
        "old 5, old 5\\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja_1nk427v383cs=, witness.proof-malformed",
        "old 5, old 5\\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs, witness.proof-malformed",
        "entente/log/MX/US/1\\n, entente/log/MX/US/1\\r\\n, note.malformed",
        "entente/log/MX/US/1\\n, entente/log/MX/US/1\\n\\n, checkpoint.extension",
        "entente/log/MX/US/1\\n, entente/log/MX\u00a0US/1\\n, checkpoint.malformed",
        "\\n9\\n, \\n09\\n, checkpoint.malformed",
        "\\n9\\n, \\n9\\n9\\n, checkpoint.extension",
        "\u2014 , - , note.signature-malformed",
        "\u2014 , \u2014\u00a0, note.signature-malformed",
        "=\\n, \\n, base64.malformed",
    })
    void aBodyOfAnotherFormIsRefusedByTheCheckThatNamesIt(String part, String other, String code) {
        String body = new String(call(5, 9).body(), StandardCharsets.UTF_8);
        String changed = body.replace(
                part.replace("\\n", "\n"), other.replace("\\n", "\n").replace("\\r", "\r"));
        if (part.equals("=\\n")) {
            int at = body.lastIndexOf("=\n");
            changed = body.substring(0, at) + "\n";
        }
        assertThat(changed).isNotEqualTo(body);
        String text = changed;
        assertThatThrownBy(() -> AddCheckpoint.parse(utf8(text))).hasMessageStartingWith(code);
    }

    @Test
    void aBodyCutShortAtAnyPlaceIsRefused() {
        byte[] body = call(5, 9).body();
        for (int length = 0; length < body.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(body, length);
            assertThatThrownBy(() -> AddCheckpoint.parse(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(Malformed.class);
        }
        assertThatThrownBy(() -> AddCheckpoint.parse(utf8("old 5"))).hasMessage("witness.blank-missing");
    }

    @Test
    void boundsAreHeld() throws Malformed {
        String rest = new String(call(0, 9).body(), StandardCharsets.UTF_8).substring("old 0\n".length());
        String most = "old 5\n" + (HASH + "\n").repeat(63) + rest;
        assertThat(AddCheckpoint.parse(utf8(most)).proof()).hasSize(63);
        String more = "old 5\n" + (HASH + "\n").repeat(64) + rest;
        assertThatThrownBy(() -> AddCheckpoint.parse(utf8(more))).hasMessage("witness.proof-too-long[63]");
        assertThatThrownBy(() -> AddCheckpoint.parse(new byte[AddCheckpoint.BYTES_MAX + 1]))
                .hasMessageStartingWith("witness.too-large");
        byte[] overlong = utf8(most);
        overlong[0] = (byte) 0xc1;
        assertThatThrownBy(() -> AddCheckpoint.parse(overlong)).hasMessage("witness.not-utf8");
        assertThatThrownBy(() -> AddCheckpoint.of(5, Collections.nCopies(64, Digest.of()), LOG.signed()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachStatusIsGivenForItsReasonAndInOrder() throws Malformed {
        PlainLog stranger = PlainLog.of("entente/log/XX/US/1", 9);
        Checkpoint falseEmpty =
                new Checkpoint("entente/log/MX/US/1", 0, LOG.head(1).root());
        Digest wrong = LOG.head(2).root();

        assertThat(judge(call(0, 5), -1)).isInstanceOf(WitnessJudgement.Grown.class);
        assertThat(judge(call(5, 9), 5)).isInstanceOf(WitnessJudgement.Grown.class);
        assertThat(judge(call(9, 9), 9)).isInstanceOf(WitnessJudgement.Grown.class);
        assertThat(judge(AddCheckpoint.of(0, List.of(), LOG.signed(0)), -1)).isInstanceOf(WitnessJudgement.Grown.class);
        assertThat(judge(call(0, 9), 0)).isInstanceOf(WitnessJudgement.Grown.class);

        assertRefused(
                WitnessJudgement.judge(call(5, 9), Optional.empty(), Optional.empty()), 404, "witness.log-unknown");
        AddCheckpoint unsigned = AddCheckpoint.parse(utf8(
                new String(call(5, 9).body(), StandardCharsets.UTF_8).replace("\u2014 entente", "\u2014 Entente")));
        assertRefused(judge(unsigned, 5), 403, "checkpoint.unsigned");
        AddCheckpoint forged = AddCheckpoint.parse(
                utf8(new String(call(5, 9).body(), StandardCharsets.UTF_8).replace("\n9\n", "\n8\n")));
        assertRefused(judge(forged, 5), 403, "checkpoint.signature-false");
        String signed = new String(call(5, 9).body(), StandardCharsets.UTF_8);
        AddCheckpoint twice = AddCheckpoint.parse(utf8(signed + signed.substring(signed.lastIndexOf("\u2014"))));
        assertRefused(judge(twice, 5), 403, "checkpoint.signature-repeated");
        // Signed by nobody that is known, and starting from a larger tree: the signature is asked for first.
        assertThat(judge(new AddCheckpoint(99, List.of(), unsigned.note(), unsigned.claimed()), 5))
                .isInstanceOf(WitnessJudgement.Forbidden.class);
        assertRefused(judge(AddCheckpoint.of(10, List.of(), LOG.signed(9)), 5), 400, "witness.old-above-checkpoint");
        assertThat(judge(call(4, 9), 5)).isEqualTo(new WitnessJudgement.Elsewhere(5, Optional.empty()));
        assertThat(judge(call(3, 3), 5)).isEqualTo(new WitnessJudgement.Elsewhere(5, Optional.empty()));
        assertThat(judge(call(3, 5), -1)).isEqualTo(new WitnessJudgement.Elsewhere(0, Optional.empty()));
        assertThat(judge(AddCheckpoint.of(0, List.of(), LOG.sign(falseEmpty)), 5))
                .isEqualTo(new WitnessJudgement.Elsewhere(5, Optional.empty()));
        assertRefused(judge(AddCheckpoint.of(0, List.of(), LOG.sign(falseEmpty)), -1), 422, "checkpoint.empty-root");
        assertRefused(judge(AddCheckpoint.of(0, List.of(wrong), LOG.signed(5)), -1), 422, "witness.proof-refused");
        assertRefused(judge(AddCheckpoint.of(5, List.of(), LOG.signed(9)), 5), 422, "witness.proof-refused");
        assertRefused(judge(AddCheckpoint.of(9, List.of(wrong), LOG.signed(9)), 9), 422, "witness.proof-refused");
        assertRefused(judge(AddCheckpoint.of(9, List.of(), LOG.altered(1).signed()), 9), 422, "witness.split-view");
        assertThatThrownBy(() ->
                        WitnessJudgement.judge(call(5, 9), Optional.of(LOG.known()), Optional.of(stranger.signed(5))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTheLogsOwnSignaturesProveIsHandedOver() {
        PlainLog other = LOG.altered(1);
        // One size, two roots: also when the call starts elsewhere, so that nobody hides it behind a 409.
        assertThat(judge(AddCheckpoint.of(0, List.of(), other.signed(5)), 5))
                .isInstanceOfSatisfying(
                        WitnessJudgement.Elsewhere.class,
                        elsewhere -> assertProved(elsewhere.misbehaviour(), Misbehaviour.SplitView.class));
        assertThat(judge(AddCheckpoint.of(5, List.of(), other.signed(5)), 5))
                .isInstanceOfSatisfying(
                        WitnessJudgement.NotGrown.class,
                        split -> assertProved(split.misbehaviour(), Misbehaviour.SplitView.class));
        // The honest proof of another past accuses the log; any other proof accuses nobody.
        assertThat(judge(AddCheckpoint.of(5, other.proof(5, 9), other.signed(9)), 5))
                .isInstanceOfSatisfying(
                        WitnessJudgement.NotGrown.class,
                        rewritten -> assertProved(rewritten.misbehaviour(), Misbehaviour.Rewritten.class));
        assertThat(judge(AddCheckpoint.of(5, LOG.proof(5, 9), other.signed(9)), 5))
                .isInstanceOfSatisfying(
                        WitnessJudgement.NotGrown.class,
                        unproved -> assertThat(unproved.misbehaviour()).isEmpty());
    }

    private static void assertProved(Optional<Misbehaviour> document, Class<? extends Misbehaviour.Verdict> verdict) {
        assertThat(document.orElseThrow().judge(LOG.known())).isInstanceOf(verdict);
    }

    private static void assertRefused(WitnessJudgement judgement, int status, String code) {
        assertThat(judgement).isInstanceOf(WitnessJudgement.Refused.class);
        WitnessReply reply = ((WitnessJudgement.Refused) judgement).reply();
        assertThat(reply).isEqualTo(new WitnessReply(status, "text/plain; charset=utf-8", code + "\n"));
    }

    @Test
    void theCallerTakesOverWhatHolds() {
        Submission submission = new Submission(5, LOG.proof(5, 9), LOG.signed(), WITNESS.cosigner());
        WitnessReply reply = ((WitnessJudgement.Grown) judge(call(5, 9), 5)).reply(WITNESS, AT);
        assertThat(reply.body().lines()).hasSize(2);
        Submission.Outcome outcome = submission.read(reply.status(), reply.contentType(), utf8(reply.body()));
        SignedCheckpoint cosigned = ((Submission.Cosigned) outcome).checkpoint();
        assertThat(cosigned.note()).isEqualTo(LOG.signed().note() + reply.body());
        // A stranger's line among them is left out; without the second line the first still counts for itself.
        String strange = reply.body().replace("cosigner/US", "cosigner/XX");
        assertThat(submission.read(200, "", utf8(strange + reply.body()))).isInstanceOf(Submission.Cosigned.class);
        String first = reply.body().substring(0, reply.body().indexOf('\n') + 1);
        assertThat(((Submission.Cosigned) submission.read(200, "", utf8(first)))
                        .checkpoint()
                        .signatures())
                .isEqualTo(2);

        assertUnusable(submission, 200, strange, "checkpoint.not-cosigned");
        assertUnusable(submission, 200, reply.body() + first, "checkpoint.signature-repeated");
        assertUnusable(
                submission,
                200,
                ((WitnessJudgement.Grown) judge(call(5, 8), 5))
                        .reply(WITNESS, AT)
                        .body(),
                "checkpoint.cosignature-false");
        assertUnusable(submission, 200, first.strip(), "witness.reply-malformed");
        assertUnusable(submission, 200, "", "witness.reply-malformed");
        assertUnusable(submission, 200, "\n", "note.signature-malformed");
        assertUnusable(submission, 200, strange.repeat(40), "note.signatures-too-many");
        assertUnusable(submission, 500, "", "witness.status-unknown");
        assertUnusable(submission, 200, "x".repeat(Submission.REPLY_BYTES_MAX + 1), "witness.too-large");
    }

    @Test
    void theCallerGoesOnFromWhereTheWitnessStands() {
        Submission submission = new Submission(5, LOG.proof(5, 9), LOG.signed(), WITNESS.cosigner());
        WitnessReply elsewhere = ((WitnessJudgement.Refused) judge(call(5, 9), 7)).reply();
        assertThat(submission.read(elsewhere.status(), elsewhere.contentType(), utf8(elsewhere.body())))
                .isEqualTo(new Submission.Resume(7));
        assertThat(submission.read(409, WitnessReply.SIZE_TYPE, utf8("0\n"))).isEqualTo(new Submission.Resume(0));
        assertThat(submission.read(409, WitnessReply.SIZE_TYPE, utf8("10\n")))
                .isEqualTo(new Submission.WitnessAhead(10));
        for (int status : new int[] {400, 403, 404, 422}) {
            assertThat(submission.read(status, "", new byte[0])).isEqualTo(new Submission.Refused(status));
        }
        for (String body : List.of("5\n", "7", "07\n", "7\r\n", "7\n\n", "-1\n", "", "99999999999999999999\n")) {
            assertThat(submission.read(409, WitnessReply.SIZE_TYPE, utf8(body)))
                    .as(body)
                    .isEqualTo(new Submission.Unusable(Problem.of("witness.reply-malformed")));
        }
        assertThat(submission.read(409, "text/plain", utf8("7\n"))).isInstanceOf(Submission.Unusable.class);
    }

    private static void assertUnusable(Submission submission, int status, String body, String code) {
        assertThat(submission.read(status, "", utf8(body)))
                .isInstanceOfSatisfying(
                        Submission.Unusable.class,
                        unusable -> assertThat(unusable.problem().code()).isEqualTo(code));
    }

    @Test
    void noiseIsRefusedOrReadsBackAsItIs() {
        long seed = 5;
        Random random = new Random(seed);
        byte[] good = call(5, 9).body();
        byte[] reply = utf8(((WitnessJudgement.Grown) judge(call(5, 9), 5))
                .reply(WITNESS, AT)
                .body());
        Submission submission = new Submission(5, LOG.proof(5, 9), LOG.signed(), WITNESS.cosigner());
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = Noise.of(good, random);
            try {
                AddCheckpoint call = AddCheckpoint.parse(noise);
                assertThat(call.body()).as("seed %d, case %d", seed, i).isEqualTo(noise);
                read++;
                if (judge(call, 5) instanceof WitnessJudgement.Grown grown) {
                    assertThat(grown.next().checkpoint())
                            .as("seed %d, case %d", seed, i)
                            .isEqualTo(LOG.head(9));
                }
            } catch (Malformed refused) {
                assertThat(refused.problem().code()).isNotEmpty();
            }
            if (i % 10 == 0 && submission.read(200, "", Noise.of(reply, random)) instanceof Submission.Cosigned ours) {
                assertThat(LOG.signed().note() + new String(reply, StandardCharsets.UTF_8))
                        .as("seed %d, case %d", seed, i)
                        .startsWith(ours.checkpoint()
                                .note()
                                .substring(0, LOG.signed().note().length()));
            }
        }
        assertThat(read).isPositive();
    }
}
