package org.entente.verification.simulate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The last steps of a history, for people to read; how many are kept is said beforehand. */
final class Trace {
    private final Course course;
    private final int most;
    private final Deque<String> lines = new ArrayDeque<>();
    private int fingerprint = 1;

    Trace(Course course, int most) {
        this.course = course;
        this.most = most;
    }

    void say(String who, String words) {
        Duration since = Duration.between(Course.BEGIN, course.now());
        String line = String.format(
                Locale.ROOT,
                "%3dd %02d:%02d:%02d.%03d %-3s %s",
                since.toDays(),
                since.toHoursPart(),
                since.toMinutesPart(),
                since.toSecondsPart(),
                since.toMillisPart(),
                who,
                words);
        fingerprint = 31 * fingerprint + line.hashCode();
        lines.addLast(line);
        if (lines.size() > most) {
            lines.removeFirst();
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** A number over all lines that were said: equal histories have equal ones. */
    int fingerprint() {
        return fingerprint;
    }
}
