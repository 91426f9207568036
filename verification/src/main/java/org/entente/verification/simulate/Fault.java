package org.entente.verification.simulate;

/** What befalls nodes that do nothing wrong. */
enum Fault {
    REQUEST_LOST,
    ANSWER_LOST,
    DUPLICATED,
    LATE,
    PARTITION,
    CLOCK_WRONG,
    CLOCK_JUMPS,
    POISON,
    CRASH_BEFORE_WRITE,
    CRASH_BEFORE_FORCE,
    CRASH_AFTER_FORCE,
    CRASH_IN_RECOVERY,
    WRITE_LOST,
    WRITE_TORN,
    BIT_FLIPPED,
    BODY_DAMAGED,
    DISK_FULL,
    FORCE_FAILED;

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
