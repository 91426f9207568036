package org.entente.holdings.item;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The schemata of the FollowTheMoney model that holdings use now, each with the properties that they may carry; names
 * and inheritance are the model's (followthemoney 3.8). A property that the model has and nothing here writes is left
 * out until something does.
 */
public enum Schema {
    THING(
            "Thing",
            List.of(),
            "name alias previousName weakAlias country address notes summary keywords topics programId sourceUrl"),
    LEGAL_ENTITY(
            "LegalEntity",
            List.of(THING),
            "email phone website legalForm incorporationDate dissolutionDate status sector registrationNumber idNumber"
                    + " taxNumber licenseNumber vatCode jurisdiction innCode ogrnCode leiCode dunsCode swiftBic"),
    PERSON(
            "Person",
            List.of(LEGAL_ENTITY),
            "title firstName secondName middleName fatherName motherName lastName birthDate birthPlace birthCountry"
                    + " deathDate position nationality citizenship passportNumber gender"),
    ORGANIZATION("Organization", List.of(LEGAL_ENTITY), "imoNumber"),
    ASSET("Asset", List.of(THING), "amount currency"),
    COMPANY("Company", List.of(ORGANIZATION, ASSET), "capital isinCode ticker"),
    VEHICLE("Vehicle", List.of(ASSET), "registrationNumber type model owner operator buildDate registrationDate"),
    VESSEL(
            "Vessel",
            List.of(VEHICLE),
            "imoNumber flag pastFlags registrationPort tonnage grossRegisteredTonnage callSign mmsi"),
    AIRPLANE("Airplane", List.of(VEHICLE), "serialNumber icaoCode manufacturer"),
    BANK_ACCOUNT("BankAccount", List.of(ASSET), "bankName accountNumber iban bic accountType openingDate closingDate"),
    CRYPTO_WALLET("CryptoWallet", List.of(THING), "publicKey currencySymbol creationDate"),
    /** A document that names somebody; the holder is the id of another item. */
    IDENTIFICATION("Identification", List.of(), "holder type country number authority startDate endDate"),
    PASSPORT("Passport", List.of(IDENTIFICATION), "passportNumber surname givenName birthDate gender");

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable view of a set that nobody else holds
    private final Set<String> properties;

    Schema(String word, List<Schema> parents, String own) {
        this.word = word;
        Set<String> all = new HashSet<>(Arrays.asList(own.split(" ", -1)));
        parents.forEach(parent -> all.addAll(parent.properties));
        this.properties = Collections.unmodifiableSet(all);
    }

    /** The name in the model. */
    public String word() {
        return word;
    }

    /** Whether the schema or one that it extends has the property. */
    public boolean has(String property) {
        return properties.contains(property);
    }

    public static Optional<Schema> ofWord(String word) {
        return Arrays.stream(values())
                .filter(schema -> schema.word.equals(word))
                .findFirst();
    }
}
