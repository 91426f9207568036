package org.entente.memorandum.language;

import java.time.Period;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether a clause says more than a profile would have it say: lets more be done, asks for less, takes longer over what is owed.
 * What cannot be compared, such as working days with a longer span of calendar days, counts as more, so that it is owned up to.
 */
final class Narrowing {
    private static final Set<Words.SurvivingDuty> LOOSE =
            EnumSet.of(Words.SurvivingDuty.USE, Words.SurvivingDuty.ANSWERS);

    private final SortedSet<String> wider = new TreeSet<>();

    private final String head;

    private Narrowing(String head) {
        this.head = head;
    }

    /** The keys with which the clause says more than the profile's of the same kind. */
    static SortedSet<String> wider(String head, Terms own, Terms profile) {
        Narrowing narrowing = new Narrowing(head);
        switch (own) {
            case Terms.Passing passing when profile instanceof Terms.Passing other -> narrowing.passing(passing, other);
            case Terms.Probe probe when profile instanceof Terms.Probe other -> narrowing.probe(probe, other);
            case Terms.Reconcile reconcile
            when profile instanceof Terms.Reconcile other -> narrowing.index(reconcile.index(), other.index());
            case Terms.Answer answer when profile instanceof Terms.Answer other -> narrowing.answer(answer, other);
            case Terms.Rule rule when profile instanceof Terms.Rule other -> narrowing.rule(rule, other);
            default -> narrowing.differs(head, own, profile);
        }
        return narrowing.wider;
    }

    private void passing(Terms.Passing own, Terms.Passing profile) {
        if (own instanceof Terms.Release release && profile instanceof Terms.Release other) {
            more("on", release.on(), other.on());
        }
        needs(own.needs(), profile.needs());
        Terms.Handover mine = own.handover();
        Terms.Handover theirs = profile.handover();
        more("handling at least", theirs.marks().handlingMin(), mine.marks().handlingMin());
        more("grading", mine.marks().grading(), theirs.marks().grading());
        more("use as evidence", mine.use().asEvidence(), theirs.use().asEvidence());
        more("use for another purpose", mine.use().otherPurpose(), theirs.use().otherPurpose());
        threat(mine.use().threat(), theirs.use().threat());
        more("onward", mine.onward().others(), theirs.onward().others());
        when("onward to", !theirs.onward().to().containsAll(mine.onward().to()));
        more(
                "onward to those named in the request",
                mine.onward().namedInRequest(),
                theirs.onward().namedInRequest());
        more("export", mine.export(), theirs.export());
        later("keep", mine.retention().keep(), theirs.retention().keep());
        more("legal hold", mine.retention().legalHold(), theirs.retention().legalHold());
    }

    private void threat(Terms.Threat own, Terms.Threat profile) {
        String key = "use against an immediate threat";
        more(key, own.reach(), profile.reach());
        if (own.told().isPresent() && profile.told().isPresent()) {
            later(key, own.told().get(), profile.told().get());
        }
    }

    private void needs(Terms.Needs own, Terms.Needs profile) {
        when(
                "needs",
                (profile.caseReference() && !own.caseReference())
                        || (profile.legalBasis() && !own.legalBasis())
                        || own.officers() < profile.officers());
    }

    private void probe(Terms.Probe own, Terms.Probe profile) {
        index(own.index(), profile.index());
        needs(own.needs(), profile.needs());
        when(
                "at most",
                own.quota().identifiers() > profile.quota().identifiers()
                        || Breadth.compare(own.quota().each(), profile.quota().each()) < 0);
        later("tell the other side of a hit", own.tellOfHit(), profile.tellOfHit());
        Optional<Terms.Watch> mine = own.watch();
        Optional<Terms.Watch> theirs = profile.watch();
        when(
                "watch",
                mine.isPresent()
                        && (theirs.isEmpty()
                                || Breadth.compare(
                                                mine.get().each(), theirs.get().each())
                                        < 0
                                || Breadth.compare(
                                                mine.get().longest(),
                                                theirs.get().longest())
                                        > 0));
    }

    private void index(Terms.Index own, Terms.Index profile) {
        differs("mode", own.mode(), profile.mode());
        when("index of at least", own.identifiersMin() < profile.identifiersMin());
        more("cleared entries", own.clearedEntries(), profile.clearedEntries());
        later("epoch", own.epoch().term(), profile.epoch().term());
    }

    private void answer(Terms.Answer own, Terms.Answer profile) {
        later("answer requests", own.answer(), profile.answer());
        later("acknowledge", own.acknowledge(), profile.acknowledge());
        later("urgent", own.urgent(), profile.urgent());
        later("interim", own.interim(), profile.interim());
        when("refuse only on", !profile.refuseOnlyOn().containsAll(own.refuseOnlyOn()));
        when("never refuse on", !own.neverRefuseOn().containsAll(profile.neverRefuseOn()));
    }

    private void rule(Terms.Rule own, Terms.Rule profile) {
        switch (own) {
            case Terms.Territorial rule
            when profile instanceof Terms.Territorial other -> {
                more("obtained outside own territory", rule.rule(), other.rule());
                more("own territory", rule.own(), other.own());
            }
            case Terms.Announce rule
            when profile instanceof Terms.Announce other -> more("announce", rule.rule(), other.rule());
            case Terms.Suspend suspend when profile instanceof Terms.Suspend other -> suspend(suspend, other);
            case Terms.StatusNotices notices
            when profile instanceof Terms.StatusNotices other ->
                later("tell of status changes", notices.within(), other.within());
            case Terms.Challenge challenge
            when profile instanceof Terms.Challenge other -> {
                later("answer", challenge.answer(), other.answer());
                differs("unanswered", challenge.unanswered(), other.unanswered());
            }
            case Terms.Incident incident
            when profile instanceof Terms.Incident other -> {
                later("answer", incident.answer(), other.answer());
                later("joint review", incident.jointReview(), other.jointReview());
                more("consequence", other.consequence(), incident.consequence());
            }
            case Terms.Withdraw withdraw
            when profile instanceof Terms.Withdraw other -> differs("notice", withdraw.notice(), other.notice());
            default -> differs(head, own, profile);
        }
    }

    private void suspend(Terms.Suspend own, Terms.Suspend profile) {
        boolean late = own.effect().isPresent()
                && (profile.effect().isEmpty()
                        || Breadth.compare(own.effect().get(), profile.effect().get()) > 0);
        when("effect", late);
        Set<Words.SurvivingDuty> lost = EnumSet.noneOf(Words.SurvivingDuty.class);
        lost.addAll(profile.surviving());
        lost.removeAll(own.surviving());
        lost.removeAll(LOOSE);
        Set<Words.SurvivingDuty> gained = EnumSet.noneOf(Words.SurvivingDuty.class);
        gained.addAll(own.surviving());
        gained.removeAll(profile.surviving());
        gained.retainAll(LOOSE);
        when("surviving", !lost.isEmpty() || !gained.isEmpty());
    }

    /** In every list of words that can be compared, a later one lets more be done. */
    private <E extends Enum<E>> void more(String key, E own, E profile) {
        when(key, own.compareTo(profile) > 0);
    }

    private void later(String key, Deadline own, Deadline profile) {
        boolean sooner = switch (own) {
            case Term term when profile instanceof Term other -> Breadth.compare(term, other) <= 0;
            case WorkingDays days when profile instanceof WorkingDays other -> days.days() <= other.days();
            case Term term
            when profile instanceof WorkingDays other -> // no day holds two working days
                Breadth.compare(term, new Term(Period.ofDays(other.days()))) <= 0;
            default -> false;
        };
        when(key, !sooner);
    }

    private void differs(String key, Object own, Object profile) {
        when(key, !Objects.equals(own, profile));
    }

    private void when(String key, boolean isWider) {
        if (isWider) {
            wider.add(key);
        }
    }
}
