package org.entente.evidence.attack;

import static org.entente.evidence.attack.Attacks.json;
import static org.entente.evidence.attack.Attacks.text;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.PlainLog;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.witness.Misbehaviour;
import tools.jackson.databind.node.ArrayNode;

/** Attempts to accuse a log of what it did not do. */
final class MisbehaviourAttacks {
    private static final PlainLog LOG = PlainLog.of(NoteAttacks.ORIGIN, 20);
    private static final PlainLog OTHER = LOG.altered(1);

    private MisbehaviourAttacks() {}

    static Stream<Attack<?>> all() {
        return Stream.of(splits(), rewritings()).flatMap(Attacks::all);
    }

    private static void judge(byte[] document) throws Malformed {
        switch (Misbehaviour.parse(document).judge(LOG.known())) {
            case Misbehaviour.SplitView split -> {}
            case Misbehaviour.Rewritten rewritten -> {}
            case Misbehaviour.Unproven unproven -> throw new Malformed(unproven.problem());
        }
    }

    private static byte[] document(SignedCheckpoint first, SignedCheckpoint second, List<Digest> path) {
        return new Misbehaviour(first.checkpoint().origin(), first.signedNote(), second.signedNote(), path).bytes();
    }

    private static Attacks<byte[]> splits() {
        SignedCheckpoint cosigned = LOG.signed().cosign(NoteAttacks.SECRETS, NoteAttacks.AT);
        PlainLog stranger = PlainLog.of("entente/log/XX/US/1", 20);
        return Attacks.on(document(LOG.signed(), OTHER.signed(), List.of()), MisbehaviourAttacks::judge)
                .add(
                        "one note is shown twice, once with cosignatures",
                        "misbehaviour.same-tree",
                        honest -> document(LOG.signed(), cosigned, List.of()))
                .add(
                        "the accuser signs the second note himself",
                        "checkpoint.unsigned[" + NoteAttacks.ORIGIN + "]",
                        honest -> document(
                                LOG.signed(), SignedCheckpoint.sign(OTHER.head(20), NoteAttacks.ED25519), List.of()))
                .add(
                        "the root of the second note is changed",
                        "checkpoint.signature-false[" + NoteAttacks.ORIGIN + "]",
                        text("\\n20\\n", "\\n19\\n"))
                .add(
                        "another log's two notes accuse this one",
                        "checkpoint.origin-other",
                        honest ->
                                document(stranger.signed(), stranger.altered(1).signed(), List.of()))
                .add(
                        "notes of two logs are set against each other",
                        "checkpoint.origin-other",
                        text("\"first\":\"" + NoteAttacks.ORIGIN, "\"first\":\"entente/log/MX/GT/1"))
                .add(
                        "the notes differ in an extension line only",
                        "checkpoint.extension",
                        text("\\n20\\n", "\\n20\\nextension\\n"))
                .add(
                        "a path is put to two notes of one size",
                        "misbehaviour.path-needless",
                        honest -> document(LOG.signed(), OTHER.signed(), LOG.proof(7, 20)))
                .add(
                        "the accusation is of another form",
                        "misbehaviour.format[entente-misbehaviour/1]",
                        text("misbehaviour/1", "misbehaviour/2"))
                .add(
                        "the accusation says more than is proved",
                        "json.member-unknown[guilty]",
                        json(d -> d.put("guilty", "MX")))
                .add(
                        "the accusation names its first note twice",
                        "json.duplicate-name",
                        text("\"format\"", "\"first\":\"\",\"format\""));
    }

    private static Attacks<byte[]> rewritings() {
        return Attacks.on(document(LOG.signed(7), OTHER.signed(), OTHER.proof(7, 20)), MisbehaviourAttacks::judge)
                .add(
                        "honest growth is called a rewriting",
                        "misbehaviour.path-refused",
                        honest -> document(LOG.signed(7), LOG.signed(), LOG.proof(7, 20)))
                .add(
                        "honest growth is shown with the path of another tree",
                        "misbehaviour.path-refused",
                        honest -> document(LOG.signed(7), LOG.signed(), OTHER.proof(7, 20)))
                .add(
                        "honest growth is shown without a path",
                        "misbehaviour.path-refused",
                        honest -> document(LOG.signed(7), LOG.signed(), List.of()))
                .add(
                        "the larger note stands first",
                        "misbehaviour.order",
                        honest -> document(OTHER.signed(), LOG.signed(7), OTHER.proof(7, 20)))
                .add(
                        "an empty log is said to be rewritten",
                        "misbehaviour.path-refused",
                        honest -> document(LOG.signed(0), LOG.signed(), LOG.proof(7, 20)))
                .add(
                        "a hash of the path is invented",
                        "misbehaviour.path-refused",
                        json(d -> ((ArrayNode) d.get("path")).set(1, Digest.of().hex())))
                .add(
                        "a hash of the path is left out",
                        "misbehaviour.path-refused",
                        json(d -> ((ArrayNode) d.get("path")).remove(0)))
                .add("more hashes are sent than any path of an accusation has", "json.array-size", json(d -> {
                    ArrayNode path = (ArrayNode) d.get("path");
                    while (path.size() <= Misbehaviour.PATH_MAX) {
                        path.add(path.get(0));
                    }
                }))
                .add("a hash of the path is written large", "digest.malformed", json(d -> {
                    ArrayNode path = (ArrayNode) d.get("path");
                    path.set(0, path.get(0).stringValue().toUpperCase(Locale.ROOT));
                }));
    }
}
