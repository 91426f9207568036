package org.entente.memorandum.language;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;

/** Collects what is found, so that one mistake does not hide the next. It stops at a number that nobody would read. */
final class Findings {
    static final int FINDINGS_MAX = 400;

    private final List<Finding> errors = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();

    /** Adds an error whose sentence begins with the line. */
    void error(Spot spot, String code, String... arguments) {
        error(spot, located(spot, code, arguments));
    }

    void warning(Spot spot, String code, String... arguments) {
        if (warnings.size() < FINDINGS_MAX) {
            warnings.add(
                    new Finding(Finding.Severity.WARNING, spot.line(), spot.column(), located(spot, code, arguments)));
        }
    }

    /** Adds an error and gives what is thrown to leave the part that it makes unreadable. */
    Unread unread(Spot spot, String code, String... arguments) {
        error(spot, code, arguments);
        return new Unread();
    }

    /** Adds an error whose sentence names no line. */
    void error(Spot spot, Problem problem) {
        if (!full()) {
            errors.add(new Finding(Finding.Severity.ERROR, spot.line(), spot.column(), problem));
        }
    }

    /** So many errors that further ones are not kept; readers then stop looking for them. */
    boolean full() {
        return errors.size() >= FINDINGS_MAX;
    }

    boolean errors() {
        return !errors.isEmpty();
    }

    List<Finding> sorted() {
        return Stream.concat(errors.stream(), warnings.stream())
                .sorted(Finding.ORDER)
                .distinct()
                .toList();
    }

    /** Throws the error that was found first, if any was. */
    void refuse() throws Malformed {
        if (errors()) {
            throw new Malformed(errors.getFirst().problem());
        }
    }

    private static Problem located(Spot spot, String code, String... arguments) {
        List<String> all = new ArrayList<>();
        all.add(Integer.toString(spot.line()));
        all.addAll(List.of(arguments));
        return new Problem(code, all);
    }
}
