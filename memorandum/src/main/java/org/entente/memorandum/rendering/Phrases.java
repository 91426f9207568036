package org.entente.memorandum.rendering;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.entente.evidence.canonical.Problem;
import org.entente.memorandum.language.Bilingual;
import org.entente.memorandum.language.Deadline;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.language.WorkingDays;

/** The catalogue in one language, and the few rules by which its words are joined. */
final class Phrases {
    private final Language language;
    private final ResourceBundle words;
    private final ResourceBundle terms;
    private final ResourceBundle problems;

    Phrases(Language language) {
        this.language = language;
        this.words = ResourceBundle.getBundle("org.entente.memorandum.rendering.words", language.locale());
        this.terms = ResourceBundle.getBundle("org.entente.memorandum.rendering.terms", language.locale());
        this.problems = ResourceBundle.getBundle("org.entente.memorandum.problems", language.locale());
    }

    String say(String key, Object... arguments) {
        ResourceBundle bundle = words.containsKey(key) ? words : terms;
        return new MessageFormat(bundle.getString(key), Locale.ROOT).format(arguments);
    }

    boolean knows(String key) {
        return words.containsKey(key) || terms.containsKey(key);
    }

    /** The sentence of a problem; a code of another module is named as it is, never hidden. */
    String say(Problem problem) {
        if (!problems.containsKey(problem.code())) {
            return problem.toString();
        }
        Object[] arguments = problem.arguments().toArray();
        return new MessageFormat(problems.getString(problem.code()), Locale.ROOT).format(arguments);
    }

    String of(Bilingual bilingual) {
        return switch (language) {
            case EN -> bilingual.en();
            case ES -> bilingual.es();
        };
    }

    /** A word of the text itself, as it stands there. */
    String quoted(String word) {
        return say("quoted", word);
    }

    /** "a, b and c". */
    String list(Collection<String> parts) {
        List<String> all = List.copyOf(parts);
        return switch (all.size()) {
            case 0 -> say("nothing");
            case 1 -> all.getFirst();
            default -> say("list.and", String.join(", ", all.subList(0, all.size() - 1)), all.getLast());
        };
    }

    String term(Term term) {
        return switch (term.amount()) {
            case Period period -> period(period);
            case Duration duration
            when duration.toHours() > 0 && duration.toSeconds() % 3600 == 0 ->
                say("period.hours", Long.toString(duration.toHours()));
            default -> term.toString();
        };
    }

    String deadline(Deadline deadline) {
        return switch (deadline) {
            case Term term -> term(term);
            case WorkingDays days when days.days() == 1 -> say("period.working-days.one");
            case WorkingDays days -> say("period.working-days.many", Integer.toString(days.days()));
        };
    }

    private String period(Period period) {
        List<String> parts = new ArrayList<>();
        count(parts, "period.years", period.getYears());
        count(parts, "period.months", period.getMonths());
        count(parts, "period.days", period.getDays());
        return list(parts);
    }

    private void count(List<String> parts, String key, int number) {
        if (number == 1) {
            parts.add(say(key + ".one"));
        } else if (number != 0) {
            parts.add(say(key + ".many", Integer.toString(number)));
        }
    }
}
