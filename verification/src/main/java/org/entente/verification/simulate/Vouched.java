package org.entente.verification.simulate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.message.Approvals;
import org.entente.exchange.message.Message;

/**
 * What one history knows of signatures, by their exact bytes, so that it need not compute most of them again: a statement that was signed
 * here holds under the keys that signed it, and approvals that were verified hold under the same appointments. Everything else is verified
 * each time, and so is a share of what is known.
 */
final class Vouched {
    /** One of so many known statements is verified all the same. */
    private static final int VERIFIED_ONE_IN = 8;

    private final Map<Digest, Statement> signed = new HashMap<>();
    private final Map<Digest, Approved> approved = new HashMap<>();

    private record Approved(List<Approval> approvals, Map<String, OfficerAppointment> under) {}

    /** A statement that was signed in this history. */
    void signed(Statement statement) {
        signed.put(Digest.of(statement.bytes()), statement);
    }

    /** What {@link Arrival#verify} gives, computed only where it is not known. */
    Arrival arrival(UnverifiedStatement claimed, PartyCard card) throws Malformed {
        Digest bytes = Digest.of(claimed.bytes());
        Optional<Statement> known = Optional.ofNullable(signed.get(bytes))
                .filter(statement ->
                        statement.signedBy(card) && card.certificates().isEmpty())
                .filter(statement -> bytes.bytes()[0] % VERIFIED_ONE_IN != 0);
        return known.isPresent()
                ? new Arrival(card.party(), known.get(), false, Set.of())
                : Arrival.verify(claimed, card, Set.of());
    }

    /** What {@link Approvals#verify} gives; the name of a statement covers its approvals with their signatures. */
    List<Approval> approvals(
            Statement statement, Message message, Function<String, Optional<OfficerAppointment>> officers)
            throws Malformed {
        Optional<Approved> known = Optional.ofNullable(approved.get(statement.id()))
                .filter(one -> one.under().entrySet().stream()
                        .allMatch(officer -> officers.apply(officer.getKey()).equals(Optional.of(officer.getValue()))));
        if (known.isPresent()) {
            return known.get().approvals();
        }
        Map<String, OfficerAppointment> under = new HashMap<>();
        List<Approval> verified = Approvals.verify(statement, message, pseudonym -> {
            Optional<OfficerAppointment> officer = officers.apply(pseudonym);
            officer.ifPresent(appointed -> under.put(pseudonym, appointed));
            return officer;
        });
        approved.put(statement.id(), new Approved(verified, under));
        return verified;
    }
}
