package org.entente.evidence.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.entente.evidence.SharedData;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519PublicKey;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.SignedCheckpoint;
import org.junit.jupiter.api.Test;

/** The scripts of a public witness: its requests, in order, and the answers that they demand. */
class LitewitnessTest {
    private static final Pattern CALL =
            Pattern.compile("add-checkpoint\\n```\\n(.*?)```\\nHTTP (\\d+)\\n(.*?)\\n\\n", Pattern.DOTALL);
    private static final Instant AT = Instant.parse("2026-01-31T08:15:00Z");
    private static final CosignerSecrets SECRETS =
            CosignerSecrets.of("example.com/witness", Ed25519SecretKey.ofSeed(new byte[32]));

    private Optional<SignedCheckpoint> last = Optional.empty();

    private WitnessReply ask(String body, Map<String, KnownLog> logs) {
        try {
            AddCheckpoint call = AddCheckpoint.parse(body.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(call.body(), StandardCharsets.UTF_8)).isEqualTo(body);
            Optional<KnownLog> log = Optional.ofNullable(logs.get(call.claimed().origin()));
            return switch (WitnessJudgement.judge(call, log, last)) {
                case WitnessJudgement.Grown grown -> {
                    last = Optional.of(grown.next());
                    yield grown.reply(SECRETS, AT);
                }
                case WitnessJudgement.Refused refused -> refused.reply();
            };
        } catch (Malformed refused) {
            return new WitnessJudgement.BadRequest(refused.problem()).reply();
        }
    }

    private static String script(String name) {
        String text = new String(
                SharedData.bytes("vectors/witness/cmd/litewitness/testdata/" + name), StandardCharsets.UTF_8);
        return text.substring(text.indexOf("-- add-checkpoint.hurl --")) + "\n\n";
    }

    /**
     * Two answers differ from the script's, and both on purpose: an unknown log is 404 since the specification says so, and
     * a signature that is not strict base64 is no note at all, so that the body is bad.
     */
    private static int ours(int status, String answer, String body) {
        if (answer.contains("unknown log")) {
            return 404;
        }
        return body.endsWith("6gx=\n") ? 400 : status;
    }

    private int play(String name) throws Malformed {
        byte[] key = HexFormat.of().parseHex("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f");
        String origin = "sigsum.org/v1/tree/" + Digest.of(key).hex();
        Map<String, KnownLog> logs = Map.of(origin, KnownLog.of(origin, Ed25519PublicKey.parse(key)));
        int calls = 0;
        for (MatchResult found : CALL.matcher(script(name)).results().toList()) {
            String body = found.group(1);
            String answer = found.group(3);
            WitnessReply reply = ask(body, logs);
            assertThat(reply.status()).as(body).isEqualTo(ours(Integer.parseInt(found.group(2)), answer, body));
            if (reply.status() == 200) {
                assertThat(reply.body()).startsWith("— example.com/witness ");
            }
            if (reply.status() == 409) {
                assertThat(answer).contains("\"" + reply.body().strip() + "\\n\"");
                assertThat(reply.contentType()).isEqualTo("text/x.tlog.size");
            }
            calls++;
        }
        return calls;
    }

    @Test
    void everyCallOfTheScriptIsAnsweredAsTheSpecificationSays() throws Malformed {
        assertThat(play("litewitness.txt")).isEqualTo(9);
        assertThat(last.orElseThrow().checkpoint().size()).isEqualTo(5);
    }

    @Test
    void theCallBehindABastionIsAnsweredAlike() throws Malformed {
        assertThat(play("bastion.txt")).isEqualTo(1);
        assertThat(last.orElseThrow().checkpoint().size()).isEqualTo(1);
    }

    /** An origin with spaces is refused here, where it would be no key name: a departure that the specification of ours says. */
    @Test
    void aLogWhoseOriginHasSpacesIsNotServed() {
        String body = script("sumdb.txt").replaceAll("(?s).*?```\n(.*?)```.*", "$1");
        assertThat(body).contains("\ngo.sum database tree\n35225469\n");
        assertThat(ask(body, Map.of()))
                .isEqualTo(new WitnessReply(400, "text/plain; charset=utf-8", "checkpoint.malformed\n"));
    }
}
