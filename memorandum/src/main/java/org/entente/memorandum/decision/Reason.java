package org.entente.memorandum.decision;

/** Why an act is refused, or what is missing. Each has a sentence in the catalogue, {@code memorandum.decision.…}. */
public enum Reason {
    NOT_IN_FORCE("memorandum.decision.not-in-force"),
    ENDED("memorandum.decision.ended"),
    SUSPENDED("memorandum.decision.suspended"),
    WITHDRAWN("memorandum.decision.withdrawn"),
    SUPERSEDED("memorandum.decision.superseded"),
    CLAUSE_SUSPENDED("memorandum.decision.clause-suspended"),
    ACTOR_NOT_NAMED("memorandum.decision.authority-not-named"),
    COUNTERPART_NOT_NAMED("memorandum.decision.authority-not-named"),
    ONE_PARTY("memorandum.decision.one-party"),
    PURPOSE_NOT_NAMED("memorandum.decision.purpose-not-named"),
    CATEGORY_NOT_NAMED("memorandum.decision.category-not-named"),
    ACTOR_NOT_IN_GROUP("memorandum.decision.not-in-joint-group"),
    COUNTERPART_NOT_IN_GROUP("memorandum.decision.not-in-joint-group"),
    GROUP_TERM("memorandum.decision.joint-group-term"),
    ACTOR_KIND("memorandum.decision.kind-of-authority"),
    COUNTERPART_KIND("memorandum.decision.kind-of-authority"),
    RECIPIENT_KIND("memorandum.decision.kind-of-authority"),
    ACT_NOT_NAMED("memorandum.decision.act-not-named"),
    NOT_REQUESTED("memorandum.decision.not-requested"),
    NEEDS_CASE("memorandum.decision.needs-case"),
    NEEDS_LEGAL_BASIS("memorandum.decision.needs-legal-basis"),
    NEEDS_OFFICERS("memorandum.decision.needs-officers"),
    ACTOR_ADVISER("memorandum.decision.needs-legal-adviser"),
    COUNTERPART_ADVISER("memorandum.decision.needs-legal-adviser"),
    INDEX_TOO_SMALL("memorandum.decision.index-too-small"),
    QUOTA("memorandum.decision.quota"),
    WATCH_TOO_LONG("memorandum.decision.watch-too-long"),
    WATCH_TOO_OFTEN("memorandum.decision.watch-too-often"),
    WATCH_OVER("memorandum.decision.watch-over"),
    OTHER_CATEGORY("memorandum.decision.other-category"),
    CHALLENGED("memorandum.decision.challenged"),
    PURPOSE_NOT_SERVED("memorandum.decision.purpose-not-served"),
    SECRECY("memorandum.decision.secrecy"),
    OBTAINER_NOT_NAMED("memorandum.decision.obtainer-not-named"),
    PLACE_UNKNOWN("memorandum.decision.place-unknown"),
    TERRITORY("memorandum.decision.territory"),
    PERSON_NOT_INDEXED("memorandum.decision.person-not-indexed"),
    CLEARED_NOT_INDEXED("memorandum.decision.cleared-not-indexed"),
    NOT_GRADED("memorandum.decision.not-graded"),
    HANDLING("memorandum.decision.handling"),
    RETENTION("memorandum.decision.retention"),
    /** Consent is missing. */
    ORIGINATOR_CONSENT("memorandum.decision.originator-consent"),
    HELD_TOO_LONG("memorandum.decision.held-too-long"),
    HOLD_NOT_ALLOWED("memorandum.decision.hold-not-allowed"),
    HOLD_REVIEW("memorandum.decision.hold-review"),
    OTHER_PURPOSE("memorandum.decision.other-purpose"),
    NOT_EVIDENCE("memorandum.decision.not-evidence"),
    NO_THREAT_USE("memorandum.decision.no-threat-use"),
    NOT_ONWARD("memorandum.decision.not-onward"),
    NO_EXPORT("memorandum.decision.no-export"),
    NOT_COUNTERSIGNED("memorandum.decision.not-countersigned");

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /** The code of the sentence. */
    public String code() {
        return code;
    }
}
