package org.entente.memorandum.rendering;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Heading;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Named;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.negotiation.Part;

/**
 * A memorandum as people read it: the same terms in the same order under the same numbers, in either language. It adds
 * nothing but what whoever signs must know and the terms only imply, above all what a way of matching reveals.
 */
public final class Rendering {
    private final Phrases phrases;
    private final Memorandum memorandum;

    private Rendering(Phrases phrases, Memorandum memorandum) {
        this.phrases = phrases;
        this.memorandum = memorandum;
    }

    public static List<Paragraph> of(Memorandum memorandum, Language language) {
        return new Rendering(new Phrases(language), memorandum).paragraphs();
    }

    /** What the text says in one part; nothing where it has no such part. */
    static List<String> of(Memorandum memorandum, Part part, Language language) {
        return new Rendering(new Phrases(language), memorandum).part(part);
    }

    private List<String> part(Part part) {
        return switch (part.section()) {
            case HEAD -> {
                List<String> head = new ArrayList<>(List.of(title(), languages()));
                extended().ifPresent(head::add);
                yield head;
            }
            case PARTY ->
                memorandum.party(new PartyCode(part.name())).stream()
                        .map(party -> party(part.name(), party))
                        .toList();
            case PURPOSE ->
                memorandum.purpose(new Purpose(part.name())).stream()
                        .map(this::purpose)
                        .toList();
            case CATEGORY ->
                memorandum.category(new Category(part.name())).stream()
                        .map(this::category)
                        .toList();
            case CLAUSE ->
                Optional.ofNullable(memorandum.clauses().get(new ClauseNumber(part.name()))).stream()
                        .map(terms -> clause(new ClauseNumber(part.name()), terms))
                        .toList();
            case PROMISES -> memorandum.never().stream().map(this::promise).toList();
        };
    }

    private List<Paragraph> paragraphs() {
        List<Paragraph> paragraphs = new ArrayList<>();
        paragraphs.add(plain(title()));
        paragraphs.add(plain(languages()));
        memorandum.parties().forEach((code, party) -> paragraphs.add(plain(party(code.text(), party))));
        paragraphs.add(plain(phrases.say("purposes", list(memorandum.purposes().values(), this::purpose))));
        memorandum.categories().values().forEach(category -> paragraphs.add(plain(category(category))));
        extended().ifPresent(extended -> paragraphs.add(plain(extended)));
        memorandum
                .clauses()
                .forEach((number, terms) -> paragraphs.add(new Paragraph(number.text(), clause(number, terms))));
        memorandum.never().forEach(never -> paragraphs.add(plain(promise(never))));
        return List.copyOf(paragraphs);
    }

    private String title() {
        Heading heading = memorandum.heading();
        return phrases.say("title", phrases.of(heading.title()), heading.id(), Integer.toString(heading.version()));
    }

    private String languages() {
        Heading heading = memorandum.heading();
        String divergence = switch (heading.ifTheyDiverge()) {
            case CONSULT -> "languages.consult";
            case NARROWER_PREVAILS -> "languages.narrower";
        };
        return phrases.say(divergence, list(heading.authentic(), language -> phrases.say("language." + language)));
    }

    private Optional<String> extended() {
        var profiles = memorandum.extension().profiles();
        return profiles.isEmpty()
                ? Optional.empty()
                : Optional.of(phrases.say(
                        "extends",
                        list(
                                profiles.entrySet(),
                                profile -> phrases.say(
                                        "extends.under",
                                        profile.getKey(),
                                        profile.getValue().text()))));
    }

    private String clause(ClauseNumber number, Terms terms) {
        SortedSet<String> widened = memorandum.extension().widened().getOrDefault(number, Collections.emptySortedSet());
        String text = clause(terms);
        return widened.isEmpty() ? text : text + " " + phrases.say("widens", list(widened, phrases::quoted));
    }

    private String promise(Never never) {
        return phrases.say("never", phrases.say("never." + lower(never)));
    }

    private String party(String code, Party party) {
        List<String> authorities = new ArrayList<>();
        party.authorities()
                .forEach((authority, terms) -> authorities.add(phrases.say(
                        "authority",
                        authority.name(),
                        phrases.say("kind." + terms.kind().word()),
                        list(terms.territory(), Territory::code))));
        List<String> sentences = new ArrayList<>();
        sentences.add(phrases.say(
                "party",
                phrases.of(party.name()),
                code,
                list(party.territory(), Territory::code),
                phrases.list(authorities)));
        party.centralAuthority().ifPresent(central -> sentences.add(phrases.say("party.central", central.text())));
        party.contact().ifPresent(contact -> sentences.add(phrases.say("party.contact", contact.text())));
        return String.join(" ", sentences);
    }

    private String purpose(Named.PurposeTerms terms) {
        String name = phrases.of(terms.name());
        if (!terms.offences().isEmpty()) {
            name = phrases.say("purpose.offences", name, phrases.list(terms.offences()));
        }
        return terms.onlyUnderJointGroup() ? phrases.say("only-under-group", name) : name;
    }

    private String category(Named.CategoryTerms terms) {
        String between = terms.onlyBetween().isEmpty()
                ? phrases.say("category.any-kind")
                : phrases.say("category.kinds", list(terms.onlyBetween(), kind -> phrases.say("kind." + kind.word())));
        if (terms.onlyUnderJointGroup()) {
            between = phrases.list(List.of(between, phrases.say("category.group")));
        }
        return phrases.say(
                "category",
                phrases.of(terms.name()),
                phrases.say("place." + lower(terms.placeOfObtaining())),
                phrases.say(terms.sensitive() ? "category.sensitive" : "category.plain"),
                between);
    }

    private String clause(Terms terms) {
        return switch (terms) {
            case Terms.LegalNature legal ->
                phrases.say(
                        "clause.legal-nature",
                        phrases.say(
                                legal.nature() == Words.Nature.AGREEMENT
                                        ? "clause.legal-nature.binding"
                                        : "clause.legal-nature.non-binding"),
                        phrases.say(legal.signingBinds() ? "clause.legal-nature.bound" : "clause.legal-nature.free"));
            case Terms.NotNamed _ -> phrases.say("clause.not-named");
            case Terms.Reconcile reconcile ->
                phrases.say(
                        "clause.reconcile",
                        authorities(reconcile.scope().by()),
                        categories(reconcile.scope()),
                        purposes(reconcile.scope().purposes()),
                        size(reconcile.index()),
                        cleared(reconcile.index()),
                        reveals(reconcile.index()));
            case Terms.Probe probe -> probe(probe);
            case Terms.Release release -> release(release);
            case Terms.Contribute contribute -> contribute(contribute);
            case Terms.Answer answer ->
                phrases.say(
                        "clause.answer",
                        phrases.deadline(answer.acknowledge()),
                        phrases.deadline(answer.answer()),
                        phrases.deadline(answer.urgent()),
                        phrases.deadline(answer.interim()),
                        list(answer.refuseOnlyOn(), ground -> phrases.say("ground." + ground.word())),
                        list(answer.neverRefuseOn(), ground -> phrases.say("ground." + ground.word())));
            case Terms.JointGroup group ->
                phrases.say(
                        "clause.joint-group",
                        authorities(group.members()),
                        authorities(group.leaders()),
                        group.from().toString(),
                        group.until().toString(),
                        purposes(group.addsPurposes()),
                        list(group.addsCategories(), this::nameOf));
            case Terms.EquivalentSecrecy equivalent ->
                phrases.say(
                        "clause.equivalent-secrecy",
                        list(equivalent.regimes(), regime -> phrases.say("secrecy." + regime.word())));
            case Terms.Rule rule -> new StandingRules(phrases).say(rule);
        };
    }

    private String probe(Terms.Probe clause) {
        String asked = phrases.say(
                "clause.probe",
                authorities(clause.scope().by()),
                authorities(clause.scope().counterpart()),
                categories(clause.scope()),
                purposes(clause.scope().purposes()),
                needs(clause.needs()),
                Long.toString(clause.quota().identifiers()),
                phrases.term(clause.quota().each()),
                phrases.term(clause.tellOfHit()),
                size(clause.index()),
                cleared(clause.index()),
                reveals(clause.index()));
        return clause.watch()
                .map(watch -> asked + " "
                        + phrases.say("clause.watch", phrases.term(watch.each()), phrases.term(watch.longest())))
                .orElse(asked);
    }

    private String release(Terms.Release clause) {
        return phrases.say(
                "clause.release",
                authorities(clause.scope().by()),
                categories(clause.scope()),
                authorities(clause.scope().counterpart()),
                purposes(clause.scope().purposes()),
                phrases.say(clause.on() == Words.Occasion.REQUEST ? "on.request" : "on.own"),
                needs(clause.needs()),
                handover(clause.handover()));
    }

    private String contribute(Terms.Contribute clause) {
        return phrases.say(
                "clause.contribute",
                authorities(clause.scope().by()),
                categories(clause.scope()),
                purposes(clause.scope().purposes()),
                needs(clause.needs()),
                handover(clause.handover()));
    }

    private String handover(Terms.Handover handover) {
        List<String> sentences = new ArrayList<>();
        sentences.add(phrases.say(
                "handover.marks",
                handover.marks().handlingMin().word(),
                phrases.say("grading." + handover.marks().grading().word())));
        Terms.Use use = handover.use();
        sentences.add(phrases.say(
                "handover.use",
                phrases.say(consent(use.asEvidence())),
                phrases.say(consent(use.otherPurpose())),
                threat(use.threat())));
        Terms.Onward onward = handover.onward();
        if (!onward.to().isEmpty()) {
            sentences.add(phrases.say("handover.onward-to", authorities(onward.to())));
        }
        sentences.add(phrases.say(
                "handover.onward",
                phrases.say(consent(onward.others())),
                phrases.say("named-in-request." + lower(onward.namedInRequest())),
                phrases.say(consent(handover.export()))));
        sentences.add(phrases.say(
                "handover.retention",
                phrases.term(handover.retention().keep()),
                phrases.say("legal-hold." + lower(handover.retention().legalHold()))));
        return String.join(" ", sentences);
    }

    private String threat(Terms.Threat threat) {
        return phrases.say(
                "threat." + lower(threat.reach()),
                threat.told().map(phrases::term).orElse(""));
    }

    static String consent(Words.Consent consent) {
        return switch (consent) {
            case NEVER -> "consent.never";
            case WITH_CONSENT -> "consent.with";
            case FREELY -> "consent.freely";
        };
    }

    private String needs(Terms.Needs needs) {
        List<String> parts = new ArrayList<>();
        if (needs.caseReference()) {
            parts.add(phrases.say("need.case"));
        }
        if (needs.legalBasis()) {
            parts.add(phrases.say("need.legal-basis"));
        }
        parts.add(phrases.say("need.officers", Integer.toString(needs.officers())));
        return phrases.say("clause.needs", phrases.list(parts));
    }

    private String size(Terms.Index index) {
        return phrases.say(
                "clause.index-min",
                Long.toString(index.identifiersMin()),
                phrases.term(index.epoch().term()));
    }

    private String cleared(Terms.Index index) {
        return switch (index.clearedEntries()) {
            case INCLUDED -> phrases.say("clause.cleared.included");
            case NOT_INDEXED -> phrases.say("clause.cleared.not-indexed");
        };
    }

    private String reveals(Terms.Index index) {
        return phrases.say("clause.reveals." + index.mode().word());
    }

    private String authorities(Collection<AuthorityCode> codes) {
        return list(codes, AuthorityCode::text);
    }

    private String categories(Terms.Scope scope) {
        return list(scope.categories(), this::nameOf);
    }

    private String purposes(Collection<Purpose> purposes) {
        return list(purposes, this::nameOf);
    }

    private String nameOf(Purpose purpose) {
        return memorandum
                .purpose(purpose)
                .map(terms -> phrases.of(terms.name()))
                .orElse(purpose.code());
    }

    private String nameOf(Category category) {
        return memorandum
                .category(category)
                .map(terms -> phrases.of(terms.name()))
                .orElse(category.code());
    }

    private <T> String list(Collection<T> values, Function<T, String> words) {
        return phrases.list(values.stream().map(words).toList());
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Paragraph plain(String text) {
        return new Paragraph("", text);
    }
}
