package org.entente.exchange.form;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.officer.Role;

/** Whether the parts of a form fit each other. */
final class FormCheck {
    private FormCheck() {}

    static void require(Form form) throws Malformed {
        for (Step step : form.steps().values()) {
            requireStep(form, step);
        }
        requireReached(form);
        for (Phase phase : form.phases().values()) {
            requireWayOn(form, phase);
            if (phase.until().isPresent()) {
                requireLastDay(form, phase.name(), phase.until().get());
            }
        }
        for (Timer timer : form.timers()) {
            requireTimer(form, timer);
        }
    }

    private static void requireStep(Form form, Step step) throws Malformed {
        for (String phase : step.way().from()) {
            requirePhase(form, phase);
        }
        if (step.way().to().isPresent()) {
            requirePhase(form, step.way().to().get());
        } else if (step.opens()) {
            throw new Malformed("form.opening-leads-nowhere", step.name());
        }
        for (Role role : step.needs().approvers()) {
            boolean approves = role != Role.OVERSIGHT && role != Role.ADMINISTRATOR;
            boolean counts = step.needs().act().isEmpty()
                    || role.mayApprove(step.needs().act().get());
            if (!approves || !counts) {
                throw new Malformed("form.role-approves-nothing", step.name(), role.word());
            }
        }
    }

    /** Every phase is reached from the first by steps of this form. */
    private static void requireReached(Form form) throws Malformed {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(form.opening().way().to().orElseThrow()));
        while (!open.isEmpty()) {
            String phase = open.pop();
            if (reached.add(phase)) {
                form.steps().values().stream()
                        .filter(step -> step.way().from().contains(phase))
                        .flatMap(step -> step.way().to().stream())
                        .forEach(open::push);
            }
        }
        for (String phase : form.phases().keySet()) {
            if (!reached.contains(phase)) {
                throw new Malformed("form.phase-never-reached", phase);
            }
        }
    }

    /** Who owes something can do it, and it leads on. */
    private static void requireWayOn(Form form, Phase phase) throws Malformed {
        Optional<Phase.Owed> owes = phase.owes();
        if (owes.isPresent() && form.open(owes.get().by(), phase).stream().noneMatch(step -> leaves(step, phase))) {
            throw new Malformed("form.phase-without-way-on", phase.name());
        }
    }

    private static boolean leaves(Step step, Phase phase) {
        return step.way().to().filter(next -> !next.equals(phase.name())).isPresent();
    }

    private static void requireTimer(Form form, Timer timer) throws Malformed {
        if (timer.runs().isEmpty()) {
            throw new Malformed("form.timer-never-runs", timer.name());
        }
        for (String phase : timer.runs()) {
            requirePhase(form, phase);
            Optional<Phase.Owed> owes = form.phase(phase).owes();
            if (timer.rests().contains(phase)
                    || owes.map(owed -> owed.by() != timer.owed()).orElse(true)) {
                throw new Malformed("form.timer-of-the-other-side", timer.name(), phase);
            }
        }
        for (String phase : timer.rests()) {
            requirePhase(form, phase);
        }
        Timer.Within within = timer.within();
        if (within.otherwise().isEmpty() && within.field().isEmpty()) {
            throw new Malformed("form.timer-without-term", timer.name());
        }
        if (within.field().isPresent()) {
            requireLastDay(form, timer.name(), within.field().get());
        }
        if (!within.byUrgency().isEmpty()) {
            Field urgency = form.opening()
                    .field(Form.URGENCY)
                    .filter(field -> isOpen(field, Field.Type.CHOICE))
                    .orElseThrow(() -> new Malformed("form.timer-field-missing", timer.name(), Form.URGENCY));
            requireWords(timer, urgency, within.byUrgency());
        }
    }

    private static void requireLastDay(Form form, String wants, String name) throws Malformed {
        if (form.steps().values().stream()
                .flatMap(step -> step.field(name).stream())
                .noneMatch(field -> isOpen(field, Field.Type.LAST_DAY))) {
            throw new Malformed("form.timer-field-missing", wants, name);
        }
    }

    private static boolean isOpen(Field field, Field.Type type) {
        return field.open() && field.holds().type() == type && !field.holds().many();
    }

    private static void requireWords(Timer timer, Field field, Map<String, ?> terms) throws Malformed {
        for (String word : terms.keySet()) {
            if (field.holds().choices().stream()
                    .noneMatch(choice -> choice.word().equals(word))) {
                throw new Malformed("form.timer-field-missing", timer.name(), word);
            }
        }
    }

    private static void requirePhase(Form form, String phase) throws Malformed {
        if (!form.phases().containsKey(phase)) {
            throw new Malformed("form.phase-unknown", phase);
        }
    }
}
