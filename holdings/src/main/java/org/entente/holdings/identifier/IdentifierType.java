package org.entente.holdings.identifier;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A kind of identifier, the word that names it on the command line, and the version of its normal form.
 *
 * <p>Two parties match only what both wrote in the same normal form, so any change to what {@link #read} returns for
 * a type, however small, raises that type's version: the version is hashed with the value, and different versions
 * never match by accident. The normal forms stand in docs/spec/holdings.md.
 */
public enum IdentifierType {
    /** Mexican tax number with homoclave; check digit as published by the SAT. */
    RFC("rfc", 1, new RfcForm()),
    /** Mexican population number; check digit as published by RENAPO. */
    CURP("curp", 1, new CurpForm()),
    /** United States employer identification number; it has no check digit. */
    EIN("ein", 1, new EinForm()),
    /** Passport: issuing country (ICAO 9303, three letters), a colon, and the number. */
    PASSPORT("passport", 1, new PassportForm()),
    /** Telephone number in ITU-T E.164 form. */
    PHONE("phone", 1, new PhoneForm()),
    /** International bank account number (ISO 13616). */
    IBAN("iban", 1, new IbanForm()),
    /** Mexican bank account number, 18 digits. */
    CLABE("clabe", 1, new ClabeForm()),
    /** Vehicle identification number (ISO 3779; check digit of 49 CFR 565). */
    VIN("vin", 1, new VinForm()),
    /** Wallet address: chain, a colon, and the address in its one canonical spelling. */
    WALLET("wallet", 1, new WalletForm()),
    /** Composite: a person's exact name tokens, sorted, and the date of birth. */
    NAME_BIRTH("name-birth", 1, new NameBirthForm()),
    /** Composite: a company's exact name tokens without legal form, and the state. */
    NAME_STATE("name-state", 1, new NameStateForm());

    private final String word;
    private final int version;

    @SuppressWarnings("ImmutableEnumChecker") // every normal form is stateless
    private final NormalForm form;

    IdentifierType(String word, int version, NormalForm form) {
        this.word = word;
        this.version = version;
        this.form = form;
    }

    /** The word used on the command line, in files and in match inputs. */
    public String word() {
        return word;
    }

    /** Version of the normal form, hashed with every value. */
    public int version() {
        return version;
    }

    /**
     * Whether it is a class of composite keys: derived from what an item says, and weaker than a number, since two people
     * can share it. No item carries one of its own, and a memorandum's index holds it only where its holder named it.
     */
    public boolean composite() {
        return switch (this) {
            case NAME_BIRTH, NAME_STATE -> true;
            case RFC, CURP, EIN, PASSPORT, PHONE, IBAN, CLABE, VIN, WALLET -> false;
        };
    }

    /** The classes of composite keys. */
    public static List<IdentifierType> composites() {
        return Arrays.stream(values()).filter(IdentifierType::composite).toList();
    }

    /** Reads one text as this type, where nothing else is known about it. */
    public IdentifierReading read(String text) {
        return read(text, Hints.NONE);
    }

    /**
     * Reads one text as this type. Never throws: a text that is no identifier is an outcome with its reason.
     *
     * @param text as it stood in the source
     * @param hints what the source says beside the text: the issuing country, the region that is called from
     */
    public IdentifierReading read(String text, Hints hints) {
        if (text.length() > Spelling.TEXT_CHARS_MAX) {
            return NormalForm.not("holdings.identifier-too-long", this);
        }
        if (Spelling.isPlaceholder(text)) {
            return NormalForm.not(
                    text.isBlank() ? "holdings.identifier-empty" : "holdings.identifier-placeholder", this);
        }
        return form.read(this, text, hints);
    }

    /** The type that a word names. */
    public static Optional<IdentifierType> ofWord(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    /** All words, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(IdentifierType::word).collect(Collectors.joining(", "));
    }
}
