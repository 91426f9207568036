package org.entente.evidence.canonical;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What is wrong, said as a code of the message catalogue and the words to fill in. Core modules never hold a
 * sentence that a person reads; the node renders the code in the reader's language.
 *
 * @param code dotted lower-case code, for example {@code statement.signature-missing}
 * @param arguments what the sentence names: a file, a row, a party, a clause; never a secret
 */
public record Problem(String code, List<String> arguments) {
    private static final Pattern CODE = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

    public Problem {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("not a problem code: " + code);
        }
        arguments = List.copyOf(arguments);
    }

    public static Problem of(String code, String... arguments) {
        return new Problem(code, List.of(arguments));
    }

    @Override
    public String toString() {
        return arguments.isEmpty() ? code : code + arguments;
    }
}
