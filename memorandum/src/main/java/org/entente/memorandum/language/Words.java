package org.entente.memorandum.language;

import org.entente.memorandum.item.Word;

/** The closed lists of words that stand as values in a memorandum. */
public final class Words {
    private Words() {}

    /** Plain yes and no, as people write them. */
    public enum YesNo implements Word {
        YES("yes"),
        NO("no");

        private final String word;

        YesNo(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** What an authority is; some secrecy lets matter pass between authorities of one kind only. */
    public enum AuthorityKind implements Word {
        FINANCIAL_INTELLIGENCE_UNIT("financial-intelligence-unit"),
        POLICE("police"),
        PROSECUTOR("prosecutor"),
        CUSTOMS("customs"),
        TAX("tax"),
        SANCTIONS("sanctions"),
        INTELLIGENCE("intelligence"),
        COURT("court"),
        OVERSIGHT("oversight");

        private final String word;

        AuthorityKind(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** The point in the world that counts as the place where an item of a category was obtained. */
    public enum PlaceOfObtaining implements Word {
        COLLECTION("place of collection"),
        PUBLICATION("place of publication"),
        REGISTRATION("place of registration"),
        ACCOUNT("place where the account is held"),
        DECLARATION_OR_SEIZURE("place of declaration or seizure"),
        RECOVERY("place of recovery");

        private final String word;

        PlaceOfObtaining(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** How two authorities compare what they hold; the rendering says what each mode reveals. */
    public enum MatchMode implements Word {
        /** The tags of the whole index go to the partner once an epoch; the responder does not learn the hits. */
        SHARED_INDEX("shared-index");

        private final String word;

        MatchMode(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Whether entries that a list clears may stand in an index. */
    public enum ClearedEntries implements Word {
        NOT_INDEXED("not indexed"),
        INCLUDED("included with their status");

        private final String word;

        ClearedEntries(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** What makes a release happen. */
    public enum Occasion implements Word {
        REQUEST("request"),
        REQUEST_OR_OWN_INITIATIVE("request or own initiative");

        private final String word;

        Occasion(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Whether an item must be graded before it leaves. */
    public enum GradingDemand implements Word {
        REQUIRED("required"),
        OPTIONAL("optional");

        private final String word;

        GradingDemand(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Whether a further use needs the originator's consent. */
    public enum Consent implements Word {
        NEVER("never"),
        WITH_CONSENT("with consent"),
        FREELY("freely");

        private final String word;

        Consent(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Why a request may be refused; the requested authority never need say more. */
    public enum RefusalGround implements Word {
        OWN_INVESTIGATION("own-investigation"),
        NATIONAL_SECURITY("national-security"),
        NOT_HELD("not-held"),
        DISPROPORTIONATE("disproportionate"),
        HUMAN_RIGHTS("human-rights"),
        FISCAL_MATTER("fiscal-matter"),
        BANK_SECRECY("bank-secrecy");

        private final String word;

        RefusalGround(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** What a party still owes while a memorandum is suspended and after it ended. */
    public enum SurvivingDuty implements Word {
        CONFIDENTIALITY("confidentiality"),
        RETENTION("retention"),
        ERASURE("erasure"),
        STATUS_NOTICES("status-notices"),
        /** What was received may still be used within its terms. */
        USE("use"),
        /** Requests that were made before are still answered. */
        ANSWERS("answers");

        private final String word;

        SurvivingDuty(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** What holds when the texts of two languages say different things. */
    public enum Divergence implements Word {
        CONSULT("consult"),
        NARROWER_PREVAILS("the narrower prevails");

        private final String word;

        Divergence(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Whether a signature binds in law. */
    public enum Nature implements Word {
        UNDERSTANDING("non-binding understanding"),
        AGREEMENT("binding agreement");

        private final String word;

        Nature(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** For which purpose an item may be used when life, limb or freedom is in immediate danger. */
    public enum ThreatReach implements Word {
        NEVER("never"),
        NAMED("for a named purpose"),
        ANY("for any purpose");

        private final String word;

        ThreatReach(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Whether an item may go on to an authority that the request named. */
    public enum NamedInRequest implements Word {
        /** As to everybody else. */
        WITH_CONSENT("with consent"),
        /** Whoever answers such a request without a word against it has consented. */
        PRESUMED("presumed");

        private final String word;

        NamedInRequest(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** What becomes of an item whose term has ended while a proceeding still needs it. */
    public enum LegalHold implements Word {
        /** It is erased all the same. */
        NEVER("never"),
        /** It is kept for that proceeding and used for nothing else. */
        RESTRICTED("restricted"),
        /** It is kept and may be used as before. */
        IN_USE("in use");

        private final String word;

        LegalHold(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Whether what was obtained outside own territory may move. */
    public enum TerritorialRule implements Word {
        JOINT_AUTHORISATION("only with a joint authorisation of the place"),
        FREELY("freely");

        private final String word;

        TerritorialRule(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Whose territory counts as the own territory of an authority that obtains something. */
    public enum OwnTerritory implements Word {
        AUTHORITY("of the authority"),
        PARTY("of the party");

        private final String word;

        OwnTerritory(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** When an announcement to the public may be made. */
    public enum AnnounceRule implements Word {
        COUNTERSIGNED("with the countersignature of every party named"),
        FREELY("freely");

        private final String word;

        AnnounceRule(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** What becomes of an item whose provenance was challenged and not answered for. */
    public enum Unanswered implements Word {
        /** Nothing may be done with it until the challenge is answered. */
        QUARANTINED("quarantined"),
        ERASED("erased");

        private final String word;

        Unanswered(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** What follows when a joint review has found that sovereignty was breached. */
    public enum Consequence implements Word {
        CONSULTATION("consultation"),
        SUSPENSION("suspension");

        private final String word;

        Consequence(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
