package org.entente.holdings.item;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.identifier.LegalForms;
import org.entente.holdings.identifier.Subdivisions;

/**
 * The composite keys of an entity: what it is found by where no number is known.
 *
 * <p>Each class says which texts an entity offers, and the class's identifier type reads them as it reads what an officer
 * types, so the two cannot differ; what it refuses (one name alone, a year alone, no state) yields no key. A new class is a
 * new identifier type and a row in {@link #CLASSES}. Keys are always derived anew and never believed: whoever receives an
 * item derives its keys from what the item says. Work and result are bounded, whatever the item: at most
 * {@link #TEXTS_MAX} texts of each class are read and {@link #KEYS_MAX} keys kept, in the order of the properties.
 */
public final class CompositeKeys {
    /** Of one entity, all classes together. */
    public static final int KEYS_MAX = 32;

    private static final int TEXTS_MAX = 256;
    private static final String WHOLE_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

    /** One class: the texts that an entity offers for it. */
    private record KeyClass(IdentifierType type, Function<Entity, Stream<String>> texts) {}

    private static final List<KeyClass> CLASSES = List.of(
            new KeyClass(IdentifierType.NAME_BIRTH, CompositeKeys::namesAndBirths),
            new KeyClass(IdentifierType.NAME_STATE, CompositeKeys::namesAndStates));

    private CompositeKeys() {}

    /** All keys of an entity. */
    public static List<Identifier> of(Entity entity) {
        Set<Identifier> keys = new LinkedHashSet<>();
        for (KeyClass one : CLASSES) {
            one.texts
                    .apply(entity)
                    .limit(TEXTS_MAX)
                    .flatMap(text -> one.type.read(text).identifier().stream())
                    .distinct()
                    .limit(KEYS_MAX - keys.size())
                    .forEach(keys::add);
        }
        return List.copyOf(keys);
    }

    private static Stream<String> namesAndBirths(Entity entity) {
        return switch (entity.schema()) {
            case PERSON ->
                pairs(
                        names(entity),
                        entity.values("birthDate").stream()
                                .filter(date -> date.matches(WHOLE_DATE))
                                .toList());
            case THING,
                    LEGAL_ENTITY,
                    ORGANIZATION,
                    ASSET,
                    COMPANY,
                    VEHICLE,
                    VESSEL,
                    AIRPLANE,
                    BANK_ACCOUNT,
                    CRYPTO_WALLET,
                    IDENTIFICATION,
                    PASSPORT -> Stream.empty();
        };
    }

    /** A legal entity may be a person, unless its name says that it is a company. */
    private static Stream<String> namesAndStates(Entity entity) {
        return switch (entity.schema()) {
            case COMPANY -> pairs(names(entity), states(entity));
            case LEGAL_ENTITY, ORGANIZATION -> pairs(names(entity).filter(LegalForms::end), states(entity));
            case THING,
                    PERSON,
                    ASSET,
                    VEHICLE,
                    VESSEL,
                    AIRPLANE,
                    BANK_ACCOUNT,
                    CRYPTO_WALLET,
                    IDENTIFICATION,
                    PASSPORT -> Stream.empty();
        };
    }

    /** What the source itself calls a weak alias is left out. */
    private static Stream<String> names(Entity entity) {
        return Stream.of("name", "alias", "previousName").flatMap(property -> entity.values(property).stream());
    }

    private static List<String> states(Entity entity) {
        List<String> states = new ArrayList<>();
        for (String address : entity.values("address")) {
            Subdivisions.ofAddress(address, entity.values("country"))
                    .filter(state -> !states.contains(state))
                    .ifPresent(states::add);
        }
        return states;
    }

    private static Stream<String> pairs(Stream<String> names, List<String> others) {
        return names.flatMap(name -> others.stream().map(other -> name + "|" + other));
    }
}
