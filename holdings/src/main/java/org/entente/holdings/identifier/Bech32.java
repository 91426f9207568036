package org.entente.holdings.identifier;

/** The checksum of native segwit addresses: Bech32 for witness version 0 (BIP 173), Bech32m for the later ones (BIP 350). */
final class Bech32 {
    /** What a lower-case address is. */
    enum Check {
        PASSES,
        FAILS,
        OTHER_FORM
    }

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32 = 1;
    private static final int BECH32M = 0x2bc830a3;
    private static final int CHECKSUM_CHARS = 6;
    private static final int ADDRESS_CHARS_MAX = 90;

    private Bech32() {}

    static Check check(String address) {
        int mark = address.lastIndexOf('1');
        int symbols = address.length() - mark - 1;
        if (mark < 1 || symbols < CHECKSUM_CHARS + 2 || address.length() > ADDRESS_CHARS_MAX) {
            return Check.OTHER_FORM;
        }
        int state = 1;
        for (int i = 0; i < mark; i++) {
            state = step(state, address.charAt(i) >>> 5);
        }
        state = step(state, 0);
        for (int i = 0; i < mark; i++) {
            state = step(state, address.charAt(i) & 31);
        }
        for (int i = mark + 1; i < address.length(); i++) {
            int symbol = ALPHABET.indexOf(address.charAt(i));
            if (symbol < 0) {
                return Check.OTHER_FORM;
            }
            state = step(state, symbol);
        }
        int version = ALPHABET.indexOf(address.charAt(mark + 1));
        if (!isProgram(version, (symbols - CHECKSUM_CHARS - 1) * 5 / 8)) {
            return Check.OTHER_FORM;
        }
        return state == (version == 0 ? BECH32 : BECH32M) ? Check.PASSES : Check.FAILS;
    }

    /** BIP 141: versions 0 to 16, programs of 2 to 40 bytes, and of 20 or 32 bytes under version 0. */
    private static boolean isProgram(int version, int programBytes) {
        return version <= 16
                && programBytes >= 2
                && programBytes <= 40
                && (version != 0 || programBytes == 20 || programBytes == 32);
    }

    private static int step(int state, int symbol) {
        int top = state >>> 25;
        int next = ((state & 0x1ffffff) << 5) ^ symbol;
        for (int i = 0; i < GENERATOR.length; i++) {
            if (((top >>> i) & 1) != 0) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }
}
