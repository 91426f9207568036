package org.entente.exchange.form;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.memorandum.language.Bilingual;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Role;

/**
 * What one side may do in a proceeding.
 *
 * @param fields what is filled in with it
 */
public record Step(String name, Bilingual title, Side by, Way way, Needs needs, List<Field> fields) {
    public Step {
        fields = List.copyOf(fields);
    }

    /**
     * Through which phases it leads.
     *
     * @param from the phases in which it may be taken; empty for the step that opens
     * @param to the phase that follows; empty: the phase stays
     * @param prevails whether, of two steps that crossed on the way, this one counts: what narrows prevails over what permits
     */
    public record Way(Set<String> from, Optional<String> to, boolean prevails) {
        public Way {
            from = Set.copyOf(from);
        }
    }

    /**
     * What it takes.
     *
     * @param approvers the roles of whom at least one approves it
     * @param officers how many different officers approve it
     * @param act what the memorandum must permit for it; empty for what hands nothing over and asks for nothing
     */
    public record Needs(Set<Role> approvers, int officers, Optional<ActName> act) {
        public Needs {
            approvers = Set.copyOf(approvers);
        }
    }

    public boolean opens() {
        return way.from().isEmpty();
    }

    public boolean mayBeTakenIn(Phase phase) {
        return way.from().contains(phase.name());
    }

    public Optional<Field> field(String wanted) {
        return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
    }
}
