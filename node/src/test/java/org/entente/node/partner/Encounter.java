package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleReport;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.bundle.Trusted;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.witness.TrustPolicy;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.entente.node.server.NodeOnTrial;
import org.entente.node.testimony.Outsiders;

/**
 * A whole node and a partner in the hand, each with an officer of each role that acts, and the example memorandum in force
 * between them.
 */
public final class Encounter implements AutoCloseable {
    public static final Colleague LIAISON = Colleague.of("fincen-liaison", PartnerInHand.FINCEN, Role.LIAISON);
    public static final Colleague LEGAL = Colleague.of("fincen-legal", PartnerInHand.FINCEN, Role.LEGAL);
    public static final Colleague ANALYST = Colleague.of("fincen-analyst", PartnerInHand.FINCEN, Role.ANALYST);

    private final NodeOnTrial node;
    private final PartnerInHand partner;
    private final Map<Role, OfficerClient> officers = new EnumMap<>(Role.class);
    private final Understanding understanding;

    private Encounter(NodeOnTrial node, Path text) throws Exception {
        this.node = node;
        for (Role role : List.of(Role.ANALYST, Role.LIAISON, Role.LEGAL)) {
            officers.put(
                    role,
                    node.client(
                            node.enrol("uif-" + role.word(), role.word(), NodeOnTrial.UIF, role), Language.ENGLISH));
        }
        this.partner = PartnerInHand.pinnedBy(node);
        for (Colleague colleague : List.of(LIAISON, LEGAL, ANALYST)) {
            partner.say(colleague.appointment());
        }
        this.understanding = Understanding.signedByBoth(node, partner, officer(Role.LEGAL), text);
    }

    public static Encounter begin(Path folder) throws Exception {
        return begin(folder, Outsiders.none());
    }

    /** An encounter with a node whose logs others vouch for, too. */
    public static Encounter begin(Path folder, Outsiders outsiders) throws Exception {
        return new Encounter(NodeOnTrial.start(folder, outsiders), Understanding.text());
    }

    /** An encounter under another text. */
    static Encounter beginUnder(Path folder, Path text) throws Exception {
        return new Encounter(NodeOnTrial.start(folder, Outsiders.none()), text);
    }

    public NodeOnTrial node() {
        return node;
    }

    public PartnerInHand partner() {
        return partner;
    }

    public Understanding understanding() {
        return understanding;
    }

    /** The node's own officer of a role. */
    public OfficerClient officer(Role role) {
        return Optional.ofNullable(officers.get(role)).orElseThrow();
    }

    /** Exports the evidence of the relationship and verifies it as anybody with both cards would. */
    public BundleReport requireBundle() throws Exception {
        return requireBundle(Optional.empty(), TimeAuthorities.none());
    }

    /** The same for somebody who trusts others beside the two parties. */
    public BundleReport requireBundle(Optional<TrustPolicy> witnesses, TimeAuthorities authorities) throws Exception {
        partner.haveLogCosigned();
        byte[] bundle = officer(Role.LEGAL).download("/api/bundles/" + PartnerInHand.US.text());
        PinnedCards pins = PinnedCards.of(List.of(node.card(), partner.card()));
        BundleOutcome outcome = BundleVerification.verify(bundle, new Trusted(pins, witnesses, authorities));
        assertThat(outcome).isInstanceOf(BundleOutcome.Verified.class);
        return ((BundleOutcome.Verified) outcome).found();
    }

    @Override
    public void close() {
        officers.values().forEach(OfficerClient::close);
        partner.close();
        node.close();
    }
}
