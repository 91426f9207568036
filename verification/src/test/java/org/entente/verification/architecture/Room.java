package org.entente.verification.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A module, the modules that it may see, and the packages of libraries that it may use beside the JDK's. */
enum Room {
    EVIDENCE(List.of(), "org.bouncycastle..", "tools.jackson.."),
    MEMORANDUM(List.of(EVIDENCE), "tools.jackson..", "org.snakeyaml.."),
    MATCHING(List.of(), "jdk.incubator.vector.."),
    HOLDINGS(List.of(EVIDENCE, MEMORANDUM), "tools.jackson..", "com.google.i18n.phonenumbers..", "org.iban4j.."),
    EXCHANGE(List.of(EVIDENCE, MEMORANDUM, HOLDINGS), "org.bouncycastle..", "tools.jackson.."),
    CASEWORK(List.of(EVIDENCE, MEMORANDUM, HOLDINGS), "tools.jackson..");

    @SuppressWarnings("ImmutableEnumChecker") // List.copyOf gives a list that nobody can change.
    private final List<Room> seen;

    @SuppressWarnings("ImmutableEnumChecker") // List.of gives a list that nobody can change.
    private final List<String> libraries;

    Room(List<Room> seen, String... libraries) {
        this.seen = List.copyOf(seen);
        this.libraries = List.of(libraries);
    }

    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its packages, as ArchUnit writes them. */
    String packages() {
        return "org.entente." + folder() + "..";
    }

    /** Everything that its classes may name. */
    String[] allowed() {
        List<String> allowed = new ArrayList<>(
                List.of("java..", "javax.crypto..", "javax.security.auth..", "org.jspecify..", packages()));
        seen.forEach(room -> allowed.add(room.packages()));
        allowed.addAll(libraries);
        return allowed.toArray(String[]::new);
    }
}
