package org.entente.memorandum.proof;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Facts;
import org.entente.memorandum.decision.Rounds;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Unplaced;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Quota;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;

/**
 * The facts of one case, each picked when it is first asked for, out of the classes of a {@link Partition}. A fact that nobody asked for is
 * open: the case stands for all of its answers.
 */
final class Case implements Facts {
    /** The facts that are one value; those that depend on a party, or are numbers, are kept apart. */
    enum Fact {
        STATE,
        BY,
        COUNTERPART,
        PURPOSE,
        CATEGORY,
        CASE,
        BASIS,
        ROUNDS,
        ITEM_CATEGORY,
        SERVED,
        OBTAINER,
        PLACE,
        AUTHORISED,
        CLEARED,
        GRADED,
        CHALLENGED,
        MANNER,
        RECIPIENT,
        NAMED_IN_REQUEST,
        HOLD,
        CONSENTED,
        ANNOUNCED
    }

    /** Something whose answer depends on whom or what it is asked about. */
    private record About(String question, Object subject) {}

    /**
     * When what the state is was declared to begin, and in the seconds before it when suspensions of clauses were: moments of which it is picked whether the act's has
     * reached them, when that is asked.
     */
    static final Instant DECLARED = Partition.EARLY;

    private static final List<State> STATES = List.of(
            new State.InForce(DECLARED),
            new State.Suspended(DECLARED),
            new State.Withdrawn(DECLARED),
            new State.Superseded(),
            new State.Unsigned());

    private static final List<Manner> MANNERS = List.of(Manner.values());
    private static final List<Hold> HOLDS = List.of(Hold.values());
    private static final List<Boolean> YES_FIRST = List.of(true, false);
    private static final List<Boolean> NO_FIRST = List.of(false, true);

    /** From the least strict on. */
    static final List<Handling.Code> CODES = List.of(Handling.Code.values());

    private static final long DAYS_MAX = 366L * 200;

    private final Partition partition;
    private final ActName act;
    private final Picks picks;
    private final Map<Fact, Object> answers = new EnumMap<>(Fact.class);
    private final Map<About, Boolean> about = new HashMap<>();
    private final Map<ClauseNumber, Optional<Instant>> suspended = new TreeMap<>();
    private final Map<Term, Span> asked = new HashMap<>();
    private final Map<About, List<Place>> places = new HashMap<>();
    private final Map<AuthorityCode, List<AuthorityCode>> others = new HashMap<>();
    private final Map<About, List<AuthorityCode>> obtainers = new HashMap<>();
    private final Map<About, Long> daysUntilBeyond = new HashMap<>();
    private final Map<Category, List<Category>> categories = new HashMap<>();
    private final Candidates<SecrecyRegime> secrecy = new Candidates<>(SecrecyRegime.class);
    private final Candidates<PersonCategory> person = new Candidates<>(PersonCategory.class);
    private Span officers = new Span(0, 1);
    private Span index = officers;
    private Span handling = officers;
    private Span retention = officers;
    private Span age = officers;
    private int stretchFrom;
    private int stretchUntil;
    private Optional<Instant> counted = Optional.empty();

    Case(Partition partition, ActName act, Picks picks) {
        this.partition = partition;
        this.act = act;
        this.picks = picks;
        forget();
    }

    /** Makes ready for another run. */
    void forget() {
        answers.clear();
        about.clear();
        suspended.clear();
        asked.clear();
        secrecy.forget();
        person.forget();
        officers = new Span(0, 1L << 20);
        index = new Span(0, Act.COUNT_MAX);
        handling = new Span(0, CODES.size());
        retention = new Span(1, DAYS_MAX);
        age = new Span(0, DAYS_MAX);
        stretchFrom = 0;
        stretchUntil = partition.moments().size();
        counted = Optional.empty();
    }

    @SuppressWarnings("unchecked") // each fact is asked for by one method, with answers of one type
    private <T> T ask(Fact fact, Supplier<List<T>> choices) {
        Object answer = answers.get(fact);
        if (answer == null) {
            answer = picks.of(choices.get());
            answers.put(fact, answer);
        }
        return (T) answer;
    }

    private boolean whether(Fact fact, boolean ordinary) {
        return ask(fact, () -> ordinary ? YES_FIRST : NO_FIRST);
    }

    private boolean whether(String question, Object subject, boolean ordinary) {
        return about.computeIfAbsent(new About(question, subject), fresh -> picks.of(ordinary));
    }

    /** Whether the fact was asked for; else any answer would do. */
    boolean knows(Fact fact) {
        return answers.containsKey(fact);
    }

    /** Asks once more about the same case with one answer changed, as when somebody tries again later; what was not asked before is picked as ever. */
    <T> T changed(Fact fact, Object answer, Supplier<T> question) {
        Object before = Objects.requireNonNull(answers.put(fact, answer));
        T answered = question.get();
        answers.put(fact, before);
        return answered;
    }

    /** The moment of the act: the first of the stretch of time that is left. */
    Instant at() {
        return partition.moments().get(stretchFrom);
    }

    /** From here on the act has one moment, and not any of a stretch. */
    private void settle() {
        stretchFrom += picks.pick(stretchUntil - stretchFrom);
        stretchUntil = stretchFrom + 1;
    }

    LocalDate day() {
        return Stretches.day(at());
    }

    /** The moment from which days of this case are counted: one and the same, also when it is later found to be in another stretch, for a year has not always as many. */
    private Instant counted() {
        if (counted.isEmpty()) {
            counted = Optional.of(at());
        }
        return counted.get();
    }

    Span officers() {
        return officers;
    }

    Span index() {
        return index;
    }

    Span handling() {
        return handling;
    }

    /** Days for which the envelope lets the item be kept. */
    Span retention() {
        return retention;
    }

    /** Days since a received item was released. */
    Span age() {
        return age;
    }

    /** What secrecy the item itself can be under. */
    Candidates<SecrecyRegime> secrecy() {
        return secrecy;
    }

    /** As what a person can stand in the item. */
    Candidates<PersonCategory> person() {
        return person;
    }

    /** Identifiers charged within each term, this act's own included. */
    Map<Term, Span> charges() {
        return asked;
    }

    @Override
    public ActName act() {
        return act;
    }

    @Override
    public State state() {
        return ask(Fact.STATE, () -> {
            if (!partition.suspendsLater() || picks.of(true)) {
                return STATES;
            }
            settle();
            return List.of(new State.Suspended(at()));
        });
    }

    @Override
    public Optional<Instant> suspended(ClauseNumber clause) {
        return suspended.computeIfAbsent(clause, fresh -> {
            if (!partition.suspendsLater() || picks.of(true)) {
                return picks.of(true) ? Optional.empty() : Optional.of(DECLARED.minusSeconds(1 + suspended.size()));
            }
            settle();
            return Optional.of(at());
        });
    }

    /** The clauses that were asked about and are suspended by themselves. */
    List<ClauseNumber> suspendedClauses() {
        return suspended.entrySet().stream()
                .filter(clause -> clause.getValue().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public boolean reached(Instant moment) {
        if (!moment.isAfter(DECLARED)) {
            return whether("begun", moment, true);
        }
        List<Instant> moments = partition.moments();
        int first = stretchFrom;
        while (first < stretchUntil && moments.get(first).isBefore(moment)) {
            first++;
        }
        if (first == stretchFrom || first == stretchUntil) {
            return first == stretchFrom;
        }
        boolean reached = picks.of(true);
        if (reached) {
            stretchFrom = first;
        } else {
            stretchUntil = first;
        }
        return reached;
    }

    @Override
    public AuthorityCode by() {
        return ask(Fact.BY, partition.authorities()::representatives);
    }

    @Override
    public AuthorityCode counterpart() {
        return ask(Fact.COUNTERPART, () -> others.computeIfAbsent(by(), this::othersFirst));
    }

    private List<AuthorityCode> othersFirst(AuthorityCode authority) {
        return partition.authorities().representatives().stream()
                .sorted(Comparator.comparing(
                        (AuthorityCode other) -> other.party().equals(authority.party())))
                .toList();
    }

    @Override
    public Purpose purpose() {
        return ask(Fact.PURPOSE, partition.purposes()::representatives);
    }

    @Override
    public Category category() {
        return ask(Fact.CATEGORY, partition.categories()::representatives);
    }

    @Override
    public boolean caseGiven() {
        return whether(Fact.CASE, true);
    }

    @Override
    public boolean legalBasisGiven() {
        return whether(Fact.BASIS, true);
    }

    @Override
    public boolean approvedBy(int count) {
        return officers.atLeast(count, picks, true);
    }

    @Override
    public boolean legalAdviser(PartyCode party) {
        return whether("adviser", party, true);
    }

    @Override
    public boolean originatorConsented() {
        return whether(Fact.CONSENTED, false);
    }

    @Override
    public boolean indexHolds(long identifiers) {
        return index.atLeast(identifiers, picks, true);
    }

    @Override
    public boolean within(Quota quota) {
        return !asked.computeIfAbsent(quota.each(), term -> new Span(1, Act.COUNT_MAX))
                .atLeast(quota.identifiers() + 1, picks, false);
    }

    @Override
    public Rounds rounds() {
        return ask(Fact.ROUNDS, () -> {
            settle();
            return Stretches.rounds(partition.watches(), at());
        });
    }

    @Override
    public Category itemCategory() {
        return ask(Fact.ITEM_CATEGORY, () -> categories.computeIfAbsent(category(), this::andAnother));
    }

    private List<Category> andAnother(Category stated) {
        return List.of(
                stated,
                partition.categories().representatives().stream()
                        .filter(other -> !other.equals(stated))
                        .findFirst()
                        .orElseThrow());
    }

    @Override
    public boolean purposeServed() {
        return whether(Fact.SERVED, true);
    }

    /** Where the clause's purposes hold the act's, it follows from whether that one is served; for the others any answer is possible. */
    @Override
    public boolean suppliedFor(Set<Purpose> purposes) {
        if (purposes.contains(purpose()) && purposeServed()) {
            return true;
        }
        return !(purposes.size() == 1 && purposes.contains(purpose())) && whether("supplied-for", purposes, true);
    }

    @Override
    public boolean secret(Set<SecrecyRegime> regimes) {
        return secrecy.among(regimes, picks);
    }

    @Override
    public AuthorityCode obtainedBy() {
        return ask(
                Fact.OBTAINER,
                () -> obtainers.computeIfAbsent(
                        new About(by().text(), counterpart()), fresh -> supplierFirst(by(), counterpart())));
    }

    /** Who acts and one of each other class; what was received was obtained by who supplied it, as a rule, and what is supplied by who supplies it. */
    private List<AuthorityCode> supplierFirst(AuthorityCode actor, AuthorityCode other) {
        List<AuthorityCode> all = new ArrayList<>(partition.obtainers().representativesBut(actor));
        all.addFirst(actor);
        if (act.ofReceived()) {
            all.remove(partition.obtainers().representativeBut(other, actor));
            all.addFirst(other);
        }
        return all;
    }

    @Override
    public Place obtainedIn() {
        return ask(
                Fact.PLACE,
                () -> places.computeIfAbsent(new About(by().party().text(), obtainedBy()), fresh -> ownFirst()));
    }

    private List<Place> ownFirst() {
        AuthorityCode obtainer = obtainedBy();
        return partition.places(obtainer, by()).representatives().stream()
                .sorted(Comparator.comparing((Place place) -> !partition.own(obtainer, place)))
                .toList();
    }

    @Override
    public boolean jointlyAuthorised() {
        return !(obtainedIn() instanceof Unplaced)
                && partition.authorisable(obtainedIn(), obtainedBy())
                && whether(Fact.AUTHORISED, false);
    }

    @Override
    public boolean person(Set<PersonCategory> categories) {
        return person.among(categories, picks);
    }

    @Override
    public boolean cleared() {
        return whether(Fact.CLEARED, false);
    }

    @Override
    public boolean graded() {
        return whether(Fact.GRADED, true);
    }

    @Override
    public boolean marked(Handling.Code code) {
        return handling.atLeast(CODES.indexOf(code), picks, code.compareTo(Handling.Code.H1) <= 0);
    }

    @Override
    public boolean retainedLonger(Term keep) {
        return retention.atLeast(Stretches.days(keep, counted()) + 1, picks, false);
    }

    @Override
    public boolean challenged() {
        return whether(Fact.CHALLENGED, false);
    }

    @Override
    public boolean heldBeyond(Term keep) {
        return age.atLeast(daysUntilBeyond(keep), picks, false);
    }

    /** It is asked in nearly every case about something received, and there are few terms and days. */
    private long daysUntilBeyond(Term keep) {
        return daysUntilBeyond.computeIfAbsent(
                new About(keep.toString(), counted()),
                fresh -> Stretches.daysUntilBeyond(keep, Stretches.day(counted())));
    }

    @Override
    public Manner manner() {
        return ask(Fact.MANNER, () -> MANNERS);
    }

    @Override
    public AuthorityCode recipient() {
        return ask(Fact.RECIPIENT, partition.recipients()::representatives);
    }

    @Override
    public boolean namedInRequest() {
        return whether(Fact.NAMED_IN_REQUEST, false);
    }

    @Override
    public Hold hold() {
        return ask(Fact.HOLD, () -> HOLDS);
    }

    @Override
    public SortedSet<PartyCode> announced() {
        return ask(Fact.ANNOUNCED, () -> {
            PartyCode own = by().party();
            PartyCode other = counterpart().party();
            List<SortedSet<PartyCode>> named = new ArrayList<>();
            named.add(new TreeSet<>(List.of(own, other)));
            named.add(new TreeSet<>(List.of(own)));
            partition.memorandum().parties().keySet().stream()
                    .filter(party -> !party.equals(own) && !party.equals(other))
                    .findFirst()
                    .ifPresent(third -> named.add(new TreeSet<>(List.of(own, other, third))));
            return named;
        });
    }

    @Override
    public boolean countersigned(PartyCode party) {
        return whether("countersigned", party, true);
    }
}
