package org.entente.memorandum.decision;

/** Why an act is refused, or what is missing. Each has a sentence in the catalogue, {@code memorandum.decision.…}. */
public enum Reason {
    NOT_IN_FORCE("not-in-force"),
    SUPERSEDED("superseded"),
    ENDED("ended"),
    SUSPENDED("suspended"),
    WITHDRAWN("withdrawn"),
    ACTOR_NOT_NAMED("authority-not-named"),
    COUNTERPART_NOT_NAMED("authority-not-named"),
    ONE_PARTY("one-party"),
    PURPOSE_NOT_NAMED("purpose-not-named"),
    CATEGORY_NOT_NAMED("category-not-named"),
    ACTOR_NOT_IN_GROUP("not-in-joint-group"),
    COUNTERPART_NOT_IN_GROUP("not-in-joint-group"),
    GROUP_TERM("joint-group-term"),
    ACTOR_KIND("kind-of-authority"),
    COUNTERPART_KIND("kind-of-authority"),
    RECIPIENT_KIND("kind-of-authority"),
    ACT_NOT_NAMED("act-not-named"),
    NOT_REQUESTED("not-requested"),
    NEEDS_CASE("needs-case"),
    NEEDS_LEGAL_BASIS("needs-legal-basis"),
    NEEDS_OFFICERS("needs-officers"),
    ACTOR_ADVISER("needs-legal-adviser"),
    COUNTERPART_ADVISER("needs-legal-adviser"),
    INDEX_TOO_SMALL("index-too-small"),
    QUOTA("quota"),
    WATCH_TOO_LONG("watch-too-long"),
    WATCH_TOO_OFTEN("watch-too-often"),
    WATCH_OVER("watch-over"),
    OTHER_CATEGORY("other-category"),
    CHALLENGED("challenged"),
    PURPOSE_NOT_SERVED("purpose-not-served"),
    SECRECY("secrecy"),
    OBTAINER_NOT_NAMED("obtainer-not-named"),
    PLACE_UNKNOWN("place-unknown"),
    TERRITORY("territory"),
    PERSON_NOT_INDEXED("person-not-indexed"),
    CLEARED_NOT_INDEXED("cleared-not-indexed"),
    NOT_GRADED("not-graded"),
    HANDLING("handling"),
    RETENTION("retention"),
    /** Consent is missing. */
    ORIGINATOR_CONSENT("originator-consent"),
    HELD_TOO_LONG("held-too-long"),
    HOLD_NOT_ALLOWED("hold-not-allowed"),
    HOLD_REVIEW("hold-review"),
    OTHER_PURPOSE("other-purpose"),
    NOT_EVIDENCE("not-evidence"),
    NO_THREAT_USE("no-threat-use"),
    NOT_ONWARD("not-onward"),
    NO_EXPORT("no-export"),
    NOT_COUNTERSIGNED("not-countersigned");

    private final String code;

    Reason(String code) {
        this.code = "memorandum.decision." + code;
    }

    /** The code of the sentence. */
    public String code() {
        return code;
    }
}
