package org.entente.evidence.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;

/**
 * One attack: a check that passes what is honest is shown what the attacker made of it.
 *
 * @param name what the attacker does
 * @param honest an artefact that was made with real keys
 * @param change what the attacker makes of it
 * @param check what whoever receives such artefacts does
 * @param refusal the code of the problem that must be found, or the whole problem with its arguments as it prints
 */
record Attack<T>(String name, T honest, Change<T> change, Check<T> check, String refusal) {
    /** Changes one thing. */
    interface Change<T> {
        T of(T honest) throws Malformed;
    }

    /** Returns when the artefact holds. */
    interface Check<T> {
        void verify(T artefact) throws Malformed;
    }

    void carryOut() throws Malformed {
        assertThat(problem(honest)).as("what is honest").isEmpty();
        T changed = change.of(honest);
        assertThat(Objects.deepEquals(honest, changed))
                .as("nothing was changed")
                .isFalse();
        Problem found = problem(changed).orElseThrow(() -> new AssertionError("the attack succeeds"));
        assertThat(refusal.contains("[") ? found.toString() : found.code()).isEqualTo(refusal);
    }

    private Optional<Problem> problem(T artefact) {
        try {
            check.verify(artefact);
            return Optional.empty();
        } catch (Malformed refused) {
            return Optional.of(refused.problem());
        }
    }

    /** The problem's code. */
    String code() {
        return refusal.replaceFirst("\\[.*", "");
    }

    @Override
    public String toString() {
        return name;
    }
}
