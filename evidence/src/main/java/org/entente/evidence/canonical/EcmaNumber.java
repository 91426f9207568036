package org.entente.evidence.canonical;

import java.math.BigDecimal;

/**
 * ECMAScript's text of a number (ECMA-262 section 6.1.6.1.20, which RFC 8785 section 3.2.2.3 demands). Since release 19
 * {@link Double#toString(double)} gives the shortest digits that read back as the same double (Raffaello Giulietti's
 * algorithm), the closest of them, with one exception: where one digit would do it may give two (4.9E-324 for 5e-324). So
 * two digits are tried as one, and the rest is layout.
 */
final class EcmaNumber {
    private EcmaNumber() {}

    /**
     * Prints a finite number.
     *
     * @throws IllegalArgumentException for infinities and not-a-number, which JSON does not have
     */
    static String print(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not a JSON number: " + value);
        }
        if (value == 0) {
            return "0";
        }
        String sign = value < 0 ? "-" : "";
        String text = Double.toString(Math.abs(value));
        int exponentAt = text.indexOf('E');
        String mantissa = exponentAt < 0 ? text : text.substring(0, exponentAt);
        int point = mantissa.indexOf('.');
        String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
        // The value is 0.DIGITS times ten to the power n, once the zeros at both ends are gone.
        int n = point + (exponentAt < 0 ? 0 : Integer.parseInt(text.substring(exponentAt + 1)));
        int leading = 0;
        while (digits.charAt(leading) == '0') {
            leading++;
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return sign + layout(shortest(digits.substring(leading, end), n - leading, Math.abs(value)), n - leading);
    }

    /** The closest single digit that reads back as the value, if there is one; a carry to ten is no single digit. */
    private static String shortest(String digits, int n, double value) {
        if (digits.length() != 2) {
            return digits;
        }
        BigDecimal exact = new BigDecimal(value);
        String best = digits;
        for (int digit = digits.charAt(0) - '0'; digit <= digits.charAt(0) - '0' + 1 && digit <= 9; digit++) {
            BigDecimal candidate = BigDecimal.valueOf(digit, 1 - n);
            boolean closer = best.length() == 2
                    || candidate
                                    .subtract(exact)
                                    .abs()
                                    .compareTo(new BigDecimal(best + "E" + (n - 1))
                                            .subtract(exact)
                                            .abs())
                            < 0;
            if (candidate.doubleValue() == value && closer) {
                best = Integer.toString(digit);
            }
        }
        return best;
    }

    private static String layout(String digits, int n) {
        int k = digits.length();
        if (k <= n && n <= 21) {
            return digits + "0".repeat(n - k);
        }
        if (0 < n && n <= 21) {
            return digits.substring(0, n) + "." + digits.substring(n);
        }
        if (-6 < n && n <= 0) {
            return "0." + "0".repeat(-n) + digits;
        }
        String exponent = (n - 1 < 0 ? "-" : "+") + Math.abs(n - 1);
        String fraction = k == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + "e" + exponent;
    }
}
