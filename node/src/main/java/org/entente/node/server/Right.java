package org.entente.node.server;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Problem;
import org.entente.memorandum.officer.Role;
import org.entente.node.act.RefusedAct;
import org.entente.node.officer.Officer;

/**
 * What each role may do at the interface. It is asked before anything else is: an officer whose role lacks the right
 * learns nothing about what the call names.
 */
enum Right {
    PIN_PARTNERS(Role.ADMINISTRATOR),
    RESUME_LINKS(Role.ADMINISTRATOR),
    REOPEN_LOGS(Role.ADMINISTRATOR),
    ENROL_OFFICERS(Role.ADMINISTRATOR),
    SEE_OFFICERS(Role.ADMINISTRATOR, Role.OVERSIGHT),
    BRING_MEMORANDA(Role.LEGAL),
    DECLARE(Role.LEGAL),
    LOAD(Role.ANALYST, Role.ADMINISTRATOR),
    OPEN_CASES(Role.ANALYST, Role.LIAISON),
    SEE_PROCEEDINGS(Role.ANALYST, Role.LIAISON, Role.LEGAL, Role.OVERSIGHT),
    APPROVE(Role.ANALYST, Role.LIAISON, Role.LEGAL),
    EXPORT_BUNDLES(Role.LIAISON, Role.LEGAL, Role.OVERSIGHT),
    OPEN_PROBES(Role.OVERSIGHT),
    END_WATCHES(Role.ANALYST, Role.LIAISON),
    HOLD_BODIES(Role.ADMINISTRATOR, Role.LEGAL),
    SEE_HOLDS(Role.ADMINISTRATOR, Role.LEGAL, Role.OVERSIGHT),
    PLANT_CANARIES(Role.OVERSIGHT, Role.LEGAL),
    SEE_CANARIES(Role.OVERSIGHT, Role.LEGAL),
    AGREE_CANARIES(Role.OVERSIGHT),
    ACT_INDEX(Role.LIAISON, Role.LEGAL),
    ACT_EPOCH_ENDED(Role.LIAISON, Role.LEGAL),
    ACT_RECONCILE(Role.LEGAL),
    ACT_RECONCILE_AGREED(Role.LEGAL),
    ACT_PROBE(Role.ANALYST, Role.LIAISON),
    ACT_WATCH(Role.ANALYST, Role.LIAISON),
    ACT_REQUEST(Role.ANALYST, Role.LIAISON),
    ACT_REQUEST_DECIDED(Role.LIAISON),
    ACT_RELEASE(Role.LIAISON),
    ACT_EXPORT(Role.LIAISON, Role.LEGAL),
    ACT_PROCEEDING_OPENED(Role.ANALYST, Role.LIAISON, Role.LEGAL),
    ACT_STEP_TAKEN(Role.ANALYST, Role.LIAISON, Role.LEGAL);

    private static final String ACT = "ACT_";

    @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf gives a set that nobody can change.
    private final Set<Role> roles;

    Right(Role first, Role... others) {
        this.roles = Set.copyOf(EnumSet.of(first, others));
    }

    /** The right to prepare this act; empty when there is no such act. */
    static Optional<Right> ofAct(String act) {
        for (Right right : values()) {
            if (right.name().startsWith(ACT) && right.word().equals(act)) {
                return Optional.of(right);
            }
        }
        return Optional.empty();
    }

    /** Whether the officer's role has the right. */
    boolean allows(Officer officer) {
        return roles.contains(officer.role());
    }

    /** Refuses with {@code officer.role-lacks} unless the officer's role has the right. */
    void require(Officer officer) throws RefusedAct {
        if (!allows(officer)) {
            throw new RefusedAct(
                    Problem.of(
                            "officer.role-lacks",
                            officer.pseudonym(),
                            officer.role().word(),
                            word()),
                    List.of());
        }
    }

    private String word() {
        String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return name().startsWith(ACT) ? word.substring(ACT.length()) : word;
    }
}
