package org.entente.holdings.identifier;

/**
 * How many values a type of identifier can have, as somebody would have to try them who enumerates it: what is derived from the rest
 * (check digits) does not count, and where a number is issued by many, the smallest issuer's share does. Rounded down; the sources stand in
 * docs/spec/matching.md.
 *
 * <p>It is a yardstick for quotas. No figure here says that a space is too large to be swept: one core sweeps 10^9 in hours.
 */
public final class IdentifierSpace {
    private IdentifierSpace() {}

    /** The number of values; {@link Long#MAX_VALUE} where it is larger than that. */
    public static long of(IdentifierType type) {
        return switch (type) {
            case NAME_STATE -> 10_000_000L;
            case PASSPORT -> 100_000_000L;
            case EIN -> 800_000_000L;
            case PHONE, VIN -> 1_000_000_000L;
            case IBAN -> 10_000_000_000L;
            case NAME_BIRTH -> 36_000_000_000L;
            case CLABE -> 100_000_000_000L;
            case RFC -> 900_000_000_000L;
            case CURP -> 1_000_000_000_000_000L;
            case WALLET -> Long.MAX_VALUE;
        };
    }
}
