package org.entente.memorandum.rendering;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.decision.Citation;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.decision.Obligation;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.Deadline;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Words;

/** Why a decision is as it is: one sentence, which names the clauses and, in a refusal, the next step. */
public final class Explanation {
    private final Phrases phrases;

    private Explanation(Phrases phrases) {
        this.phrases = phrases;
    }

    public static String why(Decision decision, Language language) {
        return new Explanation(new Phrases(language)).why(decision);
    }

    /**
     * The same, and that the most protective answer wins where there is more than one.
     *
     * @param asked the memoranda that the act was held to, as {@code Decider.memoranda} names them
     */
    public static String why(Decision decision, List<Memorandum> asked, Language language) {
        Phrases phrases = new Phrases(language);
        String why = new Explanation(phrases).why(decision);
        return asked.size() < 2
                ? why
                : why
                        + " "
                        + phrases.say(
                                "why.several",
                                phrases.list(asked.stream()
                                        .map(Memorandum::id)
                                        .distinct()
                                        .toList()));
    }

    private String why(Decision decision) {
        return switch (decision) {
            case Decision.Permitted permitted
            when permitted.obligations().isEmpty() -> phrases.say("why.permitted", cited(permitted.clauses()));
            case Decision.Permitted permitted ->
                phrases.say(
                        "why.permitted.owed",
                        cited(permitted.clauses()),
                        String.join(
                                "; ",
                                permitted.obligations().stream().map(this::owed).toList()));
            case Decision.ConsentNeeded consent ->
                phrases.say(
                        "why.consent",
                        cited(consent.clauses()),
                        phrases.list(
                                consent.from().stream().map(AuthorityCode::text).toList()),
                        phrases.say(consent.why()));
            case Decision.Refused refused
            when refused.clauses().isEmpty() -> phrases.say("why.refused.none", phrases.say(refused.problem()));
            case Decision.Refused refused ->
                phrases.say("why.refused", cited(refused.clauses()), phrases.say(refused.problem()));
        };
    }

    private String cited(List<Citation> clauses) {
        return phrases.list(clauses.stream()
                .map(clause ->
                        phrases.say("cite", clause.memorandum(), clause.clause().text()))
                .toList());
    }

    private String owed(Obligation obligation) {
        return phrases.say("duty." + obligation.duty().word(), term(obligation.term()));
    }

    /** A term is a span of time, a word of consent, or a code or date that needs no translation. */
    private String term(String term) {
        Optional<Words.Consent> consent = Word.find(Words.Consent.class, term);
        if (consent.isPresent()) {
            return phrases.say(Rendering.consent(consent.get()));
        }
        try {
            return phrases.deadline(Deadline.parse(term));
        } catch (Malformed neither) {
            return term;
        }
    }
}
