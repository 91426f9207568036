package org.entente.evidence.attack;

import static org.entente.evidence.attack.Attacks.replaced;
import static org.entente.evidence.attack.Attacks.text;
import static org.entente.evidence.attack.Forge.utf8;
import static org.entente.evidence.attack.NoteAttacks.LOG;
import static org.entente.evidence.attack.NoteAttacks.SECRETS;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.NoteSignature;
import org.entente.evidence.log.PlainLog;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.witness.AddCheckpoint;
import org.entente.evidence.witness.Finality;
import org.entente.evidence.witness.Submission;
import org.entente.evidence.witness.TrustPolicy;
import org.entente.evidence.witness.WitnessJudgement;
import org.entente.evidence.witness.WitnessReply;

/** Attacks of a log on its witness, of a witness on its log, and on the policy that says whose word counts. */
final class WitnessAttacks {
    private static final int LAST = 5;

    private WitnessAttacks() {}

    static Stream<Attack<?>> all() {
        return Stream.of(histories(), calls(), beginnings(), answers(), positions(), policies(), finality())
                .flatMap(Attacks::all);
    }

    private static void judge(byte[] body, Optional<SignedCheckpoint> last) throws Malformed {
        switch (WitnessJudgement.judge(AddCheckpoint.parse(body), known(body), last)) {
            case WitnessJudgement.Grown grown -> {}
            case WitnessJudgement.BadRequest bad -> throw new Malformed(bad.problem());
            case WitnessJudgement.Forbidden forbidden -> throw new Malformed(forbidden.problem());
            case WitnessJudgement.UnknownLog unknown -> throw new Malformed(unknown.problem());
            case WitnessJudgement.NotGrown notGrown -> throw new Malformed(notGrown.problem());
            case WitnessJudgement.Elsewhere elsewhere -> throw new IllegalStateException("stands at " + elsewhere);
        }
    }

    /** This witness knows one log. */
    private static Optional<KnownLog> known(byte[] body) throws Malformed {
        String origin = AddCheckpoint.parse(body).claimed().origin();
        return Optional.of(LOG.known()).filter(log -> log.origin().equals(origin));
    }

    private static byte[] call(int from, List<Digest> proof, SignedCheckpoint next) {
        return AddCheckpoint.of(from, proof, next).body();
    }

    private static Attacks<byte[]> table() {
        return Attacks.on(
                call(LAST, LOG.proof(LAST, 9), LOG.signed()), body -> judge(body, Optional.of(LOG.signed(LAST))));
    }

    private static Attacks<byte[]> histories() {
        PlainLog other = LOG.altered(1);
        List<Digest> cut = new ArrayList<>(LOG.proof(LAST, 9));
        cut.removeLast();
        List<Digest> more = new ArrayList<>(LOG.proof(LAST, 9));
        more.add(Digest.of());
        List<Digest> changed = new ArrayList<>(LOG.proof(LAST, 9));
        changed.set(1, Digest.of());
        return table().add(
                        "an old checkpoint is shown again",
                        "witness.old-above-checkpoint",
                        honest -> call(LAST, List.of(), LOG.signed(3)))
                .add(
                        "another root of the cosigned size is shown",
                        "witness.split-view",
                        honest -> call(LAST, List.of(), other.signed(LAST)))
                .add(
                        "another history goes on from the cosigned size",
                        "witness.proof-refused",
                        honest -> call(LAST, other.proof(LAST, 9), other.signed()))
                .add(
                        "another history borrows the honest proof",
                        "witness.proof-refused",
                        honest -> call(LAST, LOG.proof(LAST, 9), other.signed()))
                .add(
                        "the proof of growth is left out",
                        "witness.proof-refused",
                        honest -> call(LAST, List.of(), LOG.signed()))
                .add(
                        "the proof of growth is cut short",
                        "witness.proof-refused",
                        honest -> call(LAST, cut, LOG.signed()))
                .add(
                        "the proof of growth is lengthened",
                        "witness.proof-refused",
                        honest -> call(LAST, more, LOG.signed()))
                .add(
                        "the proof of growth is changed",
                        "witness.proof-refused",
                        honest -> call(LAST, changed, LOG.signed()))
                .add(
                        "a proof is sent where nothing grew",
                        "witness.proof-refused",
                        honest -> call(LAST, LOG.proof(3, LAST), LOG.signed(LAST)))
                .add(
                        "the call starts from beyond the checkpoint",
                        "witness.old-above-checkpoint",
                        honest -> call(10, List.of(), LOG.signed()));
    }

    private static Attacks<byte[]> calls() {
        String proof = Base64Text.padded(LOG.proof(LAST, 9).getFirst().bytes());
        return table().add(
                        "a log that nobody introduced asks for a cosignature",
                        "witness.log-unknown",
                        honest -> call(
                                0,
                                List.of(),
                                PlainLog.of("entente/log/XX/US/1", 9).signed()))
                .add(
                        "the checkpoint asked for is signed by another key",
                        "checkpoint.unsigned",
                        honest ->
                                call(LAST, LOG.proof(LAST, 9), SignedCheckpoint.sign(LOG.head(9), NoteAttacks.ED25519)))
                .add("the checkpoint asked for has a raised size", "checkpoint.signature-false", text("\n9\n", "\n8\n"))
                .add("the checkpoint asked for is signed twice", "checkpoint.signature-repeated", honest -> {
                    String body = new String(honest, StandardCharsets.UTF_8);
                    return utf8(body + body.substring(body.indexOf('\u2014')));
                })
                .add(
                        "the checkpoint asked for has an extension line",
                        "checkpoint.extension",
                        text("\n9\n", "\n9\nextension\n"))
                .add(
                        "the size that the call starts from has a zero before it",
                        "witness.old-malformed",
                        text("old 5", "old 05"))
                .add(
                        "the size that the call starts from wraps round",
                        "witness.old-malformed",
                        text("old 5", "old 18446744073709551621"))
                .add(
                        "the call has two sizes that it starts from",
                        "witness.proof-malformed[2]",
                        text("old 5\n", "old 5\nold 0\n"))
                .add(
                        "the call has no empty line",
                        "witness.blank-missing",
                        honest -> utf8("old 5\n" + LOG.head(9).text()))
                .add(
                        "a hash of the call ends in bits that no byte has",
                        "witness.proof-malformed[2]",
                        text(proof, proof.substring(0, 42) + (char) (proof.charAt(42) + 1) + "="))
                .add(
                        "the call has more hashes than any proof",
                        "witness.proof-too-long[63]",
                        text(proof + "\n", (proof + "\n").repeat(63)))
                .add("a letter of the call is encoded overlong", "witness.not-utf8", honest -> {
                    byte[] body = honest.clone();
                    body[0] = (byte) 0xc1;
                    return body;
                })
                .add("the call is a flood", "witness.too-large", honest -> new byte[AddCheckpoint.BYTES_MAX + 1]);
    }

    private static Attacks<byte[]> beginnings() {
        Checkpoint falseEmpty =
                new Checkpoint(NoteAttacks.ORIGIN, 0, LOG.head(1).root());
        return Attacks.<byte[]>on(call(0, List.of(), LOG.signed()), body -> judge(body, Optional.empty()))
                .add(
                        "a proof is sent from an empty log",
                        "witness.proof-refused",
                        honest -> call(0, LOG.proof(LAST, 9), LOG.signed()))
                .add(
                        "an empty log with leaves asks for a cosignature",
                        "checkpoint.empty-root",
                        honest -> call(0, List.of(), LOG.sign(falseEmpty)));
    }

    /** What a witness answers. */
    private record Answer(int status, String type, String body) {
        Answer with(String other) {
            return new Answer(status, type, other);
        }

        void read() throws Malformed {
            Submission submission = new Submission(LAST, LOG.proof(LAST, 9), LOG.signed(), SECRETS.cosigner());
            switch (submission.read(status, type, utf8(body))) {
                case Submission.Cosigned cosigned -> {}
                case Submission.Resume resume -> {}
                case Submission.Unusable unusable -> throw new Malformed(unusable.problem());
                case Submission.Refused refused -> throw new IllegalStateException(refused.toString());
                case Submission.WitnessAhead ahead -> throw new IllegalStateException(ahead.toString());
            }
        }
    }

    private static String cosignatures(Checkpoint checkpoint) {
        return SECRETS.cosign(checkpoint, NoteAttacks.AT).stream()
                .map(NoteSignature::line)
                .collect(Collectors.joining());
    }

    private static Attacks<Answer> answers() {
        String stranger = Forge.line("witness.example/1", 7, new byte[72]);
        NoteKey key = SECRETS.cosigner().keys().getFirst();
        String name = "[" + NoteAttacks.NAME + "]";
        return Attacks.on(new Answer(200, "text/plain", cosignatures(LOG.head(9))), Answer::read)
                .add(
                        "the witness cosigns an older checkpoint",
                        "checkpoint.cosignature-false" + name,
                        honest -> honest.with(cosignatures(LOG.head(LAST))))
                .add(
                        "the witness cosigns another history",
                        "checkpoint.cosignature-false" + name,
                        honest -> honest.with(cosignatures(LOG.altered(1).head(9))))
                .add(
                        "the witness cosigns for another log",
                        "checkpoint.cosignature-false" + name,
                        honest -> honest.with(cosignatures(new Checkpoint(
                                "entente/log/MX/GT/1", 9, LOG.head(9).root()))))
                .add(
                        "a stranger answers for the witness",
                        "checkpoint.not-cosigned" + name,
                        honest -> honest.with(stranger))
                .add(
                        "the witness sends its line twice",
                        "checkpoint.signature-repeated" + name,
                        honest -> honest.with(honest.body + honest.body))
                .add(
                        "the witness cosigns without a time",
                        "checkpoint.cosignature-time" + name,
                        honest -> honest.with(Forge.line(key, new byte[72])))
                .add(
                        "the witness's line is cut off",
                        "witness.reply-malformed",
                        honest -> honest.with(honest.body.substring(0, honest.body.length() - 1)))
                .add(
                        "the witness floods the log with lines",
                        "note.signatures-too-many[64]",
                        honest -> honest.with(stranger.repeat(65)))
                .add(
                        "the witness answers with a flood",
                        "witness.too-large",
                        honest -> honest.with("x".repeat(Submission.REPLY_BYTES_MAX + 1)))
                .add(
                        "the witness answers with a status of its own",
                        "witness.status-unknown[202]",
                        honest -> new Answer(202, honest.type, honest.body));
    }

    private static Attacks<Answer> positions() {
        return Attacks.on(new Answer(409, WitnessReply.SIZE_TYPE, "7\n"), Answer::read)
                .add(
                        "the witness keeps the log calling from the same size",
                        "witness.reply-malformed",
                        honest -> honest.with("5\n"))
                .add(
                        "the witness tells its size under another type",
                        "witness.reply-malformed",
                        honest -> new Answer(409, "text/html", honest.body))
                .add(
                        "the witness tells a size that wraps round",
                        "witness.reply-malformed",
                        honest -> honest.with("18446744073709551623\n"))
                .add("the witness tells two sizes", "witness.reply-malformed", honest -> honest.with("7\n8\n"));
    }

    private static String policyText() {
        List<NoteKey> keys = SECRETS.cosigner().keys();
        return "log " + LOG.known().keys().getFirst().vkey() + "\nwitness a "
                + keys.getFirst().vkey() + "\nwitness b " + keys.getLast().vkey()
                + "\ngroup both all a b\nquorum both\n";
    }

    private static Attack.Change<String> policy(String part, String other) {
        return honest -> replaced(honest, part, other);
    }

    private static Attacks<String> policies() {
        NoteKey renamed = NoteKey.cosigner("witness.example/2", NoteAttacks.ED25519.publicKey());
        byte[] lowOrder = new byte[33];
        lowOrder[0] = 4;
        lowOrder[1] = 1;
        return Attacks.on(policyText(), (String text) -> TrustPolicy.parse(utf8(text)))
                .add(
                        "one witness counts twice under two names",
                        "policy.key-repeated[4]",
                        policy("group", "witness c " + renamed.vkey() + "\ngroup"))
                .add("one witness counts twice in a group", "policy.member-repeated[4, a]", policy("all a b", "2 a a"))
                .add(
                        "one witness counts in two groups",
                        "policy.member-repeated[5, a]",
                        policy("quorum both", "group more any a\nquorum more"))
                .add(
                        "the log is its own witness",
                        "policy.key-type[2]",
                        policy(
                                "witness a "
                                        + SECRETS.cosigner().keys().getFirst().vkey(),
                                "witness a " + LOG.known().keys().getFirst().vkey()))
                .add("a group demands nobody", "policy.threshold-refused[4, 2]", policy("all a b", "0 a b"))
                .add("a group demands more than it has", "policy.threshold-refused[4, 2]", policy("all a b", "3 a b"))
                .add(
                        "a second quorum takes the first one's place",
                        "policy.quorum-repeated[6]",
                        text -> text + "quorum none\n")
                .add(
                        "a quorum hides in a comment behind a carriage return",
                        "policy.octet-refused[5]",
                        policy("quorum both", "# quorum both\rquorum none"))
                .add(
                        "the policy is cut off within its quorum",
                        "policy.line-unterminated[5]",
                        text -> text.substring(0, text.length() - 1))
                .add(
                        "the policy is cut off before its quorum",
                        "policy.quorum-missing",
                        text -> text.substring(0, text.indexOf("quorum")))
                .add(
                        "a group takes the name of no quorum",
                        "policy.name-taken[4, none]",
                        policy("group both", "group none"))
                .add(
                        "a quorum names what is defined later",
                        "policy.name-unknown[4, both]",
                        policy("group both", "quorum both\ngroup both"))
                .add(
                        "a witness has a key that anybody can sign for",
                        "policy.key-refused[4]",
                        policy("group", "witness c x+00000000+" + Base64Text.padded(lowOrder) + "\ngroup"))
                .add(
                        "a witness's key has the id of another",
                        "policy.key-refused[2]",
                        policy("witness a " + NoteAttacks.NAME + "+", "witness a " + NoteAttacks.NAME + "+0"));
    }

    private static Attacks<String> finality() {
        SignedCheckpoint honest = LOG.signed().cosign(SECRETS, NoteAttacks.AT);
        return Attacks.on(honest.note(), WitnessAttacks::requireFinal)
                .add(
                        "a log that the policy does not name asks to be believed",
                        "policy.log-other",
                        note -> PlainLog.of("entente/log/XX/US/1", 9)
                                .signed()
                                .cosign(SECRETS, NoteAttacks.AT)
                                .note())
                .add(
                        "a final checkpoint is shown with another size",
                        "checkpoint.signature-false",
                        note -> replaced(note, "\n9\n", "\n8\n"))
                .add(
                        "a false line in a witness's name joins true ones",
                        "checkpoint.signature-repeated",
                        note -> note + Forge.line(SECRETS.cosigner().keys().getFirst(), new byte[72]))
                .add(
                        "the cosignatures of an older checkpoint make this one final",
                        "checkpoint.cosignature-false",
                        note -> LOG.signed().note() + cosignatures(LOG.head(LAST)));
    }

    private static void requireFinal(String note) throws Malformed {
        switch (TrustPolicy.parse(utf8(policyText())).judge(note)) {
            case Finality.Final done -> {}
            case Finality.Waiting waiting -> throw new IllegalStateException(waiting.toString());
            case Finality.Refused refused -> throw new Malformed(refused.problem());
        }
    }
}
