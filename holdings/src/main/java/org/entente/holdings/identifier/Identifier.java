package org.entente.holdings.identifier;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.entente.evidence.canonical.Malformed;

/**
 * An identifier in its normal form; made only by {@link IdentifierType#read}. Two are equal when type and value are:
 * a warning follows from the value and is no part of the identity. Prints without its value, because a log must not
 * hold whom somebody looked for.
 */
public final class Identifier {
    private final IdentifierType type;
    private final String value;
    private final Set<Warning> warnings;

    Identifier(IdentifierType type, String value, Set<Warning> warnings) {
        this.type = type;
        this.value = value;
        this.warnings = warnings.isEmpty() ? Set.of() : EnumSet.copyOf(warnings);
    }

    /**
     * An identifier that stands in a document of ours in its normal form.
     *
     * @param version of the normal form it was written in
     * @param warnings those of its first reading: some cannot be seen in the normal form any more
     * @throws Malformed with {@code holdings.identifier-version} or {@code holdings.identifier-not-normal}
     */
    public static Identifier restore(IdentifierType type, long version, String value, Set<Warning> warnings)
            throws Malformed {
        if (version != type.version()) {
            throw new Malformed("holdings.identifier-version", type.word(), Long.toString(version));
        }
        boolean normal = type.read(value)
                .identifier()
                .filter(again -> again.value().equals(value))
                .isPresent();
        if (!normal) {
            throw new Malformed("holdings.identifier-not-normal", type.word());
        }
        return new Identifier(type, value, warnings);
    }

    public IdentifierType type() {
        return type;
    }

    /** The normal form. */
    public String value() {
        return value;
    }

    /** What is doubtful about it; such an identifier is kept, matched, and says so. */
    public Set<Warning> warnings() {
        return Set.copyOf(warnings);
    }

    /** The bytes that matching hashes: {@code type ‖ 0x00 ‖ version ‖ 0x00 ‖ value}, all UTF-8, version in decimal. */
    public byte[] matchInput() {
        return matchInput(type.word(), Integer.toString(type.version()), value);
    }

    private static byte[] matchInput(String type, String version, String value) {
        return (type + '\0' + version + '\0' + value).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Identifier that && type == that.type && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, value);
    }

    @Override
    public String toString() {
        return type.word() + "[redacted]";
    }
}
