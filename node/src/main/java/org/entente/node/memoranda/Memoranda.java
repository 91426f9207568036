package org.entente.node.memoranda;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.delivery.Acceptance.Relation;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.Language;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.signing.Amendments;
import org.entente.memorandum.signing.Lifecycle;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.memorandum.signing.SignedTexts;
import org.entente.memorandum.signing.Standing;
import org.entente.memorandum.signing.VerifiedAuthorisation;
import org.entente.node.ledger.Statements;
import org.entente.node.party.Parties;
import org.entente.node.reading.Edition;
import org.entente.node.reading.PerEdition;
import org.entente.node.reading.ReadOnce;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Texts are brought by people, who read what they sign; declarations come as statements and are kept also when the text is
 * not here yet. Where a memorandum stands is computed from them anew each time.
 */
public final class Memoranda {
    private static final int TEXTS_KEPT = 64;

    private final JdbcClient sql;
    private final Parties parties;
    private final Statements statements;
    private final Clock clock;
    private final ReadOnce<Memorandum> texts = new ReadOnce<>(TEXTS_KEPT);
    private final PerEdition<PartyCode, Folded> folded;

    public Memoranda(JdbcClient sql, Parties parties, Statements statements, Clock clock) {
        this.sql = sql;
        this.parties = parties;
        this.statements = statements;
        this.clock = clock;
        this.folded = new PerEdition<>(sql, 1);
    }

    /** Keeps a text; the same meaning again changes nothing. */
    public Memorandum keep(String yaml) throws Malformed {
        Memorandum memorandum = Memorandum.parseYaml(yaml);
        sql.sql("""
                        insert into memorandum (digest, id, canonical, source, stored_at)
                        values (?, ?, ?, ?, ?) on conflict do nothing""")
                .params(
                        memorandum.digest().bytes(),
                        memorandum.id(),
                        memorandum.canonical(),
                        yaml,
                        Timestamp.from(clock.instant()))
                .update();
        Edition.changed();
        keepTexts(memorandum);
        return memorandum;
    }

    /** What people read of it, in the words of this version of the software; earlier words stay beside these. */
    private void keepTexts(Memorandum memorandum) {
        for (Language language : Language.values()) {
            RenderedText text = RenderedText.of(memorandum, language);
            sql.sql("""
                            insert into memorandum_text (digest, memorandum, language, text, kept_at)
                            values (?, ?, ?, ?, ?) on conflict do nothing""")
                    .params(
                            text.digest().bytes(),
                            memorandum.digest().bytes(),
                            language.code(),
                            text.bytes(),
                            Timestamp.from(clock.instant()))
                    .update();
        }
    }

    /** A text that was or can be signed, as it was read. */
    public Optional<String> text(Digest memorandum, Digest text) {
        return sql.sql("select text from memorandum_text where memorandum = ? and digest = ?")
                .params(memorandum.bytes(), text.bytes())
                .query((row, number) -> new String(row.getBytes("text"), StandardCharsets.UTF_8))
                .optional();
    }

    /** Whether both texts of a memorandum that is here are, so that nobody signs what nobody could read. */
    public boolean keeps(Digest memorandum, SignedTexts texts) {
        return text(memorandum, texts.english()).isPresent()
                && text(memorandum, texts.spanish()).isPresent();
    }

    /** What the first party to sign had read, and the others sign too. */
    public Optional<SignedTexts> signedTexts(Memorandum memorandum) {
        return events(memorandum).stream()
                .filter(event -> memorandum.party(event.party()).isPresent())
                .flatMap(event -> event.texts().stream())
                .findFirst();
    }

    /** How a memorandum stands at this moment, when a newer version is signed and is to take its place later. */
    public Standing now(Standing standing) {
        return standing.at(clock.instant());
    }

    /** Keeps a party's declaration; MUST be called in the transaction that records the statement. */
    public void declared(Statement statement) throws Malformed {
        PartyCard card = parties.cardOf(statement.from(), statement.kid());
        LifecycleEvent event = LifecycleEvent.read(statement, card);
        if (event.kind() == LifecycleEvent.Kind.SIGNED) {
            find(event.memorandum()).ifPresent(this::keepTexts);
        }
        sql.sql("""
                        insert into memorandum_event (digest, party, kind, at, statement)
                        values (?, ?, ?, ?, ?)""")
                .params(
                        event.memorandum().bytes(),
                        event.party().text(),
                        event.kind().word(),
                        Timestamp.from(event.at()),
                        statement.id().bytes())
                .update();
        Edition.changed();
    }

    public Optional<Memorandum> find(Digest digest) {
        return sql.sql("select canonical from memorandum where digest = ?")
                .param(digest.bytes())
                .query((row, number) -> memorandum(row.getBytes("canonical")))
                .optional();
    }

    /** Every memorandum that is here, as it stands beside its other versions, the newest text first. */
    public List<Standing> standings() {
        return folded().standings();
    }

    private Folded folded() {
        return folded.of(own(), () -> {
            List<Memorandum> all = sql.sql("select canonical from memorandum order by stored_at desc, digest")
                    .query((row, number) -> memorandum(row.getBytes("canonical")))
                    .list();
            return new Folded(beside(all), verifiedAuthorisations());
        });
    }

    /** How all stands. */
    private record Folded(List<Standing> standings, List<VerifiedAuthorisation> authorisations) {
        private Folded {
            standings = List.copyOf(standings);
            authorisations = List.copyOf(authorisations);
        }
    }

    private List<Standing> beside(List<Memorandum> texts) {
        return Amendments.among(texts.stream().map(this::alone).toList());
    }

    /** Whether every party has ever signed a memorandum between this party and a partner, whatever came of it. */
    public boolean everAgreed(PartyCode partner) {
        return standings(partner).stream()
                .anyMatch(
                        standing -> standing instanceof Standing.Concluded || standing instanceof Standing.Superseded);
    }

    /** The memoranda that name this party and the partner. */
    public List<Standing> standings(PartyCode partner) {
        return standings().stream()
                .filter(standing -> standing.memorandum().party(partner).isPresent()
                        && standing.memorandum().party(parties.own().party()).isPresent())
                .toList();
    }

    /** How a memorandum that is here stands, beside its other versions. */
    public Standing standing(Memorandum memorandum) {
        List<Memorandum> versions = sql.sql("select canonical from memorandum where id = ?")
                .param(memorandum.id())
                .query((row, number) -> memorandum(row.getBytes("canonical")))
                .list();
        return beside(versions).stream()
                .filter(standing -> standing.memorandum().equals(memorandum))
                .findFirst()
                .orElseGet(() -> alone(memorandum));
    }

    /** Whether a memorandum is over: withdrawn and its notice past, or its place taken by a newer version. */
    public boolean over(Digest digest, Instant now) {
        return find(digest)
                .map(this::standing)
                .flatMap(EpochBound::end)
                .filter(end -> !now.isBefore(end))
                .isPresent();
    }

    private Standing alone(Memorandum memorandum) {
        return Lifecycle.fold(memorandum, events(memorandum)).standing();
    }

    private List<LifecycleEvent> events(Memorandum memorandum) {
        List<LifecycleEvent> events = new ArrayList<>();
        for (Statement declaration : declarations(memorandum.digest())) {
            try {
                events.add(LifecycleEvent.read(declaration, parties.cardOf(declaration.from(), declaration.kid())));
            } catch (Malformed e) {
                throw new IllegalStateException("a stored declaration no longer reads", e);
            }
        }
        return events;
    }

    /** How long the key of an index may live under a memorandum; empty when no clause of it lets the index be compared. */
    public Optional<EpochBound> epochBound(Digest digest, Circumstances use) {
        return find(digest).flatMap(memorandum -> EpochBound.of(standing(memorandum), use));
    }

    /** The declarations about a memorandum, in the order in which they came to be known here. */
    public List<Statement> declarations(Digest digest) {
        return sql
                .sql("select statement from memorandum_event where digest = ? order by sequence")
                .param(digest.bytes())
                .query((row, number) -> Digest.ofBytes(row.getBytes("statement")))
                .list()
                .stream()
                .map(id -> statements.find(id).orElseThrow().statement())
                .toList();
    }

    /** The party whose node this is. */
    public PartyCode own() {
        return parties.own().party();
    }

    public boolean isOwn(PartyCode party) {
        return party.equals(own());
    }

    /** The joint authorisations that the party of the place has signed and the obtaining party has countersigned. */
    public List<VerifiedAuthorisation> authorisations() {
        return folded().authorisations();
    }

    private List<VerifiedAuthorisation> verifiedAuthorisations() {
        List<VerifiedAuthorisation> verified = new ArrayList<>();
        for (Parties.Partner partner : parties.partners()) {
            for (Statements.Entry countersigned :
                    statements.ofKind(partner.code(), VerifiedAuthorisation.COUNTERSIGNED)) {
                countersigned
                        .message()
                        .answers()
                        .flatMap(statements::find)
                        .flatMap(signed -> authorisation(signed.statement(), countersigned.statement()))
                        .ifPresent(verified::add);
            }
        }
        return verified;
    }

    private Optional<VerifiedAuthorisation> authorisation(Statement signed, Statement countersigned) {
        try {
            return Optional.of(VerifiedAuthorisation.of(
                    signed,
                    parties.cardOf(signed.from(), signed.kid()),
                    countersigned,
                    parties.cardOf(countersigned.from(), countersigned.kid())));
        } catch (Malformed refused) {
            return Optional.empty(); // One of the two does not fit the other: no authorisation came about.
        }
    }

    /** Whether statements of this partner have their effect: not while every memorandum with it is suspended. */
    public Relation relation(PartyCode partner) {
        Instant now = clock.instant();
        List<Standing> standings =
                standings(partner).stream().map(standing -> standing.at(now)).toList();
        boolean suspended = standings.stream().anyMatch(Standing.Suspended.class::isInstance);
        boolean inForce = standings.stream().anyMatch(Standing.InForce.class::isInstance);
        return suspended && !inForce ? Relation.SUSPENDED : Relation.OPEN;
    }

    private Memorandum memorandum(byte[] canonical) {
        try {
            return texts.of(Digest.of(canonical), () -> Memorandum.parseCanonical(canonical));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored memorandum no longer reads", e);
        }
    }
}
