package org.entente.memorandum.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.item.Unplaced;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Property;
import org.entente.memorandum.language.Terms;

/**
 * What a memorandum can tell apart. Authorities, purposes, categories and places that its text treats alike are one class, and one of each
 * stands for it; of a number only matters on which side of the text's limits it lies, and of a moment on which side of its dates. So
 * the endless acts fall into a finite number of cases.
 *
 * <p>Classes are computed from the text alone. That they are fine enough is tested: acts drawn at random decide as their classes' representatives.
 */
final class Partition {
    /** Before and after every date of the text. */
    static final Instant EARLY = Instant.parse("1900-01-01T00:00:00Z");

    static final Instant LATE = Instant.parse("2900-01-01T00:00:00Z");

    private static final Instant ANY_DAY = Instant.parse("2030-01-01T12:00:00Z");

    private final Memorandum memorandum;
    private final List<Property> properties;
    private final Classes<AuthorityCode> authorities;
    private final Classes<AuthorityCode> obtainers;
    private final Classes<AuthorityCode> recipients;
    private final Classes<Purpose> purposes;
    private final Classes<Category> categories;
    private final List<Place> places;
    private final List<Instant> moments;
    private final List<Terms.Watch> watches;
    private final boolean suspendsLater;

    private Partition(Memorandum memorandum, List<Property> properties) {
        this.memorandum = memorandum;
        this.properties = properties;
        List<AuthorityCode> all = everyAuthority(memorandum);
        this.authorities = new Classes<>(all, this::role);
        this.obtainers = new Classes<>(all, this::obtaining);
        this.recipients = new Classes<>(all, this::receiving);
        List<Purpose> named = new ArrayList<>(memorandum.purposes().keySet());
        named.add(unnamedPurpose(memorandum));
        this.purposes = new Classes<>(named, this::meaning);
        List<Category> categories = new ArrayList<>(memorandum.categories().keySet());
        categories.add(unnamedCategory(memorandum));
        this.categories = new Classes<>(categories, this::contents);
        this.places = everyPlace(memorandum, properties);
        this.moments = moments(memorandum);
        this.watches = memorandum.clausesOf(Terms.Probe.class).stream()
                .flatMap(clause -> clause.terms().watch().stream())
                .distinct()
                .toList();
        this.suspendsLater = memorandum.clausesOf(Terms.Suspend.class).stream()
                .anyMatch(clause -> clause.terms().effect().isPresent());
    }

    static Partition of(Memorandum memorandum, Collection<Property> properties) {
        return new Partition(memorandum, List.copyOf(properties));
    }

    Memorandum memorandum() {
        return memorandum;
    }

    /** By all that clauses say of who acts and of the counterpart; and by territory, since who acts has often obtained the item too. */
    Classes<AuthorityCode> authorities() {
        return authorities;
    }

    /** By all that matters of who obtained an item. */
    Classes<AuthorityCode> obtainers() {
        return obtainers;
    }

    /** By all that matters of who is to have a received item. */
    Classes<AuthorityCode> recipients() {
        return recipients;
    }

    Classes<Purpose> purposes() {
        return purposes;
    }

    Classes<Category> categories() {
        return categories;
    }

    /** A place of each class, as the obtaining authority and the acting one stand to it. */
    Classes<Place> places(AuthorityCode obtainer, AuthorityCode actor) {
        return new Classes<>(places, place -> relation(place, obtainer, actor));
    }

    /** The first moment of each stretch of time between two dates of the text. */
    List<Instant> moments() {
        return moments;
    }

    /** On what terms it may be asked again and again. */
    List<Terms.Watch> watches() {
        return watches;
    }

    /** Whether there is a time in which a suspension is declared and has no effect yet. */
    boolean suspendsLater() {
        return suspendsLater;
    }

    /** Whether some party but the obtainer's own could authorise obtaining there. */
    boolean authorisable(Place place, AuthorityCode obtainer) {
        return memorandum.parties().entrySet().stream()
                .anyMatch(party -> !party.getKey().equals(obtainer.party())
                        && party.getValue().owns(place));
    }

    private Object role(AuthorityCode authority) {
        Optional<Party.Authority> named = memorandum.authority(authority);
        if (named.isEmpty()) {
            return nobody(authority);
        }
        List<Object> said = new ArrayList<>(
                List.of(authority.party(), named.get().kind(), named.get().territory()));
        memorandum.clauses().values().forEach(terms -> {
            switch (terms) {
                case Terms.Grant clause -> {
                    said.add(clause.scope().by().contains(authority));
                    said.add(clause.scope().counterpart().contains(authority));
                }
                case Terms.JointGroup group -> said.add(group.members().contains(authority));
                default -> {
                    // It names no authority.
                }
            }
        });
        properties.forEach(property -> {
            said.add(property.sides().by().actors().contains(authority));
            said.add(property.sides().with().actors().contains(authority));
        });
        return said;
    }

    private Object obtaining(AuthorityCode authority) {
        Optional<Party.Authority> named = memorandum.authority(authority);
        if (named.isEmpty()) {
            return nobody(authority);
        }
        List<Object> said =
                new ArrayList<>(List.of(authority.party(), named.get().territory()));
        properties.forEach(property -> said.add(property.matter().obtainedBy().contains(authority)));
        return said;
    }

    private Object receiving(AuthorityCode authority) {
        Optional<Party.Authority> named = memorandum.authority(authority);
        if (named.isEmpty()) {
            return nobody(authority);
        }
        List<Object> said =
                new ArrayList<>(List.of(authority.party(), named.get().kind()));
        memorandum.clauses().values().forEach(terms -> {
            if (terms instanceof Terms.Passing clause) {
                said.add(clause.handover().onward().to().contains(authority));
            }
        });
        properties.forEach(
                property -> said.add(property.sides().recipient().actors().contains(authority)));
        return said;
    }

    /** An authority that the text does not name is known by its party, when that is named. */
    private Object nobody(AuthorityCode authority) {
        return memorandum.parties().containsKey(authority.party()) ? List.of("unnamed", authority.party()) : "stranger";
    }

    private Object meaning(Purpose purpose) {
        return memorandum
                .purpose(purpose)
                .<Object>map(terms -> {
                    List<Object> said = new ArrayList<>(List.of(terms.onlyUnderJointGroup()));
                    scopes().forEach(scope -> said.add(scope.purposes().contains(purpose)));
                    properties.forEach(
                            property -> said.add(property.matter().purposes().contains(purpose)));
                    return said;
                })
                .orElse("unnamed");
    }

    private Object contents(Category category) {
        return memorandum
                .category(category)
                .<Object>map(terms -> {
                    List<Object> said = new ArrayList<>(List.of(
                            terms.secrecy(), terms.onlyBetween(), terms.onlyUnderJointGroup(), terms.sensitive()));
                    scopes().forEach(scope -> said.add(scope.categories().contains(category)));
                    properties.forEach(
                            property -> said.add(property.matter().categories().contains(category)));
                    return said;
                })
                .orElse("unnamed");
    }

    private List<Terms.Scope> scopes() {
        List<Terms.Scope> scopes = new ArrayList<>();
        memorandum.clauses().values().forEach(terms -> {
            if (terms instanceof Terms.Grant clause) {
                scopes.add(clause.scope());
            }
        });
        return scopes;
    }

    /** Whether the place is in the authority's own territory. */
    boolean own(AuthorityCode obtainer, Place place) {
        return memorandum
                .authority(obtainer)
                .filter(authority -> authority.owns(place))
                .isPresent();
    }

    private Object relation(Place place, AuthorityCode obtainer, AuthorityCode actor) {
        if (place instanceof Unplaced) {
            return "nowhere";
        }
        List<Object> said = new ArrayList<>(List.of(
                own(obtainer, place), owns(obtainer, place), owns(actor, place), authorisable(place, obtainer)));
        properties.forEach(property -> said.add(property.matter().obtainedIn(place)));
        return said;
    }

    private boolean owns(AuthorityCode authority, Place place) {
        return memorandum
                .party(authority.party())
                .filter(party -> party.owns(place))
                .isPresent();
    }

    private static List<AuthorityCode> everyAuthority(Memorandum memorandum) {
        List<AuthorityCode> all = new ArrayList<>();
        memorandum
                .parties()
                .values()
                .forEach(party -> all.addAll(party.authorities().keySet()));
        memorandum.parties().keySet().forEach(party -> all.add(unnamed(memorandum, party)));
        PartyCode stranger = Stream.of("ZZ", "ZZZ", "ZZZZ", "ZZZZZ", "ZZZZZZ", "ZZZZZZZ", "ZZZZZZZZ")
                .map(PartyCode::new)
                .filter(code -> !memorandum.parties().containsKey(code))
                .findFirst()
                .orElseThrow();
        all.add(new AuthorityCode(stranger, "STRANGER"));
        return all;
    }

    private static AuthorityCode unnamed(Memorandum memorandum, PartyCode party) {
        return LongStream.iterate(0, number -> number + 1)
                .mapToObj(number -> new AuthorityCode(party, "UNNAMED-" + number))
                .filter(code -> memorandum.authority(code).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static Purpose unnamedPurpose(Memorandum memorandum) {
        return LongStream.iterate(0, number -> number + 1)
                .mapToObj(number -> new Purpose("unnamed-" + number))
                .filter(purpose -> memorandum.purpose(purpose).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static Category unnamedCategory(Memorandum memorandum) {
        return LongStream.iterate(0, number -> number + 1)
                .mapToObj(number -> new Category("unnamed-" + number))
                .filter(category -> memorandum.category(category).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** Every territory that is mentioned, its country, a part of that country that is not mentioned, a country that is not, and no place at all. */
    private static List<Place> everyPlace(Memorandum memorandum, List<Property> properties) {
        NavigableSet<Territory> mentioned = new TreeSet<>();
        properties.forEach(property -> mentioned.addAll(property.matter().obtainedIn()));
        memorandum.parties().values().forEach(party -> {
            mentioned.addAll(party.territory());
            party.authorities().values().forEach(authority -> mentioned.addAll(authority.territory()));
        });
        NavigableSet<Territory> all = new TreeSet<>(mentioned);
        for (Territory territory : mentioned) {
            String country = territory.code().substring(0, 2);
            all.add(new Territory(country));
            LongStream.range(0, 1000)
                    .mapToObj(number -> new Territory(country + "-" + number))
                    .filter(part -> !mentioned.contains(part))
                    .findFirst()
                    .ifPresent(all::add);
        }
        Stream.of("AQ", "BV", "HM", "TF", "IO", "UM", "GS")
                .map(Territory::new)
                .filter(country -> mentioned.stream()
                        .noneMatch(territory -> territory.code().startsWith(country.code())))
                .findFirst()
                .ifPresent(all::add);
        List<Place> places = new ArrayList<>(all);
        places.add(Unplaced.UNKNOWN);
        return places;
    }

    private static List<Instant> moments(Memorandum memorandum) {
        TreeSet<Instant> begins = new TreeSet<>();
        memorandum.clauses().values().forEach(terms -> {
            switch (terms) {
                case Terms.JointGroup group -> {
                    begins.add(Stretches.begin(group.from()));
                    begins.add(Stretches.begin(group.until().plusDays(1)));
                }
                case Terms.Force force -> {
                    force.from().ifPresent(day -> begins.add(Stretches.begin(day)));
                    force.ends().ifPresent(day -> begins.add(Stretches.begin(day.plusDays(1))));
                }
                default -> {
                    // It has no date.
                }
            }
        });
        if (begins.isEmpty()) {
            return List.of(ANY_DAY);
        }
        List<Instant> moments = new ArrayList<>(begins);
        moments.addFirst(begins.first().minusSeconds(86_400));
        return moments;
    }

    /** The stretch of time in which a moment lies, by its first moment. */
    Instant stretch(Instant moment) {
        Instant first = moments.getFirst();
        for (Instant begin : moments) {
            if (!moment.isBefore(begin)) {
                first = begin;
            }
        }
        return first;
    }
}
