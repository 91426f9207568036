package org.entente.memorandum.signing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.CardContent;
import org.entente.evidence.card.CardKeys;
import org.entente.evidence.card.CosigningSecrets;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PartyIdentity;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.RenderedText;

/** A party that can sign, with keys made from its code so that every run has the same ones. */
public final class Signer {
    private final PartyCode code;
    private final SecretKeys root;
    private final SecretKeys statement;
    private final PartyCard card;

    public Signer(String code) {
        this.code = new PartyCode(code);
        this.root = SecretKeys.ofSeeds(seed("root ed"), seed("root ml"));
        this.statement = SecretKeys.ofSeeds(seed("statement ed"), seed("statement ml"));
        this.card = PartyCard.sign(
                new CardContent(
                        new PartyIdentity(this.code, "Party " + code, "Parte " + code, "#1a2b3c"),
                        1,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        new CardKeys(
                                root.publicKeys(),
                                statement.publicKeys(),
                                Ed25519SecretKey.ofSeed(seed("log")).publicKey(),
                                CosigningSecrets.ofSeeds(seed("cosigning"), seed("cosigning ml"))
                                        .publicKeys()),
                        List.of(Digest.ofBytes(seed("tls"))),
                        List.of()),
                root);
    }

    public PartyCode code() {
        return code;
    }

    public PartyCard card() {
        return card;
    }

    public Statement byRoot(StatementDraft draft) {
        return Statement.sign(draft, root);
    }

    public Statement byStatementKeys(StatementDraft draft) {
        return Statement.sign(draft, statement);
    }

    /** Of both languages as they are rendered, when it signs. */
    StatementDraft drafts(LifecycleEvent.Kind kind, Memorandum memorandum, String at) {
        return kind == LifecycleEvent.Kind.SIGNED
                ? signs(memorandum, RenderedText.both(memorandum), at)
                : LifecycleEvent.draft(kind, memorandum, code, Instant.parse(at));
    }

    StatementDraft signs(Memorandum memorandum, SignedTexts texts, String at) {
        return LifecycleEvent.draft(Declaration.signature(memorandum, texts), code, Instant.parse(at));
    }

    LifecycleEvent declares(LifecycleEvent.Kind kind, Memorandum memorandum, String at) {
        try {
            return LifecycleEvent.read(byRoot(drafts(kind, memorandum, at)), card);
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }

    LifecycleEvent declares(LifecycleEvent.Kind kind, Memorandum memorandum, String at, String... clauses) {
        if (clauses.length == 0) {
            return declares(kind, memorandum, at);
        }
        TreeSet<ClauseNumber> numbers = new TreeSet<>();
        Arrays.stream(clauses).map(ClauseNumber::new).forEach(numbers::add);
        try {
            return LifecycleEvent.read(
                    byRoot(LifecycleEvent.draft(Declaration.of(kind, memorandum, numbers), code, Instant.parse(at))),
                    card);
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }

    private byte[] seed(String purpose) {
        return Digest.of((code.text() + "/" + purpose).getBytes(StandardCharsets.UTF_8))
                .bytes();
    }
}
