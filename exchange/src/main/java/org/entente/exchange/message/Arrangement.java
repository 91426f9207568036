package org.entente.exchange.message;

import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PublicKeys;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.succession.CardHistory;
import org.entente.evidence.succession.CardSucceeded;
import org.entente.evidence.succession.KeyRevoked;
import org.entente.evidence.succession.LogReopened;
import org.entente.evidence.succession.Reopening;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.JointAuthorisation;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.memorandum.signing.VerifiedAuthorisation;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What parties say about the arrangement itself: their cards, their logs, their officers, the memorandum's life, joint authorisations.
 * What they mean is decided elsewhere ({@link CardHistory}, {@link Reopening}, {@link OfficerAppointment}, {@link LifecycleEvent}, {@link VerifiedAuthorisation}); here
 * they are kinds of statement among others, of the same content.
 */
public sealed interface Arrangement extends Message {

    /** A party says which keys are an officer's; the person behind the pseudonym is known to that party only. */
    record OfficerAppointed(String pseudonym, AuthorityCode authority, Role role, PublicKeys keys)
            implements Arrangement {
        public OfficerAppointed {
            Fields.require(Fields.isPseudonym(pseudonym), "not a pseudonym");
        }

        @Override
        public Kind kind() {
            return Kind.OFFICER_APPOINTED;
        }

        @Override
        public ObjectNode content() {
            return appointment().content();
        }

        public OfficerAppointment appointment() {
            return new OfficerAppointment(pseudonym, authority, role.word(), keys);
        }

        static OfficerAppointed read(Members members) throws Malformed {
            String pseudonym = members.text("pseudonym");
            AuthorityCode authority = AuthorityCode.parse(members.text("authority"));
            Role role = Fields.word(Role.class, members, "role");
            PublicKeys keys = PublicKeys.read(members.members("keys"));
            if (!Fields.isPseudonym(pseudonym)) {
                throw new Malformed("appointment.word-malformed");
            }
            return new OfficerAppointed(pseudonym, authority, role, keys);
        }
    }

    /** A party replaces its card; the root alone says so. */
    record CardReplaced(CardSucceeded succession) implements Arrangement {
        @Override
        public Kind kind() {
            return Kind.CARD_SUCCEEDED;
        }

        @Override
        public ObjectNode content() {
            return succession.content();
        }
    }

    /** A party takes a key back; the root alone says so. */
    record KeyTakenBack(KeyRevoked revocation) implements Arrangement {
        @Override
        public Kind kind() {
            return Kind.KEY_REVOKED;
        }

        @Override
        public ObjectNode content() {
            return revocation.content();
        }
    }

    /** A party closes its log of the relationship and goes on with its next incarnation. */
    record LogContinued(LogReopened declaration) implements Arrangement {
        @Override
        public Kind kind() {
            return Kind.LOG_REOPENED;
        }

        @Override
        public ObjectNode content() {
            return declaration.content();
        }
    }

    /**
     * A party signs, suspends, resumes or leaves a memorandum. The text itself is exchanged as a file beforehand, since
     * people sign what they have read.
     *
     * @param declaration what is declared, and about which text
     */
    record MemorandumDeclared(Declaration declaration) implements Arrangement {
        @Override
        public Kind kind() {
            return Word.find(Kind.class, declaration.kind().word()).orElseThrow();
        }

        @Override
        public ObjectNode content() {
            return declaration.content();
        }

        static MemorandumDeclared read(Kind kind, Members members) throws Malformed {
            return new MemorandumDeclared(
                    Declaration.read(Word.parse(LifecycleEvent.Kind.class, kind.word()), members));
        }
    }

    /** The party of a place lets another party obtain things there. */
    record JointAuthorised(JointAuthorisation terms) implements Arrangement {
        @Override
        public Kind kind() {
            return Kind.JOINT_AUTHORISATION;
        }

        @Override
        public ObjectNode content() {
            return terms.toJson();
        }
    }

    /** The obtaining party takes a joint authorisation on. */
    record JointCountersigned(Digest authorisation) implements Arrangement {
        @Override
        public Kind kind() {
            return Kind.JOINT_AUTHORISATION_COUNTERSIGNED;
        }

        @Override
        public Optional<Digest> answers() {
            return Optional.of(authorisation);
        }

        @Override
        public ObjectNode content() {
            return object().put("statement", authorisation.hex());
        }

        static JointCountersigned read(Members members) throws Malformed {
            return new JointCountersigned(members.digest("statement"));
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
