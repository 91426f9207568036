package org.entente.node.trial;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.node.home.NodeHome;
import org.entente.node.home.NodeSettings;
import org.entente.node.keys.NodeBirth;
import org.entente.node.keys.NodeKeys;
import org.entente.node.keys.SealedFiles;

/** A party as its partners know it: a card, and what its keys have signed. */
public final class BornParty {
    private static final byte[] PASSPHRASE = "a passphrase of a test".getBytes(StandardCharsets.UTF_8);

    private final PartyCard card;
    private final NodeKeys keys;
    private final SecretKeys root;
    private final Clock clock;

    private BornParty(PartyCard card, NodeKeys keys, SecretKeys root, Clock clock) {
        this.card = card;
        this.keys = keys;
        this.root = root;
        this.clock = clock;
    }

    static BornParty born(Path folder, List<AuthorityCode> authorities, Clock clock) throws Exception {
        SecureRandom random = new SecureRandom();
        NodeHome home = new NodeHome(folder);
        String name = "Party of a test";
        PartyCard card = NodeBirth.give(
                home,
                new NodeSettings(authorities.getFirst().party(), name, name, "#1f4e9c", authorities),
                new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE),
                random,
                clock);
        return new BornParty(
                card,
                NodeKeys.load(SealedFiles.open(home.keys(), PASSPHRASE, random), card),
                NodeKeys.loadPair(SealedFiles.open(home.root(), PASSPHRASE, random), NodeBirth.ROOT),
                clock);
    }

    public PartyCard card() {
        return card;
    }

    NodeKeys keys() {
        return keys;
    }

    /** Says a draft as it is, approvals and all. */
    public Statement say(StatementDraft draft) {
        return Statement.sign(draft, keys.statement());
    }

    Statement signed(Memorandum memorandum) {
        return Statement.sign(
                LifecycleEvent.draft(
                        Declaration.signature(memorandum, RenderedText.both(memorandum)),
                        card.party(),
                        clock.instant()),
                root);
    }

    Statement declared(LifecycleEvent.Kind kind, Memorandum memorandum) {
        return Statement.sign(LifecycleEvent.draft(kind, memorandum, card.party(), clock.instant()), root);
    }
}
