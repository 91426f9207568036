package org.entente.evidence.canonical;

import java.util.Base64;

/**
 * Base 64 (RFC 4648) in which every byte string has exactly one text: white space, wrong padding, foreign letters and
 * trailing bits that are not zero are refused.
 */
public final class Base64Text {
    private Base64Text() {}

    /** Section 5 alphabet without padding, as JWS has it. */
    public static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static byte[] parseUrl(String text) throws Malformed {
        byte[] bytes = decode(Base64.getUrlDecoder(), text);
        if (!url(bytes).equals(text)) {
            throw new Malformed("base64.malformed");
        }
        return bytes;
    }

    /** Section 4 alphabet with padding, as signed notes have it. */
    public static String padded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public static byte[] parsePadded(String text) throws Malformed {
        byte[] bytes = decode(Base64.getDecoder(), text);
        if (!padded(bytes).equals(text)) {
            throw new Malformed("base64.malformed");
        }
        return bytes;
    }

    private static byte[] decode(Base64.Decoder decoder, String text) throws Malformed {
        try {
            return decoder.decode(text);
        } catch (IllegalArgumentException refused) {
            throw new Malformed("base64.malformed");
        }
    }
}
