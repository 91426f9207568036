package org.entente.evidence.attack;

import static org.entente.evidence.attack.BundleAttacks.STORY;
import static org.entente.evidence.attack.BundleAttacks.resealed;
import static org.entente.evidence.attack.BundleAttacks.statements;
import static org.entente.evidence.attack.Forge.MX;
import static org.entente.evidence.attack.Forge.US;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PublicKeys;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.node.ObjectNode;

/** Attacks on the approvals of a bundle, most of them by a party that wants to have had an officer's consent. */
final class ApprovalAttacks {
    private static final String PSEUDONYM = "us-fincen-7";
    private static final int APPOINTMENT = 2;
    private static final int RELEASE = 4;
    private static final SecretKeys OFFICER = US.keys("officer");

    private ApprovalAttacks() {}

    static Stream<Attack<?>> all() {
        return Stream.of(reused(), replaced(), appointed()).flatMap(Attacks::all);
    }

    private static String refused(int place, String code) {
        return "bundle.approval-refused[" + place + ", " + code + "]";
    }

    /** The release of the story without its approvals. */
    private static StatementDraft release() {
        Statement honest = STORY.statements().get(RELEASE);
        ObjectNode content = honest.content();
        content.remove("approvals");
        return StatementDraft.of(honest.kind(), honest.from(), honest.at(), content)
                .addressedTo(honest.to().orElseThrow());
    }

    private static Approval approval(String pseudonym, AuthorityCode authority, StatementDraft release) {
        return new Approval(pseudonym, authority, "liaison", "release", release.approvalSubject());
    }

    private static Statement signed(StatementDraft release, Instant at) {
        return approval(PSEUDONYM, US.authority(), release).sign(at, OFFICER);
    }

    /** The sender says the release with these approvals instead. */
    private static Attack.Change<byte[]> released(StatementDraft release, Statement... approvals) {
        Statement said = Statement.sign(release.withApprovals(List.of(approvals)), US.keys("statement"));
        return resealed(content -> statements(content).set(RELEASE, said.json()));
    }

    private static Attacks<byte[]> reused() {
        Instant at = STORY.statements().get(RELEASE).at();
        Statement honest = signed(release(), at);
        StatementDraft other = StatementDraft.of(
                        "release",
                        release().from(),
                        release().at(),
                        release().content().put("body", "another"))
                .addressedTo(MX.authority());
        return BundleAttacks.table()
                .add(
                        "an approval is used again for another body",
                        refused(5, "approval.subject-other"),
                        released(other, honest))
                .add(
                        "an approval is used again for another receiver",
                        refused(5, "approval.subject-other"),
                        released(release().addressedTo(MX.code()), honest))
                .add(
                        "one officer approves twice",
                        refused(5, "approval.repeated"),
                        released(release(), honest, signed(release(), at.minusSeconds(1))))
                .add(
                        "an approval is dated before the officer was appointed",
                        refused(5, "approval.time-order"),
                        released(release(), signed(release(), at.minusSeconds(3600))))
                .add(
                        "an approval is dated long after the act",
                        refused(5, "approval.time-order"),
                        released(release(), signed(release(), at.plusSeconds(2 * 86_400))));
    }

    private static Attacks<byte[]> replaced() {
        Instant at = STORY.statements().get(RELEASE).at();
        Statement byParty = approval(PSEUDONYM, US.authority(), release()).sign(at, US.keys("statement"));
        Statement foreign = approval(PSEUDONYM, MX.authority(), release()).sign(at, OFFICER);
        Statement unknown = approval("us-fincen-8", US.authority(), release()).sign(at, OFFICER);
        Statement promoted = new Approval(
                        PSEUDONYM,
                        US.authority(),
                        "director",
                        "release",
                        release().approvalSubject())
                .sign(at, OFFICER);
        Statement passing = Statement.sign(
                StatementDraft.of(
                                Approval.KIND,
                                US.authority(),
                                at.minusSeconds(60),
                                unknown.content().put("pseudonym", PSEUDONYM))
                        .expiringAt(at.minusSeconds(1)),
                OFFICER,
                PSEUDONYM);
        return BundleAttacks.table()
                .add(
                        "the party itself signs the approval under the officer's pseudonym",
                        refused(5, "signature.ed25519-false"),
                        released(release(), byParty))
                .add(
                        "the officer signs for an authority of the other party",
                        refused(5, "approval.officer-unknown"),
                        released(release(), foreign))
                .add(
                        "the officer signs under a pseudonym that nobody appointed",
                        refused(5, "approval.officer-unknown"),
                        released(release(), unknown))
                .add(
                        "the officer signs in a higher role",
                        refused(5, "approval.office-other"),
                        released(release(), promoted))
                .add(
                        "an approval that had run out is used",
                        refused(5, "approval.term-refused"),
                        released(release(), passing))
                .add(
                        "a plain statement of the officer poses as the approval",
                        refused(5, "approval.kind"),
                        released(release(), Statement.sign(release(), OFFICER, PSEUDONYM)));
    }

    private static Attack.Change<byte[]> appoints(AuthorityCode authority, PublicKeys keys) {
        Statement honest = STORY.statements().get(APPOINTMENT);
        OfficerAppointment appointment = new OfficerAppointment(PSEUDONYM, authority, "liaison", keys);
        Statement said = Statement.sign(
                StatementDraft.of(OfficerAppointment.KIND, US.code(), honest.at(), appointment.content())
                        .addressedTo(MX.code()),
                US.keys("statement"));
        return resealed(content -> statements(content).set(APPOINTMENT, said.json()));
    }

    private static Attacks<byte[]> appointed() {
        return BundleAttacks.table()
                .add(
                        "the party appoints its own keys as an officer's",
                        refused(3, "card.key-reused"),
                        appoints(US.authority(), US.keys("statement").publicKeys()))
                .add(
                        "the party appoints an officer of the other one",
                        refused(3, "appointment.authority-foreign"),
                        appoints(MX.authority(), OFFICER.publicKeys()))
                .add(
                        "the party appoints other keys than those that approved",
                        refused(5, "signature.ed25519-false"),
                        appoints(US.authority(), US.keys("another officer").publicKeys()));
    }
}
