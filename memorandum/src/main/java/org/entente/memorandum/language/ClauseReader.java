package org.entente.memorandum.language;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Quoted;
import org.entente.memorandum.item.SecrecyRegime;

/** Reads one clause and resolves every name in it. */
final class ClauseReader {
    static final String REFUSED = "refused";
    static final String PARTY_OF_THE_PLACE = "by the party of the place";
    static final String NEW_VERSION = "by a new version that every party signs";
    static final String LAST_SIGNATURE = "with the last signature";
    static final String ANY_PARTY = "any party";
    static final String EVERY_PARTY = "every party";
    static final String AT_ONCE = "at once";
    static final String WITHIN = "within ";
    static final String EACH = "each ";
    static final String IDENTIFIERS = " identifiers";

    private static final List<Vocabulary> CLAUSES =
            Arrays.stream(Vocabulary.values()).filter(Vocabulary::isClause).toList();
    private static final int OFFICERS_MAX = 9;

    private final Names names;

    ClauseReader(Names names) {
        this.names = names;
    }

    Terms read(Tree tree, String number) throws Malformed {
        Vocabulary kind = kind(Block.open(tree, number));
        Block block = Block.of(tree, number, kind);
        return switch (kind) {
            case CLAUSE_LEGAL_NATURE ->
                new Terms.LegalNature(
                        block.word("legal nature", Words.Nature.class),
                        block.word("signing is consent to be bound", Words.YesNo.class) == Words.YesNo.YES);
            case CLAUSE_NOT_NAMED -> {
                block.only("not named here", REFUSED);
                yield new Terms.NotNamed();
            }
            case CLAUSE_RECONCILE -> reconcile(block);
            case CLAUSE_PROBE -> probe(block);
            case CLAUSE_RELEASE -> release(block);
            case CLAUSE_CONTRIBUTE -> contribute(block);
            case CLAUSE_ANSWER -> answer(block);
            case CLAUSE_TERRITORY ->
                new Terms.Territorial(
                        block.word("obtained outside own territory", Words.TerritorialRule.class),
                        block.wordOr("own territory", Words.OwnTerritory.AUTHORITY, Words.OwnTerritory.class));
            case CLAUSE_JOINT_GROUP -> jointGroup(block);
            case CLAUSE_ANNOUNCE -> new Terms.Announce(block.word("announce", Words.AnnounceRule.class));
            case CLAUSE_SUSPEND -> suspend(block);
            case CLAUSE_WITHDRAW -> {
                block.only("withdraw", ANY_PARTY);
                yield new Terms.Withdraw(block.value("notice", Term::parse));
            }
            case CLAUSE_AMEND -> {
                block.only("amend", NEW_VERSION);
                yield new Terms.Amend();
            }
            case CLAUSE_FORCE -> force(block);
            case CLAUSE_STATUS -> new Terms.StatusNotices(block.value("tell of status changes", ClauseReader::within));
            case CLAUSE_CHALLENGE -> {
                block.only("challenge of provenance", PARTY_OF_THE_PLACE);
                yield new Terms.Challenge(
                        block.value("answer", ClauseReader::within), block.word("unanswered", Words.Unanswered.class));
            }
            case CLAUSE_INCIDENT -> {
                block.only("sovereignty incident", ANY_PARTY);
                yield new Terms.Incident(
                        block.value("answer", ClauseReader::within),
                        block.value("joint review", ClauseReader::within),
                        block.word("consequence", Words.Consequence.class));
            }
            case CLAUSE_SECRECY -> equivalent(block);
            case MEMORANDUM, BILINGUAL, LANGUAGES, PARTY, AUTHORITY, PURPOSE, CATEGORY, NEEDS, WATCH ->
                throw new IllegalStateException("not a clause: " + kind);
        };
    }

    private static Vocabulary kind(Block block) throws Malformed {
        List<Vocabulary> kinds =
                CLAUSES.stream().filter(kind -> block.has(kind.head())).toList();
        if (kinds.size() == 1) {
            return kinds.getFirst();
        }
        if (kinds.size() > 1) {
            throw new Malformed(
                    "memorandum.language.clause-of-two-kinds",
                    block.line(),
                    kinds.get(0).head(),
                    kinds.get(1).head());
        }
        List<String> heads = CLAUSES.stream().map(Vocabulary::head).toList();
        if (block.keys().isEmpty()) {
            throw new Malformed("memorandum.yaml.missing-key", block.line(), String.join(" | ", heads));
        }
        throw block.unknownKey(block.keys().iterator().next(), heads);
    }

    private Terms.Reconcile reconcile(Block block) throws Malformed {
        SortedSet<AuthorityCode> between = block.set("between", names::authority, Party.ORDER);
        Terms.Scope scope = scope(block, block.set("reconcile", names::category), between, between);
        return new Terms.Reconcile(scope, index(block, "reconcile", scope));
    }

    private Terms.Probe probe(Block block) throws Malformed {
        Terms.Scope scope = scope(
                block,
                block.set("probe", names::category),
                block.set("by", names::authority, Party.ORDER),
                block.set("of", names::authority, Party.ORDER));
        return new Terms.Probe(
                scope,
                index(block, "probe", scope),
                needs(block),
                block.value("at most", Quota::parse),
                block.value("tell the other side of a hit", ClauseReader::within),
                watch(block));
    }

    private Terms.Release release(Block block) throws Malformed {
        Terms.Scope scope = scope(
                block,
                block.set("release", names::category),
                block.set("by", names::authority, Party.ORDER),
                block.set("to", names::authority, Party.ORDER));
        return new Terms.Release(
                scope, block.wordOr("on", Words.Occasion.REQUEST, Words.Occasion.class), needs(block), handover(block));
    }

    private Terms.Contribute contribute(Block block) throws Malformed {
        SortedSet<AuthorityCode> between = block.set("between", names::authority, Party.ORDER);
        Terms.Scope scope = scope(block, block.set("contribute", names::category), between, between);
        return new Terms.Contribute(scope, needs(block), handover(block));
    }

    /** What a text leaves out is refused, or asked for. */
    private Terms.Handover handover(Block block) throws Malformed {
        return new Terms.Handover(
                new Terms.Marks(
                        block.word("handling at least", Handling.Code.class),
                        block.wordOr("grading", Words.GradingDemand.REQUIRED, Words.GradingDemand.class)),
                new Terms.Use(
                        block.wordOr("use as evidence", Words.Consent.NEVER, Words.Consent.class),
                        block.wordOr("use for another purpose", Words.Consent.NEVER, Words.Consent.class),
                        block.has("use against an immediate threat")
                                ? block.formed(
                                        "use against an immediate threat", Terms.Threat.FORMS, Terms.Threat::parse)
                                : Terms.Threat.NONE),
                new Terms.Onward(
                        block.wordOr("onward", Words.Consent.WITH_CONSENT, Words.Consent.class),
                        block.has("onward to")
                                ? block.set("onward to", names::authority, Party.ORDER)
                                : new TreeSet<>(Party.ORDER),
                        block.wordOr(
                                "onward to those named in the request",
                                Words.NamedInRequest.WITH_CONSENT,
                                Words.NamedInRequest.class)),
                block.wordOr("export", Words.Consent.WITH_CONSENT, Words.Consent.class),
                new Terms.Retention(
                        block.value("keep", Term::parse),
                        block.wordOr("legal hold", Words.LegalHold.NEVER, Words.LegalHold.class)));
    }

    /** Whoever may act must find somebody of another party to act with, or the clause says nothing. */
    private Terms.Scope scope(
            Block block,
            SortedSet<Category> categories,
            SortedSet<AuthorityCode> by,
            SortedSet<AuthorityCode> counterpart)
            throws Malformed {
        boolean acrossParties = by.stream()
                .anyMatch(actor ->
                        counterpart.stream().anyMatch(other -> !other.party().equals(actor.party())));
        if (!acrossParties) {
            throw new Malformed("memorandum.language.one-party-clause", block.line());
        }
        return new Terms.Scope(categories, by, counterpart, purposes(block));
    }

    private SortedSet<Purpose> purposes(Block block) throws Malformed {
        if (block.tree("for") instanceof Tree.Text text && text.text().equals("any purpose")) {
            return names.purposes();
        }
        return block.set("for", names::purpose);
    }

    private Terms.Index index(Block block, String head, Terms.Scope scope) throws Malformed {
        Terms.Index index = new Terms.Index(
                block.word("mode", Words.MatchMode.class),
                block.value("index of at least", ClauseReader::identifiers),
                block.wordOr("cleared entries", Words.ClearedEntries.NOT_INDEXED, Words.ClearedEntries.class),
                block.valueOr("epoch", Epoch.USUAL, Epoch::parse));
        for (Category category : scope.categories()) {
            if (index.mode() == Words.MatchMode.SHARED_INDEX && names.sensitive(category)) {
                throw new Malformed("memorandum.language.sensitive-shared-index", block.line(head), category.code());
            }
        }
        return index;
    }

    private static Terms.Needs needs(Block block) throws Malformed {
        if (!block.has("needs")) {
            return new Terms.Needs(true, true, 1);
        }
        Block needs = block.block("needs", Vocabulary.NEEDS);
        return new Terms.Needs(
                needs.yesOr("case", true),
                needs.yesOr("legal basis", true),
                needs.valueOr("officers", 1, ClauseReader::officers));
    }

    private static Optional<Terms.Watch> watch(Block block) throws Malformed {
        if (!block.has("watch")) {
            return Optional.empty();
        }
        Block watch = block.block("watch", Vocabulary.WATCH);
        return Optional.of(new Terms.Watch(watch.value("each", Term::parse), watch.value("for at most", Term::parse)));
    }

    private static Terms.Answer answer(Block block) throws Malformed {
        SortedSet<Words.RefusalGround> allowed = block.words("refuse only on", Words.RefusalGround.class);
        SortedSet<Words.RefusalGround> forbidden = block.has("never refuse on")
                ? block.words("never refuse on", Words.RefusalGround.class)
                : Collections.emptySortedSet();
        SortedSet<Words.RefusalGround> both = new TreeSet<>(allowed);
        both.retainAll(forbidden);
        if (!both.isEmpty()) {
            throw new Malformed(
                    "memorandum.language.contradiction",
                    block.line("never refuse on"),
                    both.first().word());
        }
        return new Terms.Answer(
                block.value("answer requests", ClauseReader::deadline),
                block.value("acknowledge", ClauseReader::deadline),
                block.value("urgent", ClauseReader::deadline),
                block.value("interim", ClauseReader::deadline),
                allowed,
                forbidden);
    }

    private Terms.JointGroup jointGroup(Block block) throws Malformed {
        Terms.JointGroup group = new Terms.JointGroup(
                block.set(MemorandumReader.JOINT_GROUP, names::authority, Party.ORDER),
                block.set("leaders", names::authority, Party.ORDER),
                block.has("adds purposes") ? block.set("adds purposes", names::purpose) : new TreeSet<>(),
                block.has("adds categories") ? block.set("adds categories", names::category) : new TreeSet<>(),
                block.value("from", ClauseReader::date),
                block.value("until", ClauseReader::date));
        if (group.until().isBefore(group.from())) {
            throw new Malformed("memorandum.language.ends-before-it-begins", block.line("until"), block.text("until"));
        }
        for (AuthorityCode leader : group.leaders()) {
            if (!group.members().contains(leader)) {
                throw new Malformed("memorandum.language.leader-no-member", block.line("leaders"), leader.text());
            }
        }
        return group;
    }

    private static Terms.Suspend suspend(Block block) throws Malformed {
        block.only("suspend", ANY_PARTY);
        block.only("resume", EVERY_PARTY);
        Optional<Term> effect = block.formed(
                "effect",
                AT_ONCE + " | within P7D",
                text -> text.equals(AT_ONCE) ? Optional.empty() : Optional.of(within(text)));
        return new Terms.Suspend(effect, block.words("surviving", Words.SurvivingDuty.class));
    }

    private static Terms.Force force(Block block) throws Malformed {
        Optional<LocalDate> from = block.formed(
                "enters into force",
                LAST_SIGNATURE + " | 2026-01-01",
                text -> text.equals(LAST_SIGNATURE) ? Optional.empty() : Optional.of(date(text)));
        Optional<LocalDate> ends =
                block.has("ends") ? Optional.of(block.value("ends", ClauseReader::date)) : Optional.empty();
        Optional<Term> review =
                block.has("review") ? Optional.of(block.value("review", ClauseReader::each)) : Optional.empty();
        if (from.isPresent() && ends.isPresent() && ends.get().isBefore(from.get())) {
            throw new Malformed("memorandum.language.ends-before-it-begins", block.line("ends"), block.text("ends"));
        }
        return new Terms.Force(from, ends, review);
    }

    private static Terms.EquivalentSecrecy equivalent(Block block) throws Malformed {
        SortedSet<SecrecyRegime> regimes = block.words("equivalent secrecy", SecrecyRegime.class);
        for (SecrecyRegime apart : List.of(SecrecyRegime.NONE, SecrecyRegime.SUSPICIOUS_REPORT)) {
            if (regimes.contains(apart)) {
                throw new Malformed(
                        "memorandum.language.secrecy-apart", block.line("equivalent secrecy"), apart.word());
            }
        }
        if (regimes.size() < 2) {
            throw new Malformed("memorandum.language.secrecy-alone", block.line("equivalent secrecy"));
        }
        return new Terms.EquivalentSecrecy(regimes);
    }

    private static Term within(String text) throws Malformed {
        if (!text.startsWith(WITHIN)) {
            throw new Malformed("memorandum.period.malformed", Quoted.of(text));
        }
        return Term.parse(text.substring(WITHIN.length()));
    }

    private static Deadline deadline(String text) throws Malformed {
        if (!text.startsWith(WITHIN)) {
            throw new Malformed("memorandum.period.malformed", Quoted.of(text));
        }
        return Deadline.parse(text.substring(WITHIN.length()));
    }

    private static Term each(String text) throws Malformed {
        if (!text.startsWith(EACH)) {
            throw new Malformed("memorandum.period.malformed", Quoted.of(text));
        }
        return Term.parse(text.substring(EACH.length()));
    }

    private static long identifiers(String text) throws Malformed {
        if (!text.matches("[1-9][0-9]{0,11}" + IDENTIFIERS)) {
            throw new Malformed("memorandum.quota.malformed", Quoted.of(text));
        }
        return Long.parseLong(text.substring(0, text.length() - IDENTIFIERS.length()));
    }

    private static int officers(String text) throws Malformed {
        if (!text.matches("[0-" + OFFICERS_MAX + "]")) {
            throw new Malformed("memorandum.quota.malformed", Quoted.of(text));
        }
        return Integer.parseInt(text);
    }

    private static LocalDate date(String text) throws Malformed {
        try {
            LocalDate date = LocalDate.parse(text);
            if (text.length() == 10) {
                return date;
            }
        } catch (DateTimeParseException refused) {
            // Falls through to the one refusal below.
        }
        throw new Malformed("memorandum.date.malformed", Quoted.of(text));
    }
}
