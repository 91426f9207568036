package org.entente.memorandum.language;

import java.util.Optional;
import java.util.SortedSet;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Purpose;

/** Reads the clauses that let somebody do something, and resolves every name in them. */
final class GrantReader {
    private final Names names;

    GrantReader(Names names) {
        this.names = names;
    }

    Read<Terms> reconcile(Block block) {
        Read<Terms.Scope> scope = scopeBetween(block, "reconcile");
        Read<Terms.Index> index = index(block, "reconcile", scope);
        return Read.whole(() -> new Terms.Reconcile(scope.get(), index.get()));
    }

    Read<Terms> probe(Block block) {
        Read<Terms.Scope> scope = scope(block, "probe", authorities(block, "by"), authorities(block, "of"));
        Read<Terms.Index> index = index(block, "probe", scope);
        Read<Terms.Needs> needs = needs(block);
        Read<Quota> quota = block.value("at most", Quota::parse);
        Read<Term> told = block.value("tell the other side of a hit", Forms::within);
        Read<Optional<Terms.Watch>> watch = watch(block);
        return Read.whole(
                () -> new Terms.Probe(scope.get(), index.get(), needs.get(), quota.get(), told.get(), watch.get()));
    }

    Read<Terms> release(Block block) {
        Read<Terms.Scope> scope = scope(block, "release", authorities(block, "by"), authorities(block, "to"));
        Read<Words.Occasion> on = block.wordOr("on", Words.Occasion.REQUEST, Words.Occasion.class);
        Read<Terms.Needs> needs = needs(block);
        Read<Terms.Handover> handover = handover(block);
        return Read.whole(() -> new Terms.Release(scope.get(), on.get(), needs.get(), handover.get()));
    }

    Read<Terms> contribute(Block block) {
        Read<Terms.Scope> scope = scopeBetween(block, "contribute");
        Read<Terms.Needs> needs = needs(block);
        Read<Terms.Handover> handover = handover(block);
        return Read.whole(() -> new Terms.Contribute(scope.get(), needs.get(), handover.get()));
    }

    private Read<Terms.Scope> scopeBetween(Block block, String head) {
        Read<SortedSet<AuthorityCode>> between = authorities(block, "between");
        return scope(block, head, between, between);
    }

    private Read<SortedSet<AuthorityCode>> authorities(Block block, String key) {
        return block.set(key, names::authority, Party.ORDER);
    }

    /** Whoever may act must find somebody of another party to act with, or the clause says nothing. */
    private Read<Terms.Scope> scope(
            Block block, String head, Read<SortedSet<AuthorityCode>> by, Read<SortedSet<AuthorityCode>> counterpart) {
        Read<SortedSet<Category>> categories = block.set(head, names::category);
        Read<SortedSet<Purpose>> purposes = purposes(block);
        return Read.whole(() -> {
            boolean acrossParties = false;
            for (AuthorityCode actor : by.get()) {
                for (AuthorityCode other : counterpart.get()) {
                    acrossParties |= !other.party().equals(actor.party());
                }
            }
            if (!acrossParties) {
                throw block.unread(head, "memorandum.language.one-party-clause");
            }
            return new Terms.Scope(categories.get(), by.get(), counterpart.get(), purposes.get());
        });
    }

    private Read<SortedSet<Purpose>> purposes(Block block) {
        boolean any = block.has("for")
                && block.tree("for").orElseThrow() instanceof Tree.Text text
                && text.text().equals("any purpose");
        return any ? Read.of(names.purposes()) : block.set("for", names::purpose);
    }

    private Read<Terms.Index> index(Block block, String head, Read<Terms.Scope> scope) {
        Read<Words.MatchMode> mode = block.word("mode", Words.MatchMode.class);
        Read<Long> least = block.value("index of at least", Forms::identifiers);
        Read<Words.ClearedEntries> cleared =
                block.wordOr("cleared entries", Words.ClearedEntries.NOT_INDEXED, Words.ClearedEntries.class);
        Read<Epoch> epoch = block.valueOr("epoch", Epoch.USUAL, Epoch::parse);
        return Read.whole(() -> {
            for (Category category : scope.get().categories()) {
                if (mode.get() == Words.MatchMode.SHARED_INDEX && names.sensitive(category)) {
                    throw block.unread(head, "memorandum.language.sensitive-shared-index", category.code());
                }
            }
            return new Terms.Index(mode.get(), least.get(), cleared.get(), epoch.get());
        });
    }

    private static Read<Terms.Needs> needs(Block block) {
        if (block.leavesOut("needs")) {
            return Read.of(new Terms.Needs(true, true, 1));
        }
        Block needs = block.block("needs", Vocabulary.NEEDS);
        Read<Boolean> caseReference = needs.yesOr("case", true);
        Read<Boolean> legalBasis = needs.yesOr("legal basis", true);
        Read<Integer> officers = needs.valueOr("officers", 1, Forms::officers);
        return Read.whole(() -> new Terms.Needs(caseReference.get(), legalBasis.get(), officers.get()));
    }

    private static Read<Optional<Terms.Watch>> watch(Block block) {
        if (block.leavesOut("watch")) {
            return Read.of(Optional.empty());
        }
        Block watch = block.block("watch", Vocabulary.WATCH);
        Read<Term> each = watch.value("each", Term::parse);
        Read<Term> longest = watch.value("for at most", Term::parse);
        return Read.whole(() -> Optional.of(new Terms.Watch(each.get(), longest.get())));
    }

    /** What a text leaves out is refused, or asked for. */
    private Read<Terms.Handover> handover(Block block) {
        Read<Terms.Marks> marks = marks(block);
        Read<Terms.Use> use = use(block);
        Read<Terms.Onward> onward = onward(block);
        Read<Words.Consent> export = block.wordOr("export", Words.Consent.WITH_CONSENT, Words.Consent.class);
        Read<Term> keep = block.value("keep", Term::parse);
        Read<Words.LegalHold> hold = block.wordOr("legal hold", Words.LegalHold.NEVER, Words.LegalHold.class);
        return Read.whole(() -> new Terms.Handover(
                marks.get(), use.get(), onward.get(), export.get(), new Terms.Retention(keep.get(), hold.get())));
    }

    private static Read<Terms.Marks> marks(Block block) {
        Read<Handling.Code> handling = block.word("handling at least", Handling.Code.class);
        Read<Words.GradingDemand> grading =
                block.wordOr("grading", Words.GradingDemand.REQUIRED, Words.GradingDemand.class);
        return Read.whole(() -> new Terms.Marks(handling.get(), grading.get()));
    }

    private static Read<Terms.Use> use(Block block) {
        Read<Words.Consent> evidence = block.wordOr("use as evidence", Words.Consent.NEVER, Words.Consent.class);
        Read<Words.Consent> purpose = block.wordOr("use for another purpose", Words.Consent.NEVER, Words.Consent.class);
        Read<Terms.Threat> threat = block.leavesOut("use against an immediate threat")
                ? Read.of(Terms.Threat.NONE)
                : block.formed("use against an immediate threat", Terms.Threat.FORMS, Terms.Threat::parse);
        return Read.whole(() -> new Terms.Use(evidence.get(), purpose.get(), threat.get()));
    }

    private Read<Terms.Onward> onward(Block block) {
        Read<Words.Consent> others = block.wordOr("onward", Words.Consent.WITH_CONSENT, Words.Consent.class);
        Read<SortedSet<AuthorityCode>> to = block.setOrNone("onward to", names::authority, Party.ORDER);
        Read<Words.NamedInRequest> named = block.wordOr(
                "onward to those named in the request", Words.NamedInRequest.WITH_CONSENT, Words.NamedInRequest.class);
        return Read.whole(() -> new Terms.Onward(others.get(), to.get(), named.get()));
    }
}
