package org.entente.verification.cedar;

import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Item;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.officer.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes an act as a question to Cedar: who acts is the principal, the other authority the resource, everything else the context. What Cedar cannot compute is computed here:
 * how many different officers count, whether a joint authorisation covers an item, and the ends of calendar terms.
 */
final class CedarFacts {
    static final String AUTHORITY = "Authority";

    private static final EntityTypeName AUTHORITIES = type(AUTHORITY);
    private static final EntityTypeName ACTIONS = type("Action");

    private final Memorandum memorandum;
    private final SortedSet<String> keeps = new TreeSet<>();
    private final SortedSet<String> rounds = new TreeSet<>();
    private final SortedSet<String> quotas = new TreeSet<>();

    CedarFacts(Memorandum memorandum) {
        this.memorandum = memorandum;
        for (JsonNode clause : JsonMapper.shared()
                .readTree(memorandum.canonical())
                .required("clauses")
                .values()) {
            if (clause.has("keep")) {
                keeps.add(clause.required("keep").asString());
            }
            if (clause.has("watch")) {
                rounds.add(clause.required("watch").required("each").asString());
                rounds.add(clause.required("watch").required("for at most").asString());
            }
            if (clause.has("at most")) {
                quotas.add(clause.required("at most").asString().split(" each ", 2)[1]);
            }
        }
    }

    AuthorizationRequest of(Act act) {
        Circumstances facts = act.circumstances();
        Map<String, Value> context = new HashMap<>();
        context.put("purpose", text(facts.purpose().code()));
        context.put("category", text(facts.category().code()));
        context.put("at", number(facts.at().getEpochSecond()));
        context.put("byParty", text(facts.by().party().text()));
        context.put("counterpartParty", text(facts.counterpart().party().text()));
        context.put("caseGiven", holds(act.grounds().caseReference().isPresent()));
        context.put("basisGiven", holds(act.grounds().legalBasis().isPresent()));
        context.put("officers", number(officers(act)));
        if (act instanceof Act.Probe probe) {
            context.put("index", number(probe.indexIdentifiers()));
            charge(context, probe.charge());
        }
        if (act instanceof Act.Watch watch) {
            context.put("index", number(watch.indexIdentifiers()));
            charge(context, watch.charge());
            context.put("until", number(watch.rounds().until().getEpochSecond()));
            context.put(
                    "next", number(after(watch.rounds().each(), watch.rounds().begins())));
            CedarMap after = new CedarMap();
            rounds.forEach(term ->
                    after.put(term, number(after(term(term), watch.rounds().begins()))));
            context.put("after", after);
        }
        if (act instanceof Act.Reconcile reconcile) {
            context.put("index", number(reconcile.indexIdentifiers()));
            context.put(
                    "advised",
                    holds(advised(act, facts.by().party())
                            && advised(act, facts.counterpart().party())));
        }
        if (act instanceof Act.Index index) {
            context.put("item", item(act, index.item()));
        }
        if (act instanceof Act.Release release) {
            context.put("item", item(act, release.item()));
            context.put("requested", holds(true));
        }
        if (act instanceof Act.Disseminate disseminate) {
            context.put("item", item(act, disseminate.item()));
            context.put("requested", holds(false));
        }
        return new AuthorizationRequest(
                AUTHORITIES.of(facts.by().text()),
                ACTIONS.of(
                        act instanceof Act.Disseminate ? "release" : act.name().word()),
                AUTHORITIES.of(facts.counterpart().text()),
                context);
    }

    private void charge(Map<String, Value> context, Act.Charge charge) {
        context.put("asked", number(charge.identifiers()));
        CedarMap charged = new CedarMap();
        quotas.forEach(term -> charged.put(term, number(charge.alreadyCharged(term(term)))));
        context.put("charged", charged);
    }

    private CedarMap item(Act act, Item item) {
        Envelope envelope = item.envelope();
        Circumstances facts = act.circumstances();
        AuthorityCode obtainer = envelope.provenance().obtainedBy();
        LocalDate day = facts.at().atOffset(ZoneOffset.UTC).toLocalDate();
        CedarMap written = new CedarMap();
        written.put("category", text(envelope.category().code()));
        written.put(
                "purposes",
                texts(envelope.purposes().stream().map(Purpose::code).toList()));
        written.put("secrecy", text(envelope.marking().secrecyRegime().word()));
        written.put("obtainedBy", AUTHORITIES.of(obtainer.text()));
        written.put("obtainerParty", text(obtainer.party().text()));
        written.put("place", text(envelope.provenance().obtainedIn().code()));
        written.put("challenged", holds(item.challenged()));
        written.put("authorised", holds(authorised(item, facts)));
        written.put("person", text(envelope.marking().personCategory().word()));
        written.put("cleared", holds(envelope.cleared()));
        written.put("graded", holds(envelope.marking().grading().isPresent()));
        written.put(
                "handling",
                number(Integer.parseInt(
                        envelope.marking().handling().code().word().substring(1))));
        written.put("erased", number(day.plus(envelope.retention()).toEpochDay()));
        CedarMap latest = new CedarMap();
        keeps.forEach(term -> latest.put(
                term,
                number(term(term)
                        .after(facts.at())
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .toEpochDay())));
        written.put("latest", latest);
        CedarList consents = new CedarList();
        act.grounds().consents().forEach(code -> consents.add(AUTHORITIES.of(code.text())));
        written.put("consents", consents);
        return written;
    }

    private boolean authorised(Item item, Circumstances facts) {
        return item.authorisations().stream()
                .map(authorisation -> authorisation.terms())
                .filter(terms -> terms.covers(item.envelope().provenance(), facts.category(), facts.purpose()))
                .anyMatch(terms -> memorandum
                        .party(terms.between().ofPlace())
                        .filter(party -> party.owns(item.envelope().provenance().obtainedIn()))
                        .isPresent());
    }

    private static long officers(Act act) {
        return act.grounds().approvers().stream()
                .filter(approver ->
                        approver.authority().equals(act.circumstances().by()))
                .filter(approver -> approver.role().mayApprove(act.name()))
                .map(Approver::officer)
                .distinct()
                .count();
    }

    private static boolean advised(Act act, PartyCode party) {
        return act.grounds().approvers().stream()
                .anyMatch(approver -> approver.role() == Role.LEGAL
                        && approver.authority().party().equals(party));
    }

    private static long after(Term term, Instant begin) {
        return term.after(begin).getEpochSecond();
    }

    private static Term term(String text) {
        try {
            return Term.parse(text);
        } catch (Malformed never) {
            throw new IllegalStateException(never);
        }
    }

    private static EntityTypeName type(String name) {
        return EntityTypeName.parse(name).orElseThrow();
    }

    private static CedarList texts(Collection<String> words) {
        List<Value> values = words.stream().<Value>map(PrimString::new).toList();
        return new CedarList(values);
    }

    private static Value text(String word) {
        return new PrimString(word);
    }

    private static Value number(long value) {
        return new PrimLong(value);
    }

    private static Value holds(boolean value) {
        return new PrimBool(value);
    }
}
