package org.entente.exchange.body;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Bech32 as age uses it: BIP 173 without the limit on length. Texts are all lower or all upper case; the checksum
 * is computed over the lower-case text.
 */
final class Bech32 {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int CHECKSUM_SYMBOLS = 6;
    /** Longer than any key of ours: a recipient has 1,959 symbols. */
    private static final int SYMBOLS_MAX = 4096;

    private Bech32() {}

    /** Encodes in lower case. */
    static String encode(String prefix, byte[] content) {
        byte[] symbols = fiveBitGroups(content);
        int checksum = checksum(prefix, symbols, new byte[CHECKSUM_SYMBOLS]) ^ 1;
        StringBuilder text = new StringBuilder(prefix).append('1');
        for (byte symbol : symbols) {
            text.append(ALPHABET.charAt(symbol));
        }
        for (int i = 0; i < CHECKSUM_SYMBOLS; i++) {
            text.append(ALPHABET.charAt((checksum >>> (5 * (CHECKSUM_SYMBOLS - 1 - i))) & 31));
        }
        return text.toString();
    }

    /** The content, when the text is well formed and its prefix is the one given (in lower case). */
    static Optional<byte[]> decode(String prefix, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.length() > SYMBOLS_MAX
                || !(text.equals(lower) || text.equals(text.toUpperCase(Locale.ROOT)))
                || lower.lastIndexOf('1') != prefix.length()
                || !lower.startsWith(prefix)
                || lower.length() < prefix.length() + 1 + CHECKSUM_SYMBOLS) {
            return Optional.empty();
        }
        byte[] symbols = new byte[lower.length() - prefix.length() - 1];
        for (int i = 0; i < symbols.length; i++) {
            int symbol = ALPHABET.indexOf(lower.charAt(prefix.length() + 1 + i));
            if (symbol < 0) {
                return Optional.empty();
            }
            symbols[i] = (byte) symbol;
        }
        if (checksum(prefix, symbols, new byte[0]) != 1) {
            return Optional.empty();
        }
        return octets(symbols, symbols.length - CHECKSUM_SYMBOLS);
    }

    private static int checksum(String prefix, byte[] symbols, byte[] tail) {
        byte[] letters = prefix.getBytes(StandardCharsets.US_ASCII);
        int check = 1;
        for (byte letter : letters) {
            check = step(check, letter >>> 5);
        }
        check = step(check, 0);
        for (byte letter : letters) {
            check = step(check, letter & 31);
        }
        for (byte symbol : symbols) {
            check = step(check, symbol);
        }
        for (byte symbol : tail) {
            check = step(check, symbol);
        }
        return check;
    }

    private static int step(int check, int symbol) {
        int top = check >>> 25;
        int next = ((check & 0x1ffffff) << 5) ^ symbol;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= ((top >>> i) & 1) == 1 ? GENERATOR[i] : 0;
        }
        return next;
    }

    private static byte[] fiveBitGroups(byte[] content) {
        byte[] symbols = new byte[(content.length * 8 + 4) / 5];
        for (int i = 0; i < symbols.length; i++) {
            int symbol = 0;
            for (int bit = 5 * i; bit < 5 * i + 5; bit++) {
                int value = bit / 8 < content.length ? (content[bit / 8] >>> (7 - bit % 8)) & 1 : 0;
                symbol = (symbol << 1) | value;
            }
            symbols[i] = (byte) symbol;
        }
        return symbols;
    }

    /** Padding is at most four bits, all zero: otherwise two texts would name one key. */
    private static Optional<byte[]> octets(byte[] symbols, int count) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(count);
        int pending = 0;
        int pendingBits = 0;
        for (int i = 0; i < count; i++) {
            pending = (pending << 5) | symbols[i];
            pendingBits += 5;
            if (pendingBits >= 8) {
                pendingBits -= 8;
                content.write(pending >>> pendingBits);
                pending &= (1 << pendingBits) - 1;
            }
        }
        return pendingBits < 5 && pending == 0 ? Optional.of(content.toByteArray()) : Optional.empty();
    }
}
