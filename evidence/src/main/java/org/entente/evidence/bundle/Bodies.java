package org.entente.evidence.bundle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.BodyCommitment;
import org.entente.evidence.statement.Statement;
import tools.jackson.databind.JsonNode;

/**
 * The bodies that a bundle opens: each is named by one of its statements, which commits its sender to exactly this content. No key is
 * needed for it. They stand in the order of their statements, those of one statement in the order of their ciphertexts' digests.
 *
 * <p>A statement names a body wherever its content has an object of the three members {@code bytes}, {@code ciphertext} and
 * {@code commitment}; of which kind the statement is makes no difference.
 */
final class Bodies {
    private final List<Statement> statements;
    private final Map<Digest, Integer> places = new HashMap<>();

    Bodies(List<Statement> statements) {
        this.statements = statements;
        for (int place = 0; place < statements.size(); place++) {
            places.put(statements.get(place).id(), place);
        }
    }

    /** Verifies all of them. */
    List<BundleReport.Body> verify(List<OpenedBody> bodies) throws Malformed {
        List<BundleReport.Body> verified = new ArrayList<>();
        String before = "";
        for (int number = 0; number < bodies.size(); number++) {
            BundleReport.Body body = verified(bodies.get(number), number);
            String order = "%08d %s".formatted(body.place(), body.ciphertext().hex());
            if (order.equals(before)) {
                throw new Malformed("bundle.body-repeated", BundleVerification.place(number));
            }
            if (order.compareTo(before) < 0) {
                throw new Malformed("bundle.body-order", BundleVerification.place(number));
            }
            verified.add(body);
            before = order;
        }
        return verified;
    }

    private BundleReport.Body verified(OpenedBody body, int number) throws Malformed {
        Integer place = places.get(body.statement());
        if (place == null) {
            throw new Malformed("bundle.body-of-none", BundleVerification.place(number));
        }
        Digest commitment = named(statements.get(place)).get(body.ciphertext().hex());
        if (commitment == null) {
            throw new Malformed("bundle.body-of-none", BundleVerification.place(number));
        }
        if (body.salt().length != BodyCommitment.SALT_BYTES) {
            throw new Malformed("bundle.body-salt", BundleVerification.place(number));
        }
        if (!BodyCommitment.of(body.salt(), Digest.of(body.content())).equals(commitment)) {
            throw new Malformed(
                    "bundle.body-differs", BundleVerification.place(number), BundleVerification.place(place));
        }
        return new BundleReport.Body(place, body.ciphertext(), commitment, body.content().length);
    }

    /** The commitments of the bodies that a statement names, by the digests of their ciphertexts. */
    static SortedMap<String, Digest> named(Statement statement) {
        SortedMap<String, Digest> named = new TreeMap<>();
        collect(statement.content(), named);
        return named;
    }

    private static void collect(JsonNode node, SortedMap<String, Digest> named) {
        if (node.isObject() && node.size() == 3 && node.path("bytes").isIntegralNumber()) {
            try {
                Digest ciphertext = Digest.parse(node.path("ciphertext").asString(""));
                named.put(ciphertext.hex(), Digest.parse(node.path("commitment").asString("")));
                return;
            } catch (Malformed anotherObject) {
                // Looked into like any.
            }
        }
        node.forEach(inner -> collect(inner, named));
    }
}
