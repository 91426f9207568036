package org.entente.memorandum.decision;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A memorandum that says the loosest word of everything, and what becomes of it when it does not. */
final class Loose {
    private Loose() {}

    static String text() {
        try (InputStream stream = Objects.requireNonNull(Loose.class.getResourceAsStream("loose.yaml"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** The same with the middle word wherever there are three, so that much depends on consent and on the facts of an act. */
    static String strict() {
        return text().replace("LOOSE/1", "STRICT/1")
                .replace(
                        "territory: freely, own territory: of the party",
                        "territory: only with a joint authorisation of the place")
                .replace("announce: freely", "announce: with the countersignature of every party named")
                .replace("included with their status", "not indexed")
                .replace("use as evidence: freely", "use as evidence: with consent")
                .replace("use for another purpose: freely", "use for another purpose: with consent")
                .replace("for any purpose, told", "for a named purpose, told")
                .replace("onward: freely", "onward: with consent")
                .replace("export: freely", "export: with consent")
                .replace("grading: optional", "grading: required")
                .replace("handling at least: H0", "handling at least: H1")
                .replace("legal hold: in use", "legal hold: restricted")
                .replace("{case: no, legal basis: no, officers: 0}", "{case: yes, legal basis: yes, officers: 1}");
    }

    /** The same with another purpose in the place of one, strict about what is evidence, and what goes on or out. */
    static String other() {
        return text().replace("LOOSE/1", "OTHER/1")
                .replace("use as evidence: freely", "use as evidence: never")
                .replace("use for another purpose: freely", "use for another purpose: with consent")
                .replace("onward: freely", "onward: never")
                .replace("export: freely", "export: never")
                .replace("  money: {name", "  cash: {name")
                .replace("for: [drugs, money]", "for: [drugs, cash]")
                .replace("for: money", "for: cash");
    }
}
