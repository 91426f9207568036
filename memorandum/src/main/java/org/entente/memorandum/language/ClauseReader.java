package org.entente.memorandum.language;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.IsoDay;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Quoted;
import org.entente.memorandum.item.SecrecyRegime;

/** Reads one clause: what it is about by its head, then its keys. */
final class ClauseReader {
    static final String REFUSED = "refused";
    static final String PARTY_OF_THE_PLACE = "by the party of the place";
    static final String NEW_VERSION = "by a new version that every party signs";
    static final String LAST_SIGNATURE = "with the last signature";
    static final String ANY_PARTY = "any party";
    static final String EVERY_PARTY = "every party";
    static final String AT_ONCE = "at once";

    private final Names names;
    private final GrantReader grants;
    private final Findings findings;
    /** Heads that stand in the text, or were probably meant by one that is misspelt. */
    private final Set<String> heads = new HashSet<>();

    ClauseReader(Names names, Findings findings) {
        this.names = names;
        this.grants = new GrantReader(names);
        this.findings = findings;
    }

    /** Heads of mandatory clauses that no clause so far had. */
    List<String> missing() {
        return Vocabulary.clauses().stream()
                .filter(Vocabulary::isMandatory)
                .map(Vocabulary::head)
                .filter(head -> !heads.contains(head))
                .sorted()
                .toList();
    }

    Read<Terms> read(Tree tree, Spot spot, String number) {
        Block opened = Block.open(tree, number, findings);
        Optional<Vocabulary> kind = opened.readable() ? kind(opened) : Optional.empty();
        if (kind.isEmpty()) {
            return Read.nothing();
        }
        boolean first = heads.add(kind.get().head());
        Block block = Block.of(tree, number, kind.get(), findings);
        Read<SortedSet<String>> widens =
                block.setOrNone(Expansion.WIDENS, said -> key(said, kind.get()), String::compareTo);
        Read<Terms> terms = read(block, kind.get());
        if (widens.found().isEmpty()) {
            return Read.nothing();
        }
        if (!first && !kind.get().isRepeatable()) {
            findings.error(spot, "memorandum.language.clause-twice", number);
            return Read.nothing();
        }
        return terms;
    }

    /** Reads a clause that stands in no text of the authors; what is wrong with it is not theirs to correct. */
    Optional<Terms> silently(Tree tree, String number) {
        return new ClauseReader(names, new Findings())
                .read(tree, Spot.FIRST, number)
                .found();
    }

    private static String key(String said, Vocabulary kind) throws Malformed {
        if (!said.equals(Words.YesNo.YES.word()) && !kind.keys().contains(said)) {
            throw new Malformed("memorandum.word.unknown", Quoted.of(said));
        }
        return said;
    }

    private Read<Terms> read(Block block, Vocabulary kind) {
        return switch (kind) {
            case CLAUSE_LEGAL_NATURE -> legalNature(block);
            case CLAUSE_NOT_NAMED -> only(block, "not named here", REFUSED, new Terms.NotNamed());
            case CLAUSE_RECONCILE -> grants.reconcile(block);
            case CLAUSE_PROBE -> grants.probe(block);
            case CLAUSE_RELEASE -> grants.release(block);
            case CLAUSE_CONTRIBUTE -> grants.contribute(block);
            case CLAUSE_ANSWER -> answer(block);
            case CLAUSE_TERRITORY -> territorial(block);
            case CLAUSE_JOINT_GROUP -> jointGroup(block);
            case CLAUSE_ANNOUNCE -> announce(block);
            case CLAUSE_SUSPEND -> suspend(block);
            case CLAUSE_WITHDRAW -> withdraw(block);
            case CLAUSE_AMEND -> only(block, "amend", NEW_VERSION, new Terms.Amend());
            case CLAUSE_FORCE -> force(block);
            case CLAUSE_STATUS -> statusNotices(block);
            case CLAUSE_CHALLENGE -> challenge(block);
            case CLAUSE_INCIDENT -> incident(block);
            case CLAUSE_SECRECY -> equivalent(block);
            case MEMORANDUM,
                    PROFILE,
                    PROPERTIES,
                    PROPERTY,
                    PROPERTY_NEVER,
                    PROPERTY_UNLESS,
                    BILINGUAL,
                    LANGUAGES,
                    PARTY,
                    AUTHORITY,
                    PURPOSE,
                    CATEGORY,
                    NEEDS,
                    WATCH -> throw new IllegalStateException("not a clause: " + kind);
        };
    }

    private static List<Vocabulary> kinds(Block block) {
        return Vocabulary.clauses().stream()
                .filter(kind -> block.has(kind.head()))
                .toList();
    }

    private Optional<Vocabulary> kind(Block block) {
        List<Vocabulary> kinds = kinds(block);
        if (kinds.size() == 1) {
            return Optional.of(kinds.getFirst());
        }
        List<String> known = Vocabulary.clauses().stream().map(Vocabulary::head).toList();
        if (kinds.size() > 1) {
            kinds.forEach(kind -> heads.add(kind.head()));
            findings.error(
                    block.spot(kinds.get(1).head()),
                    "memorandum.language.clause-of-two-kinds",
                    kinds.get(0).head(),
                    kinds.get(1).head());
        } else if (block.keys().isEmpty()) {
            findings.error(block.spot(), "memorandum.yaml.missing-key", String.join(" | ", known));
        } else {
            heads.add(block.unknownKey(block.keys().iterator().next(), known));
        }
        return Optional.empty();
    }

    private static Read<Terms> only(Block block, String key, String text, Terms terms) {
        Read<String> said = block.only(key, text);
        return Read.whole(() -> {
            said.get();
            return terms;
        });
    }

    private static Read<Terms> legalNature(Block block) {
        Read<Words.Nature> nature = block.word("legal nature", Words.Nature.class);
        Read<Words.YesNo> bound = block.word("signing is consent to be bound", Words.YesNo.class);
        return Read.whole(() -> new Terms.LegalNature(nature.get(), bound.get() == Words.YesNo.YES));
    }

    private static Read<Terms> answer(Block block) {
        Read<Deadline> answer = block.value("answer requests", Forms::deadline);
        Read<Deadline> acknowledge = block.value("acknowledge", Forms::deadline);
        Read<Deadline> urgent = block.value("urgent", Forms::deadline);
        Read<Deadline> interim = block.value("interim", Forms::deadline);
        Read<SortedSet<Words.RefusalGround>> allowed = block.words("refuse only on", Words.RefusalGround.class);
        Read<SortedSet<Words.RefusalGround>> forbidden =
                block.wordsOrNone("never refuse on", Words.RefusalGround.class);
        return Read.whole(() -> {
            SortedSet<Words.RefusalGround> both = new TreeSet<>(allowed.get());
            both.retainAll(forbidden.get());
            if (!both.isEmpty()) {
                throw block.unread(
                        "never refuse on",
                        "memorandum.language.contradiction",
                        both.first().word());
            }
            return new Terms.Answer(
                    answer.get(), acknowledge.get(), urgent.get(), interim.get(), allowed.get(), forbidden.get());
        });
    }

    private static Read<Terms> territorial(Block block) {
        Read<Words.TerritorialRule> rule = block.word("obtained outside own territory", Words.TerritorialRule.class);
        Read<Words.OwnTerritory> own =
                block.wordOr("own territory", Words.OwnTerritory.AUTHORITY, Words.OwnTerritory.class);
        return Read.whole(() -> new Terms.Territorial(rule.get(), own.get()));
    }

    private Read<Terms> jointGroup(Block block) {
        Read<SortedSet<AuthorityCode>> members = block.set(MemorandumReader.JOINT_GROUP, names::authority, Party.ORDER);
        Read<SortedSet<AuthorityCode>> leaders = block.set("leaders", names::authority, Party.ORDER);
        Read<SortedSet<Purpose>> purposes = block.setOrNone("adds purposes", names::purpose, Purpose::compareTo);
        Read<SortedSet<Category>> categories = block.setOrNone("adds categories", names::category, Category::compareTo);
        Read<LocalDate> from = block.value("from", IsoDay::parse);
        Read<LocalDate> until = block.value("until", IsoDay::parse);
        return Read.whole(() -> {
            beginsBeforeItEnds(block, from.get(), until.get(), "until");
            for (AuthorityCode leader : leaders.get()) {
                if (!members.get().contains(leader)) {
                    throw block.unread("leaders", "memorandum.language.leader-no-member", leader.text());
                }
            }
            return new Terms.JointGroup(
                    members.get(), leaders.get(), purposes.get(), categories.get(), from.get(), until.get());
        });
    }

    private static void beginsBeforeItEnds(Block block, LocalDate from, LocalDate until, String key) throws Unread {
        if (until.isBefore(from)) {
            throw block.unread(key, "memorandum.language.ends-before-it-begins", until.toString());
        }
    }

    private static Read<Terms> announce(Block block) {
        Read<Words.AnnounceRule> rule = block.word("announce", Words.AnnounceRule.class);
        return Read.whole(() -> new Terms.Announce(rule.get()));
    }

    private static Read<Terms> suspend(Block block) {
        Read<String> who = block.only("suspend", ANY_PARTY);
        Read<String> resume = block.only("resume", EVERY_PARTY);
        Read<Optional<Term>> effect = block.formed(
                "effect",
                AT_ONCE + " | within P7D",
                text -> text.equals(AT_ONCE) ? Optional.empty() : Optional.of(Forms.within(text)));
        Read<SortedSet<Words.SurvivingDuty>> surviving = block.words("surviving", Words.SurvivingDuty.class);
        return Read.whole(() -> {
            who.get();
            resume.get();
            return new Terms.Suspend(effect.get(), surviving.get());
        });
    }

    private static Read<Terms> withdraw(Block block) {
        Read<String> who = block.only("withdraw", ANY_PARTY);
        Read<Term> notice = block.value("notice", Term::parse);
        return Read.whole(() -> {
            who.get();
            return new Terms.Withdraw(notice.get());
        });
    }

    private static Read<Terms> force(Block block) {
        Read<Optional<LocalDate>> from = block.formed(
                "enters into force",
                LAST_SIGNATURE + " | 2026-01-01",
                text -> text.equals(LAST_SIGNATURE) ? Optional.empty() : Optional.of(IsoDay.parse(text)));
        Read<Optional<LocalDate>> ends = block.optional("ends", IsoDay::parse);
        Read<Optional<Term>> review = block.optional("review", Forms::each);
        return Read.whole(() -> {
            if (from.get().isPresent() && ends.get().isPresent()) {
                beginsBeforeItEnds(block, from.get().get(), ends.get().get(), "ends");
            }
            return new Terms.Force(from.get(), ends.get(), review.get());
        });
    }

    private static Read<Terms> statusNotices(Block block) {
        Read<Term> within = block.value("tell of status changes", Forms::within);
        return Read.whole(() -> new Terms.StatusNotices(within.get()));
    }

    private static Read<Terms> challenge(Block block) {
        Read<String> who = block.only("challenge of provenance", PARTY_OF_THE_PLACE);
        Read<Term> answer = block.value("answer", Forms::within);
        Read<Words.Unanswered> unanswered = block.word("unanswered", Words.Unanswered.class);
        return Read.whole(() -> {
            who.get();
            return new Terms.Challenge(answer.get(), unanswered.get());
        });
    }

    private static Read<Terms> incident(Block block) {
        Read<String> who = block.only("sovereignty incident", ANY_PARTY);
        Read<Term> answer = block.value("answer", Forms::within);
        Read<Term> review = block.value("joint review", Forms::within);
        Read<Words.Consequence> consequence = block.word("consequence", Words.Consequence.class);
        return Read.whole(() -> {
            who.get();
            return new Terms.Incident(answer.get(), review.get(), consequence.get());
        });
    }

    private static Read<Terms> equivalent(Block block) {
        Read<SortedSet<SecrecyRegime>> regimes = block.words("equivalent secrecy", SecrecyRegime.class);
        return Read.whole(() -> {
            for (SecrecyRegime apart : List.of(SecrecyRegime.NONE, SecrecyRegime.SUSPICIOUS_REPORT)) {
                if (regimes.get().contains(apart)) {
                    throw block.unread("equivalent secrecy", "memorandum.language.secrecy-apart", apart.word());
                }
            }
            if (regimes.get().size() < 2) {
                throw block.unread("equivalent secrecy", "memorandum.language.secrecy-alone");
            }
            return new Terms.EquivalentSecrecy(regimes.get());
        });
    }
}
