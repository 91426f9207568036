package org.entente.evidence.canonical;

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
        return sign + shortest(digits.substring(leading, end), n - leading, Math.abs(value));
    }

    /**
     * Lays out one digit where that reads back as the value. Of two digits the second tells which of both neighbours is
     * closer; the other neighbour is read back only where the closer one is, too. From 9.9 the closer one is ten.
     */
    private static String shortest(String digits, int n, double value) {
        if (digits.length() == 2) {
            int digit = digits.charAt(0) - '0' + (digits.charAt(1) >= '5' ? 1 : 0);
            if (Double.parseDouble(digit + "E" + (n - 1)) == value) {
                return digit == 10 ? layout("1", n + 1) : layout(Integer.toString(digit), n);
            }
        }
        return layout(digits, n);
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
