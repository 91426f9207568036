package org.entente.evidence.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Malformed;

/** One signature line of a note: the key's name, its id, and the bytes that follow the id. */
public final class NoteSignature {
    private static final String DASH = "\u2014 ";
    private static final int BYTES_MAX = 8192;

    private final String name;
    private final int keyId;
    private final byte[] signature;

    NoteSignature(String name, int keyId, byte[] signature) {
        this.name = name;
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    /** Reads one line, without its line feed. */
    public static NoteSignature parse(String line) throws Malformed {
        int space = line.indexOf(' ', DASH.length());
        if (!line.startsWith(DASH) || space < 0 || !NoteKey.wellNamed(line.substring(DASH.length(), space))) {
            throw new Malformed("note.signature-malformed");
        }
        byte[] bytes = Base64Text.parsePadded(line.substring(space + 1));
        if (bytes.length <= 4 || bytes.length > BYTES_MAX) {
            throw new Malformed("note.signature-malformed");
        }
        return new NoteSignature(
                line.substring(DASH.length(), space),
                ByteBuffer.wrap(bytes).getInt(),
                Arrays.copyOfRange(bytes, 4, bytes.length));
    }

    public String name() {
        return name;
    }

    public int keyId() {
        return keyId;
    }

    /** The bytes after the key's id. */
    public byte[] signature() {
        return signature.clone();
    }

    /** The line with its line feed. */
    public String line() {
        byte[] bytes = ByteBuffer.allocate(4 + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return DASH + name + " " + Base64Text.padded(bytes) + "\n";
    }
}
