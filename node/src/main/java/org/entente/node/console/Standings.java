package org.entente.node.console;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.signing.Course;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.memorandum.signing.Standing;
import org.entente.node.language.Language;
import org.entente.node.memoranda.Memoranda;

/** Where a memorandum stands, as people are told. */
public final class Standings {
    private Standings() {}

    /** Since when it has stood so; empty while it is being signed. */
    public static Optional<Instant> since(Standing standing) {
        return switch (standing) {
            case Standing.Draft _, Standing.Signed _ -> Optional.empty();
            case Standing.InForce inForce -> Optional.of(inForce.since());
            case Standing.Suspended suspended -> Optional.of(suspended.since());
            case Standing.Withdrawn withdrawn -> Optional.of(withdrawn.declared());
            case Standing.Superseded superseded -> Optional.of(superseded.since());
        };
    }

    /** Codes of the parties whose signatures are here, sorted. */
    public static List<String> signedBy(Standing standing, Memoranda memoranda) {
        return memoranda.declarations(standing.memorandum().digest()).stream()
                .filter(declaration -> declaration.kind().equals(LifecycleEvent.Kind.SIGNED.word()))
                .map(Statement::from)
                .map(party -> party.party().text())
                .distinct()
                .sorted()
                .toList();
    }

    /** The clauses that are suspended by themselves; none where a newer version has taken the place. */
    public static SortedMap<ClauseNumber, Course.Suspension> suspendedClauses(Standing standing) {
        return switch (standing) {
            case Standing.Concluded concluded -> concluded.course().suspended();
            case Standing.Draft _, Standing.Signed _, Standing.Superseded _ -> Collections.emptySortedMap();
        };
    }

    /** How much the state asks of a reader: one of the classes of the stylesheet. */
    static String tone(Standing standing) {
        return switch (standing) {
            case Standing.Draft _ -> "quiet";
            case Standing.Signed _ -> "due";
            case Standing.InForce _ -> "done";
            case Standing.Suspended _, Standing.Withdrawn _ -> "late";
            case Standing.Superseded _ -> "quiet";
        };
    }

    /** The language of a rendering. */
    public static org.entente.memorandum.rendering.Language rendered(Language language) {
        return switch (language) {
            case ENGLISH -> org.entente.memorandum.rendering.Language.EN;
            case SPANISH -> org.entente.memorandum.rendering.Language.ES;
        };
    }
}
