package org.entente.holdings.identifier;

import java.nio.charset.StandardCharsets;

/**
 * Keccak-256 with the padding of before FIPS 202, as Ethereum uses it; the JDK has only SHA3-256, which pads
 * differently. One block of at most 135 bytes: an address has 40.
 */
final class Keccak256 {
    private static final int RATE_BYTES = 136;
    private static final int ROUNDS = 24;
    private static final int[] ROTATIONS = {
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
    };
    private static final int[] LANES = {
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
    };

    private Keccak256() {}

    /** EIP-55: a letter is a capital where the digest of the lower-case digits has a nibble of 8 or more. */
    static String eip55(String lowerHex) {
        byte[] digest = digest(lowerHex.getBytes(StandardCharsets.US_ASCII));
        StringBuilder checked = new StringBuilder(lowerHex.length());
        for (int i = 0; i < lowerHex.length(); i++) {
            int nibble = (digest[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 15;
            char c = lowerHex.charAt(i);
            checked.append(nibble >= 8 && c >= 'a' ? (char) (c - 'a' + 'A') : c);
        }
        return checked.toString();
    }

    static byte[] digest(byte[] message) {
        if (message.length >= RATE_BYTES) {
            throw new IllegalArgumentException("more than one block");
        }
        long[] state = new long[25];
        for (int i = 0; i < message.length; i++) {
            state[i / 8] ^= (message[i] & 0xffL) << (8 * (i % 8));
        }
        state[message.length / 8] ^= 1L << (8 * (message.length % 8));
        state[RATE_BYTES / 8 - 1] ^= 1L << 63;
        permute(state);
        byte[] digest = new byte[32];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) (state[i / 8] >>> (8 * (i % 8)));
        }
        return digest;
    }

    /** Keccak-f[1600]: theta, rho with pi, chi, iota, 24 times; the round constants come from their LFSR. */
    private static void permute(long[] state) {
        int lfsr = 1;
        long[] column = new long[5];
        for (int round = 0; round < ROUNDS; round++) {
            for (int x = 0; x < 5; x++) {
                column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
            }
            for (int i = 0; i < 25; i++) {
                state[i] ^= column[(i + 4) % 5] ^ Long.rotateLeft(column[(i + 1) % 5], 1);
            }
            long moving = state[1];
            for (int i = 0; i < LANES.length; i++) {
                long next = state[LANES[i]];
                state[LANES[i]] = Long.rotateLeft(moving, ROTATIONS[i]);
                moving = next;
            }
            for (int y = 0; y < 25; y += 5) {
                System.arraycopy(state, y, column, 0, 5);
                for (int x = 0; x < 5; x++) {
                    state[y + x] = column[x] ^ (~column[(x + 1) % 5] & column[(x + 2) % 5]);
                }
            }
            for (int bit = 0; bit < 7; bit++) {
                if ((lfsr & 1) != 0) {
                    state[0] ^= 1L << ((1 << bit) - 1);
                }
                lfsr = (lfsr & 0x80) != 0 ? (lfsr << 1) ^ 0x171 : lfsr << 1;
            }
        }
    }
}
