package org.entente.memorandum.language;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.function.Function;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.item.Word;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a memorandum as JSON in its own words. Every value is a text, every list is sorted by its text, every default is
 * written out, so that a later version of the software cannot change what somebody signed.
 */
final class CanonicalForm {
    private CanonicalForm() {}

    static ObjectNode of(Memorandum memorandum) {
        Heading heading = memorandum.heading();
        ObjectNode root = object();
        root.put("memorandum", heading.id());
        root.put("version", Integer.toString(heading.version()));
        root.set("title", bilingual(heading.title()));
        ObjectNode languages = root.putObject("languages");
        list(languages, "authentic", heading.authentic(), Function.identity());
        languages.put("if they diverge", heading.ifTheyDiverge().word());
        Extension extension = memorandum.extension();
        if (!extension.profiles().isEmpty()) {
            ObjectNode profiles = root.putObject("extends");
            extension.profiles().forEach((name, under) -> profiles.put(name, under.text()));
        }
        ObjectNode parties = root.putObject("parties");
        memorandum.parties().forEach((code, party) -> parties.set(code.text(), party(party)));
        ObjectNode purposes = root.putObject("purposes");
        memorandum.purposes().forEach((purpose, terms) -> purposes.set(purpose.code(), purpose(terms)));
        ObjectNode categories = root.putObject("categories");
        memorandum.categories().forEach((category, terms) -> categories.set(category.code(), category(terms)));
        ObjectNode clauses = root.putObject("clauses");
        memorandum.clauses().forEach((number, terms) -> {
            ObjectNode written = clause(terms);
            list(
                    written,
                    Expansion.WIDENS,
                    extension.widened().getOrDefault(number, Collections.emptySortedSet()),
                    Function.identity());
            clauses.set(number.text(), written);
        });
        list(root, "never", memorandum.never(), Never::word);
        return root;
    }

    private static ObjectNode party(Party party) {
        ObjectNode node = object();
        node.set("name", bilingual(party.name()));
        list(node, "territory", party.territory(), Territory::code);
        ObjectNode authorities = node.putObject("authorities");
        party.authorities().forEach((code, authority) -> {
            ObjectNode written = authorities.putObject(code.name());
            written.put("kind", authority.kind().word());
            list(written, "territory", authority.territory(), Territory::code);
        });
        party.centralAuthority().ifPresent(code -> node.put("central authority", code.text()));
        party.contact().ifPresent(code -> node.put("contact", code.text()));
        return node;
    }

    private static ObjectNode purpose(Named.PurposeTerms terms) {
        ObjectNode node = object();
        node.set("name", bilingual(terms.name()));
        list(node, "offences", terms.offences(), Function.identity());
        onlyUnder(node, terms);
        return node;
    }

    private static ObjectNode category(Named.CategoryTerms terms) {
        ObjectNode node = object();
        node.set("name", bilingual(terms.name()));
        node.put("place of obtaining", terms.placeOfObtaining().word());
        node.put("secrecy", terms.secrecy().word());
        list(node, "only between", terms.onlyBetween(), Word::word);
        onlyUnder(node, terms);
        node.put("sensitive", yesNo(terms.sensitive()));
        return node;
    }

    private static void onlyUnder(ObjectNode node, Named terms) {
        if (terms.onlyUnderJointGroup()) {
            node.put("only under", MemorandumReader.JOINT_GROUP);
        }
    }

    private static ObjectNode clause(Terms terms) {
        return switch (terms) {
            case Terms.LegalNature legal ->
                object().put("legal nature", legal.nature().word())
                        .put("signing is consent to be bound", yesNo(legal.signingBinds()));
            case Terms.NotNamed _ -> object().put("not named here", ClauseReader.REFUSED);
            case Terms.Reconcile reconcile -> reconcile(reconcile);
            case Terms.Probe probe -> probe(probe);
            case Terms.Release release -> release(release);
            case Terms.Contribute contribute -> contribute(contribute);
            case Terms.Answer answer -> answer(answer);
            case Terms.Territorial territorial ->
                object().put(
                                "obtained outside own territory",
                                territorial.rule().word())
                        .put("own territory", territorial.own().word());
            case Terms.JointGroup group -> jointGroup(group);
            case Terms.Announce announce ->
                object().put("announce", announce.rule().word());
            case Terms.Suspend suspend -> {
                ObjectNode node = object().put("suspend", ClauseReader.ANY_PARTY)
                        .put(
                                "effect",
                                suspend.effect().map(CanonicalForm::within).orElse(ClauseReader.AT_ONCE))
                        .put("resume", ClauseReader.EVERY_PARTY);
                list(node, "surviving", suspend.surviving(), Word::word);
                yield node;
            }
            case Terms.Withdraw withdraw ->
                object().put("withdraw", ClauseReader.ANY_PARTY)
                        .put("notice", withdraw.notice().toString());
            case Terms.Amend _ -> object().put("amend", ClauseReader.NEW_VERSION);
            case Terms.Force force -> force(force);
            case Terms.StatusNotices notices -> object().put("tell of status changes", within(notices.within()));
            case Terms.Challenge challenge ->
                object().put("challenge of provenance", ClauseReader.PARTY_OF_THE_PLACE)
                        .put("answer", within(challenge.answer()))
                        .put("unanswered", challenge.unanswered().word());
            case Terms.Incident incident ->
                object().put("sovereignty incident", ClauseReader.ANY_PARTY)
                        .put("answer", within(incident.answer()))
                        .put("joint review", within(incident.jointReview()))
                        .put("consequence", incident.consequence().word());
            case Terms.EquivalentSecrecy equivalent -> {
                ObjectNode node = object();
                list(node, "equivalent secrecy", equivalent.regimes(), Word::word);
                yield node;
            }
        };
    }

    private static ObjectNode reconcile(Terms.Reconcile clause) {
        ObjectNode node = object();
        list(node, "reconcile", clause.scope().categories(), Category::code);
        list(node, "between", clause.scope().by(), AuthorityCode::text);
        list(node, "for", clause.scope().purposes(), Purpose::code);
        index(node, clause.index());
        return node;
    }

    private static ObjectNode probe(Terms.Probe clause) {
        ObjectNode node = object();
        list(node, "probe", clause.scope().categories(), Category::code);
        list(node, "by", clause.scope().by(), AuthorityCode::text);
        list(node, "of", clause.scope().counterpart(), AuthorityCode::text);
        list(node, "for", clause.scope().purposes(), Purpose::code);
        index(node, clause.index());
        node.set("needs", needs(clause.needs()));
        node.put("at most", clause.quota().toString());
        clause.watch()
                .ifPresent(watch -> node.putObject("watch")
                        .put("each", watch.each().toString())
                        .put("for at most", watch.longest().toString()));
        node.put("tell the other side of a hit", within(clause.tellOfHit()));
        return node;
    }

    private static ObjectNode release(Terms.Release clause) {
        ObjectNode node = object();
        list(node, "release", clause.scope().categories(), Category::code);
        list(node, "by", clause.scope().by(), AuthorityCode::text);
        list(node, "to", clause.scope().counterpart(), AuthorityCode::text);
        list(node, "for", clause.scope().purposes(), Purpose::code);
        node.put("on", clause.on().word());
        node.set("needs", needs(clause.needs()));
        handover(node, clause.handover());
        return node;
    }

    private static ObjectNode contribute(Terms.Contribute clause) {
        ObjectNode node = object();
        list(node, "contribute", clause.scope().categories(), Category::code);
        list(node, "between", clause.scope().by(), AuthorityCode::text);
        list(node, "for", clause.scope().purposes(), Purpose::code);
        node.set("needs", needs(clause.needs()));
        handover(node, clause.handover());
        return node;
    }

    private static void handover(ObjectNode node, Terms.Handover handover) {
        node.put("handling at least", handover.marks().handlingMin().word());
        node.put("grading", handover.marks().grading().word());
        node.put("use as evidence", handover.use().asEvidence().word());
        node.put("use for another purpose", handover.use().otherPurpose().word());
        node.put("use against an immediate threat", handover.use().threat().toString());
        node.put("onward", handover.onward().others().word());
        list(node, "onward to", handover.onward().to(), AuthorityCode::text);
        node.put(
                "onward to those named in the request",
                handover.onward().namedInRequest().word());
        node.put("export", handover.export().word());
        node.put("keep", handover.retention().keep().toString());
        node.put("legal hold", handover.retention().legalHold().word());
    }

    private static ObjectNode force(Terms.Force force) {
        ObjectNode node = object();
        node.put("enters into force", force.from().map(LocalDate::toString).orElse(ClauseReader.LAST_SIGNATURE));
        force.ends().ifPresent(day -> node.put("ends", day.toString()));
        force.review().ifPresent(term -> node.put("review", Forms.EACH + term));
        return node;
    }

    private static ObjectNode answer(Terms.Answer clause) {
        ObjectNode node = object();
        node.put("answer requests", within(clause.answer()));
        node.put("acknowledge", within(clause.acknowledge()));
        node.put("urgent", within(clause.urgent()));
        node.put("interim", within(clause.interim()));
        list(node, "refuse only on", clause.refuseOnlyOn(), Word::word);
        list(node, "never refuse on", clause.neverRefuseOn(), Word::word);
        return node;
    }

    private static ObjectNode jointGroup(Terms.JointGroup group) {
        ObjectNode node = object();
        list(node, MemorandumReader.JOINT_GROUP, group.members(), AuthorityCode::text);
        list(node, "leaders", group.leaders(), AuthorityCode::text);
        list(node, "adds purposes", group.addsPurposes(), Purpose::code);
        list(node, "adds categories", group.addsCategories(), Category::code);
        node.put("from", group.from().toString());
        node.put("until", group.until().toString());
        return node;
    }

    private static void index(ObjectNode node, Terms.Index index) {
        node.put("mode", index.mode().word());
        node.put("index of at least", index.identifiersMin() + Forms.IDENTIFIERS);
        node.put("cleared entries", index.clearedEntries().word());
        node.put("epoch", index.epoch().toString());
    }

    private static ObjectNode needs(Terms.Needs needs) {
        return object().put("case", yesNo(needs.caseReference()))
                .put("legal basis", yesNo(needs.legalBasis()))
                .put("officers", Integer.toString(needs.officers()));
    }

    private static ObjectNode bilingual(Bilingual words) {
        return object().put("en", words.en()).put("es", words.es());
    }

    /** An empty list is left out: the language has no way to write one. */
    private static <T> void list(ObjectNode node, String key, Collection<T> values, Function<T, String> word) {
        if (!values.isEmpty()) {
            ArrayNode array = node.putArray(key);
            values.stream().map(word).sorted().forEach(array::add);
        }
    }

    private static String within(Deadline deadline) {
        return Forms.WITHIN + deadline;
    }

    private static String yesNo(boolean yes) {
        return yes ? "yes" : "no";
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
