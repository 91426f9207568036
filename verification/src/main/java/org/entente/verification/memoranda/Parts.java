package org.entente.verification.memoranda;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.officer.Role;

/** Parts of invented acts; equal ones are one object, so that a million acts fit into memory. */
final class Parts {
    /** The term of every quota that is invented. */
    private static final String MONTH = "P1M";

    private static final int REFERENCES = 64;

    private final Map<Object, Object> shared = new HashMap<>();
    private final Map<String, AuthorityCode> authorities = new HashMap<>();
    private final Map<String, Purpose> purposes = new HashMap<>();
    private final Map<String, Category> categories = new HashMap<>();
    private final Map<String, Territory> territories = new HashMap<>();
    private final Map<String, Approver> approvers = new HashMap<>();

    @SuppressWarnings("unchecked") // Equal parts are of one class.
    <T> T shared(T part) {
        return (T) shared.computeIfAbsent(part, itself -> itself);
    }

    AuthorityCode authority(String code) {
        return authorities.computeIfAbsent(code, Parts::parsed);
    }

    private static AuthorityCode parsed(String code) {
        try {
            return AuthorityCode.parse(code);
        } catch (Malformed never) {
            throw new IllegalArgumentException(code, never);
        }
    }

    Purpose purpose(String code) {
        return purposes.computeIfAbsent(code, Purpose::new);
    }

    Category category(String code) {
        return categories.computeIfAbsent(code, Category::new);
    }

    Territory territory(String code) {
        return territories.computeIfAbsent(code, Territory::new);
    }

    Optional<String> caseReference(Chance chance) {
        return shared(Optional.of("CASE-2026-" + chance.below(REFERENCES)));
    }

    Optional<String> legalBasis(Chance chance) {
        return shared(Optional.of("article " + (1 + chance.below(REFERENCES))));
    }

    Approver approver(AuthorityCode authority, int number, Role role) {
        String officer = role.word() + "-" + number;
        return approvers.computeIfAbsent(
                authority.text() + " " + officer, key -> new Approver(authority, officer, role));
    }

    /** A charge whose count within the quota's own month is told apart, or stands for every term. */
    Act.Charge charge(int identifiers, int inMonth, int before) {
        return shared(
                before == 0
                        ? new Act.Charge(identifiers, inMonth)
                        : new Act.Charge(identifiers, inMonth + before, new TreeMap<>(Map.of(MONTH, (long) inMonth))));
    }
}
