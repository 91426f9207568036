package org.entente.evidence.succession;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;

/**
 * Which card of a party counts where in one log, and which keys no longer do: a fold over the statements of the party's root
 * in the order of that log.
 *
 * <p>Places decide, and never moments. What stands at place {@code i} is judged under the card of the last succession that
 * stands before {@code i}, and under none of the keys whose revocation stands before {@code i}; a checkpoint of size
 * {@code n} is judged as what would stand at {@code n}. So whoever steals a key and writes an older moment into a
 * statement gains nothing: he cannot put it before what the witnesses of the log have cosigned. And what was said before
 * the theft stays good without anybody's having to ask when it was.
 *
 * <p>Each log of a relationship has a history of its own. The two parties' logs hold the same statements at different
 * places; that they judge a statement under the same card is for the verification of both logs to demand.
 *
 * <p>The root stays: a card of another root is refused, whoever signed it. A party that must replace its root is pinned
 * anew by people.
 */
public final class CardHistory {
    /** The place after which a first card holds: before all entries. */
    public static final long BEFORE_ALL = -1;

    /** The kinds of the statements that are folded in. */
    public static final List<String> KINDS = List.of(CardSucceeded.KIND, KeyRevoked.KIND);

    /** A card, and the place of the succession that brought it. */
    public record Held(long after, PartyCard card) {}

    /** A key, and the place of its revocation. */
    public record Revoked(long at, KeyName key) {}

    private final List<Held> cards;
    private final List<Revoked> revocations;

    private CardHistory(List<Held> cards, List<Revoked> revocations) {
        this.cards = List.copyOf(cards);
        this.revocations = List.copyOf(revocations);
    }

    /** A history in which this card holds from the beginning of the log. */
    public static CardHistory of(PartyCard first) {
        return new CardHistory(List.of(new Held(BEFORE_ALL, first)), List.of());
    }

    /**
     * A history that was folded before and kept.
     *
     * @throws IllegalArgumentException when it is not one that {@link #take} can have made
     */
    public static CardHistory restored(List<Held> cards, List<Revoked> revocations) {
        List<Held> ordered =
                cards.stream().sorted(Comparator.comparingLong(Held::after)).toList();
        boolean begins = !ordered.isEmpty() && ordered.getFirst().after == BEFORE_ALL;
        for (int i = 1; begins && i < ordered.size(); i++) {
            PartyCard before = ordered.get(i - 1).card;
            PartyCard card = ordered.get(i).card;
            begins = ordered.get(i).after > ordered.get(i - 1).after
                    && card.root().equals(before.root())
                    && card.party().equals(before.party())
                    && card.serial() == before.serial() + 1;
        }
        if (!begins) {
            throw new IllegalArgumentException("not a succession of cards");
        }
        return new CardHistory(ordered, revocations);
    }

    /** What a statement of the root does to a history. */
    public sealed interface Step permits Taken, Unmoved, Refused {}

    /** The history goes on like this. */
    public record Taken(CardHistory next) implements Step {}

    /** It says what is so already; a replay changes nothing. */
    public record Unmoved() implements Step {}

    /** It has no effect, here or anywhere; signed by the root, it may be evidence against the party. */
    public record Refused(Problem problem) implements Step {}

    /** Says whether a statement is one that this fold is about. */
    public static boolean concerns(Statement statement) {
        return concerns(statement.kind());
    }

    /** Says whether statements of that kind are those that this fold is about. */
    public static boolean concerns(String kind) {
        return KINDS.contains(kind);
    }

    /**
     * Folds one statement in.
     *
     * @param statement of one of the two kinds; its signatures hold, by whichever key it names
     * @param place where it stands in the log, behind everything that was folded in before
     */
    public Step take(Statement statement, long place) {
        if (!concerns(statement) || place <= lastPlace()) {
            throw new IllegalArgumentException("not the next statement about cards in this log");
        }
        if (!statement.from().equals(latest().party())) {
            return refused("succession.party-other", latest().party().text());
        }
        if (!statement.kid().equals(latest().root().kid())) {
            return refused("succession.not-by-root", latest().party().text());
        }
        try {
            return statement.kind().equals(CardSucceeded.KIND)
                    ? succeed(CardSucceeded.read(statement).card(), place)
                    : revoke(KeyRevoked.read(statement).key(), place);
        } catch (Malformed unreadable) {
            return new Refused(unreadable.problem());
        }
    }

    private Step succeed(PartyCard card, long place) {
        String party = latest().party().text();
        if (!card.party().equals(latest().party())) {
            return refused("succession.party-other", party);
        }
        if (!card.root().equals(latest().root())) {
            return refused("succession.root-other", party);
        }
        String serial = Integer.toString(card.serial());
        Optional<PartyCard> known = cards.stream()
                .map(Held::card)
                .filter(held -> held.serial() == card.serial())
                .findFirst();
        if (known.isPresent()) {
            return known.get().equals(card) ? new Unmoved() : refused("succession.contradicting", party, serial);
        }
        if (card.serial() < latest().serial()) {
            return refused("succession.superseded", party, serial);
        }
        if (card.serial() > latest().serial() + 1) {
            return refused("succession.serial-skipped", party, serial, Integer.toString(latest().serial() + 1));
        }
        if (KeyName.of(card).stream().anyMatch(name -> isRevoked(name, place))) {
            return refused("succession.key-revoked", party);
        }
        if (cards.stream().anyMatch(held -> certifiesAnew(held.card, card))) {
            return refused("succession.certificate-changed", party);
        }
        return new Taken(new CardHistory(
                Stream.concat(cards.stream(), Stream.of(new Held(place, card))).toList(), revocations));
    }

    /** A key is certified once or never: what names the key names its certificate too, wherever it stands. */
    private static boolean certifiesAnew(PartyCard before, PartyCard card) {
        return before.statementKeys().ed25519().equals(card.statementKeys().ed25519())
                && !before.certificates().equals(card.certificates());
    }

    private Step revoke(KeyName key, long place) {
        if (cards.stream().noneMatch(held -> KeyName.of(held.card).contains(key))) {
            return refused("succession.key-unknown", latest().party().text());
        }
        if (isRevoked(key, place)) {
            return new Unmoved();
        }
        return new Taken(new CardHistory(
                cards,
                Stream.concat(revocations.stream(), Stream.of(new Revoked(place, key)))
                        .toList()));
    }

    private static Refused refused(String code, String... arguments) {
        return new Refused(Problem.of(code, arguments));
    }

    private long lastPlace() {
        return Math.max(cards.getLast().after, revocations.isEmpty() ? BEFORE_ALL : revocations.getLast().at);
    }

    /** The card that holds for what stands at this place, and for a checkpoint of this size. */
    public PartyCard cardAt(long place) {
        PartyCard card = cards.getFirst().card;
        for (Held held : cards) {
            if (held.after < place) {
                card = held.card;
            }
        }
        return card;
    }

    /** Says whether a revocation of the key stands before this place. */
    public boolean isRevoked(KeyName key, long place) {
        return revocations.stream().anyMatch(revoked -> revoked.key.equals(key) && revoked.at < place);
    }

    /**
     * The card under which a statement that stands, or is to stand, at this place is to be verified. Whether its signatures
     * hold is still to be found out.
     *
     * @throws Malformed {@code succession.key-superseded} when it claims statement keys of an earlier card,
     *     {@code succession.key-revoked} when it claims keys that were taken back
     */
    public PartyCard cardFor(UnverifiedStatement statement, long place) throws Malformed {
        PartyCard card = cardAt(place);
        String claimed = statement.claimedKid();
        if (claimed.equals(card.root().kid())) {
            return card;
        }
        boolean earlier = cards.stream()
                .map(Held::card)
                .filter(held -> held.serial() < card.serial())
                .anyMatch(held -> held.statementKeys().kid().equals(claimed));
        if (earlier && !card.statementKeys().kid().equals(claimed)) {
            throw new Malformed("succession.key-superseded", card.party().text(), Integer.toString(card.serial()));
        }
        if (claimed.equals(card.statementKeys().kid())) {
            require(KeyName.statement(card), place);
        }
        return card;
    }

    /**
     * Requires that a key may still be used at this place.
     *
     * @throws Malformed {@code succession.key-revoked}
     */
    public void require(KeyName key, long place) throws Malformed {
        if (isRevoked(key, place)) {
            throw new Malformed("succession.key-revoked", latest().party().text());
        }
    }

    /** Whether one card holds in the whole log and no key was taken back, so that no place makes a difference. */
    public boolean isPlain() {
        return cards.size() == 1 && revocations.isEmpty();
    }

    /** The newest card. */
    public PartyCard latest() {
        return cards.getLast().card;
    }

    /** All cards, from the first to the newest, with their places. */
    public List<Held> held() {
        return cards;
    }

    /** All cards, from the first to the newest. */
    public List<PartyCard> cards() {
        return cards.stream().map(Held::card).toList();
    }

    public List<Revoked> revocations() {
        return revocations;
    }
}
