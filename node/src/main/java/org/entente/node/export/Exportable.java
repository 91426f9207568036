package org.entente.node.export;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Predicate;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Onward;
import org.entente.exchange.proceeding.RequestProceeding;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.decision.Received;
import org.entente.node.body.BodyFiles;
import org.entente.node.casefile.CaseFiles;
import org.entente.node.erasure.BodyLife;
import org.entente.node.handover.Requests;
import org.entente.node.ledger.Statements;

/**
 * Which bodies may leave this node in a file at all: items that a partner released to this authority for this case, that were taken in,
 * and that are neither erased nor over their term nor held by a court nor restricted by a proceeding. Whether one of them may leave now, the memorandum decides.
 *
 * <p>Nothing else can: what this party sealed for a partner it cannot open any more, and other bodies of partners travel without the
 * envelope that the memorandum would have to judge.
 */
final class Exportable {
    private final Statements statements;
    private final Requests requests;
    private final BodyFiles files;
    private final BodyLife.Register ends;
    private final Predicate<PartyCode> assured;
    private final Clock clock;

    /** @param assured with which partners it is known that this database is no older copy */
    Exportable(
            Statements statements,
            Requests requests,
            BodyFiles files,
            BodyLife.Register ends,
            Predicate<PartyCode> assured,
            Clock clock) {
        this.statements = statements;
        this.requests = requests;
        this.files = files;
        this.ends = ends;
        this.assured = assured;
        this.clock = clock;
    }

    /**
     * A released item that is here and could leave.
     *
     * @param from the authority that released it
     */
    record Item(Digest release, Handover.ItemReleased message, AuthorityCode from) {
        BodyReference body() {
            return message.item();
        }
    }

    /**
     * Requires that the item of a release could leave for a case.
     *
     * @throws Malformed {@code export.…} with the statement that cannot be exported, and why
     */
    Item require(Digest release, CaseFiles.CaseFile caseFile, AuthorityCode authority) throws Malformed {
        Statements.Entry entry = statements
                .find(release)
                .filter(found -> concerns(found, authority))
                .orElseThrow(() -> refused("export.not-received", release));
        if (entry.outgoing()) {
            throw refused("export.sealed-to-partner", release);
        }
        if (!(entry.message() instanceof Handover.ItemReleased released)
                || !(entry.statement().from() instanceof AuthorityCode from)) {
            throw refused("export.no-envelope", release);
        }
        Optional<Statements.Entry> request = statements.find(released.request());
        boolean ofCase = request.isPresent()
                && request.get().outgoing()
                && request.get().message() instanceof Handover.ItemRequested asked
                && asked.subject().caseDigest().equals(caseFile.digest(from.party()));
        if (!ofCase) {
            throw refused("export.other-case", release);
        }
        // In an older copy, orders of courts and files that left may be missing; what leaves cannot be called back.
        if (!assured.test(from.party()) || !ends.holds().unreviewed().isEmpty()) {
            throw refused("export.copy-unsure", release);
        }
        requireHere(release, released);
        return new Item(release, released, from);
    }

    /** What another authority said or heard is as good as not there. */
    private static boolean concerns(Statements.Entry entry, AuthorityCode authority) {
        return entry.outgoing()
                ? entry.statement().from().equals(authority)
                : entry.statement().to().equals(Optional.of(authority));
    }

    private void requireHere(Digest release, Handover.ItemReleased released) throws Malformed {
        if (ends.erasures().of(release).isPresent()) {
            throw refused("export.erased", release);
        }
        if (!(requests.proceeding(released.request()).state() instanceof RequestProceeding.State.Opened opened)
                || !opened.release().equals(release)) {
            throw refused("export.not-taken-in", release);
        }
        if (!ends.holds().of(release).isEmpty()) {
            throw refused("export.held", release);
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!ends.effects().restricting(release, today).isEmpty()) {
            throw refused("export.restricted", release);
        }
        if (ends.keptUntil(release).filter(today::isAfter).isPresent()) {
            throw refused("export.term-over", release);
        }
        if (!files.holds(released.item().ciphertext())) {
            throw refused("export.erased", release);
        }
    }

    /** What the memorandum is asked about an item. */
    static Act.Export act(Item item, CaseFiles.CaseFile caseFile, AuthorityCode by, Grounds grounds, Instant at)
            throws Malformed {
        return new Act.Export(
                new Circumstances(
                        by,
                        item.from(),
                        caseFile.purpose(),
                        item.message().envelope().category(),
                        at),
                grounds,
                new Received(item.message().envelope(), Onward.receivedOn(item.message()), false, Optional.empty()));
    }

    private static Malformed refused(String code, Digest statement) {
        return new Malformed(code, statement.hex());
    }
}
