package org.entente.node.partner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.SentDecision;
import org.entente.exchange.passage.Passage;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.Lifecycle;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.memorandum.signing.Standing;
import org.entente.node.client.OfficerClient;
import org.entente.node.server.NodeOnTrial;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The example memorandum between the node's party and the partner in the hand, as the partner knows it. */
public final class Understanding {
    public static final Category LISTED = new Category("public-list-entry");
    public static final Purpose LAUNDERING = new Purpose("money-laundering");
    public static final Purpose DRUGS = new Purpose("drug-trafficking");

    private final Memorandum memorandum;
    private final Standing standing;

    private Understanding(Memorandum memorandum, Standing standing) {
        this.memorandum = memorandum;
        this.standing = standing;
    }

    /** Both roots sign it; the node's legal adviser brings the text and the party's own signature. */
    public static Understanding signedByBoth(NodeOnTrial node, PartnerInHand partner, OfficerClient legal)
            throws Exception {
        return signedByBoth(node, partner, legal, text());
    }

    /** The same with another text. */
    static Understanding signedByBoth(NodeOnTrial node, PartnerInHand partner, OfficerClient legal, Path text)
            throws Exception {
        Memorandum memorandum = Memorandum.parseYaml(Files.readString(text));
        legal.upload("/api/memoranda", text);
        Instant now = Instant.now();
        Statement ours = signature(memorandum, node.card().party(), node.root(), now);
        ObjectNode declaration = JsonNodeFactory.instance.objectNode();
        declaration.set("statement", ours.json());
        legal.post("/api/memoranda/" + memorandum.digest().hex() + "/declarations", declaration);
        Statement theirs = signature(memorandum, PartnerInHand.US, partner.root(), now);
        partner.say(theirs);
        Standing standing = Lifecycle.fold(
                        memorandum,
                        List.of(LifecycleEvent.read(ours, node.card()), LifecycleEvent.read(theirs, partner.card())))
                .standing();
        return new Understanding(memorandum, standing);
    }

    /** The partner takes for signed by both what the node has never seen signed. */
    public static Understanding imagined(Instant since) throws IOException, Malformed {
        Memorandum memorandum = Memorandum.parseYaml(Files.readString(text()));
        return new Understanding(memorandum, new Standing.InForce(memorandum, since));
    }

    private static Statement signature(Memorandum memorandum, PartyCode party, SecretKeys root, Instant at) {
        return Statement.sign(
                LifecycleEvent.draft(Declaration.signature(memorandum, RenderedText.both(memorandum)), party, at),
                root);
    }

    public Memorandum memorandum() {
        return memorandum;
    }

    /** What the partner's own node would decide and send. */
    public SentDecision permit(Act act) {
        return SentDecision.of(act, Passage.outgoing(act, List.of(standing)));
    }

    /** The file of the example. */
    public static Path text() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("examples/mx-us.yaml");
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new AssertionError("examples/mx-us.yaml is missing");
    }
}
