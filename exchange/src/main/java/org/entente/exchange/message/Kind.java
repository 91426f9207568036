package org.entente.exchange.message;

import java.util.Optional;
import java.util.Set;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Role;

/**
 * Every kind of statement that passes between parties, with what each demands, so that whoever sends, accepts or
 * applies one needs no list of its own. The memorandum may demand more approvals than stand here, never fewer.
 */
public enum Kind implements Word {
    OFFICER_APPOINTED("officer-appointed", Set.of(Trait.TO_ALL, Trait.RECEIPTED)),
    /** The root alone says it; so it does with the next one. */
    CARD_SUCCEEDED("card-succeeded", Set.of(Trait.BY_ROOT, Trait.TO_ALL, Trait.RECEIPTED)),
    KEY_REVOKED("key-revoked", Set.of(Trait.BY_ROOT, Trait.TO_ALL, Trait.RECEIPTED)),
    /** A log that cannot be gone on with goes on under its next name: what the two logs hold, no memorandum decides. */
    LOG_REOPENED("log-reopened", Set.of(Trait.RECEIPTED)),
    MEMORANDUM_SIGNED("memorandum-signed", Set.of(Trait.BY_ROOT, Trait.TO_ALL, Trait.RECEIPTED)),
    /** A suspension also counts under the statement keys: it only narrows, and must hold at once. */
    MEMORANDUM_SUSPENDED("memorandum-suspended", Set.of(Trait.BY_ROOT, Trait.TO_ALL, Trait.RECEIPTED)),
    MEMORANDUM_RESUMED("memorandum-resumed", Set.of(Trait.BY_ROOT, Trait.TO_ALL, Trait.RECEIPTED)),
    MEMORANDUM_WITHDRAWN("memorandum-withdrawn", Set.of(Trait.BY_ROOT, Trait.TO_ALL, Trait.RECEIPTED)),
    JOINT_AUTHORISATION("joint-authorisation", Set.of(Trait.BY_ROOT, Trait.RECEIPTED)),
    JOINT_AUTHORISATION_COUNTERSIGNED("joint-authorisation-countersigned", Set.of(Trait.BY_ROOT, Trait.RECEIPTED)),
    /** Each item in an index was decided about when it was put in; announcing decides nothing further. */
    INDEX_ANNOUNCED("index-announced", ActName.INDEX, Set.of(Trait.RECEIPTED), Role.LIAISON, Role.LEGAL),
    /** A proposal; the decision needs both legal advisers and stands in the agreement. */
    RECONCILE_ASKED("reconcile-asked", ActName.RECONCILE, Set.of(Trait.RECEIPTED), Role.LEGAL),
    RECONCILE_AGREED("reconcile-agreed", ActName.RECONCILE, Set.of(Trait.DECIDED, Trait.RECEIPTED), Role.LEGAL),
    PROBE_ASKED(
            "probe-asked",
            ActName.PROBE,
            Set.of(Trait.BODY, Trait.DECIDED, Trait.RECEIPTED),
            Role.ANALYST,
            Role.LIAISON),
    WATCH_ASKED(
            "watch-asked",
            ActName.WATCH,
            Set.of(Trait.BODY, Trait.DECIDED, Trait.RECEIPTED),
            Role.ANALYST,
            Role.LIAISON),
    PROBE_ANSWERED("probe-answered", ActName.PROBE, Set.of(Trait.BODY, Trait.DECIDED, Trait.RECEIPTED)),
    ITEM_REQUESTED(
            "item-requested",
            ActName.REQUEST,
            Set.of(Trait.BODY, Trait.DECIDED, Trait.RECEIPTED),
            Role.ANALYST,
            Role.LIAISON),
    REQUEST_DECIDED("request-decided", Set.of(Trait.RECEIPTED), Role.LIAISON),
    ITEM_RELEASED("item-released", ActName.RELEASE, Set.of(Trait.BODY, Trait.DECIDED, Trait.RECEIPTED), Role.LIAISON),
    /** What was received leaves its receiver's node in a file; its originator lists it for recall. */
    ITEM_EXPORTED("item-exported", ActName.EXPORT, Set.of(Trait.DECIDED, Trait.RECEIPTED), Role.LIAISON, Role.LEGAL),
    /** Opens a proceeding under a form, which says what its steps demand. */
    PROCEEDING_OPENED("proceeding-opened", Set.of(Trait.RECEIPTED), Role.ANALYST, Role.LIAISON, Role.LEGAL),
    STEP_TAKEN("step-taken", Set.of(Trait.RECEIPTED), Role.ANALYST, Role.LIAISON, Role.LEGAL),
    /** Its key is gone; an officer approves it who ordered it. */
    EPOCH_ENDED("epoch-ended", Set.of(Trait.RECEIPTED), Role.LIAISON, Role.LEGAL),
    /** A reader's attestation that its copy of a shared index is gone. */
    INDEX_ERASED("index-erased", Set.of(Trait.RECEIPTED)),
    /** A receiver's attestation that bodies which were sent to it are gone. */
    ERASURE_ATTESTED("erasure-attested", Set.of(Trait.RECEIPTED)),
    REFUSED("refused", Set.of(Trait.RECEIPTED)),
    /** Logged by both sides and never receipted, or receipts would never end. */
    RECEIPT("receipt", Set.of());

    private enum Trait {
        BODY,
        DECIDED,
        RECEIPTED,
        BY_ROOT,
        TO_ALL
    }

    private final String word;
    private final Optional<ActName> act;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of gives a set that nobody can change.
    private final Set<Trait> traits;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of gives a set that nobody can change.
    private final Set<Role> approvers;

    Kind(String word, ActName act, Set<Trait> traits, Role... approvers) {
        this.word = word;
        this.act = Optional.of(act);
        this.traits = traits;
        this.approvers = Set.of(approvers);
    }

    Kind(String word, Set<Trait> traits, Role... approvers) {
        this.word = word;
        this.act = Optional.empty();
        this.traits = traits;
        this.approvers = Set.of(approvers);
    }

    /** The {@code kind} of the statement. */
    @Override
    public String word() {
        return word;
    }

    /** Whether it carries its sender's decision, which the receiver recomputes before deciding anew. */
    public boolean needsDecision() {
        return traits.contains(Trait.DECIDED);
    }

    /** Whether a body always travels beside it; a shared index brings one too. */
    public boolean carriesBody() {
        return traits.contains(Trait.BODY);
    }

    /** The sender's officers of whom at least one approves; empty when the party or its node says it. */
    public Set<Role> approvers() {
        return approvers;
    }

    /** The {@code purpose} that an officer's approval names: the act, or the kind where there is none. */
    public String approvalPurpose() {
        return act.map(ActName::word).orElse(word);
    }

    /** Whether the receiver answers with a receipt. */
    public boolean receipted() {
        return traits.contains(Trait.RECEIPTED);
    }

    /** Whether the party's root keys may sign it; no other kind counts under them. */
    public boolean mayBeSignedByRoot() {
        return traits.contains(Trait.BY_ROOT);
    }

    /** Whether it may stand without addressee, said to every party alike. */
    public boolean mayBeSaidToAll() {
        return traits.contains(Trait.TO_ALL);
    }

    /** Empty for a kind that this version does not understand. */
    public static Optional<Kind> find(String word) {
        return Word.find(Kind.class, word);
    }
}
