package org.entente.node.handover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Reply;
import org.entente.exchange.proceeding.RequestProceeding;
import org.entente.holdings.item.Item;
import org.entente.matching.index.LeafOpening;
import org.entente.node.body.Bodies;
import org.entente.node.comparison.ComparisonWork.Once;
import org.entente.node.comparison.Indices;
import org.entente.node.comparison.Probes;
import org.entente.node.holding.Holdings;
import org.entente.node.ledger.Voice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The long work of handing over: opening the facts of a request, and taking a released item in. */
public final class HandoverWork {
    private static final Logger LOG = LoggerFactory.getLogger(HandoverWork.class);

    private final JdbcClient sql;
    private final Requests requests;
    private final Indices indices;
    private final Probes probes;
    private final Holdings holdings;
    private final Mail mail;
    private final CanaryWatch canaries;

    /** How bodies are opened and receipts said. */
    public record Mail(Bodies bodies, Voice voice, ReceivedFiles files) {}

    /** Where what was asked about is found. */
    public record Asked(Requests requests, Indices indices, Probes probes) {}

    public HandoverWork(JdbcClient sql, Asked asked, Holdings holdings, Mail mail, CanaryWatch canaries) {
        this.sql = sql;
        this.requests = asked.requests();
        this.indices = asked.indices();
        this.probes = asked.probes();
        this.holdings = holdings;
        this.mail = mail;
        this.canaries = canaries;
    }

    /** Opens what a partner asks, for the officer who decides; first it looks whether a canary stands there. */
    public void openFacts(Statement statement, Handover.ItemRequested asked, Once once) throws IOException, Malformed {
        canaries.look(statement, asked);
        AuthorityCode authority = (AuthorityCode) statement.to().orElseThrow();
        String facts = new String(mail.bodies.open(asked.facts(), authority), StandardCharsets.UTF_8);
        once.run(() -> {
            requests.opened(statement.id(), facts);
            receipt(statement, Reply.Stage.OPENED);
        });
    }

    /**
     * Takes a released item in: the body must say what the envelope says, and the leaf that the hit named must have been
     * committed to this very record when the index was announced. Its files are read to their ends and verified. Otherwise it is answered as unreadable, and not kept.
     */
    public void takeIn(Statement statement, Handover.ItemReleased released, Once once) throws IOException {
        AuthorityCode receiver = (AuthorityCode) statement.to().orElseThrow();
        Item item;
        List<ReleasedFile> files;
        try {
            Members body = body(statement, released, receiver);
            files = mail.files.verify(released, body, receiver);
            item = item(body, released, receiver);
        } catch (Malformed malformed) {
            LOG.warn("{} cannot be taken in: {}", statement, malformed.problem());
            once.run(() -> receipt(statement, Reply.Stage.UNREADABLE));
            return;
        }
        once.run(() -> {
            if (requests.erased(statement.id())) {
                receipt(statement, Reply.Stage.UNREADABLE);
                return;
            }
            Holdings.Intake intake = holdings.intake(statement.from().party(), receiver, Optional.empty());
            intake.take(item);
            intake.finish();
            sql.sql("""
                            insert into received_item (statement, item, request)
                            select ?, number, ? from item where originator = ? and authority = ? and id = ?""")
                    .params(
                            statement.id().bytes(),
                            released.request().bytes(),
                            statement.from().party().text(),
                            receiver.text(),
                            item.id().text())
                    .update();
            mail.files.keep(statement.id(), files);
            receipt(statement, Reply.Stage.OPENED);
        });
    }

    private Members body(Statement statement, Handover.ItemReleased released, AuthorityCode receiver)
            throws IOException, Malformed {
        requireInTurn(statement, released);
        byte[] body = mail.bodies.open(released.item(), receiver);
        return Members.of(CanonicalJson.parseCanonical(body, 2 * Item.BYTES_MAX), "");
    }

    private Item item(Members members, Handover.ItemReleased released, AuthorityCode receiver)
            throws IOException, Malformed {
        String record = members.line("record", 100);
        Item item = Item.fromJson(members.node("item"));
        members.end();
        if (!item.envelope().equals(released.envelope())) {
            throw new Malformed("handover.envelope-differs");
        }
        Handover.Hit hit = requests.message(released.request()).subject().hit();
        requireOpens(released, hit, record);
        requireIsTheHit(released, receiver, item);
        return item;
    }

    /** Only what was asked, was approved, and comes from the authority that was asked. */
    private void requireInTurn(Statement statement, Handover.ItemReleased released) throws Malformed {
        boolean byTheAsked = requests.opening(released.request()).to().equals(Optional.of(statement.from()));
        boolean inTurn = switch (requests.proceeding(released.request()).state()) {
            case RequestProceeding.State.Released now -> now.release().equals(statement.id());
            case RequestProceeding.State.Delivered now -> now.release().equals(statement.id());
            case RequestProceeding.State.Unseen _,
                    RequestProceeding.State.Asked _,
                    RequestProceeding.State.Approved _,
                    RequestProceeding.State.NotGranted _,
                    RequestProceeding.State.Opened _,
                    RequestProceeding.State.Unreadable _,
                    RequestProceeding.State.NotTakenIn _ -> false;
        };
        if (!byTheAsked || !inTurn) {
            throw new Malformed("handover.out-of-turn");
        }
    }

    /**
     * The item bears the identifier that was probed, or what it says yields the composite key: what is behind the hit cannot
     * be exchanged for another record.
     */
    private void requireIsTheHit(Handover.ItemReleased released, AuthorityCode receiver, Item item) throws Malformed {
        Optional<Probes.Hit> hit = requests.find(released.request(), receiver)
                .flatMap(request -> request.asker().hit())
                .flatMap(id -> probes.hit(id, receiver));
        boolean bears = hit.isPresent()
                && item.matchable().stream()
                        .anyMatch(identifier ->
                                identifier.type().word().equals(hit.get().type())
                                        && identifier.value().equals(hit.get().value()));
        if (!bears) {
            throw new Malformed("handover.not-the-hit");
        }
    }

    private void requireOpens(Handover.ItemReleased released, Handover.Hit hit, String record) throws Malformed {
        Indices.Facts index = indices.find(hit.index()).orElseThrow().facts();
        LeafOpening opening = LeafOpening.decode(Base64Text.parseUrl(released.opening()))
                .orElseThrow(() -> new Malformed("matching.opening.malformed"));
        if (!opened(opening, index, hit.position()).contains(record)) {
            throw new Malformed("handover.not-behind-the-hit");
        }
    }

    /** Against the announced root: the copy of the index may have been erased since the hit. */
    private static List<String> opened(LeafOpening opening, Indices.Facts index, long position) throws Malformed {
        return switch (opening.verify(
                org.entente.matching.index.Digest.of(index.root().bytes()), index.size(), position)) {
            case LeafOpening.Check.Opened opened -> opened.recordIds();
            case LeafOpening.Check.OtherEntry _ -> throw new Malformed("matching.opening.other-entry");
            case LeafOpening.Check.NotCommitted _ -> throw new Malformed("matching.opening.not-committed");
        };
    }

    private void receipt(Statement statement, Reply.Stage stage) {
        mail.voice.say(
                new Reply.Receipt(statement.id(), stage, Optional.empty()),
                statement.to().orElseThrow(),
                statement.from());
    }
}
