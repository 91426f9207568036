package org.entente.memorandum.decision;

import java.util.Comparator;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Approval;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.officer.Role;

/** An officer who approved an act, under the pseudonym by which partners know them. */
public record Approver(AuthorityCode authority, String officer, Role role) implements Comparable<Approver> {
    private static final Comparator<Approver> ORDER = Comparator.comparing(Approver::authority, Party.ORDER)
            .thenComparing(Approver::officer)
            .thenComparing(Approver::role);

    public Approver {
        if (!officer.matches("[A-Za-z0-9._-]{2,64}")) {
            throw new IllegalArgumentException("not a pseudonym");
        }
    }

    /** Takes who approved from a verified approval; refuses with {@code memorandum.word.unknown} a role that none is. */
    public static Approver of(Approval approval) throws Malformed {
        return new Approver(approval.authority(), approval.officer(), Word.parse(Role.class, approval.role()));
    }

    @Override
    public int compareTo(Approver other) {
        return ORDER.compare(this, other);
    }
}
