package org.entente.evidence.attack;

import static org.entente.evidence.attack.Attacks.replaced;
import static org.entente.evidence.attack.Forge.line;
import static org.entente.evidence.attack.Forge.timed;
import static org.entente.evidence.attack.Forge.utf8;

import java.time.Instant;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.MlDsa44SecretKey;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.PlainLog;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;

/** Attacks on a checkpoint that its log signed and a counterpart cosigned with both algorithms. */
final class NoteAttacks {
    static final String ORIGIN = "entente/log/MX/US/1";
    static final Instant AT = Instant.parse("2026-01-31T08:15:00Z");
    static final PlainLog LOG = PlainLog.of(ORIGIN, 9);
    static final Ed25519SecretKey ED25519 = Ed25519SecretKey.ofSeed(new byte[32]);
    static final MlDsa44SecretKey ML_DSA_44 = MlDsa44SecretKey.ofSeed(new byte[32]);
    static final String NAME = "entente/cosigner/US";
    static final CosignerSecrets SECRETS = CosignerSecrets.of(NAME, ED25519, ML_DSA_44);
    static final Cosigner COSIGNER = SECRETS.cosigner();

    static final Ed25519SecretKey LOG_KEY =
            Ed25519SecretKey.ofSeed(Digest.of(utf8(ORIGIN)).bytes());
    private static final NoteKey LOG_NOTE_KEY = NoteKey.log(ORIGIN, LOG_KEY.publicKey());
    private static final NoteKey ED25519_KEY = COSIGNER.keys().getFirst();
    private static final NoteKey ML_DSA_44_KEY = COSIGNER.keys().getLast();
    private static final long NOW = AT.getEpochSecond();
    private static final Checkpoint HEAD = LOG.head(9);

    private NoteAttacks() {}

    static Stream<Attack<?>> all() {
        return Stream.of(form(), claims(), signatures(), cosignatures(), confusedCosignatures(), times(), bounds())
                .flatMap(Attacks::all);
    }

    static void verify(String note) throws Malformed {
        SignedCheckpoint.open(SignedNote.parse(note), KnownLog.of(ORIGIN, LOG_KEY.publicKey()))
                .cosignedAt(COSIGNER);
    }

    private static Attacks<String> table() {
        return Attacks.on(LOG.signed().cosign(SECRETS, AT).note(), NoteAttacks::verify);
    }

    private static Attack.Change<String> text(String part, String other) {
        return honest -> replaced(honest, part, other);
    }

    /** The log itself signs a text, and the cosigner cosigns it with both keys. */
    private static String signed(String text) {
        return text + "\n" + line(LOG_NOTE_KEY, LOG_KEY.sign(utf8(text))) + ed25519Line(text) + mlDsa44Line(HEAD);
    }

    private static String ed25519Line(String text) {
        return line(ED25519_KEY, timed(NOW, ED25519.sign(Forge.cosignatureText(NOW, text))));
    }

    private static String mlDsa44Line(Checkpoint head) {
        return line(ML_DSA_44_KEY, timed(NOW, ML_DSA_44.sign(Forge.cosignedMessage(NAME, NOW, 0, head))));
    }

    /** The log signs a changed text. */
    private static Attack.Change<String> says(String part, String other) {
        return honest -> signed(replaced(HEAD.text(), part, other));
    }

    private static Attack.Change<String> without(int index) {
        return honest -> {
            String[] lines = honest.split("(?<=\n)");
            lines[4 + index] = "";
            return String.join("", lines);
        };
    }

    /** Another line in the place of one. */
    private static Attack.Change<String> with(int index, String line) {
        return honest -> {
            String[] lines = honest.split("(?<=\n)");
            lines[4 + index] = line;
            return String.join("", lines);
        };
    }

    private static Attacks<String> form() {
        return table().add(
                        "the last line feed is missing",
                        "note.malformed",
                        honest -> honest.substring(0, honest.length() - 1))
                .add("lines end as Windows ends them", "note.malformed", honest -> honest.replace("\n", "\r\n"))
                .add("an escape sequence for terminals stands in it", "note.malformed", text("9\n", "9\u001b[2K\n"))
                .add("a lone surrogate stands in it", "note.malformed", text("MX", "\ud800"))
                .add("an empty line follows the signatures", "note.malformed", honest -> honest + "\n")
                .add(
                        "a second block of signatures follows the first",
                        "checkpoint.extension",
                        honest -> honest + "\n" + honest.substring(honest.indexOf("\u2014")))
                .add("a hyphen stands for the dash", "note.signature-malformed", text("\u2014", "-"))
                .add("a shorter dash stands for the dash", "note.signature-malformed", text("\u2014", "\u2013"))
                .add(
                        "a space of another kind follows the dash",
                        "note.signature-malformed",
                        text("\u2014 ", "\u2014\u00a0"))
                .add(
                        "a signature line has a key's id and no signature",
                        "note.signature-malformed",
                        with(1, line(NAME, ED25519_KEY.id(), new byte[0])))
                .add("a signature ends in bits that no byte has", "base64.malformed", honest -> {
                    int last = honest.indexOf("=\n\u2014") - 1;
                    return honest.substring(0, last) + (char) (honest.charAt(last) + 1) + honest.substring(last + 1);
                })
                .add(
                        "a signature is written in the alphabet for addresses",
                        "base64.malformed",
                        with(
                                0,
                                Forge.line(LOG_NOTE_KEY, LOG_KEY.sign(utf8(HEAD.text())))
                                        .replace('+', '-')
                                        .replaceAll("(?<= .{1,200})/", "_")));
    }

    private static Attacks<String> claims() {
        String root = Base64Text.padded(HEAD.root().bytes());
        return table().add("the size is raised", "checkpoint.signature-false", text("\n9\n", "\n8\n"))
                .add(
                        "the root is that of another tree",
                        "checkpoint.signature-false",
                        text(root, Base64Text.padded(LOG.head(8).root().bytes())))
                .add(
                        "the origin is that of another log",
                        "checkpoint.origin-other[" + ORIGIN + "]",
                        text("MX/US", "US/MX"))
                .add(
                        "the origin looks like the right one",
                        "checkpoint.origin-other[" + ORIGIN + "]",
                        text("MX/US", "\u041cX/US"))
                .add(
                        "the origin has an invisible letter",
                        "checkpoint.origin-other[" + ORIGIN + "]",
                        text("MX/US", "MX/\u200dUS"))
                .add("the origin ends in a space", "checkpoint.malformed", says("/1\n", "/1 \n"))
                .add("the size begins with a zero", "checkpoint.malformed", says("\n9\n", "\n09\n"))
                .add("the size has a sign", "checkpoint.malformed", says("\n9\n", "\n+9\n"))
                .add("the size is negative", "checkpoint.malformed", says("\n9\n", "\n-9\n"))
                .add("the size wraps round", "checkpoint.malformed", says("\n9\n", "\n18446744073709551625\n"))
                .add("the size is in other digits", "checkpoint.malformed", says("\n9\n", "\n\uff19\n"))
                .add(
                        "the root is hexadecimal",
                        "checkpoint.malformed",
                        says(root, HEAD.root().hex()))
                .add(
                        "the root has a byte more",
                        "checkpoint.malformed",
                        says(root, Base64Text.padded(Forge.longer(HEAD.root().bytes()))))
                .add(
                        "the root is padded with what no byte has",
                        "base64.malformed",
                        says(root, root.substring(0, 42) + (char) (root.charAt(42) + 1) + "="))
                .add("an empty log has leaves", "checkpoint.empty-root", says("\n9\n", "\n0\n"))
                .add(
                        "an extension line hides below the ML-DSA cosignature, which does not cover it",
                        "checkpoint.extension",
                        honest -> signed(HEAD.text() + "policy none\n"))
                .add("an empty line extends the text", "checkpoint.extension", honest -> signed(HEAD.text() + "\n"));
    }

    private static Attacks<String> signatures() {
        return table().add("the log's signature is stripped off", "checkpoint.unsigned[" + ORIGIN + "]", without(0))
                .add(
                        "another log's key signs under this origin",
                        "checkpoint.unsigned[" + ORIGIN + "]",
                        with(0, line(NoteKey.log(ORIGIN, ED25519.publicKey()), ED25519.sign(utf8(HEAD.text())))))
                .add(
                        "the log's key signs under another name",
                        "checkpoint.unsigned[" + ORIGIN + "]",
                        with(
                                0,
                                line(
                                        NoteKey.log("entente/log/MX/GT/1", LOG_KEY.publicKey()),
                                        LOG_KEY.sign(utf8(HEAD.text())))))
                .add(
                        "another key collides with the id of the log's",
                        "checkpoint.signature-false[" + ORIGIN + "]",
                        with(0, line(ORIGIN, LOG_NOTE_KEY.id(), ED25519.sign(utf8(HEAD.text())))))
                .add(
                        "the log's signature is that of an older checkpoint",
                        "checkpoint.signature-false[" + ORIGIN + "]",
                        with(0, line(LOG_NOTE_KEY, LOG_KEY.sign(utf8(LOG.head(8).text())))))
                .add(
                        "the log's signature is replaced by its second form S + L",
                        "checkpoint.signature-false[" + ORIGIN + "]",
                        with(0, line(LOG_NOTE_KEY, Forge.malleated(LOG_KEY.sign(utf8(HEAD.text()))))))
                .add(
                        "the log's signature has a byte more",
                        "checkpoint.signature-false[" + ORIGIN + "]",
                        with(0, line(LOG_NOTE_KEY, Forge.longer(LOG_KEY.sign(utf8(HEAD.text()))))))
                .add(
                        "the log signs twice",
                        "checkpoint.signature-repeated[" + ORIGIN + "]",
                        honest -> honest + line(LOG_NOTE_KEY, LOG_KEY.sign(utf8(HEAD.text()))))
                .add(
                        "a false line of the log's key follows the true one",
                        "checkpoint.signature-repeated[" + ORIGIN + "]",
                        honest -> honest + line(LOG_NOTE_KEY, ED25519.sign(utf8(HEAD.text()))));
    }

    private static Attacks<String> cosignatures() {
        String stripped = "checkpoint.not-cosigned[" + NAME + "]";
        String refused = "checkpoint.cosignature-false[" + NAME + "]";
        Checkpoint foreign = new Checkpoint("entente/log/MX/GT/1", 9, HEAD.root());
        NoteKey posing = NoteKey.log(NAME, ED25519.publicKey());
        return table().add("the Ed25519 cosignature is stripped off", stripped, without(1))
                .add("the ML-DSA-44 cosignature is stripped off", stripped, without(2))
                .add(
                        "a plain signature stands for the Ed25519 cosignature",
                        stripped,
                        with(1, line(posing, ED25519.sign(utf8(HEAD.text())))))
                .add("the Ed25519 cosignature is for another log", refused, with(1, ed25519Line(foreign.text())))
                .add("the ML-DSA-44 cosignature is for another log", refused, with(2, mlDsa44Line(foreign)))
                .add(
                        "the Ed25519 cosignature is for an older checkpoint",
                        refused,
                        with(1, ed25519Line(LOG.head(8).text())))
                .add("the ML-DSA-44 cosignature is for an older checkpoint", refused, with(2, mlDsa44Line(LOG.head(8))))
                .add(
                        "the ML-DSA-44 cosignature was made under another name",
                        refused,
                        with(
                                2,
                                line(
                                        ML_DSA_44_KEY,
                                        timed(
                                                NOW,
                                                ML_DSA_44.sign(
                                                        Forge.cosignedMessage("entente/cosigner/GT", NOW, 0, HEAD))))))
                .add(
                        "a cosignature of a subtree is passed off as one of the tree",
                        refused,
                        with(
                                2,
                                line(
                                        ML_DSA_44_KEY,
                                        timed(NOW, ML_DSA_44.sign(Forge.cosignedMessage(NAME, NOW, 8, HEAD))))));
    }

    private static Attacks<String> confusedCosignatures() {
        String refused = "checkpoint.cosignature-false[" + NAME + "]";
        return table().add(
                        "the ML-DSA-44 key signs the words of the Ed25519 cosignature",
                        refused,
                        with(
                                2,
                                line(
                                        ML_DSA_44_KEY,
                                        timed(NOW, ML_DSA_44.sign(Forge.cosignatureText(NOW, HEAD.text()))))))
                .add(
                        "the Ed25519 key signs the structure of the ML-DSA-44 cosignature",
                        refused,
                        with(1, line(ED25519_KEY, timed(NOW, ED25519.sign(Forge.cosignedMessage(NAME, NOW, 0, HEAD))))))
                .add(
                        "the Ed25519 cosignature stands under the id of the ML-DSA-44 key",
                        refused,
                        with(2, line(ML_DSA_44_KEY, timed(NOW, ED25519.sign(Forge.cosignatureText(NOW, HEAD.text()))))))
                .add(
                        "another key collides with the id of the cosigner's",
                        refused,
                        with(
                                1,
                                line(
                                        NAME,
                                        ED25519_KEY.id(),
                                        timed(NOW, LOG_KEY.sign(Forge.cosignatureText(NOW, HEAD.text()))))))
                .add(
                        "the cosigner cosigns twice at two times",
                        "checkpoint.signature-repeated[" + NAME + "]",
                        honest -> honest
                                + line(
                                        ED25519_KEY,
                                        timed(NOW + 1, ED25519.sign(Forge.cosignatureText(NOW + 1, HEAD.text())))));
    }

    private static Attacks<String> times() {
        String refused = "checkpoint.cosignature-false[" + NAME + "]";
        String time = "checkpoint.cosignature-time[" + NAME + "]";
        return table().add(
                        "the Ed25519 cosignature is dated back",
                        refused,
                        with(
                                1,
                                line(
                                        ED25519_KEY,
                                        timed(NOW - 86_400, ED25519.sign(Forge.cosignatureText(NOW, HEAD.text()))))))
                .add(
                        "the ML-DSA-44 cosignature is dated ahead",
                        refused,
                        with(
                                2,
                                line(
                                        ML_DSA_44_KEY,
                                        timed(
                                                NOW + 86_400,
                                                ML_DSA_44.sign(Forge.cosignedMessage(NAME, NOW, 0, HEAD))))))
                .add(
                        "the ML-DSA-44 cosignature has no time, which says less",
                        time,
                        with(2, line(ML_DSA_44_KEY, timed(0, ML_DSA_44.sign(Forge.cosignedMessage(NAME, 0, 0, HEAD))))))
                .add(
                        "the cosignature's time lies in a future that no calendar has",
                        time,
                        with(
                                1,
                                line(
                                        ED25519_KEY,
                                        timed(
                                                Long.MAX_VALUE,
                                                ED25519.sign(Forge.cosignatureText(Long.MAX_VALUE, HEAD.text()))))))
                .add(
                        "the cosignature's time is negative",
                        time,
                        with(1, line(ED25519_KEY, timed(-1, ED25519.sign(Forge.cosignatureText(-1, HEAD.text()))))));
    }

    private static Attacks<String> bounds() {
        String stranger = line("stranger.example/1", 7, new byte[64]);
        return table().add(
                        "strangers flood the note with signatures",
                        "note.signatures-too-many[64]",
                        honest -> honest + stranger.repeat(62))
                .add(
                        "a flood of letters is sent before the note",
                        "note.too-large[262144]",
                        honest -> "x".repeat(SignedNote.LENGTH_MAX) + honest);
    }
}
