package org.entente.exchange.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.entente.evidence.canonical.Digest;
import org.entente.memorandum.language.Bilingual;

/**
 * A kind of proceeding, declared.
 *
 * @param digest of its canonical bytes, so that two nodes can tell whether they mean the same
 */
public record Form(
        Heading heading,
        SequencedMap<String, Phase> phases,
        SequencedMap<String, Step> steps,
        List<Timer> timers,
        Digest digest) {

    /**
     * What it is called.
     *
     * @param version counts up when what it says changes; a proceeding keeps the one that it was opened under
     * @param about in one sentence, what it is for
     * @param sides what the two parties are called in it
     */
    public record Heading(String name, int version, Bilingual title, Bilingual about, Map<Side, Bilingual> sides) {
        public Heading {
            sides = Map.copyOf(sides);
        }
    }

    /** The field of an opening step by which a term may be chosen. */
    public static final String URGENCY = "urgency";

    public Form {
        phases = new LinkedHashMap<>(phases);
        steps = new LinkedHashMap<>(steps);
        timers = List.copyOf(timers);
    }

    public String name() {
        return heading.name();
    }

    public int version() {
        return heading.version();
    }

    /** The step by which it is opened. */
    public Step opening() {
        return steps.firstEntry().getValue();
    }

    public Optional<Step> step(String wanted) {
        return Optional.ofNullable(steps.get(wanted));
    }

    public Phase phase(String wanted) {
        Phase phase = phases.get(wanted);
        if (phase == null) {
            throw new IllegalArgumentException("the form " + name() + " has no phase " + wanted);
        }
        return phase;
    }

    /** What a side may do in a phase. */
    public List<Step> open(Side side, Phase phase) {
        return steps.values().stream()
                .filter(step -> step.by() == side && step.mayBeTakenIn(phase))
                .toList();
    }
}
