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
        STATUS_NOTICES("status-notices");

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
}
