package org.entente.evidence.log;

import java.nio.charset.StandardCharsets;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519PublicKey;

/**
 * A key that signs notes under a name (C2SP signed-note).
 *
 * @param name not empty, without Unicode spaces and plus signs; at most 255 bytes of UTF-8
 * @param type what its signatures mean
 * @param key the Ed25519 key
 */
public record NoteKey(String name, Type type, Ed25519PublicKey key) {
    /** The signature type identifiers in use here. */
    public enum Type {
        /** Ed25519 over the note's text: how a log signs. */
        LOG(1),
        /** Time-stamped Ed25519 cosignature, version 1: how a witness signs. */
        COSIGNER(4);

        private final byte identifier;

        Type(int identifier) {
            this.identifier = (byte) identifier;
        }
    }

    public NoteKey {
        if (!wellNamed(name)) {
            throw new IllegalArgumentException("not a key name");
        }
    }

    /** A log's key, named as its origin. */
    public static NoteKey log(String origin, Ed25519PublicKey key) {
        return new NoteKey(origin, Type.LOG, key);
    }

    public static NoteKey cosigner(String name, Ed25519PublicKey key) {
        return new NoteKey(name, Type.COSIGNER, key);
    }

    /** The first four bytes, big-endian, of SHA-256(name, line feed, type, key). */
    public int id() {
        return Digest.of((name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {type.identifier}, key.bytes())
                .hashCode();
    }

    /** The verifier key as text: {@code name+id+base64(type, key)}. */
    public String vkey() {
        byte[] typed = new byte[1 + Ed25519PublicKey.LENGTH];
        typed[0] = type.identifier;
        System.arraycopy(key.bytes(), 0, typed, 1, Ed25519PublicKey.LENGTH);
        return String.format("%s+%08x+%s", name, id(), Base64Text.padded(typed));
    }

    /** Reads a verifier key of one of the two types. */
    public static NoteKey parse(String vkey) throws Malformed {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3 || !wellNamed(parts[0])) {
            throw new Malformed("note.key-malformed");
        }
        byte[] typed = Base64Text.parsePadded(parts[2]);
        for (Type type : Type.values()) {
            if (typed.length == 1 + Ed25519PublicKey.LENGTH && typed[0] == type.identifier) {
                byte[] bytes = new byte[Ed25519PublicKey.LENGTH];
                System.arraycopy(typed, 1, bytes, 0, bytes.length);
                NoteKey key = new NoteKey(parts[0], type, Ed25519PublicKey.parse(bytes));
                if (key.vkey().equals(vkey)) {
                    return key;
                }
            }
        }
        throw new Malformed("note.key-malformed");
    }

    boolean made(NoteSignature signature) {
        return signature.name().equals(name) && signature.keyId() == id();
    }

    static boolean wellNamed(String name) {
        return !name.isEmpty()
                && name.getBytes(StandardCharsets.UTF_8).length <= 255
                && name.codePoints()
                        .noneMatch(point -> point == '+'
                                || Character.isSpaceChar(point)
                                || Character.isWhitespace(point)
                                || Character.isISOControl(point));
    }
}
