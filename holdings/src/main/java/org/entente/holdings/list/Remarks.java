package org.entente.holdings.list;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Problem;
import org.entente.holdings.identifier.Countries;
import org.entente.holdings.identifier.Hints;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierReading;
import org.entente.holdings.identifier.IdentifierType;

/**
 * The remarks of an SDN entry: statements separated by semicolons, each a label, a value, and often the country in
 * parentheses and days of issue and expiry: {@code Passport 1084010 (Egypt) issued 04 Dec 2000; alt. R.F.C. …}.
 *
 * <p>What a label says is believed, with one exception: a tax number of Mexico stands under {@code Tax ID No.} as well
 * as under its own name, and is taken there when it is complete. Other labels never yield a tax number, whatever their
 * value looks like. The file cuts remarks at 1,000 characters: the statement that was cut is dropped and said so, because
 * half a number is another number.
 */
record Remarks(List<Identifier> identifiers, List<Property> properties, List<Problem> doubts) {
    /** Where OFAC cuts. */
    static final int CUT_CHARS = 1_000;

    /** A property of the model and one value. */
    record Property(String name, String value) {}

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd MMM uuuu", Locale.ENGLISH);
    private static final Pattern YEAR = Pattern.compile("(?:circa )?([0-9]{4})");
    private static final Pattern MONTH = Pattern.compile("(?:circa )?(?:[A-Z][a-z]{2}) ([0-9]{4})");
    private static final Pattern QUOTED_NAME = Pattern.compile("([afn]\\.k\\.a\\.) '([^']+)'.*");
    private static final Pattern TAIL = Pattern.compile("\\s+(?:\\(.*|issued\\b.*|expires\\b.*)$");
    private static final Pattern PARENTHESES = Pattern.compile("\\(([^()]+)\\)");

    /** Longest labels first where one begins another. */
    private static final List<Map.Entry<String, IdentifierType>> IDENTIFIER_LABELS = List.of(
            Map.entry("R.F.C. ", IdentifierType.RFC),
            Map.entry("RFC ", IdentifierType.RFC),
            Map.entry("C.U.R.P. ", IdentifierType.CURP),
            Map.entry("CURP ", IdentifierType.CURP),
            Map.entry("US FEIN ", IdentifierType.EIN),
            Map.entry("Diplomatic Passport ", IdentifierType.PASSPORT),
            Map.entry("Passport ", IdentifierType.PASSPORT),
            Map.entry("Phone Number ", IdentifierType.PHONE),
            Map.entry("Telephone: ", IdentifierType.PHONE));

    private static final List<Map.Entry<String, String>> PROPERTY_LABELS = List.of(
            Map.entry("POB ", "birthPlace"),
            Map.entry("Gender ", "gender"),
            Map.entry("Email Address ", "email"),
            Map.entry("Website ", "website"),
            Map.entry("SWIFT/BIC ", "swiftBic"),
            Map.entry("Vessel Registration Identification IMO ", "imoNumber"),
            Map.entry("Company Number IMO ", "imoNumber"),
            Map.entry("MMSI ", "mmsi"),
            Map.entry("National ID No. ", "idNumber"),
            Map.entry("Cedula No. ", "idNumber"),
            Map.entry("Registration Number ", "registrationNumber"),
            Map.entry("Business Registration Number ", "registrationNumber"),
            Map.entry("Company Number ", "registrationNumber"),
            Map.entry("Tax ID No. ", "taxNumber"),
            Map.entry("V.A.T. Number ", "vatCode"),
            Map.entry("D-U-N-S Number ", "dunsCode"),
            Map.entry("Aircraft Tail Number ", "registrationNumber"),
            Map.entry("Aircraft Model ", "model"),
            Map.entry("Aircraft Manufacturer's Serial Number (MSN) ", "serialNumber"),
            Map.entry("Linked To: ", "notes"));

    static Remarks read(String text) {
        Remarks remarks = new Remarks(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (text.isEmpty()) {
            return remarks;
        }
        List<String> statements = new ArrayList<>(List.of(text.split(";\\s*", -1)));
        if (text.length() >= CUT_CHARS && !text.endsWith(".")) {
            statements.removeLast();
            remarks.doubts.add(Problem.of("holdings.remarks-cut"));
        }
        String last = statements.isEmpty() ? "" : statements.removeLast();
        statements.add(last.endsWith(".") ? last.substring(0, last.length() - 1) : last);
        Set<String> homes = new LinkedHashSet<>();
        statements.forEach(statement -> remarks.describe(bare(statement), homes));
        Optional<String> home = homes.size() == 1 ? Optional.of(homes.iterator().next()) : Optional.empty();
        statements.forEach(statement -> remarks.identify(bare(statement), home));
        return remarks;
    }

    private static String bare(String statement) {
        String text = statement.strip();
        return text.startsWith("alt. ") ? text.substring("alt. ".length()) : text;
    }

    /** Properties, and the countries of nationality, which say where a phone number is dialled. */
    private void describe(String statement, Set<String> homes) {
        if (statement.startsWith("DOB ")) {
            partialDate(statement.substring("DOB ".length())).ifPresent(date -> property("birthDate", date));
        }
        if (statement.startsWith("Organization Established Date ")) {
            partialDate(statement.substring("Organization Established Date ".length()))
                    .ifPresent(date -> property("incorporationDate", date));
        }
        country(statement, "nationality ", "nationality").ifPresent(homes::add);
        country(statement, "citizen ", "citizenship").ifPresent(homes::add);
        Matcher name = QUOTED_NAME.matcher(statement);
        if (name.matches()) {
            property(name.group(1).startsWith("f") ? "previousName" : "alias", name.group(2));
        }
        for (Map.Entry<String, String> label : PROPERTY_LABELS) {
            if (statement.startsWith(label.getKey())) {
                String value = statement.substring(label.getKey().length());
                switch (label.getValue()) {
                    case "notes" -> property("notes", statement);
                    case "gender" -> property("gender", value.toLowerCase(Locale.ROOT));
                    case "birthPlace" -> property("birthPlace", value);
                    default -> property(label.getValue(), value(value));
                }
                return;
            }
        }
    }

    private void identify(String statement, Optional<String> home) {
        for (Map.Entry<String, IdentifierType> label : IDENTIFIER_LABELS) {
            if (statement.startsWith(label.getKey())) {
                identify(label.getValue(), statement.substring(label.getKey().length()), home);
                return;
            }
        }
        if (statement.startsWith("Tax ID No. ")) {
            String value = value(statement.substring("Tax ID No. ".length()));
            if (IdentifierType.RFC.read(value).identifier().isPresent()) {
                identify(IdentifierType.RFC, value, home);
            }
        }
        if (statement.startsWith("Digital Currency Address - ")) {
            String address = statement.substring("Digital Currency Address - ".length());
            identify(IdentifierType.WALLET, address.substring(address.indexOf(' ') + 1), home);
        }
    }

    private void identify(IdentifierType type, String text, Optional<String> home) {
        Optional<String> stated = Optional.empty();
        Matcher parentheses = PARENTHESES.matcher(text);
        while (parentheses.find()) {
            Optional<String> found = Countries.alpha2(parentheses.group(1));
            stated = found.isPresent() ? found : stated;
        }
        Optional<String> country = type == IdentifierType.PHONE ? stated.or(() -> home) : stated;
        IdentifierReading reading = type.read(value(text), new Hints(country));
        switch (reading) {
            case IdentifierReading.Sound _ -> {}
            case IdentifierReading.Flagged flagged ->
                flagged.found().warnings().forEach(warning -> doubts.add(warning.about(type)));
            case IdentifierReading.NotAnIdentifier not -> doubts.add(not.why());
        }
        reading.identifier().ifPresent(identifier -> {
            identifiers.add(identifier);
            propertyOf(type).ifPresent(property -> property(property, identifier.value()));
        });
    }

    private static Optional<String> propertyOf(IdentifierType type) {
        return switch (type) {
            case RFC, EIN -> Optional.of("taxNumber");
            case CURP -> Optional.of("idNumber");
            case PASSPORT -> Optional.of("passportNumber");
            case PHONE -> Optional.of("phone");
            case IBAN -> Optional.of("iban");
            case CLABE, VIN, WALLET, NAME_BIRTH, NAME_STATE -> Optional.empty();
        };
    }

    /** The value without number sign, country, and days of issue and expiry. */
    private static String value(String text) {
        String value = TAIL.matcher(text).replaceFirst("").strip();
        return value.startsWith("#") ? value.substring(1).strip() : value;
    }

    private Optional<String> country(String statement, String label, String property) {
        Optional<String> code =
                statement.startsWith(label) ? Countries.alpha2(statement.substring(label.length())) : Optional.empty();
        code.ifPresent(alpha2 -> property(property, alpha2.toLowerCase(Locale.ROOT)));
        return code;
    }

    private void property(String name, String value) {
        properties.add(new Property(name, value));
    }

    /** A day, or the year alone where no more is known; a span of years is left to the notes. */
    private static Optional<String> partialDate(String text) {
        Matcher year = YEAR.matcher(text);
        Matcher month = MONTH.matcher(text);
        if (year.matches() || month.matches()) {
            return Optional.of(year.matches() ? year.group(1) : month.group(1));
        }
        try {
            return Optional.of(LocalDate.parse(text, DAY).toString());
        } catch (DateTimeParseException notADay) {
            return Optional.empty();
        }
    }
}
