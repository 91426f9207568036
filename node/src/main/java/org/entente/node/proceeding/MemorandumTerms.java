package org.entente.node.proceeding;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.form.Timer.Agreed;
import org.entente.memorandum.language.Deadline;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.signing.Standing;
import org.entente.node.memoranda.Memoranda;

/** The terms that the memorandum in force between two parties names, or, where none is in force, the one that was concluded. */
public final class MemorandumTerms implements Procedures.AgreedTerms {
    private final Memoranda memoranda;

    public MemorandumTerms(Memoranda memoranda) {
        this.memoranda = memoranda;
    }

    @Override
    public Map<Agreed, Deadline> between(AuthorityCode opener, AuthorityCode counterpart) {
        PartyCode partner = memoranda.isOwn(opener.party()) ? counterpart.party() : opener.party();
        Map<Agreed, Deadline> terms = new EnumMap<>(Agreed.class);
        text(memoranda.standings(partner)).ifPresent(memorandum -> read(memorandum, terms));
        return terms;
    }

    private static Optional<Memorandum> text(List<Standing> standings) {
        return standings.stream()
                .filter(Standing.InForce.class::isInstance)
                .findFirst()
                .or(() -> standings.stream()
                        .filter(Standing.Concluded.class::isInstance)
                        .findFirst())
                .map(Standing::memorandum);
    }

    private static void read(Memorandum memorandum, Map<Agreed, Deadline> terms) {
        for (var clause : memorandum.clausesOf(Terms.Answer.class)) {
            terms.put(Agreed.ANSWER, clause.terms().answer());
            terms.put(Agreed.ACKNOWLEDGE, clause.terms().acknowledge());
            terms.put(Agreed.URGENT, clause.terms().urgent());
            terms.put(Agreed.INTERIM, clause.terms().interim());
        }
        for (var clause : memorandum.clausesOf(Terms.StatusNotices.class)) {
            terms.put(Agreed.STATUS_NOTICE, clause.terms().within());
        }
        for (var clause : memorandum.clausesOf(Terms.Challenge.class)) {
            terms.put(Agreed.CHALLENGE, clause.terms().answer());
        }
        for (var clause : memorandum.clausesOf(Terms.Incident.class)) {
            terms.put(Agreed.INCIDENT, clause.terms().answer());
            terms.put(Agreed.JOINT_REVIEW, clause.terms().jointReview());
        }
    }
}
