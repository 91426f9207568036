package org.entente.memorandum.rendering;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.negotiation.Assembly;
import org.entente.memorandum.negotiation.Negotiation;
import org.entente.memorandum.negotiation.Part;
import org.entente.memorandum.negotiation.PartState;
import org.entente.memorandum.negotiation.PartText;
import org.entente.memorandum.negotiation.Proposal;
import org.entente.memorandum.negotiation.Settlement;
import org.entente.memorandum.negotiation.Table;

/**
 * A negotiation in words: every part with its mark, and each text that stands for it with who proposes, agrees and rejects.
 *
 * <p>A clause is said in full when the text around it, as its party would have it, is a memorandum: its names mean nothing without it. Until
 * then it is said term by term.
 */
public final class NegotiationWords {
    private final Table table;
    private final Language language;
    private final Phrases phrases;
    private final Map<SortedMap<Part, PartText>, Optional<Memorandum>> wholes = new HashMap<>();
    private final TermWords terms;

    private NegotiationWords(Table table, Language language) {
        this.table = table;
        this.language = language;
        this.phrases = new Phrases(language);
        this.terms = new TermWords(
                phrases,
                table.negotiation().parties().stream()
                        .flatMap(party -> whole(table.textOf(party)).stream())
                        .toArray(Memorandum[]::new));
    }

    /** How a part stands. */
    public enum Mark {
        AGREED,
        /** One text, and nobody has rejected it. */
        PROPOSED,
        /** Several texts, or one that was rejected. */
        DISPUTED;

        public String in(Language language) {
            return new Phrases(language).say("negotiation.mark." + name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * One part.
     *
     * @param name what it is called in the language
     * @param texts the agreed one, or all that stand
     */
    public record Entry(Part part, String name, Mark mark, List<Text> texts) {
        public Entry {
            texts = List.copyOf(texts);
        }
    }

    /**
     * One text for a part.
     *
     * @param voices who proposes it, agrees with it and rejects it, a sentence each
     * @param words what it says
     * @param differences what is other than in the text that it counters
     */
    public record Text(List<String> voices, List<String> words, Optional<String> differences) {
        public Text {
            voices = List.copyOf(voices);
            words = List.copyOf(words);
        }
    }

    /** Every part on the table in reading order; entry by entry the same in both languages. */
    public static List<Entry> of(Table table, Language language) {
        NegotiationWords words = new NegotiationWords(table, language);
        return table.parts().values().stream().map(words::entry).toList();
    }

    /** What is negotiated between whom, how far it has come, and whether the whole can be signed. */
    public static List<String> summary(Table table, Language language) {
        Phrases phrases = new Phrases(language);
        Negotiation negotiation = table.negotiation();
        List<String> sentences = new ArrayList<>();
        long agreed = table.parts().values().stream()
                .filter(state -> state.agreed().isPresent())
                .count();
        sentences.add(phrases.say(
                "negotiation.summary",
                negotiation.memorandum(),
                Integer.toString(negotiation.version()),
                codes(phrases, negotiation.parties()),
                Integer.toString(table.parts().size()),
                Long.toString(agreed),
                Long.toString(table.parts().size() - agreed)));
        table.forked().forEach(party -> sentences.add(phrases.say("negotiation.forked", party.text())));
        switch (table.settlement()) {
            case Settlement.Open _ -> {
                // The count says it.
            }
            case Settlement.Unsound _ -> sentences.add(phrases.say("negotiation.unsound"));
            case Settlement.Settled settled ->
                sentences.add(phrases.say(
                        "negotiation.settled", settled.memorandum().digest().hex()));
        }
        return sentences;
    }

    /** What a part is called. */
    public static String name(Part part, Language language) {
        return new Phrases(language)
                .say("negotiation.part." + part.section().name().toLowerCase(Locale.ROOT), part.name());
    }

    private Entry entry(PartState state) {
        String name = name(state.part(), language);
        if (state.agreed().isPresent()) {
            PartText agreed = state.agreed().get();
            String by = phrases.say(
                    "negotiation.agreed", codes(phrases, table.negotiation().parties()));
            Proposal proposal = state.proposals().stream()
                    .filter(one -> one.text().equals(agreed))
                    .findFirst()
                    .orElseThrow();
            return new Entry(
                    state.part(), name, Mark.AGREED, List.of(new Text(List.of(by), words(proposal), Optional.empty())));
        }
        boolean rejected = state.proposals().stream()
                .anyMatch(proposal -> !proposal.rejections().isEmpty());
        boolean several =
                state.proposals().stream().map(Proposal::text).distinct().count() > 1;
        return new Entry(
                state.part(),
                name,
                rejected || several ? Mark.DISPUTED : Mark.PROPOSED,
                state.proposals().stream()
                        .map(proposal ->
                                new Text(voices(state, proposal), words(proposal), differences(state, proposal)))
                        .toList());
    }

    private List<String> voices(PartState state, Proposal proposal) {
        String by = proposal.by().text();
        List<String> voices = new ArrayList<>();
        voices.add(proposal.countering()
                .map(other -> phrases.say("negotiation.counter", by, other.text()))
                .orElseGet(() -> phrases.say("negotiation.proposed", by)));
        proposal.move().said().reason().ifPresent(reason -> voices.add(phrases.say("negotiation.reason", by, reason)));
        if (!proposal.behind().contains(proposal.by())) {
            voices.add(phrases.say("negotiation.elsewhere", by));
        }
        List<PartyCode> others = proposal.behind().stream()
                .filter(party -> !party.equals(proposal.by()))
                .toList();
        if (!others.isEmpty()) {
            voices.add(phrases.say("negotiation.behind", codes(phrases, others)));
        }
        proposal.rejections()
                .forEach((party, move) -> voices.add(move.said()
                        .reason()
                        .map(reason -> phrases.say("negotiation.rejected.why", party.text(), reason))
                        .orElseGet(() -> phrases.say("negotiation.rejected", party.text()))));
        boolean countered = state.proposals().stream()
                .anyMatch(other -> other.move()
                        .said()
                        .answers()
                        .filter(proposal.move().id()::equals)
                        .isPresent());
        if (others.isEmpty() && proposal.rejections().isEmpty() && !countered) {
            voices.add(phrases.say("negotiation.unanswered"));
        }
        return voices;
    }

    private static String codes(Phrases phrases, Collection<PartyCode> parties) {
        return phrases.list(parties.stream().map(PartyCode::text).toList());
    }

    private List<String> words(Proposal proposal) {
        PartText text = proposal.text();
        if (text.isLeftOut()) {
            return List.of(phrases.say("negotiation.left-out"));
        }
        SortedMap<Part, PartText> around = new TreeMap<>(table.textOf(proposal.by()));
        around.put(text.part(), text);
        return whole(around)
                .map(memorandum -> Rendering.of(memorandum, text.part(), language))
                .orElseGet(() -> text.json().isObject()
                        ? text.json()
                                .propertyStream()
                                .map(term -> phrases.say(
                                        "term", terms.key(term.getKey()), terms.value(term.getKey(), term.getValue())))
                                .toList()
                        : List.of(terms.value("never", text.json())));
    }

    /** Against the proposal that it counters, as long as that stands. */
    private Optional<String> differences(PartState state, Proposal proposal) {
        Optional<Proposal> countered = proposal.countering()
                .flatMap(state::of)
                .filter(other -> !other.text().isLeftOut()
                        && !proposal.text().isLeftOut()
                        && !other.text().equals(proposal.text()));
        TurnWords turns = new TurnWords(phrases, terms);
        return countered.map(other -> phrases.say(
                "negotiation.differs",
                other.by().text(),
                Difference.turns(other.text().json(), proposal.text().json()).stream()
                        .map(turns::of)
                        .collect(Collectors.joining("; "))));
    }

    private Optional<Memorandum> whole(SortedMap<Part, PartText> parts) {
        return wholes.computeIfAbsent(parts, all -> Assembly.of(all).memorandum());
    }
}
