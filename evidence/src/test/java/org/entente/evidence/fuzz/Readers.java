package org.entente.evidence.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.MlDsa44SecretKey;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.NoteSignature;
import org.entente.evidence.log.PlainLog;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import org.entente.evidence.tile.BundleAt;
import org.entente.evidence.tile.EntryBundle;
import org.entente.evidence.tile.Tile;
import org.entente.evidence.tile.TileAt;
import org.entente.evidence.tile.TilePath;
import org.entente.evidence.tile.TlogProof;
import org.entente.evidence.witness.AddCheckpoint;
import org.entente.evidence.witness.Misbehaviour;
import org.entente.evidence.witness.Submission;
import org.entente.evidence.witness.TrustPolicy;
import org.entente.evidence.witness.WitnessReply;

/** The readers of logs: notes, proofs, tiles, what witnesses are sent and answer, policies, accusations; and of small forms. */
final class Readers {
    private static final PlainLog LOG = PlainLog.of("entente/log/MX/US/1", 20);
    private static final CosignerSecrets WITNESS = CosignerSecrets.of(
            "entente/cosigner/US", Ed25519SecretKey.ofSeed(new byte[32]), MlDsa44SecretKey.ofSeed(new byte[32]));
    private static final SignedCheckpoint COSIGNED =
            LOG.signed().cosign(WITNESS, Instant.parse("2026-01-31T08:15:00Z"));

    private Readers() {}

    static Stream<Target> all() {
        return Stream.of(forms(), notes(), tiles(), witnesses()).flatMap(List::stream);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that are no text are refused before any of these readers sees them. */
    static String text(byte[] bytes) throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            throw new Malformed("json.not-utf8");
        }
    }

    private static List<Target> forms() {
        byte[] document =
                utf8("{\"a\":[1,-2.5e-9,true,null],\"b\":{\"\\u0001\\\"\":\"\u20ac\ud83d\ude00\"},\"c\":\"\"}");
        return List.of(
                Target.canonical(
                        "canonical JSON",
                        4_000,
                        bytes -> CanonicalJson.encode(CanonicalJson.parseCanonical(bytes, 1 << 20)),
                        document),
                Target.judging(
                        "any JSON",
                        4_000,
                        Noise.ofBytes(List.of(document)),
                        bytes -> CanonicalJson.parse(bytes, 1 << 20)),
                Target.canonical(
                        "base 64 for addresses",
                        2_000,
                        bytes -> utf8(Base64Text.url(Base64Text.parseUrl(text(bytes)))),
                        utf8("rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja_1nk427v38-cs")),
                Target.canonical(
                        "a digest",
                        2_000,
                        bytes -> utf8(Digest.parse(text(bytes)).hex()),
                        utf8(Digest.of().hex())),
                Target.canonical(
                        "a moment",
                        2_000,
                        bytes -> utf8(UtcSeconds.print(UtcSeconds.parse(text(bytes)))),
                        utf8("2026-01-31T08:15:00Z")),
                Target.canonical(
                        "a party or authority",
                        2_000,
                        bytes -> utf8(Actor.parse(text(bytes)).text()),
                        utf8("MX/UIF"),
                        utf8("US")));
    }

    private static List<Target> notes() {
        NoteKey key = WITNESS.cosigner().keys().getFirst();
        String line =
                COSIGNED.note().substring(COSIGNED.note().lastIndexOf('\u2014')).strip();
        String proof = TlogProof.of(LOG.tree().inclusion(5, 20), COSIGNED)
                .withExtra(new byte[5])
                .text();
        return List.of(
                Target.canonical(
                        "a note",
                        2_000,
                        bytes -> utf8(SignedNote.parse(text(bytes)).note()),
                        utf8(COSIGNED.note()),
                        utf8(LOG.signed(7).note())),
                Target.judging(
                        "a cosigned checkpoint",
                        500,
                        Noise.ofBytes(List.of(utf8(COSIGNED.note()))),
                        bytes -> SignedCheckpoint.open(SignedNote.parse(text(bytes)), LOG.known())
                                .cosignedAt(WITNESS.cosigner())),
                Target.canonical(
                        "a checkpoint's text",
                        4_000,
                        bytes -> utf8(Checkpoint.parse(text(bytes)).text()),
                        utf8(LOG.head(20).text()),
                        utf8(LOG.head(0).text())),
                Target.canonical(
                        "a signature line",
                        2_000,
                        bytes -> utf8(NoteSignature.parse(text(bytes)).line().stripTrailing()),
                        utf8(line)),
                Target.canonical(
                        "a verifier key",
                        2_000,
                        bytes -> utf8(NoteKey.parse(text(bytes)).vkey()),
                        utf8(key.vkey())),
                Target.canonical(
                        "a proof of inclusion",
                        2_000,
                        bytes -> {
                            TlogProof read = TlogProof.parse(text(bytes));
                            read.claimed();
                            return utf8(read.text());
                        },
                        utf8(proof)),
                Target.judging(
                        "a proof of inclusion, verified",
                        500,
                        Noise.ofBytes(List.of(utf8(proof))),
                        bytes -> TlogProof.parse(text(bytes))
                                .verify(
                                        MerkleHash.leaf(new byte[] {0, 5}),
                                        "entente/log/MX/US/1",
                                        Ed25519SecretKey.ofSeed(Digest.of(utf8("entente/log/MX/US/1"))
                                                        .bytes())
                                                .publicKey())));
    }

    private static List<Target> tiles() {
        TileAt tile = new TileAt(0, 0, 20);
        BundleAt bundle = new BundleAt(0, 3);
        List<Digest> ids = List.of(Digest.of(), Digest.of(new byte[1]), Digest.of(new byte[2]));
        return List.of(
                Target.canonical(
                        "a tile",
                        2_000,
                        bytes -> Tile.read(tile, bytes).bytes(),
                        Tile.of(tile, LOG.tree().hashes()).bytes()),
                Target.canonical(
                        "a bundle of entries",
                        4_000,
                        bytes -> EntryBundle.read(bundle, bytes).bytes(),
                        EntryBundle.ofStatements(bundle, ids).bytes(),
                        EntryBundle.of(bundle, List.of(new byte[0], new byte[300], new byte[1]))
                                .bytes()),
                Target.judging(
                        "the statements of a bundle of entries",
                        2_000,
                        Noise.ofBytes(
                                List.of(EntryBundle.ofStatements(bundle, ids).bytes())),
                        bytes -> EntryBundle.read(bundle, bytes).statementIds()),
                Target.canonical(
                        "an address",
                        4_000,
                        bytes -> utf8(TilePath.parse(text(bytes)).path()),
                        utf8("tile/0/x001/x234/067.p/8"),
                        utf8("tile/entries/012")));
    }

    private static List<Target> witnesses() {
        PlainLog other = LOG.altered(2);
        List<byte[]> calls = List.of(
                AddCheckpoint.of(7, LOG.proof(7, 20), COSIGNED).body(),
                AddCheckpoint.of(0, List.of(), LOG.signed(3)).body());
        byte[] answer = utf8(COSIGNED.note().substring(COSIGNED.note().indexOf("\u2014 entente/cosigner")));
        byte[] rewritten = Misbehaviour.between(LOG.signed(7), other.signed(), other.proof(7, 20))
                .orElseThrow()
                .bytes();
        byte[] split = Misbehaviour.between(COSIGNED, other.signed(), List.of())
                .orElseThrow()
                .bytes();
        List<NoteKey> keys = WITNESS.cosigner().keys();
        byte[] policy = utf8("# who counts\nlog "
                + LOG.known().keys().getFirst().vkey() + " https://mx.example/\nwitness a\t"
                + keys.getFirst().vkey() + "\nwitness \u00e9 " + keys.getLast().vkey()
                + "\ngroup both 2 a \u00e9\nquorum both\n");
        return List.of(
                Target.canonical(
                        "a call to a witness",
                        2_000,
                        bytes -> AddCheckpoint.parse(bytes).body(),
                        calls.get(0),
                        calls.get(1)),
                Target.judging(
                        "a witness's cosignatures",
                        500,
                        Noise.ofBytes(List.of(answer)),
                        bytes -> read(200, "text/plain", bytes)),
                Target.judging(
                        "a witness's position",
                        2_000,
                        Noise.ofBytes(List.of(utf8("5\n"), utf8("21\n"))),
                        bytes -> read(409, WitnessReply.SIZE_TYPE, bytes)),
                Target.judging(
                        "a policy",
                        500,
                        Noise.ofBytes(List.of(policy)),
                        bytes -> TrustPolicy.parse(bytes).judge(LOG.signed())),
                Target.canonical(
                        "a proof of misbehaviour",
                        2_000,
                        bytes -> {
                            Misbehaviour read = Misbehaviour.parse(bytes);
                            read.judge(LOG.known());
                            return read.bytes();
                        },
                        rewritten,
                        split),
                Target.judging(
                        "what a proof of misbehaviour says",
                        2_000,
                        Noise.ofJson(rewritten),
                        bytes -> Misbehaviour.parse(bytes).judge(LOG.known())));
    }

    private static void read(int status, String type, byte[] body) throws Malformed {
        Submission submission = new Submission(7, LOG.proof(7, 20), LOG.signed(), WITNESS.cosigner());
        if (submission.read(status, type, Arrays.copyOf(body, body.length)) instanceof Submission.Unusable unusable) {
            throw new Malformed(unusable.problem());
        }
    }
}
