package org.entente.verification.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.CardContent;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PartyIdentity;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardSucceeded;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.succession.KeyRevoked;
import org.entente.evidence.succession.LogReopened;
import org.entente.exchange.message.Arrangement;
import org.entente.exchange.message.Message;
import org.entente.memorandum.officer.Role;

/** Attacks with statements that are well formed: by who speaks, to whom, when, again, and about oneself. */
final class WordAttacks {
    private WordAttacks() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>();
        speakers(all);
        addresses(all);
        moments(all);
        repeats(all);
        cards(all);
        changes(all);
        officers(all);
        return all;
    }

    private static Statement say(Message message, Actor from, Actor to, Instant at, SecretKeys keys) {
        return Statement.sign(message.draft(from, to, at), keys);
    }

    private static Statement word(Intruder hand, Actor from, Actor to, SecretKeys keys) {
        return say(hand.harmless(), from, to, hand.now(), keys);
    }

    private static void speakers(List<Attack> all) {
        String foreign = "statement.sender-foreign";
        all.add(new Attack("a-third-partys-word-over-this-connection", hand -> {
            SecretKeys keys = hand.third().keys().statement();
            hand.refused(word(hand, hand.third().unit(), hand.victim().unit(), keys), foreign);
        }));
        all.add(new Attack("a-third-partys-name-under-own-keys", hand -> {
            SecretKeys keys = hand.me().keys().statement();
            hand.refused(word(hand, hand.third().unit(), hand.victim().unit(), keys), foreign);
        }));
        all.add(new Attack("the-victims-own-name", hand -> {
            SecretKeys keys = hand.me().keys().statement();
            hand.refused(word(hand, hand.victim().unit(), hand.me().unit(), keys), foreign);
        }));
        all.add(new Attack("own-name-under-a-third-partys-keys", hand -> {
            SecretKeys keys = hand.third().keys().statement();
            hand.refused(
                    word(hand, hand.me().unit(), hand.victim().unit(), keys).bytes());
        }));
        all.add(new Attack("under-the-keys-of-an-officer", hand -> {
            SecretKeys keys = hand.me().analyst().keys();
            hand.refused(
                    word(hand, hand.me().unit(), hand.victim().unit(), keys).bytes());
        }));
        all.add(new Attack("an-authority-that-the-card-does-not-name", hand -> {
            AuthorityCode nobody = new AuthorityCode(hand.party(), "NOBODY");
            hand.refused(
                    word(hand, nobody, hand.victim().unit(), hand.me().keys().statement()), foreign);
        }));
        all.add(new Attack("business-under-the-root", hand -> {
            Statement said =
                    word(hand, hand.me().unit(), hand.victim().unit(), hand.me().root());
            hand.refusedAndKept(said, "exchange.root-not-for-this");
        }));
    }

    private static void addresses(List<Attack> all) {
        String elsewhere = "exchange.not-addressed-here";
        all.add(new Attack("addressed-to-a-third-party", hand -> {
            SecretKeys keys = hand.me().keys().statement();
            hand.refused(word(hand, hand.me().unit(), hand.third().unit(), keys), elsewhere);
        }));
        all.add(new Attack("addressed-to-an-unknown-authority", hand -> {
            AuthorityCode nobody = new AuthorityCode(hand.victim().party(), "NOBODY");
            hand.refused(word(hand, hand.me().unit(), nobody, hand.me().keys().statement()), elsewhere);
        }));
        all.add(new Attack("addressed-to-nobody", hand -> {
            Statement said = Statement.sign(
                    org.entente.evidence.statement.StatementDraft.of(
                            "receipt",
                            hand.me().unit(),
                            hand.now(),
                            hand.harmless().content()),
                    hand.me().keys().statement());
            hand.refused(said, elsewhere);
        }));
    }

    private static void moments(List<Attack> all) {
        all.add(new Attack("dated-ten-years-ahead", hand -> hand.postponed(timed(hand, Duration.ofDays(3_650)))));
        all.add(new Attack("dated-six-minutes-ahead", hand -> hand.postponed(timed(hand, Duration.ofMinutes(6)))));
        all.add(new Attack("expired-a-second-ago", hand -> {
            Instant at = hand.now().minusSeconds(60);
            Statement said = Statement.sign(
                    hand.harmless()
                            .draft(hand.me().unit(), hand.victim().unit(), at)
                            .expiringAt(hand.now().minusSeconds(1)),
                    hand.me().keys().statement());
            hand.refused(said, "exchange.expired");
        }));
        all.add(new Attack("expired-last-year", hand -> {
            Instant at = hand.now().minus(Duration.ofDays(400));
            Statement said = Statement.sign(
                    hand.harmless()
                            .draft(hand.me().unit(), hand.victim().unit(), at)
                            .expiringAt(at.plusSeconds(3_600)),
                    hand.me().keys().statement());
            hand.refused(said, "exchange.expired");
        }));
    }

    private static Statement timed(Intruder hand, Duration ahead) {
        return say(
                hand.harmless(),
                hand.me().unit(),
                hand.victim().unit(),
                hand.now().plus(ahead),
                hand.me().keys().statement());
    }

    private static void repeats(List<Attack> all) {
        all.add(new Attack("replay-of-anything-taken", hand -> hand.repeated(hand.any(hand.taken()))));
        all.add(new Attack("replay-of-the-oldest", hand -> {
            if (hand.taken().isEmpty()) {
                throw new Intruder.NotNow();
            }
            hand.repeated(hand.taken().getFirst());
        }));
        all.add(new Attack("other-bytes-under-a-known-id", hand -> {
            Statement known = hand.any(hand.taken());
            hand.otherBytes(known, HedgedSignature.over(known, hand.me().keys().statement(), hand.random()));
        }));
        all.add(new Attack("the-victims-word-sent-back", hand -> {
            List<Statement> said = hand.mine().with(hand.victim().party()).leaves.stream()
                    .map(hand.mine().statements::get)
                    .filter(stored -> stored != null && !stored.outgoing())
                    .map(Tables.Stored::statement)
                    .toList();
            hand.refused(hand.any(said).bytes());
        }));
        all.add(new Attack("a-word-to-another-party-shown-here", hand -> {
            List<Statement> said = hand.mine().with(hand.third().party()).leaves.stream()
                    .map(hand.mine().statements::get)
                    .filter(stored -> stored != null && stored.outgoing())
                    .map(Tables.Stored::statement)
                    .toList();
            hand.refused(hand.any(said).bytes());
        }));
    }

    private static void cards(List<Attack> all) {
        all.add(card(
                "card-that-skips-a-serial",
                "succession.serial-skipped",
                hand -> PartyCard.sign(
                        content(
                                hand.me(),
                                hand.me().card().serial() + 2,
                                hand.me().card().content().tlsPins()),
                        hand.me().root())));
        all.add(card(
                "card-that-contradicts-the-one-in-force",
                "succession.contradicting",
                hand -> PartyCard.sign(
                        content(hand.me(), hand.me().card().serial(), List.of(hand.anything())),
                        hand.me().root())));
        all.add(card(
                "card-with-a-third-partys-certificate",
                "party.pin-of-another",
                hand -> PartyCard.sign(
                        content(
                                hand.me(),
                                hand.me().card().serial() + 1,
                                hand.third().card().content().tlsPins()),
                        hand.me().root())));
    }

    private static void changes(List<Attack> all) {
        all.add(new Attack("card-under-the-statement-keys", hand -> {
            PartyCard next = PartyCard.sign(
                    content(hand.me(), 2, hand.me().card().content().tlsPins()),
                    hand.me().root());
            Statement said = Statement.sign(
                    new CardSucceeded(next)
                            .draft(hand.now())
                            .addressedTo(hand.victim().party()),
                    hand.me().keys().statement());
            hand.refusedAndKept(said, "succession.not-by-root");
        }));
        all.add(new Attack("card-of-another-party", hand -> {
            Statement said = Statement.sign(
                    org.entente.evidence.statement.StatementDraft.of(
                                    CardSucceeded.KIND,
                                    hand.party(),
                                    hand.now(),
                                    new CardSucceeded(hand.third().card()).content())
                            .addressedTo(hand.victim().party()),
                    hand.me().root());
            hand.refusedAndKept(said, "succession.party-other");
        }));
        all.add(new Attack("revocation-of-a-key-that-never-was", hand -> {
            Statement said = Statement.sign(
                    new KeyRevoked(KeyName.statement(hand.third().card()), KeyRevoked.Reason.COMPROMISED)
                            .draft(hand.party(), hand.now())
                            .addressedTo(hand.victim().party()),
                    hand.me().root());
            hand.refusedAndKept(said, "succession.key-unknown");
        }));
        all.add(new Attack("next-incarnation-out-of-nothing", hand -> {
            PartyCode victim = hand.victim().party();
            LogReopened reopened = new LogReopened(
                    org.entente.evidence.log.LogNames.relationship(hand.party(), victim, 1),
                    org.entente.evidence.log.LogNames.relationship(hand.party(), victim, 2),
                    0,
                    LogReopened.Extent.NOTHING,
                    LogReopened.Extent.NOTHING,
                    LogReopened.Reason.TAIL_UNWITNESSED);
            Statement said = Statement.sign(
                    org.entente.evidence.statement.StatementDraft.of(
                                    LogReopened.KIND, hand.party(), hand.now(), reopened.content())
                            .addressedTo(victim),
                    hand.me().keys().statement());
            hand.refusedAndKept(said, "reopening.needless");
        }));
    }

    private static Attack card(String name, String code, Function<Intruder, PartyCard> card) {
        return new Attack(name, hand -> {
            Statement said = Statement.sign(
                    new CardSucceeded(card.apply(hand))
                            .draft(hand.now())
                            .addressedTo(hand.victim().party()),
                    hand.me().root());
            hand.refusedAndKept(said, code);
        });
    }

    private static CardContent content(Cast.Member member, int serial, List<Digest> pins) {
        CardContent now = member.card().content();
        return new CardContent(
                new PartyIdentity(member.party(), "Party", "Parte", "#1f4e9c"),
                serial,
                now.issuedAt(),
                now.keys(),
                pins,
                now.authorities());
    }

    private static void officers(List<Attack> all) {
        all.add(new Attack(
                "officer-of-a-third-party",
                hand -> hand.refusedAndKept(
                        appointment(
                                hand,
                                hand.third().unit(),
                                SecretKeys.generate(
                                        new GivenChance(hand.random().nextLong()))),
                        "appointment.authority-foreign")));
        all.add(new Attack(
                "officer-with-the-keys-of-the-card",
                hand -> hand.refusedAndKept(
                        appointment(hand, hand.me().unit(), hand.me().keys().statement()), "card.key-reused")));
    }

    private static Statement appointment(Intruder hand, AuthorityCode authority, SecretKeys keys) {
        Message message = new Arrangement.OfficerAppointed(
                "new-" + hand.random().nextInt(1_000_000), authority, Role.LIAISON, keys.publicKeys());
        return say(
                message,
                hand.party(),
                hand.victim().party(),
                hand.now(),
                hand.me().keys().statement());
    }
}
