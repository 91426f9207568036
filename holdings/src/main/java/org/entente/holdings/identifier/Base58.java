package org.entente.holdings.identifier;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Base58 as Bitcoin writes it, and the checksum of Base58Check: the first four bytes of SHA-256 applied twice. */
final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private Base58() {}

    /** The bytes of a text that consists of the alphabet only; a leading 1 is a leading zero byte. */
    static byte[] decode(String text) {
        byte[] number = new byte[text.length()];
        int start = number.length;
        for (int i = 0; i < text.length(); i++) {
            int carry = ALPHABET.indexOf(text.charAt(i));
            for (int j = number.length - 1; j >= start || carry != 0; j--) {
                carry += (number[j] & 0xff) * 58;
                number[j] = (byte) carry;
                carry >>>= 8;
                start = Math.min(start, j);
            }
        }
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == '1') {
            zeros++;
        }
        byte[] decoded = new byte[zeros + number.length - start];
        System.arraycopy(number, start, decoded, zeros, number.length - start);
        return decoded;
    }

    static byte[] checksum(byte[] bytes, int length) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes, 0, length);
            return Arrays.copyOf(sha256.digest(sha256.digest()), 4);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}
