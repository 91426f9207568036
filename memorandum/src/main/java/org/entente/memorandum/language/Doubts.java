package org.entente.memorandum.language;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a text may say and its authors may not have meant: warnings, none of which keeps it from being signed. Some of it, the
 * loose words above all, the proof finds again as what it permits; here it is said where it stands.
 */
final class Doubts {
    private final Tree document;
    private final SortedMap<ClauseNumber, Terms> clauses;
    private final Findings findings;

    Doubts(Tree document, SortedMap<ClauseNumber, Terms> clauses, Findings findings) {
        this.document = document;
        this.clauses = clauses;
        this.findings = findings;
    }

    void find() {
        clauses.forEach(this::looseWords);
        clauses.forEach(this::datesThatNeverHold);
    }

    private void looseWords(ClauseNumber number, Terms terms) {
        switch (terms) {
            case Terms.Reconcile _ -> {}
            case Terms.Probe probe -> officers(number, probe.needs());
            case Terms.Passing passing -> {
                officers(number, passing.needs());
                handover(number, passing.handover());
            }
            case Terms.Territorial rule
            when rule.rule() == Words.TerritorialRule.FREELY ->
                loose(
                        number,
                        "obtained outside own territory",
                        rule.rule().word(),
                        Words.TerritorialRule.JOINT_AUTHORISATION.word());
            case Terms.Announce rule
            when rule.rule() == Words.AnnounceRule.FREELY ->
                loose(number, "announce", rule.rule().word(), Words.AnnounceRule.COUNTERSIGNED.word());
            case Terms.Suspend suspend
            when suspend.effect().isPresent() ->
                loose(number, "effect", Forms.WITHIN + suspend.effect().get(), ClauseReader.AT_ONCE);
            case Terms.LegalNature _, Terms.NotNamed _, Terms.Answer _, Terms.JointGroup _ -> {}
            case Terms.EquivalentSecrecy _, Terms.Rule _ -> {}
        }
    }

    private void officers(ClauseNumber number, Terms.Needs needs) {
        if (needs.officers() == 0) {
            findings.warning(
                    document.at("clauses", number.text(), "needs", "officers"),
                    "memorandum.language.no-officer",
                    number.text());
        }
    }

    private void handover(ClauseNumber number, Terms.Handover handover) {
        consent(number, "use as evidence", handover.use().asEvidence());
        consent(number, "use for another purpose", handover.use().otherPurpose());
        consent(number, "onward", handover.onward().others());
        consent(number, "export", handover.export());
        if (handover.use().threat().reach() == Words.ThreatReach.ANY) {
            loose(
                    number,
                    "use against an immediate threat",
                    Words.ThreatReach.ANY.word(),
                    Words.ThreatReach.NAMED.word());
        }
        if (handover.retention().legalHold() == Words.LegalHold.IN_USE) {
            loose(number, "legal hold", Words.LegalHold.IN_USE.word(), Words.LegalHold.RESTRICTED.word());
        }
    }

    private void consent(ClauseNumber number, String key, Words.Consent consent) {
        if (consent == Words.Consent.FREELY) {
            loose(number, key, consent.word(), Words.Consent.WITH_CONSENT.word());
        }
    }

    private void loose(ClauseNumber number, String key, String said, String tighter) {
        findings.warning(
                document.at("clauses", number.text(), key), "memorandum.language.loose-word", key, said, tighter);
    }

    private void datesThatNeverHold(ClauseNumber number, Terms terms) {
        switch (terms) {
            case Terms.JointGroup group -> insideTheMemorandum(number, group);
            case Terms.Probe probe ->
                probe.watch()
                        .filter(watch -> Breadth.compare(watch.each(), watch.longest()) > 0)
                        .ifPresent(watch -> findings.warning(
                                document.at("clauses", number.text(), "watch"),
                                "memorandum.language.watch-of-one-round",
                                watch.each().toString(),
                                watch.longest().toString()));
            case Terms.Force force -> reviewed(number, force);
            default -> {} // the other clauses name no days
        }
    }

    private void insideTheMemorandum(ClauseNumber number, Terms.JointGroup group) {
        for (Terms.Force force : inForce()) {
            boolean before = force.from().filter(group.until()::isBefore).isPresent();
            boolean after = force.ends().filter(group.from()::isAfter).isPresent();
            if (before || after) {
                findings.warning(
                        document.at("clauses", number.text(), before ? "until" : "from"),
                        "memorandum.language.group-never-works",
                        group.from().toString(),
                        group.until().toString());
            }
        }
    }

    private void reviewed(ClauseNumber number, Terms.Force force) {
        Optional<LocalDate> from = force.from();
        Optional<LocalDate> ends = force.ends();
        if (from.isPresent() && ends.isPresent() && force.review().isPresent()) {
            Term each = force.review().get();
            LocalDate first = from.get().plusDays(Breadth.days(each));
            if (first.isAfter(ends.get())) {
                findings.warning(
                        document.at("clauses", number.text(), "review"),
                        "memorandum.language.never-reviewed",
                        each.toString(),
                        ends.get().toString());
            }
        }
    }

    private List<Terms.Force> inForce() {
        List<Terms.Force> found = new ArrayList<>();
        clauses.values().forEach(terms -> {
            if (terms instanceof Terms.Force force) {
                found.add(force);
            }
        });
        return found;
    }
}
