package org.entente.evidence.log;

import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Malformed;

/**
 * A C2SP signed note, read and not verified: text that ends in a line feed, an empty line, signature lines.
 *
 * @param text the text with its final line feed
 * @param signatures at least one, at most {@value #SIGNATURES_MAX}
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** The specification demands at least 16; a bound keeps a note from being a flood. */
    public static final int SIGNATURES_MAX = 64;

    /** Greatest length in UTF-16 units. */
    public static final int LENGTH_MAX = 1 << 18;

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /** Reads a note; the two-argument constructor is for notes that are being signed. */
    public static SignedNote parse(String note) throws Malformed {
        if (note.length() > LENGTH_MAX) {
            throw new Malformed("note.too-large", Integer.toString(LENGTH_MAX));
        }
        boolean foreign = note.codePoints().anyMatch(SignedNote::foreign);
        int blank = note.lastIndexOf("\n\n");
        if (foreign || blank < 0 || !note.endsWith("\n") || blank + 2 == note.length()) {
            throw new Malformed("note.malformed");
        }
        String[] lines = note.substring(blank + 2, note.length() - 1).split("\n", -1);
        if (lines.length > SIGNATURES_MAX) {
            throw new Malformed("note.signatures-too-many", Integer.toString(SIGNATURES_MAX));
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines) {
            signatures.add(NoteSignature.parse(line));
        }
        return new SignedNote(note.substring(0, blank + 1), signatures);
    }

    private static boolean foreign(int point) {
        boolean control = point < 0x20 && point != '\n';
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return control || surrogate;
    }

    SignedNote with(List<NoteSignature> further) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.addAll(further);
        return new SignedNote(text, more);
    }

    /** The signatures that bear the key's name and id, whether they hold or not. */
    public List<NoteSignature> madeBy(NoteKey key) {
        return signatures.stream().filter(key::made).toList();
    }

    /** The whole note as it was read. */
    public String note() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }
}
