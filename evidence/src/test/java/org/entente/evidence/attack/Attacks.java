package org.entente.evidence.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.entente.evidence.canonical.CanonicalJson;
import tools.jackson.databind.node.ObjectNode;

/** A table of attacks on one artefact. */
final class Attacks<T> {
    private final T honest;
    private final Attack.Check<T> check;
    private final List<Attack<?>> attacks = new ArrayList<>();

    private Attacks(T honest, Attack.Check<T> check) {
        this.honest = honest;
        this.check = check;
    }

    static <T> Attacks<T> on(T honest, Attack.Check<T> check) {
        return new Attacks<>(honest, check);
    }

    Attacks<T> add(String name, String refusal, Attack.Change<T> change) {
        attacks.add(new Attack<>(name, honest, change, check, refusal));
        return this;
    }

    Stream<Attack<?>> all() {
        return attacks.stream();
    }

    /** Changes a document's JSON and writes it in canonical form again, as a careful attacker would. */
    static Attack.Change<byte[]> json(Consumer<ObjectNode> change) {
        return honest -> {
            ObjectNode document = (ObjectNode) CanonicalJson.parse(honest, honest.length);
            change.accept(document);
            return CanonicalJson.encode(document);
        };
    }

    /** Changes the text of bytes, the first time that the part stands in it. */
    static Attack.Change<byte[]> text(String part, String other) {
        return honest -> Forge.utf8(replaced(new String(honest, StandardCharsets.UTF_8), part, other));
    }

    /** Changes a text where a part stands in it for the first time; the part must be there. */
    static String replaced(String text, String part, String other) {
        int at = text.indexOf(part);
        if (at < 0) {
            throw new IllegalArgumentException("no " + part + " in " + text);
        }
        return text.substring(0, at) + other + text.substring(at + part.length());
    }
}
