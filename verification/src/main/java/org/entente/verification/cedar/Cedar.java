package org.entente.verification.cedar;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.PolicySet;
import java.util.Set;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.signing.Standing;

/** Cedar, in this process, with the policies of one memorandum in force. */
public final class Cedar {
    private static final Set<ActName> TRANSLATED =
            Set.of(ActName.PROBE, ActName.WATCH, ActName.RECONCILE, ActName.INDEX, ActName.REQUEST, ActName.RELEASE);

    private final AuthorizationEngine engine = new BasicAuthorizationEngine();
    private final CedarFacts facts;
    private final PolicySet policies;

    /** Cedar does not run here, or does not take what it was given; the message says why. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    private Cedar(Standing.InForce standing) throws AuthException {
        this.facts = new CedarFacts(standing.memorandum());
        this.policies = PolicySet.parsePolicies(CedarPolicies.of(standing));
    }

    /** Loads Cedar's native part and reads the policies. */
    public static Cedar open(Standing.InForce standing) throws Unusable {
        try {
            return new Cedar(standing);
        } catch (LinkageError | RuntimeException missing) {
            throw new Unusable("Cedar's native part does not run here: " + innermost(missing), missing);
        } catch (AuthException refused) {
            throw new Unusable("Cedar refuses the policies: " + refused, refused);
        }
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : innermost(cause);
    }

    /** The version of the policy language. */
    public static String version() {
        return AuthorizationEngine.getCedarLangVersion();
    }

    /** Whether acts of this kind are translated. */
    public static boolean translates(Act act) {
        return TRANSLATED.contains(act.name());
    }

    public int policies() {
        return policies.getNumPolicies();
    }

    /** The act as Cedar is asked about it; made beforehand, since it holds what Cedar cannot compute. */
    public AuthorizationRequest question(Act act) {
        return facts.of(act);
    }

    /** Has the policies read once and kept on the native side, as {@link PolicySet#cache()} does; before, they are read for each question. */
    public void keepPolicies() throws Unusable {
        try {
            policies.cache();
        } catch (CacheException refused) {
            throw new Unusable("Cedar does not keep the policies: " + refused, refused);
        }
    }

    /** Cedar's answer. A policy that could not be evaluated is no answer: a {@code forbid} may have been passed over. */
    public boolean allows(AuthorizationRequest question) throws Unusable {
        AuthorizationResponse response;
        try {
            response = engine.isAuthorized(question, policies, Set.of());
        } catch (AuthException refused) {
            throw new Unusable("Cedar does not answer: " + refused, refused);
        }
        AuthorizationSuccessResponse success = response.success.orElseThrow(
                () -> new Unusable("Cedar does not answer: " + response, new IllegalStateException()));
        if (!success.getErrors().isEmpty()) {
            throw new Unusable("a policy fails: " + success.getErrors().getFirst(), new IllegalStateException());
        }
        return success.isAllowed();
    }
}
