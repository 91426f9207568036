package org.entente.evidence.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519PublicKey;
import org.entente.evidence.card.MlDsa44PublicKey;
import org.entente.evidence.card.VerificationKey;

/**
 * A key that signs notes under a name (C2SP signed-note).
 *
 * @param name not empty, without Unicode spaces and plus signs; at most 255 bytes of UTF-8
 * @param type what its signatures mean
 * @param key of the algorithm that the type names
 */
public record NoteKey(String name, Type type, VerificationKey key) {
    /** The signature type identifiers in use here. */
    public enum Type {
        /** Ed25519 over the note's text: how a log signs. */
        LOG(1),
        /** Time-stamped Ed25519 cosignature, version 1. */
        COSIGNER_ED25519(4),
        /** Time-stamped ML-DSA-44 cosignature: how a witness signs, and how another's log may sign. */
        COSIGNER_ML_DSA_44(6);

        private final byte identifier;

        Type(int identifier) {
            this.identifier = (byte) identifier;
        }

        private VerificationKey parse(byte[] key) throws Malformed {
            return switch (this) {
                case LOG, COSIGNER_ED25519 -> Ed25519PublicKey.parse(key);
                case COSIGNER_ML_DSA_44 -> MlDsa44PublicKey.parse(key);
            };
        }

        private boolean takes(VerificationKey key) {
            return switch (this) {
                case LOG, COSIGNER_ED25519 -> key instanceof Ed25519PublicKey;
                case COSIGNER_ML_DSA_44 -> key instanceof MlDsa44PublicKey;
            };
        }
    }

    public NoteKey {
        if (!wellNamed(name)) {
            throw new IllegalArgumentException("not a key name");
        }
        if (!type.takes(key)) {
            throw new IllegalArgumentException("a key of another algorithm than " + type);
        }
    }

    /** A log's key, named as its origin. */
    public static NoteKey log(String origin, Ed25519PublicKey key) {
        return new NoteKey(origin, Type.LOG, key);
    }

    public static NoteKey cosigner(String name, Ed25519PublicKey key) {
        return new NoteKey(name, Type.COSIGNER_ED25519, key);
    }

    public static NoteKey cosigner(String name, MlDsa44PublicKey key) {
        return new NoteKey(name, Type.COSIGNER_ML_DSA_44, key);
    }

    /** The first four bytes, big-endian, of SHA-256(name, line feed, type, key). */
    public int id() {
        return Digest.of((name + "\n").getBytes(StandardCharsets.UTF_8), typed())
                .hashCode();
    }

    /** The verifier key as text: {@code name+id+base64(type, key)}. */
    public String vkey() {
        return String.format("%s+%08x+%s", name, id(), Base64Text.padded(typed()));
    }

    private byte[] typed() {
        byte[] bytes = key.bytes();
        byte[] typed = new byte[1 + bytes.length];
        typed[0] = type.identifier;
        System.arraycopy(bytes, 0, typed, 1, bytes.length);
        return typed;
    }

    /** Reads a verifier key of one of the three types. */
    public static NoteKey parse(String vkey) throws Malformed {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3 || !wellNamed(parts[0])) {
            throw new Malformed("note.key-malformed");
        }
        byte[] typed = Base64Text.parsePadded(parts[2]);
        for (Type type : Type.values()) {
            if (typed.length > 0 && typed[0] == type.identifier) {
                NoteKey key = new NoteKey(parts[0], type, type.parse(Arrays.copyOfRange(typed, 1, typed.length)));
                if (key.vkey().equals(vkey)) {
                    return key;
                }
            }
        }
        throw new Malformed("note.key-malformed");
    }

    /** Whether its signatures are cosignatures, which carry a time. */
    public boolean cosigns() {
        return type != Type.LOG;
    }

    boolean made(NoteSignature signature) {
        return signature.name().equals(name) && signature.keyId() == id();
    }

    public static boolean wellNamed(String name) {
        return !name.isEmpty()
                && name.getBytes(StandardCharsets.UTF_8).length <= 255
                && name.codePoints()
                        .noneMatch(point -> point == '+'
                                || Character.isSpaceChar(point)
                                || Character.isWhitespace(point)
                                || Character.isISOControl(point));
    }
}
