package org.entente.matching.index;

import java.util.Optional;

/**
 * What a hit says, and all that it says: in category C, with status S, since D. Eight bytes, big-endian: category (2), list
 * status (1), flags (1: bit 0 check digit failed, bit 1 cleared, the others zero), days since 1970-01-01 (4, signed).
 *
 * @param category the memorandum's number for the category, 0 to 65,535
 * @param listStatus the memorandum's number for the status on the list, 0 to 255
 * @param checkDigitFailed the identifier was loaded although its check digit is wrong
 * @param cleared who bears the identifier was cleared: a warning not to act on an older list
 * @param daysSince1970 date of the record
 */
public record Label(int category, int listStatus, boolean checkDigitFailed, boolean cleared, int daysSince1970) {
    public static final int BYTES = 8;
    private static final int CHECK_DIGIT_FAILED = 1;
    private static final int CLEARED = 2;

    public Label {
        if (category < 0 || category > 0xffff || listStatus < 0 || listStatus > 0xff) {
            throw new IllegalArgumentException("category or list status out of range: " + category + ", " + listStatus);
        }
    }

    /** The eight bytes as one big-endian number. */
    public long encode() {
        long flags = (checkDigitFailed ? CHECK_DIGIT_FAILED : 0) | (cleared ? CLEARED : 0);
        return (long) category << 48 | (long) listStatus << 40 | flags << 32 | Integer.toUnsignedLong(daysSince1970);
    }

    /** Empty when a flag is set that has no meaning: the mask was wrong, or the responder wrote no label. */
    public static Optional<Label> decode(long bytes) {
        int flags = (int) (bytes >>> 32) & 0xff;
        if ((flags & ~(CHECK_DIGIT_FAILED | CLEARED)) != 0) {
            return Optional.empty();
        }
        return Optional.of(new Label(
                (int) (bytes >>> 48),
                (int) (bytes >>> 40) & 0xff,
                (flags & CHECK_DIGIT_FAILED) != 0,
                (flags & CLEARED) != 0,
                (int) bytes));
    }
}
