package org.entente.holdings.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The encoding of a file, found out while it is read: the first cell that is not ASCII decides. If it is valid UTF-8 the
 * file is UTF-8, else windows-1252 (which contains what Latin-1 prints). From then on a cell that contradicts is refused
 * rather than guessed: a windows-1252 text that happens to be valid UTF-8 does not occur in a language of the region.
 */
final class CellText {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private Optional<Charset> encoding = Optional.empty();

    /** The text, or nothing when these bytes are of another encoding than those before. */
    Optional<String> decode(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        if (i == to) {
            return Optional.of(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
        }
        Optional<String> asUtf8 = strictly(StandardCharsets.UTF_8, bytes, from, to);
        if (encoding.isEmpty()) {
            encoding = Optional.of(asUtf8.isPresent() ? StandardCharsets.UTF_8 : WINDOWS_1252);
        }
        if (encoding.get().equals(StandardCharsets.UTF_8)) {
            return asUtf8;
        }
        return asUtf8.isPresent() ? Optional.empty() : strictly(WINDOWS_1252, bytes, from, to);
    }

    private static Optional<String> strictly(Charset charset, byte[] bytes, int from, int to) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString());
        } catch (CharacterCodingException contradicts) {
            return Optional.empty();
        }
    }
}
