package org.entente.verification.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Jws;
import org.entente.evidence.statement.Statement;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Attacks with documents that are not, or not quite, statements. */
final class FormAttacks {
    private FormAttacks() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>();
        signatures(all);
        headers(all);
        payloads(all);
        calls(all);
        return all;
    }

    private static void signatures(List<Attack> all) {
        all.add(changed("ed25519-signature-stripped", d -> signatures(d).remove(0)));
        all.add(changed("ml-dsa-signature-stripped", d -> signatures(d).remove(1)));
        all.add(changed("ml-dsa-signature-emptied", d -> signature(d, 1).put("signature", "")));
        all.add(changed(
                "ed25519-signature-twice",
                d -> signatures(d).set(1, signatures(d).get(0))));
        all.add(changed("third-signature", d -> signatures(d).add(signatures(d).get(0))));
        all.add(changed(
                "signatures-in-other-order",
                d -> signatures(d).add(signatures(d).remove(0))));
        all.add(changed("signatures-exchanged-under-their-headers", d -> {
            String first = signature(d, 0).get("signature").stringValue();
            signature(d, 0).put("signature", signature(d, 1).get("signature").stringValue());
            signature(d, 1).put("signature", first);
        }));
        all.add(changed("one-bit-of-a-signature", d -> {
            byte[] bytes = bytes(signature(d, 1).get("signature").stringValue());
            bytes[bytes.length / 2] ^= 1;
            signature(d, 1).put("signature", Base64Text.url(bytes));
        }));
        all.add(changed("flattened-to-one-signature", d -> {
            ObjectNode only = signature(d, 0);
            d.remove("signatures");
            d.setAll(only);
        }));
    }

    private static void headers(List<Attack> all) {
        all.add(changed("algorithm-none", d -> header(d, 0, text -> text.replace("Ed25519", "none"))));
        all.add(changed("algorithm-hmac", d -> header(d, 0, text -> text.replace("Ed25519", "HS256"))));
        all.add(changed("weaker-parameter-set", d -> header(d, 1, text -> text.replace("ML-DSA-65", "ML-DSA-44"))));
        all.add(changed("other-type-of-document", d -> {
            header(d, 0, text -> text.replace("entente-statement+json", "entente-card+json"));
            header(d, 1, text -> text.replace("entente-statement+json", "entente-card+json"));
        }));
        all.add(changed(
                "unprotected-header", d -> signature(d, 0).putObject("header").put("kid", "x")));
        all.add(changed("member-beside-the-payload", d -> d.put("note", "x")));
    }

    private static void payloads(List<Attack> all) {
        all.add(changed("payload-changed-after-signing", d -> payload(d, text -> text.replace("delivered", "opened"))));
        all.add(changed("payload-with-white-space", d -> payload(d, text -> text.replace(":", ": "))));
        all.add(changed("payload-with-a-member-twice", d -> payload(d, text -> "{\"v\":1," + text.substring(1))));
        all.add(signed("version-unknown", payload -> payload.put("v", 2)));
        all.add(signed("member-unknown", payload -> payload.put("extra", "x")));
        all.add(signed("kind-unknown", payload -> payload.put("kind", "item-confiscated")));
        all.add(signed("content-member-missing", payload -> ((ObjectNode) payload.get("content")).remove("stage")));
        all.add(signed("content-member-extra", payload -> ((ObjectNode) payload.get("content")).put("also", "x")));
        all.add(signed("number-for-a-text", payload -> ((ObjectNode) payload.get("content")).put("stage", 1)));
        all.add(signed(
                "moment-with-a-fraction",
                payload -> payload.put("at", Instant.EPOCH.plusMillis(5).toString())));
        all.add(signed("moment-in-another-zone", payload -> payload.put("at", "2026-03-10T10:00:00+02:00")));
        all.add(signed("sender-that-is-no-name", payload -> payload.put("from", "../../etc")));
        all.add(signed("expires-before-it-is-said", payload -> payload.put("expires", "2001-01-01T00:00:00Z")));
        all.add(signed(
                "longer-than-a-mebibyte",
                payload -> ((ObjectNode) payload.get("content")).put("stage", "x".repeat(Statement.BYTES_MAX))));
    }

    private static void calls(List<Attack> all) {
        all.add(new Attack("call-with-nothing", Intruder::refused));
        all.add(new Attack("call-with-too-many", hand -> {
            byte[][] many = new byte[65][];
            java.util.Arrays.fill(many, hand.honest().bytes());
            hand.refused(many);
        }));
        all.add(new Attack(
                "nested-a-thousand-deep",
                hand -> hand.refused(("{\"payload\":".repeat(1_000) + "1" + "}".repeat(1_000)).getBytes(UTF_8))));
        all.add(new Attack("bytes-that-are-no-json", hand -> hand.refused("\u0000\u0001{".getBytes(UTF_8))));
        all.add(new Attack("array-for-a-statement", hand -> hand.refused("[1,2,3]".getBytes(UTF_8))));
        all.add(new Attack("null-for-a-statement", hand -> hand.refused("null".getBytes(UTF_8))));
        all.add(new Attack("flood-of-rubbish", hand -> {
            for (int i = 0; i < 60; i++) {
                hand.refused(("{\"payload\":\"" + i + "\"}").getBytes(UTF_8));
            }
        }));
    }

    /** An honest statement whose document is changed afterwards. */
    private static Attack changed(String name, Consumer<ObjectNode> change) {
        return new Attack(name, hand -> {
            Statement honest = hand.honest();
            hand.forbid(honest.id());
            ObjectNode document = honest.json();
            change.accept(document);
            hand.refused(CanonicalJson.encode(document));
        });
    }

    /** Signed by the right keys, and said in a form that nobody understands. */
    private static Attack signed(String name, Consumer<ObjectNode> change) {
        return new Attack(name, hand -> {
            ObjectNode payload = json(hand.honest().json().get("payload").stringValue());
            change.accept(payload);
            var keys = hand.me().keys().statement();
            Jws jws = Jws.sign(Statement.TYPE, keys.publicKeys().kid(), payload, keys);
            hand.forbid(jws.id());
            hand.refused(jws.bytes());
        });
    }

    private static ArrayNode signatures(ObjectNode document) {
        return (ArrayNode) document.get("signatures");
    }

    private static ObjectNode signature(ObjectNode document, int index) {
        return (ObjectNode) signatures(document).get(index);
    }

    private static void header(ObjectNode document, int index, UnaryOperator<String> change) {
        ObjectNode signature = signature(document, index);
        signature.put("protected", rewritten(signature.get("protected").stringValue(), change));
    }

    private static void payload(ObjectNode document, UnaryOperator<String> change) {
        document.put("payload", rewritten(document.get("payload").stringValue(), change));
    }

    private static String rewritten(String base64, UnaryOperator<String> change) {
        return Base64Text.url(change.apply(new String(bytes(base64), UTF_8)).getBytes(UTF_8));
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64Text.parseUrl(base64);
        } catch (Malformed e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode json(String base64) {
        try {
            return (ObjectNode) CanonicalJson.parse(bytes(base64), 1 << 20);
        } catch (Malformed e) {
            throw new IllegalStateException(e);
        }
    }
}
